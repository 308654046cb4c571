public import ThecalKinetics
public import ThecalQuantities

/// What a simulation takes: a drug, a catheter, a programme, and what is to be shown of it.
public struct TransportInput: Hashable, Sendable {
  /// The drug, by any of its names.
  public var drug: String
  /// Where the catheter ends: a level, a dermatome or a distance.
  public var tip: CanalSite
  /// What the pump gives.
  public var schedule: DeliverySchedule
  /// Parameters that differ from the defaults.
  public var parameters: TransportParameters
  /// Into how many cells the canal is cut, at least 2.
  public var cells: Int
  /// The time between two rows.
  public let every: Time
  /// The time of the last row.
  public let until: Time
  /// The sites that are shown.
  public let sites: [CanalSite]
  /// What is given of the same drug beside the pump, and reaches the CSF from plasma.
  public var systemic: [SystemicDosing] = []
  /// The compartments behind the CSF; nil takes the single one that the data have for the drug.
  public var plasma: KineticParameters?

  /// Fine enough for 0.2 % away from the tip and 0.5 % at it.
  public static let usualCells = 400

  /// An input with the default parameters, where no others are given.
  ///
  /// - Precondition: `every` is above zero, `until` not below it, and there is a site.
  public init(
    drug: String, tip: CanalSite, schedule: DeliverySchedule, parameters: TransportParameters = .init(),
    cells: Int = Self.usualCells, every: Time, until: Time, sites: [CanalSite]
  ) {
    precondition(every > .zero && until >= every && !sites.isEmpty && cells >= 2)
    self.drug = drug
    self.tip = tip
    self.schedule = schedule
    self.parameters = parameters
    self.cells = cells
    self.every = every
    self.until = until
    self.sites = sites
  }
}
