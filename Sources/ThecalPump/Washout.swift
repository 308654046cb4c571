public import ThecalQuantities

/// Rinsing a reservoir: how much of what it held is left, and what the next filling will really be.
///
/// `fraction left = (residual / (residual + rinse))^n`;
/// `C = (residual C_residual + fill C_fill) / (residual + fill)`.
public struct Washout: Sendable {
  /// What remains after emptying.
  public let residual: Volume
  /// The volume of one rinse.
  public let rinse: Volume
  /// The number of rinses.
  public let times: Int
  /// The share of the old drug that is left.
  public let fractionLeft: ExactNumber
  /// The rinses that leave at most one percent.
  public let timesForOnePercent: Int
  let settlement: PumpSettlement

  /// One part in a hundred: below it, old drug is smaller than the error of compounding.
  private static let enough = ExactNumber(1, over: 100)

  /// The washing out of `figure` by `times` rinses of `rinse` each.
  public init(residual figure: PumpFigure<VolumeDimension>, rinse: Volume, times: Int) {
    precondition(figure.value >= .zero && rinse > .zero && times >= 0)
    var ledger = PumpLedger()
    residual = ledger.use(figure, as: "residual volume")
    self.rinse = rinse
    self.times = times
    let step = figure.value / (figure.value + rinse)
    fractionLeft = (0..<times).reduce(ExactNumber.one) { left, _ in left * step }
    var (count, left) = (0, ExactNumber.one)
    while left > Washout.enough, count < 1_000 { (count, left) = (count + 1, left * step) }
    timesForOnePercent = count
    ledger.check(
      fractionLeft <= Washout.enough, fractionLeft <= Washout.enough ? "WASHED" : "OLD_DRUG_LEFT", .note,
      passed: "At most 1 % of the old drug is left.",
      failed: "\((fractionLeft * 100).clinical) % of the old drug is left; \(count) rinses leave at most 1 %."
    )
    settlement = ledger.settle()
  }

  /// The strength after a filling, with what the rinses left.
  ///
  /// - Parameters:
  ///   - old: The strength before the first rinse, of the same drug.
  ///   - new: The strength filled in.
  ///   - fill: The volume filled in.
  ///   - rinseStrength: The strength of the rinse; zero for saline.
  public func strength(
    old: Concentration, filling new: Concentration, volume fill: Volume, rinseStrength: Concentration = .zero
  ) -> Concentration {
    let left = rinseStrength + fractionLeft * (old - rinseStrength)
    return (left * residual + new * fill) / (residual + fill)
  }

  /// The rinsing as a sheet and as data.
  public var answer: PumpAnswer { answer(after: nil) }

  /// The rinsing and the strength `after` the next filling, in its unit.
  public func answer(after filling: (strength: Concentration, unit: DoseUnit)?) -> PumpAnswer {
    PumpAnswer(
      "Wash-out of the reservoir",
      inputs: [
        ("Residual volume", residual.text), ("Rinse", rinse.text), ("Rinses", "\(times)"),
      ],
      formulas: ["fraction left = (residual / (residual + rinse)) ^ rinses"],
      fields: [
        .number("fraction_left", "Fraction left", fractionLeft),
        .number("percent_left", "Left", fractionLeft * 100, "%"),
        .number("times_for_1_percent", "Rinses that leave at most 1 %", ExactNumber(timesForOnePercent)),
        .number(
          "concentration_after", "Strength after the filling",
          filling.map { $0.strength.exactValue(in: $0.unit.concentration) },
          filling.map { $0.unit.concentration.symbol } ?? ""),
      ], settlement: settlement)
  }
}
