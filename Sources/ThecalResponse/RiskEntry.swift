import Glibc
package import ThecalDosing
package import ThecalFormulary
import ThecalQuantities

extension RiskAssessment {
  /// One effect in one population.
  package struct Entry: Sendable {
    /// What a probability rests on.
    package enum Kind: String, Hashable, Sendable {
      /// Counts alone.
      case counts
      /// A curve through counts at several doses.
      case fit
      /// Levels and responses computed in many people.
      case model
    }

    /// A count behind it.
    package struct Count: Hashable, Sendable {
      /// Events among `n`, and who counted.
      package let events: Int, n: Int, source: String
    }

    /// The id of the effect.
    package let effect: String
    /// `over`, `under` or `either`.
    package let direction: String
    /// Which events.
    package var severity = IncidenceCount.Severity.any
    /// The probability; nil where it is not known, or withheld.
    package var probability: Double?
    /// The ends of its interval of 95 %; nil where counts are missing.
    package var low: Double?, high: Double?
    /// What it rests on.
    package var kind = Kind.counts
    /// Whom it was seen in.
    package let population: String
    /// Whether they were used to opioids; nil where nobody says, or the drug is none.
    package var tolerance: IncidenceCount.ToleranceState?
    /// `single`, `screening`, `titration`, `maintenance`, `continuous`, or `model`.
    package let regimen: String
    /// Number of studies.
    package var studies = 0
    /// The counts behind it, or those that contradict it.
    package var counts: [Count] = []
    /// Whether the probability follows the dose.
    package var hasDoseResponse = false
    /// Whether the dose lies outside those studied, widened twofold.
    package var isExtrapolated = false
    /// Why a probability is unchecked or withheld.
    package var codes: [Code] = []
    /// What to know about it.
    package var message = ""
    /// The ids of the sources.
    package var sources: [String] = []
    /// Whether every figure was read in its source.
    package var isVerified = true
    /// The curve behind it; nil where there is none.
    package var curve: IncidenceCurve?
    /// The unit of the curve's doses.
    package var unit: String?

    /// Events in all.
    package var events: Int? { counts.isEmpty ? nil : counts.reduce(0) { $0 + $1.events } }
    /// Patients in all.
    package var n: Int? { counts.isEmpty ? nil : counts.reduce(0) { $0 + $1.n } }
  }
}

extension RiskAssessment.Entry {
  /// An effect that no source counted with this drug and regimen.
  init(notCounted effect: HarmRecords.Effect, isSingle: Bool) {
    self.init(
      effect: effect.id, direction: effect.direction, population: "nobody",
      regimen: isSingle ? "single" : "continuous")
    message = "Nobody counted it with this drug given this way: that is no evidence that it does not occur."
  }

  /// What the counts `rows` of one population say.
  init(_ effect: HarmRecords.Effect, _ rows: [IncidenceCount], _ request: RiskRequest) {
    self.init(
      effect: effect.id, direction: effect.direction, population: rows[0].population,
      regimen: rows[0].regimen.rawValue)
    severity = rows[0].severity
    tolerance = rows[0].tolerance
    sources = Set(rows.map(\.citation.source)).sorted()
    studies = sources.count
    isVerified = rows.allSatisfy(\.citation.verified)
    var notes: [String] = []
    if rows[0].effect != effect.id { notes.append("Counted as \(rows[0].effect.replacingUnderscores).") }
    if rows[0].route != "intrathecal" { notes.append("Given by the \(rows[0].route) route.") }
    let counted = rows.compactMap { row in row.events.flatMap { events in row.n.map { (row, events, $0) } } }
    if counted.isEmpty {
      notes.append(uncounted(rows, request))
    } else {
      notes += pooled(counted, request)
    }
    message = notes.joined(separator: " ")
  }

  /// Takes what percentages without counts say.
  private mutating func uncounted(_ rows: [IncidenceCount], _ request: RiskRequest) -> String {
    func isNear(_ row: IncidenceCount) -> Bool {
      guard let range = row.dose?.range, let amount = request.dose.amount(in: row.dose?.unit) else {
        return true
      }
      return range.widened.contains(amount)
    }
    let nearest = rows.filter { ($0.percent ?? 0) > .zero && isNear($0) }
      .min { $0.distance(to: request) < $1.distance(to: request) }
    guard let nearest else {
      return rows[0].percent == .zero
        ? "Documented as not seen, without counts: \(rows[0].definition)."
        : rows.contains { ($0.percent ?? 0) > .zero }
          ? "A percentage at another dose, which is not carried to this one: \(rows[0].definition)."
          : "Documented, without counts: \(rows[0].definition)."
    }
    probability = nearest.percent.map { $0.double / 100 }
    let at =
      nearest.dose.flatMap { dose in dose.standing.map { " at \(ClinicalText.number($0)) \(dose.unit)" } }
      ?? ""
    return "A percentage\(at) without counts: no interval can be given."
  }

  /// Takes what counts say at the dose asked for.
  private mutating func pooled(
    _ counted: [(row: IncidenceCount, events: Int, n: Int)], _ request: RiskRequest
  ) -> [String] {
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
    isExtrapolated = studied.flatMap { studied in amount.map { !studied.widened.contains($0) } } ?? false
    guard hasDoseResponse || !isExtrapolated else {
      return [
        "Counted at \(words(studied, unit)); the share there, "
          + "\(percent(estimate.probability)) %, is not carried to this dose."
      ]
    }
    (probability, low, high) = (estimate.probability, estimate.low, estimate.high)
    var notes = hasDoseResponse ? [] : ["A pooled share: no dose-response is known."]
    if isExtrapolated { notes.append("The dose lies outside those studied, \(words(studied, unit)).") }
    return notes
  }

  private func percent(_ share: Double) -> String {
    ClinicalText.number(ExactNumber(share * 100).rounded(toSignificantDigits: 3))
  }

  private func words(_ studied: ClosedRange<Double>?, _ unit: String?) -> String {
    guard let studied, let unit else { return "other doses" }
    let ends = [studied.lowerBound, studied.upperBound].map {
      ClinicalText.number(ExactNumber($0).rounded(toSignificantDigits: 4))
    }
    return ends[0] == ends[1] ? "\(ends[0]) \(unit)" : "\(ends[0]) to \(ends[1]) \(unit)"
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
