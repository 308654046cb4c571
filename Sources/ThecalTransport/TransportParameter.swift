public import ThecalFormulary
import ThecalQuantities

/// A parameter of a person or a drug, by its key: one row of the table from which reading, ranges, sweeps, schemas
/// and pages are made. Its default, its distribution and their sources stand in `Data/transport/parameters.json`.
public enum TransportParameter: String, CaseIterable, Sendable {
  /// Height.
  case height
  /// Factor on the cross-section from T12 down.
  case areaLumbosacral = "area_lumbosacral"
  /// Factor on the cross-section down to C7.
  case areaCervical = "area_cervical"
  /// CSF produced.
  case production
  /// The share of it absorbed along the canal.
  case spinalFraction = "spinal_fraction"
  /// Dispersion at C1.
  case dispersionC1 = "dispersion_c1"
  /// Dispersion at the end of the sac.
  case dispersionSac = "dispersion_sac"
  /// Volume of the cranial pool.
  case cranialVolume = "cranial_volume"
  /// Loss along the canal.
  case loss
  /// Loss from the cranial pool as a multiple of it.
  case cranialLossRatio = "cranial_loss_ratio"
  /// Standard deviation of a bolus.
  case bolusSigma = "bolus_sigma"
  /// Standard deviation of an infusion.
  case rateSigma = "rate_sigma"
  /// Heart rate, which modulates the dispersion.
  case heartRate = "heart_rate"
  /// CSF stroke volume at C2, which modulates the dispersion.
  case strokeVolume = "stroke_volume"

  /// What the table says of a parameter.
  struct Row: Sendable {
    let dimension: Measure
    /// Between what values it means something, in the base system µg · cm · h.
    let range: ClosedRange<Double>
    let path: WritableKeyPath<CanalParameters, Double> & Sendable
    let meaning: String
  }

  /// What a parameter measures.
  public enum Measure: Hashable, Sendable {
    /// A length.
    case length
    /// A flow.
    case flow
    /// A diffusivity.
    case diffusivity
    /// A volume.
    case volume
    /// A rate constant.
    case rateConstant
    /// A plain number.
    case number
  }

  /// The table.
  var row: Row {
    switch self {
    case .height:
      Row(dimension: .length, range: 40...260, path: \.height, meaning: "height of the person")
    case .areaLumbosacral:
      Row(
        dimension: .number, range: 0.01...100, path: \.areaLumbosacral,
        meaning: "factor on the cross-section from T12 down")
    case .areaCervical:
      Row(
        dimension: .number, range: 0.01...100, path: \.areaCervical,
        meaning: "factor on the cross-section down to C7")
    case .production:
      Row(dimension: .flow, range: 0.06...600, path: \.production, meaning: "production of CSF")
    case .spinalFraction:
      Row(
        dimension: .number, range: 0...1, path: \.spinalFraction,
        meaning: "share of the CSF produced that is absorbed along the canal")
    case .dispersionC1:
      Row(dimension: .diffusivity, range: 0.036...36_000, path: \.dispersionC1, meaning: "dispersion at C1")
    case .dispersionSac:
      Row(
        dimension: .diffusivity, range: 0.036...36_000, path: \.dispersionSac,
        meaning: "dispersion at the end of the sac")
    case .cranialVolume:
      Row(dimension: .volume, range: 1...2_000, path: \.cranialVolume, meaning: "volume of the cranial pool")
    case .loss:
      Row(dimension: .rateConstant, range: 0...3_600, path: \.loss, meaning: "loss of drug along the canal")
    case .cranialLossRatio:
      Row(
        dimension: .number, range: 0...100, path: \.cranialLossRatio,
        meaning: "loss from the cranial pool as a multiple of the loss along the canal")
    case .bolusSigma:
      Row(
        dimension: .length, range: 0.01...50, path: \.bolusSigma,
        meaning: "standard deviation of a bolus without volume")
    case .rateSigma:
      Row(
        dimension: .length, range: 0.01...50, path: \.rateSigma, meaning: "standard deviation of an infusion")
    case .heartRate:
      Row(
        dimension: .rateConstant, range: 60...60_000, path: \.heartRate,
        meaning: "heart rate, to which the dispersion is proportional")
    case .strokeVolume:
      Row(
        dimension: .volume, range: 0.001...100, path: \.strokeVolume,
        meaning: "CSF stroke volume at C2, to whose square the dispersion is proportional")
    }
  }

  /// What it measures.
  public var dimension: Measure { row.dimension }

  /// Between what values it means something, in the base system µg · cm · h.
  public var range: ClosedRange<Double> { row.range }

  /// What it is, in words.
  public var meaning: String { row.meaning }

  /// The value where nothing else is said, in the base system; nil for the loss, which is that of the drug.
  public func standard(in formulary: Formulary = .embedded) -> Double? {
    guard let figure = formulary.transport.parameter(rawValue)?.value else { return nil }
    return switch dimension {
    case .length: figure.quantity(LengthDimension.self)?.base
    case .flow: figure.quantity(FlowDimension.self)?.base
    case .diffusivity: figure.quantity(DiffusivityDimension.self)?.base
    case .volume: figure.quantity(VolumeDimension.self)?.base
    case .rateConstant: figure.quantity(RateConstantDimension.self)?.base
    case .number: figure.value.double
    }
  }
}

extension TransportParameter {
  /// The unit in which programs give its numbers, and the size of that unit in the base system: that of the data.
  package var unit: (symbol: String, scale: Double) {
    switch dimension {
    case .length: ("cm", 1)
    case .flow: ("mL/min", Flow(1, .millilitersPerMinute).base)
    case .diffusivity: ("cm2/s", Diffusivity(1, .squareCentimetersPerSecond).base)
    case .volume: ("mL", 1)
    case .rateConstant:
      self == .heartRate
        ? ("1/min", RateConstant(1, .perMinute).base) : ("1/s", RateConstant(1, .perSecond).base)
    case .number: ("", 1)
    }
  }
}

extension TransportParameter.Measure {
  /// Whether quantities of a dimension are meant.
  func isOf<D: Dimension>(_: D.Type) -> Bool {
    switch self {
    case .length: D.self == LengthDimension.self
    case .flow: D.self == FlowDimension.self
    case .diffusivity: D.self == DiffusivityDimension.self
    case .volume: D.self == VolumeDimension.self
    case .rateConstant: D.self == RateConstantDimension.self
    case .number: false
    }
  }
}

extension CanalParameters {
  /// The value of a parameter in the base system, µg · cm · h.
  public subscript(parameter: TransportParameter) -> Double {
    get { self[keyPath: parameter.row.path] }
    set { self[keyPath: parameter.row.path] = newValue }
  }
}
