import ThecalDosing
public import ThecalFormulary
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
  /// What was found.
  public let outcome: PumpOutcome

  /// One part in a hundred: below it, old drug is smaller than the error of compounding.
  private static let enough = ExactNumber(1, over: 100)

  /// The strengths around a rinsing.
  public struct Strengths: Sendable {
    /// Before the first rinse, of the same drug; nil where not stated.
    public var old: Concentration?
    /// What is filled in afterwards; nil where not stated.
    public var new: Concentration?
    /// The volume that is filled in afterwards; nil where not stated.
    public var fill: Volume?
    /// The drug; nil where not named.
    public var drug: PumpDrug?

    /// Nothing stated.
    public init() {}
  }

  /// The washing out of `figure` by `times` rinses of `rinse` each.
  ///
  /// - Precondition: `rinse` is above zero; the residual volume and `times` are not below it.
  public init(
    residual figure: Cited<Volume>, rinse: Volume, times: Int, device: PumpDevice? = nil,
    strengths: Strengths = Strengths()
  ) {
    precondition(figure.value >= .zero && rinse > .zero && times >= 0)
    var checks = PumpChecks()
    residual = checks.use(figure, as: "residual volume")
    self.rinse = rinse
    self.times = times
    checks.checkKept(residual: residual, alarm: nil)
    if let device {
      checks.checkReservoir(rinse, on: device, as: "rinse")
      if let fill = strengths.fill { checks.checkReservoir(fill, on: device) }
    }
    checks.check(strengths.drug)
    for strength in [strengths.old, strengths.new].compactMap({ $0 }) where strengths.drug != nil {
      checks.check(strengths.drug, strength: strength)
    }
    let step = figure.value / (figure.value + rinse)
    fractionLeft = (0..<times).reduce(ExactNumber.one) { left, _ in left * step }
    var (count, left) = (0, ExactNumber.one)
    while left > Washout.enough, count < 1_000 { (count, left) = (count + 1, left * step) }
    timesForOnePercent = count
    if fractionLeft <= Washout.enough {
      checks.add(.washed, .washed, .passed)
    } else {
      checks.add(
        .oldDrugLeft, .oldDrugLeft, .note, [.number(100 * fractionLeft), .number(ExactNumber(count))])
    }
    outcome = checks.outcome()
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
}
