import ThecalDosing
import ThecalFormulary
public import ThecalPump
import ThecalQuantities

extension RefillDiscrepancy {
  /// The comparison for people and programs.
  public var report: PumpReport {
    let last = visits[visits.count - 1]
    return PumpReport(
      "Refill: expected against found volume",
      inputs: [
        ("Pump", .text(device.name)), ("Volume after the last filling", .volume(last.previous)),
        ("Flow", .flow(last.flow)), ("Time since", .time(last.elapsed)),
        ("Boluses and priming", last.extra > .zero ? .volume(last.extra) : nil),
        ("Volume found", .volume(last.found)), ("Residual volume", .volume(residual)),
        ("Visits", visits.count > 1 ? .number(ExactNumber(visits.count)) : nil),
        ("Cause found", cause.map { .text($0.text) }),
      ],
      formulas: [
        "expected = previous - flow x time - boluses - priming, never below the residual volume",
        "ratio = (previous - found) / (previous - expected)",
        "looked into: more than 2 mL, or outside accuracy",
        "dry since: (previous - residual) / (flow x (1 +/- accuracy))",
      ], figures: figures(last), outcome)
  }

  private func figures(_ last: Visit) -> [PumpReport.Figure] {
    // Volumes that were held against nothing explain nothing.
    let role: PumpReport.Figure.Role = isCompared ? .explains : .usual
    return restart.figures(unit: nil) + [
      PumpReport.Figure(
        key: "dry_since", label: "Dry since, days after the filling", value: dryRecord, unit: "",
        role: .answer),
      .number(
        "expected_mL", "Expected", last.expected(residual: residual).exactValue(in: .milliliters), "mL",
        role),
      .number("found_mL", "Found", last.found.exactValue(in: .milliliters), "mL", role),
      .number(
        "delta_mL", "Found less expected", last.delta(residual: residual).exactValue(in: .milliliters), "mL",
        role),
      .number("ratio", "Given for each part programmed", last.ratio(residual: residual), "", role),
      .list(
        "causes", "What may be behind it",
        causes.map { .parts(("cause", .id($0.id, words: "")), ("text", .text($0.text))) }, role),
      .list("visits", "Visits", zip(visits, trend).map(record), role),
    ]
  }

  private var dryRecord: AnswerValue {
    guard let drySince else { return .null }
    return .parts(
      ("earliest", .number(drySince.earliest.nearestDay)), ("latest", .number(drySince.latest.nearestDay)),
      ("nominal", .maybe(drySince.nominal?.nearestDay)))
  }

  private func record(_ visit: Visit, _ trend: Trend) -> AnswerValue {
    .parts(
      ("expected_mL", .number(visit.expected(residual: residual).exactValue(in: .milliliters))),
      ("found_mL", .number(visit.found.exactValue(in: .milliliters))),
      ("ratio", .maybe(visit.ratio(residual: residual))), ("cusum_high", .number(trend.high)),
      ("cusum_low", .number(trend.low)))
  }
}

extension Interruption {
  /// The stop for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Interruption of delivery",
      inputs: [
        ("Drug", .text(drug.tallMan)), ("Daily dose", .dose(dose, unit)), ("Time without drug", .time(gap)),
        ("Reason", .text(reason.rawValue)),
      ],
      formulas: ["missed = daily dose x time without drug"],
      figures: restart.figures(unit: unit) + [
        .number("missed", "Dose missed", missed.exactValue(in: unit.mass), unit.rawValue),
        .program("unit", "Unit of mass", unit.rawValue),
        .number("gap_hours", "Time without drug", gap.exactValue(in: .hours), "h"),
        .number(
          "withdrawal_from_h", "Withdrawal possible from", drug.withdrawalOnset?.value.exactValue(in: .hours),
          "h"),
      ], outcome)
  }
}

extension Restart {
  /// How delivery is taken up again, with words and sources; `unit` for the dose of someone new.
  fileprivate func figures(unit: DoseUnit?) -> [PumpReport.Figure] {
    let sources = words.map(\.citation.source).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    let dose = unit.flatMap { unit in firstDose.map { unit.perDay($0) } }
    return [
      PumpReport.Figure(
        key: "restart", label: "Restart", value: .id(kind.rawValue, words: kind.words), unit: "",
        role: .explains),
      .list("restart_words", "How", words.map { .text($0.text) }, .table),
      .list("restart_sources", "Who says so", sources.map { .text($0) }, .table),
    ]
      + (unit.map { unit in
        [.number("restart_dose", "Start of someone without tolerance, at most", dose, unit.daily)]
      } ?? [])
  }
}

extension RestartRule.Kind {
  /// What is done, as a person says it.
  fileprivate var words: String {
    switch self {
    case .asProgrammed: "go on as programmed"
    case .assessFirst: "look at patient, pump and catheter first"
    case .restorePrevious: "restore the previous dose, or nearly so, under monitoring"
    case .asNew: "start as in someone who never had the drug"
    }
  }
}
