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

  /// A compartment beside the canal.
  public struct Tissue: Hashable, Sendable {
    /// Permeability times surface per length.
    public let permeability: Diffusivity
    /// Concentration there over that in CSF at equilibrium.
    public let partition: Double
    /// Loss from it into blood.
    public let loss: RateConstant
    /// Its cross-section; nil takes that of the cord.
    public let area: Area?

    /// A compartment.
    public init(permeability: Diffusivity, partition: Double, loss: RateConstant, area: Area? = nil) {
      self.permeability = permeability
      self.partition = partition
      self.loss = loss
      self.area = area
    }
  }

  /// A drift that fades with the concentration.
  public struct Drift: Hashable, Sendable {
    /// Flow of dilute solution; the direction is said by `towardHead`.
    public let flow: Flow
    /// Whether the solution rises toward the head.
    public let towardHead: Bool
    /// The concentration at which the drift has faded.
    public let limit: Concentration

    /// A drift.
    public init(flow: Flow, towardHead: Bool, limit: Concentration) {
      self.flow = flow
      self.towardHead = towardHead
      self.limit = limit
    }
  }
}
