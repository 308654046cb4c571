import ThecalFormulary
import ThecalQuantities

// The words of every finding about a dose stand here and in the two files beside it, and nowhere else.

extension Notice {
  static func unverified(_ value: ExactNumber, _ unit: String, _ source: String, on what: String) -> Notice {
    Notice(
      .review, .unverifiedSource,
      "The \(what) rests on a figure that nobody has read in its source (\(value)\(unit.isEmpty || unit == "1" ? "" : " " + unit), \(source)): check it.",
      source: source)
  }

  static func crossTolerance(_ factor: Figure) -> Notice {
    Notice(
      .review, .crossTolerance,
      "Another opioid before: cross-tolerance is incomplete, start x \(factor.value).", source: factor.source)
  }

  static func toleranceUnknown(_ days: Figure) -> Notice {
    Notice(
      .review, .toleranceUnknown,
      "opioid_days is blank: tolerance needs at least \(days.value) days on the present dose and is not assumed.",
      source: days.source)
  }

  static func naiveCap(_ cap: Figure) -> Notice {
    Notice(
      .review, .opioidNaiveCap, "Not opioid-tolerant: the first day is capped at \(cap.value) \(cap.unit).",
      source: cap.source)
  }

  static func reducedForRisk(_ factor: Figure, _ reasons: [String]) -> Notice {
    Notice(
      .review, .reducedForRisk, "Start x \(factor.value), once, for \(reasons.joined(separator: ", ")).",
      source: factor.source)
  }

  static func overLimit(_ estimate: ExactNumber, _ limit: Figure) -> Notice {
    Notice(
      .review, .overLimit,
      "The estimate \(shown(estimate)) \(limit.unit) is above the limit of \(shown(limit.value)) \(limit.unit).",
      source: limit.source)
  }

  static func nearLimit(_ estimate: ExactNumber, _ limit: Figure) -> Notice {
    Notice(
      .review, .nearLimit,
      "The estimate \(shown(estimate)) \(limit.unit) is near the limit of \(shown(limit.value)) \(limit.unit).",
      source: limit.source)
  }

  static func ruleOfThumb(_ ratio: Figure) -> Notice {
    Notice(
      .review, .ruleOfThumb,
      "The 1/\(ratio.value) rule for baclofen has no primary study: an estimate only; the start comes from screening.",
      source: ratio.source)
  }

  static func screeningRequired(_ largest: Figure) -> Notice {
    Notice(
      .review, .screeningRequired,
      "No start without a screening bolus: give 50 mcg, then 75 and \(largest.value) mcg 24 h apart if needed.",
      source: largest.source)
  }

  static func noResponse(_ largest: Figure) -> Notice {
    Notice(
      .blocked, .noResponse,
      "No response to screening: who does not respond to \(largest.value) mcg is no candidate for a pump.",
      source: largest.source)
  }

  static func bolusTooLarge(_ bolus: Mass, _ largest: Figure) -> Notice {
    Notice(
      .blocked, .noResponse,
      "The screening bolus \(ClinicalText.mass(bolus)) is above \(largest.value) mcg, the largest of the protocol: no start follows from it. Check mg and mcg.",
      source: largest.source)
  }

  static func effectUnknown() -> Notice {
    Notice(
      .review, nil,
      "screening_effect is blank: the bolus is taken once, not twice, as if it had lasted more than 8 h.",
      source: "lioresal_label_2022")
  }

  static func ziconotide(_ range: StartRange, _ rule: IntrathecalRule) -> Notice {
    let low = range.low > .zero ? "\(shown(range.low)) to " : "at most "
    return Notice(
      .review, nil,
      "No dose is converted to ziconotide: it starts at \(low)\(shown(range.high.value)) \(rule.unit.symbol) (\(range.basis)); the opioid is tapered separately.",
      source: range.high.source)
  }

  static func rotation() -> Notice {
    Notice(
      .review, .offLabel,
      "Between intrathecal opioids the end of 2:1 to 6:1 is taken that gives the lower dose; confirm and watch for withdrawal."
    )
  }

  /// The lines that belong to every first dose: how long to watch, and what to have at hand.
  static func monitoring(_ statements: [Statement], isOpioid: Bool) -> [Notice] {
    guard isOpioid, statements.count > 1, let hours = statements[0].hours else {
      return statements.prefix(1).map { Notice(.ok, nil, $0.text, source: $0.citation.source) }
    }
    return [
      Notice(
        .ok, nil, "First intrathecal opioid dose: observe for at least \(hours) h.",
        source: statements[0].citation.source),
      Notice(.ok, nil, "Have naloxone and resuscitation at hand.", source: statements[1].citation.source),
    ]
  }

  static func oneCase(_ table: RatioRule) -> Notice {
    Notice(
      .review, .oneCase,
      "Intrathecal to oral rests on one patient: it guards against overdose and can under-treat.",
      source: table.low.source)
  }

  static func oralMonitoring(_ rule: IntrathecalRule?) -> Notice {
    Notice(
      .ok, nil,
      "Keep rescue doses at hand and watch for withdrawal and for sedation for at least 24 h after the pump is lowered or stopped.",
      source: rule?.monitoring.first?.source)
  }

  static func offLabel(_ drug: String, source: String) -> Notice {
    Notice(
      .review, .offLabel,
      "Intrathecal \(drug) is off label; its ratio to morphine is 2:1 to 6:1, and the lower dose is taken.",
      source: source)
  }

  static func rangeOnly(_ table: RatioRule) -> Notice {
    Notice(
      .review, .rangeOnly, "\(table.id) gives a range and no middle: no estimate.", source: table.low.source)
  }

  static func settingMismatch(_ table: RatioRule, _ indication: Indication) -> Notice {
    Notice(
      .review, .settingMismatch,
      "\(table.id) does not speak for \(indication.rawValue): the start does not rest on it.",
      source: table.low.source)
  }

  static func notForStarting(_ table: RatioRule) -> Notice {
    Notice(
      .review, .notForStarting,
      "\(table.id) holds ratios seen at stable doses: not for starting; the start does not rest on it.",
      source: table.low.source)
  }
}

/// A number as a person reads it, to four digits.
func shown(_ value: ExactNumber) -> String { ClinicalText.number(value.rounded(toSignificantDigits: 4)) }
