public import ThecalFormulary
public import ThecalQuantities

/// What lies between the reservoir and the tip: tubing inside the pump, and the catheter as implanted.
public struct FluidPath: Hashable, Sendable {
  /// The volume inside the pump.
  public let tubing: PumpFigure<VolumeDimension>
  /// The volume of the implanted catheter.
  public let catheter: PumpFigure<VolumeDimension>

  /// A path with a catheter of `length`, trimmed ends not counted, that holds `bore` per length.
  public init(
    tubing: PumpFigure<VolumeDimension>, length: Length, bore: PumpFigure<VolumePerLengthDimension>
  ) {
    precondition(tubing.value >= .zero && length >= .zero && bore.value >= .zero)
    self.tubing = tubing
    let volume = bore.value * length
    catheter =
      bore.source.map { PumpFigure(volume, source: $0, isVerified: bore.isVerified) }
      ?? PumpFigure(stated: volume)
  }

  /// A path whose whole volume the caller states.
  public init(stated volume: Volume) {
    precondition(volume >= .zero)
    tubing = PumpFigure(stated: .zero)
    catheter = PumpFigure(stated: volume)
  }

  /// Everything that the old drug fills.
  public var volume: Volume { tubing.value + catheter.value }
}

extension PumpFigure where D == VolumePerLengthDimension {
  /// The volume per length of the catheter that an id or a model number names; nil where none is known.
  public init?(catheterNamed name: String, in formulary: Formulary = .embedded) {
    let range = formulary.catheter(named: name)?.volumePerLength
    guard let figure: PumpFigure = range?.figure(.high) else { return nil }
    self = figure
  }
}

extension PumpLedger {
  /// The volume of `path`, with what it rests on.
  mutating func use(_ path: FluidPath) -> Volume {
    use(path.tubing, as: "volume inside the pump")
      + use(path.catheter, as: "volume per length of the catheter")
  }
}
