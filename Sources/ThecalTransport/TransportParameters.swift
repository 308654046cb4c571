public import ThecalQuantities

/// Parameters of the transport model that are set; the defaults hold for the others.
public struct TransportParameters: Hashable, Sendable {
  private var values: [TransportParameter: Double] = [:]
  /// The cord as a compartment.
  public var cord: Tissue?
  /// The epidural space as a compartment, which needs an area.
  public var epidural: Tissue?
  /// The drift of a solution of other density.
  public var baricity: Drift?

  /// The defaults.
  public init() {}

  /// The value of a parameter in the base system µg · cm · h; nil where the default holds.
  package subscript(parameter: TransportParameter) -> Double? {
    get { values[parameter] }
    set { values[parameter] = newValue }
  }

  /// Sets a parameter that has a dimension.
  ///
  /// - Precondition: The dimension is that of the parameter.
  public mutating func set<D>(_ parameter: TransportParameter, to value: Quantity<D>) {
    precondition(parameter.dimension.isOf(D.self), "\(parameter.rawValue) is no \(D.name)")
    values[parameter] = value.base
  }

  /// Sets a parameter that is a plain number.
  ///
  /// - Precondition: The parameter has no dimension.
  public mutating func set(_ parameter: TransportParameter, to value: Double) {
    precondition(parameter.dimension == .number && value.isFinite)
    values[parameter] = value
  }

  /// A compartment beside the canal: `A dCₜ/dt = PS (C − Cₜ/K) − A k Cₜ`. Its numbers are in the base system.
  public struct Tissue: Hashable, Sendable {
    /// Permeability times surface per length of canal, PS, cm²/h.
    package let permeability: Double
    /// Concentration there over that in CSF at equilibrium, K.
    package let partition: Double
    /// Loss from it into blood, k, 1/h.
    package let loss: Double
    /// Its cross-section, cm²; nil takes that of the cord, level by level.
    package let area: Double?

    /// A compartment with its permeability times surface per length, its concentration over that in CSF at equilibrium,
    /// its loss into blood, and its cross-section; nil takes that of the cord.
    public init(permeability: Diffusivity, partition: Double, loss: RateConstant, area: Area? = nil) {
      self.permeability = permeability.base
      self.partition = partition
      self.loss = loss.base
      self.area = area?.base
    }
  }

  /// A drift of the solute with or against gravity that fades with the concentration: flow × (1 − C / limit). Its numbers
  /// are in the base system.
  public struct Drift: Hashable, Sendable {
    /// Flow of dilute solution at the mean cross-section, mL/h, toward the sac where positive.
    package let flow: Double
    /// The concentration at which the drift has faded, µg/mL: that of the injected solution.
    package let limit: Double

    /// A drift of dilute solution toward the head, where it rises, or toward the sac.
    public init(flow: Flow, towardHead: Bool, limit: Concentration) {
      self.flow = (towardHead ? -1 : 1) * flow.base
      self.limit = limit.base
    }
  }
}
