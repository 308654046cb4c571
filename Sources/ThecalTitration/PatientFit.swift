import ThecalDosing
import Glibc
import ThecalFormulary
import ThecalLinearAlgebra
package import ThecalQuantities
package import ThecalResponse
import ThecalSampling

/// What scores and doses say about one patient: the most probable sensitivity and baseline, given how patients
/// differ (maximum a posteriori), and how sure that is.
///
/// The prior is the spread of the effect's record, and a baseline as stated or as the record has it. Scores of a
/// day are taken at its end, when the lag of an hour or two is over; the lag is not learned from them.
package struct PatientFit: Hashable, Sendable {
  /// A value with its interval.
  package struct Interval: Hashable, Sendable {
    /// The most probable value.
    package let estimate: Double
    /// The ends between which the value lies with 90 % probability.
    package let low: Double, high: Double
  }

  /// The level at half of the largest effect, ng/mL.
  package let half: Interval
  /// The score without drug.
  package let baseline: Interval
  /// The curve with the most probable sensitivity.
  package let curve: SigmoidEffect
  /// Number of scores that were used.
  package let scores: Int
  /// Standard deviation of the scores about the fit.
  package let scatter: Double
  /// The covariance of ln EC₅₀ (in units of its spread) and baseline (in units of its own).
  private let covariance: [Double]
  private let model: ScoreModel

  /// The fit to the observations of `plan`; nil where no score or no effect is on record, which the findings says.
  init?(_ plan: TitrationRequest, _ response: PatientResponse, _ findings: inout PlanFindings) {
    guard let effect = response.effect, let noise = effect.record.score else {
      findings.add(
        .missingField, .review, .noEffectToLearn, [.drug(plan.drug)])
      return nil
    }
    let isRelief = effect.record.effect == "relief"
    let doses = plan.dailyDoses
    let levels = response.effectSite.levels(doses.map(\.base))
    let points = plan.observations.compactMap { seen in
      (isRelief ? seen.pain : seen.ashworth).map { score in
        (level: seen.wholeDay == 0 ? 0 : levels[seen.wholeDay - 1], score: score)
      }
    }
    guard !points.isEmpty else {
      findings.add(
        .missingField, .review, .noScores, [.text(isRelief ? "pain" : "Ashworth")])
      return nil
    }
    let model = ScoreModel(
      curve: effect.curve, isRelief: isRelief, sigma: log(effect.spread), prior: response.baseline,
      priorSpread: plan.baseline == nil
        ? (effect.record.spread.baseline ?? noise).value.double : noise.value.double,
      noise: noise.value.double
    )
    guard let found = model.fit(points) else {
      findings.add(.missingField, .review, .fitFailed)
      return nil
    }
    self.init(model, found, points.count)
    let usual = noise.value.double
    if points.count >= Self.fewest, found.scatter > Self.misfit * usual {
      findings.add(
        .modelMisfit, .review, .scoresMisfit,
        [
          .number(ExactNumber(found.scatter).rounded(toSignificantDigits: 2)),
          .number(ExactNumber(usual).rounded(toSignificantDigits: 2)),
        ])
    }
    findings.rest(on: noise.citation.source, isVerified: noise.citation.verified, "the scatter of scores")
  }

  /// From so many scores on, and so many times their usual scatter, the model is said not to fit.
  private static let fewest = 3
  private static let misfit = 2.0

  /// The normal quantile of 95 %: the ends of an interval of 90 %.
  private static let quantile = normalQuantile(0.95)

  init(_ model: ScoreModel, _ found: ScoreModel.Fit, _ count: Int) {
    self.model = model
    covariance = found.covariance
    scores = count
    scatter = found.scatter
    let spread = Self.quantile * found.covariance[0].squareRoot()
    half = Interval(
      estimate: model.half(found.point[0]), low: model.half(found.point[0] - spread),
      high: model.half(found.point[0] + spread))
    let baseSpread = Self.quantile * found.covariance[3].squareRoot()
    baseline = Interval(
      estimate: model.baseline(found.point[1]), low: model.baseline(found.point[1] - baseSpread),
      high: model.baseline(found.point[1] + baseSpread))
    curve = SigmoidEffect(
      largest: model.curve.largest, half: half.estimate, steepness: model.curve.steepness)
  }

  /// The curve with the EC₅₀ at an end of its interval.
  func curve(half: Double) -> SigmoidEffect {
    SigmoidEffect(largest: curve.largest, half: half, steepness: curve.steepness)
  }

  /// The share by which the interval of ln EC₅₀ would shrink with one more score at a level.
  package func learned(fromScoreAt level: Double) -> Double {
    let point = [
      log(half.estimate / model.curve.half) / model.sigma,
      (baseline.estimate - model.prior) / model.priorSpread,
    ]
    let slope = model.slopes(point, level)
    let projected = [
      covariance[0] * slope[0] + covariance[1] * slope[1],
      covariance[2] * slope[0] + covariance[3] * slope[1],
    ]
    let total = 1 + slope[0] * projected[0] + slope[1] * projected[1]
    let after = covariance[0] - projected[0] * projected[0] / total
    return 1 - (max(0, after) / covariance[0]).squareRoot()
  }
}

extension TitrationRequest {
  /// The dose of every day up to the last observation: that of the first observation on or after it.
  package var dailyDoses: [DoseRate] {
    let last = observations.last?.wholeDay ?? 0
    return (1...max(1, last)).prefix(last).map { day in
      observations.first { $0.wholeDay >= day }?.dose ?? .zero
    }
  }
}

extension TitrationRequest.Observation {
  /// The day at whose end the score counts.
  package var wholeDay: Int { Int(day.rounded(.up)) }
}
