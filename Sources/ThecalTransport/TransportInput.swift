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
  /// Into how many cells the canal is cut, 2 to 100,000.
  public var cells: Int
  /// When levels are shown.
  public let rows: Rows
  /// The sites that are shown.
  public let sites: [CanalSite]
  /// What is given of the same drug beside the pump, and reaches the CSF from plasma.
  public var systemic: [SystemicDosing] = []
  /// The compartments behind the CSF; nil takes the single one that the data have for the drug.
  public var plasma: KineticParameters?

  /// Fine enough for 0.2 % away from the tip and 0.5 % at it.
  public static let usualCells = 400

  /// When levels are shown.
  public enum Rows: Hashable, Sendable {
    /// At equal steps from 0 on, to the last one that is not beyond `until`.
    case regular(every: Time, until: Time)
    /// At these times, rising from 0 or later.
    case listed([Time])
  }

  /// The end of what is shown.
  public var until: Time {
    switch rows {
    case .regular(_, let until): until
    case .listed(let times): times.last ?? .zero
    }
  }

  /// The times of the rows.
  public var times: [Time] {
    switch rows {
    // Row k stands at k times the step, exactly, so that rows and doses at the same time meet.
    case .regular(let every, let until):
      (0...Int((until / every).double.rounded(.down))).map { ExactNumber($0) * every }
    case .listed(let times): times
    }
  }

  /// An input with the default parameters, where no others are given.
  ///
  /// - Precondition: `every` is above zero, `until` not below it and at most ten million times as long, and there is a
  ///   site.
  public init(
    drug: String, tip: CanalSite, schedule: DeliverySchedule, parameters: TransportParameters = .init(),
    cells: Int = Self.usualCells, every: Time, until: Time, sites: [CanalSite]
  ) {
    self.init(
      drug: drug, tip: tip, schedule: schedule, parameters: parameters, cells: cells,
      rows: .regular(every: every, until: until), sites: sites)
  }

  /// The same with rows of any kind.
  ///
  /// - Precondition: There is a time after zero, times rise from zero or later by more than the last digit of a double, and
  ///   there is a site. What holds for regular rows stands above.
  public init(
    drug: String, tip: CanalSite, schedule: DeliverySchedule, parameters: TransportParameters = .init(),
    cells: Int = Self.usualCells, rows: Rows, sites: [CanalSite]
  ) {
    switch rows {
    case .regular(let every, let until):
      precondition(every > .zero && until >= every && until <= 10_000_000 * every)
    case .listed(let times):
      precondition(zip(times, times.dropFirst()).allSatisfy { $0.base < $1.base })
      precondition(times.first ?? .zero >= .zero)
      precondition(times.last ?? .zero > .zero)
    }
    precondition(!sites.isEmpty && cells >= 2)
    self.drug = drug
    self.tip = tip
    self.schedule = schedule
    self.parameters = parameters
    self.cells = cells
    self.rows = rows
    self.sites = sites
  }
}
