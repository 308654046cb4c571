import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalTabular
import ThecalTitration

/// A trial before the pump: as text, as one JSON object, as a table and a picture.
struct TrialReport: DoseReport {
  /// The trial; without doses where what follows from it is refused.
  let trial: Trial
  private let result: TrialMatch?
  let path: String
  /// The date of the day of hour 0; nil where the plan does not say it.
  let firstDay: CalendarDate?

  /// A report on `trial` and what follows from it, read at `path`.
  init(_ trial: Trial, _ match: TrialMatch?, _ path: String, firstDay: CalendarDate? = nil) {
    (result, self.path, self.firstDay) = (match, path, firstDay)
    self.trial = match?.findings.isBlocked ?? false ? trial.withoutDoses : trial
  }

  /// The first programme; nil where there is no result, or a refusal.
  var match: TrialMatch? { isBlocked ? nil : result }

  var isBlocked: Bool { trial.findings.isBlocked || result?.findings.isBlocked ?? false }

  /// The graver of trial and match.
  var status: Status { max(trial.findings.status, result?.findings.status ?? .ok) }

  var codes: [Code] {
    (trial.findings.codes + (result?.findings.codes ?? [])).distinct
  }

  /// What there is to say; in a refusal first why.
  var messages: [String] {
    let all = trial.findings.all + (result?.findings.all ?? [])
    let refusing = isBlocked ? all.filter { $0.severity.status == status } : []
    return (refusing + all.filter { !refusing.contains($0) }).sentences
  }

  var sources: [String] { trial.findings.sources.union(result?.findings.sources ?? []).sorted() }

  /// Whether rates are given rather than injections.
  var isInfusion: Bool { trial.settings.method == .continuous }
  /// The unit of `dose`.
  var doseUnit: String { isInfusion ? trial.unit.daily : trial.unit.rawValue }

  /// What is given at an hour, in `doseUnit`; nil where no injection is due.
  func dose(_ hour: Trial.Hour) -> ExactNumber? {
    isInfusion
      ? hour.rate.map { trial.unit.perDay($0).shown }
      : hour.bolus.map { $0.exactValue(in: trial.unit.mass).shown }
  }

  /// By how much a rate differs from that of the hour before, in percent; nil at the start and for injections.
  func step(_ index: Int) -> ExactNumber? {
    guard isInfusion, index > 0, let now = dose(trial.hours[index]),
      let before = dose(trial.hours[index - 1]), before > .zero
    else { return nil }
    return ((now / before - 1) * 100).shown
  }

  /// Relief as it is; a drop of the Ashworth score as the score that is left.
  func effect(_ band: Trial.Band?) -> Trial.Band? {
    guard let band, trial.isTone else { return band }
    let (low, high) = (trial.baseline - band.high, trial.baseline - band.low)
    return Trial.Band(
      middle: max(0, trial.baseline - band.middle), low: max(0, low), high: max(0, high))
  }

  var source: String { path }

  var csv: [UInt8] {
    var writer = CSVWriter(capacity: 96 * (trial.hours.count + 1))
    writer.appendRow([
      "hour", "dose", "unit", "step_percent", "given", "level_ng_per_mL", "level_low", "level_high", "effect",
      "effect_low", "effect_high", "risk",
    ])
    for (index, hour) in trial.hours.enumerated() {
      let effect = effect(hour.effect)
      writer.appendNumber(ExactNumber(hour.hour).plainText)
      number(dose(hour), to: &writer)
      writer.appendText(doseUnit)
      number(step(index), to: &writer)
      number(hour.given.exactValue(in: trial.unit.mass).shown, to: &writer)
      for value in [
        hour.level.middle, hour.level.low, hour.level.high, effect?.middle, effect?.low, effect?.high,
      ] {
        number(value.map { ExactNumber($0).shown }, to: &writer)
      }
      number(hour.risk.map { ExactNumber($0).shown }, to: &writer)
      writer.endRow()
    }
    return writer.output.bytes
  }

  private func number(_ value: ExactNumber?, to writer: inout CSVWriter) {
    if let value { writer.appendNumber(value.plainText) } else { writer.appendEmpty() }
  }
}
