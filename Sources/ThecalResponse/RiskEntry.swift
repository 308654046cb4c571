import Glibc
public import ThecalDosing
public import ThecalFormulary
import ThecalQuantities

extension RiskAssessment {
  /// One effect in one population.
  public struct Entry: Sendable {
    /// What a probability rests on.
    public enum Kind: String, Hashable, Sendable {
      /// Counts alone.
      case counts
      /// A curve through counts at several doses.
      case fit
      /// Levels and responses computed in many people.
      case model
    }

    /// A count behind it.
    public struct Count: Hashable, Sendable {
      /// Those with the effect.
      public let events: Int
      /// Those who were watched.
      public let n: Int
      /// The id of the study.
      public let source: String
    }

    /// Whom it was seen in.
    public enum Population: Hashable, Sendable {
      /// People whom a source describes, in its words.
      case counted(String)
      /// Computed people: how many, drawn from which seed, the drug given at which vertebral level, once or by a catheter.
      case virtual(count: Int, seed: UInt64, isInjected: Bool, level: String)
      /// Whoever is cut off from the drug.
      case afterStop
      /// Nobody: no source counted it.
      case nobody
    }

    /// The id of the effect, such as `respiratory_depression`.
    public let effect: String
    /// Whether too much of the drug brings it, too little, or either: `over`, `under` or `either`.
    public let direction: String
    /// Which events.
    public internal(set) var severity = IncidenceCount.Severity.any
    /// The probability, 0 to 1; nil where it is not known, or withheld.
    public internal(set) var probability: Double?
    /// The lower end of its interval of 95 %; nil where counts are missing.
    public internal(set) var low: Double?
    /// The upper end.
    public internal(set) var high: Double?
    /// What it rests on.
    public internal(set) var kind = Kind.counts
    /// Whom it was seen in.
    public let population: Population
    /// Whether they were used to opioids; nil where nobody says, or the drug is none.
    public internal(set) var tolerance: IncidenceCount.ToleranceState?
    /// How the drug was given to those counted; nil for computed people.
    public let regimen: IncidenceCount.Regimen?
    /// Number of studies.
    public internal(set) var studies = 0
    /// The counts behind it, or those that contradict it.
    public internal(set) var counts: [Count] = []
    /// Whether the probability follows the dose.
    public internal(set) var hasDoseResponse = false
    /// Whether the dose lies outside those studied, widened twofold.
    public internal(set) var isExtrapolated = false
    /// Why a probability is unchecked or withheld.
    public internal(set) var codes: [Code] = []
    /// What to know about it, by topics of `RiskTopic`, in the order in which it is read.
    public internal(set) var notes: [Finding] = []
    /// The ids of the sources.
    public internal(set) var sources: [String] = []
    /// Whether every figure was read in its source.
    public internal(set) var isVerified = true
    /// The curve behind it; nil where there is none.
    package internal(set) var curve: IncidenceCurve?
    /// The unit of the curve's doses.
    package internal(set) var unit: String?

    /// Events in all.
    public var events: Int? { counts.isEmpty ? nil : counts.reduce(0) { $0 + $1.events } }
    /// Patients in all.
    public var n: Int? { counts.isEmpty ? nil : counts.reduce(0) { $0 + $1.n } }

    /// Adds what to know.
    mutating func note(_ topic: RiskTopic, _ evidence: Evidence...) {
      notes.append(Finding(topic, nil, .note, evidence))
    }
  }
}

extension RiskAssessment.Entry {
  /// An effect that no source counted with this drug and regimen.
  init(notCounted effect: HarmRecords.Effect, isSingle: Bool) {
    self.init(
      effect: effect.id, direction: effect.direction, population: .nobody,
      regimen: isSingle ? .single : .continuous)
    note(.notCounted)
  }

