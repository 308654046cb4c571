/// A parameter of a person or a drug that sweeps vary, by its key in a scenario.
public enum SweptParameter: String, CaseIterable, Sendable {
  /// Height, cm.
  case height
  /// Factor on the cross-section from T12 down.
  case areaLumbosacral = "area_lumbosacral"
  /// Factor on the cross-section down to C7.
  case areaCervical = "area_cervical"
  /// CSF produced, mL/h.
  case production
  /// The share of it absorbed along the canal.
  case spinalFraction = "spinal_fraction"
  /// Dispersion at C1, cm²/h.
  case dispersionC1 = "dispersion_c1"
  /// Dispersion at the end of the sac, cm²/h.
  case dispersionSac = "dispersion_sac"
  /// Volume of the cranial pool, mL.
  case cranialVolume = "cranial_volume"
  /// Loss along the canal, 1/h.
  case loss
  /// Loss from the cranial pool as a multiple of it.
  case cranialLossRatio = "cranial_loss_ratio"
  /// Standard deviation of a bolus, cm.
  case bolusSigma = "bolus_sigma"
  /// Standard deviation of an infusion, cm.
  case rateSigma = "rate_sigma"
}

extension CanalParameters {
  /// The value of a parameter in the base system, µg · cm · h.
  public subscript(parameter: SweptParameter) -> Double {
    get { self[keyPath: Self.path(parameter)] }
    set { self[keyPath: Self.path(parameter)] = newValue }
  }

  private static func path(_ parameter: SweptParameter) -> WritableKeyPath<Self, Double> {
    switch parameter {
    case .height: \.height
    case .areaLumbosacral: \.areaLumbosacral
    case .areaCervical: \.areaCervical
    case .production: \.production
    case .spinalFraction: \.spinalFraction
    case .dispersionC1: \.dispersionC1
    case .dispersionSac: \.dispersionSac
    case .cranialVolume: \.cranialVolume
    case .loss: \.loss
    case .cranialLossRatio: \.cranialLossRatio
    case .bolusSigma: \.bolusSigma
    case .rateSigma: \.rateSigma
    }
  }
}
