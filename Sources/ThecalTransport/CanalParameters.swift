public import ThecalFormulary
public import ThecalQuantities

/// What the model needs to know of a person and a drug. The defaults and their sources stand in
/// `Data/transport/parameters.json`.
///
/// Numbers are held in the base system, µg · cm · h, because sweeps draw thousands of them.
public struct CanalParameters: Hashable, Sendable {
  /// Height, cm.
  package var height = 0.0
  /// Factor on the cross-section from T12 down; between C7 and T12 the factors pass linearly.
  package var areaLumbosacral = 0.0
  /// Factor on the cross-section down to C7.
  package var areaCervical = 0.0
  /// CSF produced, mL/h.
  package var production = 0.0
  /// The share of it that is absorbed along the canal, 0 … 1.
  package var spinalFraction = 0.0
  /// Effective dispersion at C1, cm²/h.
  package var dispersionC1 = 0.0
  /// Effective dispersion at the end of the sac, cm²/h; between them it is linear in its logarithm.
  package var dispersionSac = 0.0
  /// Volume of the well-mixed cranial pool, mL.
  package var cranialVolume = 0.0
  /// Loss into tissue and blood along the canal, 1/h.
  package var loss = 0.0
  /// Loss from the cranial pool as a multiple of `loss`.
  package var cranialLossRatio = 0.0
  /// Standard deviation of a bolus without volume, cm.
  package var bolusSigma = 0.0
  /// Standard deviation of an infusion, cm.
  package var rateSigma = 0.0
  /// Heart rate, 1/h.
  package var heartRate = 0.0
  /// CSF stroke volume at C2, mL.
  package var strokeVolume = 0.0
  /// Heart rate and stroke volume at which the dispersion was fitted.
  private let fittedRate: Double, fittedStroke: Double
  /// The cord as a compartment beside the canal, if it is modelled.
  package var cord: TransportParameters.Tissue?
  /// The epidural space as a compartment beside the canal, if it is modelled.
  package var epidural: TransportParameters.Tissue?
  /// The drift of a solution that is heavier or lighter than CSF, if it is modelled.
  package var baricity: TransportParameters.Drift?

  /// The defaults, with the loss of `drug`; nil where the data have no loss for it.
  public init?(drug: String, _ formulary: Formulary = .embedded) {
    guard let loss = formulary.transport.loss(drug)?.value.quantity(RateConstantDimension.self) else {
      return nil
    }
    self.init(formulary, loss: loss)
  }

  /// The defaults, with a `loss` of one's own.
  public init(loss: RateConstant, _ formulary: Formulary = .embedded) {
    self.init(formulary, loss: loss)
  }

  private init(_ formulary: Formulary, loss: RateConstant) {
    fittedRate = TransportParameter.heartRate.standard(in: formulary) ?? 1
    fittedStroke = TransportParameter.strokeVolume.standard(in: formulary) ?? 1
    for parameter in TransportParameter.allCases { self[parameter] = parameter.standard(in: formulary) ?? 1 }
    self.loss = loss.base
  }

  /// What pulsation does to the dispersion: (f/f₀) (SV/SV₀)², because mixing goes with the beats and the square
  /// of the distance that each beat moves the fluid.
  ///
  /// - Source: closure D = β f (SV/A)², `thecal_transport_fit`; at the reference values it is 1.
  var pulsation: Double {
    let stroke = strokeVolume / fittedStroke
    return heartRate / fittedRate * stroke * stroke
  }
}