  /// What the counts `rows` of one population say.
  init(_ effect: HarmRecords.Effect, _ rows: [IncidenceCount], _ request: RiskRequest) {
    self.init(
      effect: effect.id, direction: effect.direction, population: .counted(rows[0].population),
      regimen: rows[0].regimen)
    severity = rows[0].severity
    tolerance = rows[0].tolerance
    sources = Set(rows.map(\.citation.source)).sorted()
    studies = sources.count
    isVerified = rows.allSatisfy(\.citation.verified)
    if rows[0].effect != effect.id { note(.countedAs, .text(rows[0].effect.replacingUnderscores)) }
    if rows[0].route != AdministrationRoute.intrathecal.rawValue { note(.otherRoute, .text(rows[0].route)) }
    let counted = rows.compactMap { row in row.events.flatMap { events in row.n.map { (row, events, $0) } } }
    if counted.isEmpty { takePercentages(rows, request) } else { takeCounts(counted, request) }
  }

  /// Takes what percentages without counts say.
  private mutating func takePercentages(_ rows: [IncidenceCount], _ request: RiskRequest) {
    func isNear(_ row: IncidenceCount) -> Bool {
      guard let range = row.dose?.range, let amount = request.dose.amount(in: row.dose?.unit) else {
        return true
      }
      return range.widened.contains(amount)
    }
    let nearest = rows.filter { ($0.percent ?? 0) > .zero && isNear($0) }
      .min { $0.distance(to: request) < $1.distance(to: request) }
    guard let nearest else {
      let isSeen = rows.contains { ($0.percent ?? 0) > .zero }
      note(
        rows[0].percent == .zero ? .notSeen : isSeen ? .percentElsewhere : .documented,
        .text(rows[0].definition))
      return
    }
    probability = nearest.percent.map { $0.double / 100 }
    if let dose = nearest.dose, let standing = dose.standing {
      note(.percentAtDose, .amount(standing, dose.unit))
    } else {
      note(.percentAlone)
    }
  }

  /// Takes what counts say at the dose asked for.
  private mutating func takeCounts(
    _ counted: [(row: IncidenceCount, events: Int, n: Int)], _ request: RiskRequest
  ) {
    counts = counted.map { Count(events: $0.events, n: $0.n, source: $0.row.citation.source) }
    unit = counted[0].row.dose?.unit
    let points = counted.map { row, events, n in
      IncidenceCurve.Point(
        source: row.citation.source, dose: row.dose?.standing?.double, events: Double(events), n: Double(n))
    }
    let ranges = counted.compactMap { $0.row.dose?.range }
    let studied = ranges.map(\.lowerBound).min().flatMap { low in
      ranges.map(\.upperBound).max().map { low...$0 }
    }
    let curve = IncidenceCurve(points, studied: studied, fits: counted.allSatisfy(\.row.fit))
    self.curve = curve
    hasDoseResponse = curve.fit != nil
    kind = hasDoseResponse ? .fit : .counts
    let amount = request.dose.amount(in: unit)
    let estimate = curve.estimate(at: amount)
    // Doses of another kind than the one asked for cannot be compared.
    let outside = studied.flatMap { range in
      amount.flatMap { range.widened.contains($0) ? nil : Evidence.doses(range, unit) }
    }
    isExtrapolated = outside != nil
    if let outside, !hasDoseResponse {
      let share = ExactNumber(estimate.probability * 100).rounded(toSignificantDigits: 3)
      note(.shareElsewhere, outside, .amount(share, "%"))
      return
    }
    (probability, low, high) = (estimate.probability, estimate.low, estimate.high)
    if !hasDoseResponse { note(.pooledShare) }
    if let outside { note(.outsideStudied, outside) }
  }
}

extension Evidence {
  /// The doses of counts, in their unit.
  fileprivate static func doses(_ range: ClosedRange<Double>, _ unit: String?) -> Evidence {
    .range(ExactNumber(range.lowerBound), ExactNumber(range.upperBound), unit ?? "")
  }
}

extension IncidenceCount {
  /// How far the dose of the count is from the one asked for, in logarithms; far where one of them is unknown.
  fileprivate func distance(to request: RiskRequest) -> Double {
    guard let stands = dose?.standing?.double, let asked = request.dose.amount(in: dose?.unit), stands > 0
    else {
      return .greatestFiniteMagnitude
    }
    return abs(log(asked / stands))
  }
}
