package import ThecalFormulary
import ThecalQuantities
import ThecalStatistics

/// A model speaks only where the counts do not contradict it.
package struct ModelGate: Sendable {
  /// What the counts say of a probability.
  package enum Verdict: Sendable {
    /// Nobody counted what would match.
    case unchecked
    /// It lies in the interval of every count that matches.
    case agrees([IncidenceCount])
    /// It lies outside the intervals of these.
    case contradicted([IncidenceCount])

    /// Whether the probability may be printed.
    package var allows: Bool { if case .contradicted = self { false } else { true } }
  }

  private let counts: [IncidenceCount]
  /// Counts of the same kind of which no source names the dose: they match none, and can contradict every one.
  private let withoutDose: [IncidenceCount]

  /// The gate of one effect of a drug: of intrathecal counts of any severity, with a dose.
  package init(_ effect: String, of drug: String, in formulary: Formulary) {
    let all = formulary.incidence(of: effect, drug: drug).filter {
      $0.route == AdministrationRoute.intrathecal.rawValue && $0.severity == .any && $0.interval != nil
    }
    counts = all.filter { $0.dose?.range != nil }
    withoutDose = all.filter { $0.dose?.range == nil }
  }

  /// The counts that match a dose: the same regimen and tolerance, and a range of doses that, widened twofold, holds the dose.
  package func matching(_ dose: RiskRequest.Dose, _ state: IncidenceCount.ToleranceState?) -> [IncidenceCount]
  {
    counts.filter { row in
      guard row.regimen.isOf(dose), let amount = dose.amount(in: row.dose?.unit), let range = row.dose?.range
      else { return false }
      return Self.fits(row, state) && range.widened.contains(amount)
    }
  }

  private static func fits(_ row: IncidenceCount, _ state: IncidenceCount.ToleranceState?) -> Bool {
    row.tolerance == nil || state == nil || row.tolerance == .mixed || row.tolerance == state
  }

  /// The counts of the same regimen and tolerance without a dose in whose interval `probability` does not lie. They withhold nothing,
  /// because nobody knows whether they speak of this dose, and they are named beside it.
  package func otherwise(
    _ probability: Double, _ dose: RiskRequest.Dose, _ state: IncidenceCount.ToleranceState?
  ) -> [IncidenceCount] {
    withoutDose.filter { row in
      row.regimen.isOf(dose) && Self.fits(row, state) && !(row.interval?.contains(probability) ?? true)
    }
  }

  /// What the counts say of `probability` at a dose; nil for a state is every state.
  package func verdict(
    _ probability: Double, _ dose: RiskRequest.Dose, _ state: IncidenceCount.ToleranceState?
  ) -> Verdict {
    let rows = matching(dose, state)
    if rows.isEmpty { return .unchecked }
    let against = rows.filter { !($0.interval?.contains(probability) ?? true) }
    return against.isEmpty ? .agrees(rows) : .contradicted(against)
  }
}

extension IncidenceCount {
  /// The count with its source, as it stands in the place of a figure: `2/39 (sviggum2016)`.
  package var standing: String { "\(events ?? 0)/\(n ?? 0) (\(citation.source))" }

  /// The 95 % interval of the share after Clopper and Pearson; over every count that prints as the percentage of the source.
  /// Nil without a count.
  package var interval: ClosedRange<Double>? {
    guard let events, let n, n > 0 else { return nil }
    return Self.interval(from: countRange?.low ?? events, to: countRange?.high ?? events, n: n)
  }

  /// The interval of `events` of `n` after Clopper and Pearson.
  package static func interval(of events: Int, n: Int) -> ClosedRange<Double> {
    interval(from: events, to: events, n: n)
  }

  private static func interval(from fewest: Int, to most: Int, n: Int) -> ClosedRange<Double> {
    let low =
      fewest == 0 ? 0 : BetaDistribution(a: Double(fewest), b: Double(n - fewest + 1)).quantile(tail)
    let high =
      most == n ? 1 : BetaDistribution(a: Double(most + 1), b: Double(n - most)).quantile(1 - tail)
    return low...high
  }

  private static let tail = 0.025
}

extension IncidenceCount.Regimen {
  /// A single injection and a screening bolus are one thing; an infusion goes through titration and maintenance.
  package func isOf(_ dose: RiskRequest.Dose) -> Bool {
    switch dose {
    case .single: self == .single || self == .screening
    case .continuous: self == .continuous || self == .titration || self == .maintenance
    }
  }
}

extension IncidenceCount.Dose {
  /// The doses that the source names, in its unit; nil where it names none above zero.
  package var range: ClosedRange<Double>? {
    let named = [low, mean, assumed, high].compactMap { $0?.double }.filter { $0 > 0 }
    return named.min().flatMap { least in named.max().map { least...$0 } }
  }
}

extension ClosedRange<Double> {
  /// The range widened twofold on both sides, within which counts are carried to another dose.
  package var widened: ClosedRange<Double> { lowerBound / 2...upperBound * 2 }
}
