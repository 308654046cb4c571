public import ThecalFormulary
public import ThecalQuantities

/// What lies between the reservoir and the tip: tubing inside the pump, and the catheter as implanted.
public struct FluidPath: Hashable, Sendable {
  /// The volume inside the pump.
  public let tubing: Cited<Volume>
  /// The volume of the implanted catheter.
  public let catheter: Cited<Volume>
  /// The implanted length; nil where the volume was stated as a whole.
  public let length: Length?
  /// The volume per length; nil where the volume was stated as a whole.
  public let bore: VolumePerLength?

  /// A path with a catheter of `length`, trimmed ends not counted, that holds `bore` per length.
  ///
  /// - Precondition: Nothing is below zero.
  public init(tubing: Cited<Volume>, length: Length, bore: Cited<VolumePerLength>) {
    precondition(tubing.value >= .zero && length >= .zero && bore.value >= .zero)
    self.tubing = tubing
    self.length = length
    self.bore = bore.value
    catheter = bore.map { $0 * length }
  }

  /// A path whose whole volume the caller states.
  ///
  /// - Precondition: `volume` is not below zero.
  public init(stated volume: Volume) {
    precondition(volume >= .zero)
    tubing = Cited(stated: .zero)
    catheter = Cited(stated: volume)
    (length, bore) = (nil, nil)
  }

  /// Everything that the old drug fills.
  public var volume: Volume { tubing.value + catheter.value }

  /// The volume per length of the catheter that an id or a model number names; nil where none is known.
  public static func bore(ofCatheterNamed name: String, in formulary: Formulary = .embedded) -> Cited<
    VolumePerLength
  >? {
    formulary.catheter(named: name)?.volumePerLength.figure(.high)
  }
}

extension PumpChecks {
  /// The volume of `path`, with what it rests on, after a look for slips of length and volume.
  mutating func use(_ path: FluidPath, _ rules: PumpRules) -> Volume {
    if let length = path.length {
      checkSize(length, .catheterLength, as: "length of the catheter", in: .centimeters, rules)
      checkSize(path.tubing.value, .tubing, as: "volume inside the pump", in: .milliliters, rules)
    }
    if let bore = path.bore {
      checkSize(bore, .bore, as: "volume per length", in: .millilitersPerCentimeter, rules)
    }
    if !isRefused { checkSize(path.volume, .path, as: "path from reservoir to tip", in: .milliliters, rules) }
    return use(path.tubing, as: "volume inside the pump")
      + use(path.catheter, as: "volume per length of the catheter")
  }
}
