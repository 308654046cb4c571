import Glibc
package import ThecalFormulary
import ThecalQuantities
import ThecalSampling

/// How many people have withdrawn by a time after the delivery stopped.
///
/// The published onsets, from the earliest to the latest, are read as the middle 95 % of people. People differ because
/// their level falls at different rates, as far as a model knows them, and for the rest by what it takes to feel it.
package struct WithdrawalCurve: Sendable {
  /// ln of the median onset, h.
  private let center: Double
  /// Standard deviation of ln onset between people, of which `own` is left beside their levels.
  private let spread: Double, own: Double
  /// ln of each person's time of fall over that of the median person; one person at zero where no model knows them.
  private let people: [Double]

  /// A curve from onsets between `earliest` and `latest` hours and, where they are known, each person's hours of fall.
  package init(earliest: Double, latest: Double, falls: [Double]) {
    precondition(earliest > 0 && latest > earliest)
    center = (log(earliest) + log(latest)) / 2
    spread = (log(latest) - log(earliest)) / (2 * normalQuantile(0.975))
    let logs = falls.filter { $0 > 0 }.map { log($0) }
    guard logs.count > 1 else {
      (people, own) = ([0], spread)
      return
    }
    let median = logs.sorted()[logs.count / 2]
    let mean = logs.reduce(0, +) / Double(logs.count)
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)
    // Levels cannot explain more than the whole spread: where they would, they are drawn together.
    let share = min(1, spread / max(variance.squareRoot(), spread * 1e-6) * Self.mostByLevel)
    people = logs.map { ($0 - median) * share }
    own = max(spread * spread - variance * share * share, 0).squareRoot()
  }

  /// The largest part of the spread that differences of level may make.
  private static let mostByLevel = 0.9

  /// The curve of a drug; nil where a stop is harmless, or nothing but cases is published.
  package init?(_ known: StoppingRules.Withdrawal, falls: [Double]) {
    guard known.danger, let onset = known.timing?.onsetHours, onset.count == 2, onset[0] < onset[1] else {
      return nil
    }
    self.init(earliest: onset[0].double, latest: onset[1].double, falls: falls)
  }

  /// The share of people in withdrawal after `hours`, with an interval that moves the median onset over the whole range of
  /// the published ones: nobody has said how sure it is.
  package func share(after hours: Double) -> (value: Double, low: Double, high: Double) {
    guard hours > 0 else { return (0, 0, 0) }
    func at(_ shift: Double) -> Double {
      people.reduce(0) { $0 + normalProbability((log(hours) - center - $1 - shift) / max(own, 1e-9)) }
        / Double(people.count)
    }
    let far = normalQuantile(0.975) * spread
    return (at(0), at(far), at(-far))
  }
}
