import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
import ThecalTitration

extension TrialReport {
  /// The trial as a person reads it.
  var text: String {
    var lines = [title, "Status: \(status.rawValue.uppercased())", ""]
    if !trial.hours.isEmpty { lines += summary + [""] + table }
    lines += programmeLines
    if !messages.isEmpty { lines += ["", "Notes"] + messages.map { "  \($0)" } }
    if !trial.hours.isEmpty { lines += ["", "Stop rules"] + trial.stopRules.map { "  \($0.text)" } }
    return (lines + ["", "Sources: " + sources.joined(separator: ", ")]).joined(separator: "\n")
  }

  var title: String {
    let way = trial.settings.route == .epidural ? "epidural" : "intrathecal"
    let kind =
      switch trial.settings.method {
      case .single: "a single injection"
      case .multiple: "several injections"
      case .continuous: "an infusion in steps"
      }
    return "Trial of \(way) \(trial.drug.tallMan) by \(kind)"
  }

  /// How it goes, for the median person and for the population.
  var summary: [String] {
    guard !trial.outcomes.isEmpty else { return [] }
    let goal = trial.words(trial.criterion)
    var lines = ["Success from \(goal) on: not predicted, the counts of real trials stand alone."]
    if let success = trial.success, let sustained = trial.sustained {
      lines = [
        "Success from \(goal) on: in \(percent(success)) of \(success.total) virtual people; "
          + "lasting in \(percent(sustained))."
      ]
    }
    if let toxic = trial.toxic { lines.append("Breathing depressed at some time in \(percent(toxic)).") }
    guard let outcome = trial.median else {
      return lines + trial.seen.map { "Seen: \($0.text) (\($0.citation.source))" }
    }
    let reached = outcome.reachedAt.map { "reached after \($0.clinical(3)) h" } ?? "not reached"
    lines.append(
      "The median person: \(reached), greatest effect \(trial.words(outcome.effectToCome)), "
        + "\(outcome.hoursAbove.clinical(3)) h above.")
    if outcome.isSuccess, isInfusion {
      lines.append(
        "When the steps end the effect is \(trial.words(outcome.effectThen)); "
          + "\(trial.words(outcome.effectToCome)) comes with the same rate.")
    }
    return lines + trial.seen.map { "Seen: \($0.text) (\($0.citation.source))" }
  }

  /// The hours at which something changes, and every fourth.
  var shownHours: [(index: Int, hour: Trial.Hour)] {
    trial.hours.enumerated().filter { index, hour in
      index % 4 == 0 || hour.bolus != nil || (step(index) ?? .zero) != .zero
    }.map { ($0.offset, $0.element) }
  }

  private var table: [String] {
    let effect = trial.isTone ? "Ashworth" : "relief"
    let heading = [
      "hour", "dose (\(doseUnit))", "level (ng/mL)", "5 % to 95 %", effect, "5 % to 95 %", "toxic in",
    ]
    return ([heading] + shownHours.map { cells($0.hour) }).aligned
  }

  /// An hour as a row of words.
  func cells(_ hour: Trial.Hour) -> [String] {
    let effect = effect(hour.effect)
    return [
      String(hour.hour), dose(hour).map { ClinicalText.number($0) } ?? "", level(hour.level.middle, 3),
      "\(level(hour.level.low, 2)) to \(level(hour.level.high, 2))", effect.map { shown($0.middle) } ?? "-",
      effect.map { "\(shown($0.low)) to \(shown($0.high))" } ?? "-",
      hour.risk.map { "\(($0 * 100).clinical(2)) %" } ?? "-",
    ]
  }

  /// The first programme, with every dose that was considered.
  var programmeLines: [String] {
    guard let match else { return [] }
    guard let start = match.start else { return ["", "First programme: none"] }
    return ["", "First programme: \(words(start, match.unit)), for a prescriber to confirm"]
      + match.candidates.map {
        "  \(words($0.dose, match.unit)): \($0.reason.text)\($0.source.map { " (\($0))" } ?? "")"
      }
  }

  func words(_ dose: DoseRate, _ unit: DoseUnit) -> String {
    "\(ClinicalText.number(unit.perDay(dose).rounded(toSignificantDigits: 4))) \(unit.daily)"
  }

  private func shown(_ effect: Double) -> String {
    trial.isTone
      ? effect.clinical(2) : "\(ClinicalText.number(ExactNumber(effect * 100).rounded(toPlaces: 0))) %"
  }

  private func percent(_ share: PopulationShare) -> String {
    "\((share.value * 100).clinical(3)) % (\((share.low * 100).clinical(2)) to \((share.high * 100).clinical(2)))"
  }

  /// A level; what no assay would find is not spelled out.
  private func level(_ value: Double, _ digits: Int) -> String {
    let least = 1 / 100.0
    return value > 0 && value < least ? "< 0.01" : value.clinical(digits)
  }
}
