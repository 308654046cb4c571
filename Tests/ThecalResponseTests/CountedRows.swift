import Glibc
import ThecalFormulary
import ThecalQuantities

@testable import ThecalResponse

/// The ends of a 95 % interval after Clopper and Pearson, by sums of the binomial distribution: other code than the engine's.
func exactInterval(_ events: Int, of n: Int) -> ClosedRange<Double> {
  func atMost(_ k: Int, _ p: Double) -> Double {
    (0...k).reduce(0) { sum, i in
      let ways = lgamma(Double(n) + 1) - lgamma(Double(i) + 1) - lgamma(Double(n - i) + 1)
      return sum + exp(ways + Double(i) * log(p) + Double(n - i) * log1p(-p))
    }
  }
  func root(_ f: (Double) -> Double) -> Double {
    var (low, high) = (1e-12, 1 - 1e-12)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if f(middle) > 0 { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
  let low = events == 0 ? 0 : root { 0.025 - (1 - atMost(events - 1, $0)) }
  let high = events == n ? 1 : root { atMost(events, $0) - 0.025 }
  return low...high
}

/// A count with the doses it holds for and the interval of its share, found from the row itself by other code than the gate's.
struct CountedRow {
  let row: IncidenceCount
  /// The doses, widened twofold, in mcg or mcg/day.
  let micrograms: ClosedRange<Double>
  let interval: ClosedRange<Double>

  /// The rows that may gate a model of `effect`; a count from a printed percentage spans every count that prints so.
  static func all(_ effect: String, of drug: String, single: Bool) -> [CountedRow] {
    Formulary.embedded.incidence.compactMap { row in
      guard row.drug == drug, row.effect == effect, row.route == "intrathecal", row.severity == .any,
        ["single", "screening"].contains(row.regimen.rawValue) == single, let events = row.events,
        let n = row.n, let dose = row.dose
      else { return nil }
      let scale = dose.unit.hasPrefix("mg") ? 1_000.0 : 1
      let named = [dose.low, dose.mean, dose.assumed, dose.high].compactMap { $0?.double }.filter { $0 > 0 }
      guard let least = named.min(), let most = named.max() else { return nil }
      let ends = row.countRange.map { (exactInterval($0.low, of: n), exactInterval($0.high, of: n)) }
      let own = exactInterval(events, of: n)
      return CountedRow(
        row: row, micrograms: least * scale / 2...most * scale * 2,
        interval: (ends?.0 ?? own).lowerBound...(ends?.1 ?? own).upperBound)
    }
  }

  /// Whether it speaks of people in one of these states at a dose.
  func matches(_ amount: Double, _ state: IncidenceCount.ToleranceState?) -> Bool {
    let fits = row.tolerance == nil || state == nil || row.tolerance == .mixed || row.tolerance == state
    return fits && micrograms.contains(amount)
  }
}
