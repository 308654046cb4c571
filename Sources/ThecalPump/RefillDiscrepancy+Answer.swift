import ThecalFormulary
import ThecalQuantities

extension RefillDiscrepancy {
  /// The comparison as a sheet and as data.
  public var answer: PumpAnswer {
    let last = visits[visits.count - 1]
    return PumpAnswer(
      "Refill: expected against found volume",
      inputs: [
        ("Pump", device.name), ("Volume after the last filling", last.previous.text),
        ("Flow", last.flow.text),
        ("Time since", last.elapsed.text),
        ("Boluses and priming", last.extra > .zero ? last.extra.text : nil),
        ("Volume found", last.found.text), ("Visits", visits.count > 1 ? "\(visits.count)" : nil),
        ("Cause found", explained),
      ],
      formulas: [
        "expected = previous - flow x time - boluses - priming",
        "ratio = (previous - found) / (previous - expected)",
        "looked into: more than 2 mL, or outside accuracy",
      ],
      fields: [
        .number("expected_mL", "Expected", last.expected.milliliters, "mL", explains: true),
        .number("found_mL", "Found", last.found.milliliters, "mL", explains: true),
        .number("delta_mL", "Found less expected", last.delta.milliliters, "mL", explains: true),
        .number("ratio", "Given for each part programmed", last.ratio, explains: true),
        .list(
          "causes", "What may be behind it",
          causes.map { .parts(("cause", .text($0.id)), ("text", .text($0.text))) }, explains: true),
        .text(
          "restart", "Restart",
          mayRestart ? "as programmed" : "only when the cause is known; as for someone without tolerance",
          explains: true),
        .list("visits", "Visits", zip(visits, trend).map(record), explains: true),
      ], settlement: settlement)
  }

  private func record(_ visit: RefillDiscrepancy.Visit, _ trend: Trend) -> PumpAnswer.Value {
    .parts(
      ("expected_mL", .number(visit.expected.milliliters)), ("found_mL", .number(visit.found.milliliters)),
      ("ratio", .number(visit.ratio)), ("cusum_high", .number(trend.high)), ("cusum_low", .number(trend.low)))
  }
}
