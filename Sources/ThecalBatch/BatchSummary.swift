public import ThecalDosing

/// How a batch went: how many results of each kind, and which need attention first.
public struct BatchSummary: Hashable, Sendable {
  /// A result that stands out.
  public struct Concern: Hashable, Sendable {
    /// The patient.
    public let patient: String
    /// The drug of the pump.
    public let target: String
    /// What may be done with the result.
    public let status: Status
    /// Why, as printed.
    public let findings: [Finding]
  }

  /// Results by status.
  public private(set) var counts: [Status: Int] = [:]
  /// The three gravest results; among equals the earlier one.
  public private(set) var worst: [Concern] = []
  /// Columns of the input that were carried along unread.
  public internal(set) var unknownColumns: [String] = []

  /// Whether the input was no UTF-8 and was read as Windows-1252.
  public internal(set) var isWindows1252 = false

  /// Nothing yet.
  init() {}

  /// All results.
  public var total: Int { counts.values.reduce(0, +) }

  /// How many results are `status`.
  public func count(_ status: Status) -> Int { counts[status] ?? 0 }

  /// Whether anything was refused or could not be read.
  public var hasRefusals: Bool { count(.blocked) + count(.error) > 0 }

  mutating func add(_ status: Status) { counts[status, default: 0] += 1 }

  /// Whether a result this grave would be among the worst.
  func notes(_ status: Status) -> Bool {
    status >= .review && (worst.count < 3 || worst.contains { $0.status < status })
  }

  mutating func note(_ concern: Concern) {
    let place = worst.firstIndex { $0.status < concern.status } ?? worst.endIndex
    worst.insert(concern, at: place)
    if worst.count > 3 { worst.removeLast() }
  }

  /// Adds what came after this.
  mutating func append(_ later: BatchSummary) {
    for (status, count) in later.counts { counts[status, default: 0] += count }
    for concern in later.worst where notes(concern.status) { note(concern) }
  }
}
