import ThecalFormulary
import ThecalQuantities

extension Notice {
  static func implausible(
    _ medicine: Medicine, _ amount: DailyAmount, _ window: PlausibleWindow, impossible: Bool
  ) -> Notice {
    let bounds =
      impossible ? (window.impossibleBelow, window.impossibleAbove) : (window.oddBelow, window.oddAbove)
    let place = medicine.line > 0 ? "dose: " : ""
    return Notice(
      impossible ? .blocked : .review, .implausibleDose,
      "\(place)\(amount.text) of \(medicine.route.rawValue) \(medicine.drug) is \(impossible ? "beyond belief" : "unusual") (\(shown(bounds.0)) to \(shown(bounds.1)) \(window.unit)): confirm with the prescription.",
      line: medicine.line, source: window.source)
  }

  static func typo(_ slips: [String], line: Int, blocked: Bool) -> Notice {
    Notice(
      blocked ? .blocked : .review, .typoSuspected,
      "one slip would explain it: \(slips.joined(separator: "; or ")).", line: line)
  }

  static func unusualInterval(_ frequency: Frequency, line: Int) -> Notice {
    let hours = ExactNumber(24) / frequency.timesPerDay
    let likely = TypoNeighborhood.likelyInterval(frequency).map { "; was q\($0)h meant?" } ?? "; confirm it."
    return Notice(
      .review, .typoSuspected,
      "frequency: a dose every \(shown(hours)) h is unusual\(likely)", line: line)
  }

  static func flag(_ flag: PatientFlag) -> Notice {
    Notice(
      flag.action == .stop ? .blocked : .review, ConversionCode(name: flag.code) ?? .contraindicated,
      flag.text,
      source: flag.citation.source)
  }

  static func allergy(_ text: String, target: String, stops: Bool) -> Notice {
    stops
      ? Notice(
        .blocked, .allergy,
        "allergy '\(text)': an allergy to \(target) is not excluded. Name the drug, or enter no.")
      : Notice(.review, .allergy, "allergy '\(text)': check it against \(target) and what it is mixed with.")
  }

  static func residual(_ value: ExactNumber) -> Notice {
    Notice(
      .review, .residualOpioid,
      "Systemic opioid goes on beside the pump (\(shown(value)) mg/day MME): both add up; watch sedation and breathing, and taper one."
    )
  }

  static func superseded(_ table: String) -> Notice {
    Notice(
      .review, .staleTable,
      "\(table) has been superseded: its equivalents are shown as asked for; compare with cdc_2022.")
  }
}
