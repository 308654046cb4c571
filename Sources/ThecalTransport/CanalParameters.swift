public import ThecalFormulary
public import ThecalQuantities

/// What the model needs to know of a person and a drug. The defaults and their sources stand in
/// `Data/transport/parameters.json`.
///
/// Numbers are held in the base system, µg · cm · h, because sweeps draw thousands of them.
public struct CanalParameters: Hashable, Sendable {
  /// Height, cm.
  package var height: Double
  /// Factor on the cross-section from T12 down; between C7 and T12 the factors pass linearly.
  package var areaLumbosacral: Double
  /// Factor on the cross-section down to C7.
  package var areaCervical: Double
  /// CSF produced, mL/h.
  package var production: Double
  /// The share of it that is absorbed along the canal, 0 … 1.
  package var spinalFraction: Double
  /// Effective dispersion at C1, cm²/h.
  package var dispersionC1: Double
  /// Effective dispersion at the end of the sac, cm²/h; between them it is linear in its logarithm.
  package var dispersionSac: Double
  /// Volume of the well-mixed cranial pool, mL.
  package var cranialVolume: Double
  /// Loss into tissue and blood along the canal, 1/h.
  package var loss: Double
  /// Loss from the cranial pool as a multiple of `loss`.
  package var cranialLossRatio: Double
  /// Standard deviation of a bolus without volume, cm.
  package var bolusSigma: Double
  /// Standard deviation of an infusion, cm.
  package var rateSigma: Double
  /// Heart rate, 1/h.
  package var heartRate: Double
  /// CSF stroke volume at C2, mL.
  package var strokeVolume: Double
  /// Heart rate and stroke volume at which the dispersion was fitted.
  private let fittedRate: Double, fittedStroke: Double
  /// The cord as a compartment beside the canal, if it is modelled.
  package var cord: TissueParameters?
  /// The epidural space as a compartment beside the canal, if it is modelled.
  package var epidural: TissueParameters?
  /// The drift of a solution that is heavier or lighter than CSF, if it is modelled.
  package var baricity: Baricity?

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
    func standard(_ parameter: TransportParameter) -> Double { parameter.standard(in: formulary) ?? 1 }
    height = standard(.height)
    areaLumbosacral = standard(.areaLumbosacral)
    areaCervical = standard(.areaCervical)
    production = standard(.production)
    spinalFraction = standard(.spinalFraction)
    dispersionC1 = standard(.dispersionC1)
    dispersionSac = standard(.dispersionSac)
    cranialVolume = standard(.cranialVolume)
    cranialLossRatio = standard(.cranialLossRatio)
    bolusSigma = standard(.bolusSigma)
    rateSigma = standard(.rateSigma)
    fittedRate = standard(.heartRate)
    fittedStroke = standard(.strokeVolume)
    heartRate = fittedRate
    strokeVolume = fittedStroke
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

/// A compartment along the canal: `A dCₜ/dt = PS (C − Cₜ/K) − A k Cₜ`.
public struct TissueParameters: Hashable, Sendable {
  /// Permeability times surface per length of canal, PS, cm²/h.
  package var permeability: Double
  /// Concentration in the tissue over that in CSF at equilibrium, K.
  package var partition: Double
  /// Loss from the tissue into blood, k, 1/h.
  package var loss: Double
  /// Cross-section, cm²; nil takes that of the cord, level by level.
  package var area: Double?

  package init(permeability: Double, partition: Double, loss: Double, area: Double? = nil) {
    self.permeability = permeability
    self.partition = partition
    self.loss = loss
    self.area = area
  }
}

/// A drift of the solute with or against gravity: flow × (1 − C / limit), toward the sac where positive.
public struct Baricity: Hashable, Sendable {
  /// Flow of dilute solute at the mean cross-section, mL/h.
  package var flow: Double
  /// The concentration at which the drift has faded, µg/mL: that of the injected solution.
  package var limit: Double

  package init(flow: Double, limit: Double) {
    self.flow = flow
    self.limit = limit
  }
}
