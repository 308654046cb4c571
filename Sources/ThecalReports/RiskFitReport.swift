import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
public import ThecalStudy

/// The fits behind the risks: coefficients, residuals, and how far off they would be without each study.
public struct RiskFitReport: Sendable {
  private let fits: [RiskFit]
  let models: [ModelFit]
  let absent: [CurveAbsence]

  /// A report of `job`.
  public init(_ job: RiskFitJob) { (fits, models, absent) = (job.fits, job.models, job.absent) }

  /// The fits as text and as one JSON object.
  public var answer: Answer {
    Answer(
      text: (fits.map(text) + models.map(text) + without).joined(separator: "\n\n"),
      status: fits.allSatisfy(\.isVerified) ? .ok : .review,
      codes: fits.allSatisfy(\.isVerified) ? [] : [.unverifiedSource],
      message: fits.isEmpty ? "No counts at two doses or more are on record." : "",
      sources: Set(fits.flatMap { $0.curve.points.map(\.source) } + models.flatMap(\.model.studies)).sorted(),
      fields: [
        AnswerField("fits", .list(fits.map(record))), AnswerField("models", .list(models.map(record))),
        absenceField,
      ])
  }

  /// What has no curve, and why; nothing where everything has one.
  private var without: [String] {
    absent.isEmpty ? [] : [(["Without a curve"] + Self.absences(absent)).joined(separator: "\n  ")]
  }

  private func text(_ fit: RiskFit) -> String {
    var lines = [
      "\(fit.drug) \(fit.effect.replacingUnderscores), \(fit.population)",
      "  logit p = \(fit.intercept.clinical()) + \(fit.slope.clinical()) ln(dose / \(fit.unit)), Firth's penalty"
        + (fit.plainSlope.map { "; without it the slope is \($0.clinical())" }
          ?? "; without it there is no fit"),
    ]
    if let variance = fit.curve.heterogeneity {
      lines.append("  variance between studies \(variance.clinical())")
    }
    lines.append("  dose         seen            fitted (95 %)              residual  without this study")
    for line in fit.lines {
      let seen = "\(Int(line.point.events))/\(Int(line.point.n))"
      let fitted =
        "\(percent(line.estimate.probability)) (\(percent(line.estimate.low)) to \(percent(line.estimate.high)))"
      let without = line.without.map { percent($0) } ?? "no other study"
      lines.append(
        "  \("\((line.point.dose ?? 0).clinical()) \(fit.unit)".padded(to: 13))\(seen.padded(to: 16))\(fitted.padded(to: 27))"
          + "\(line.residual.clinical().padded(to: 10))\(without) [\(line.point.source)]")
    }
    return lines.joined(separator: "\n")
  }

  func percent(_ value: Double) -> String { "\((value * 100).clinical()) %" }

  private func record(_ fit: RiskFit) -> AnswerValue {
    return .object([
      AnswerField("drug", .text(fit.drug)), AnswerField("effect", .text(fit.effect)),
      AnswerField("population", .text(fit.population)), AnswerField("unit", .text(fit.unit)),
      AnswerField("intercept", .shown(fit.intercept)), AnswerField("slope", .shown(fit.slope)),
      AnswerField("slope_without_penalty", .shown(fit.plainSlope)),
      AnswerField("heterogeneity", .shown(fit.curve.heterogeneity)),
      AnswerField(
        "points",
        .list(
          fit.lines.map { line in
            .object([
              AnswerField("source", .text(line.point.source)), AnswerField("dose", .shown(line.point.dose)),
              AnswerField("events", .shown(line.point.events)), AnswerField("n", .shown(line.point.n)),
              AnswerField("fitted", .shown(line.estimate.probability)),
              AnswerField("low", .shown(line.estimate.low)), AnswerField("high", .shown(line.estimate.high)),
              AnswerField("residual", .shown(line.residual)),
              AnswerField("predicted_without_this_study", .shown(line.without)),
            ])
          })),
    ])
  }
}
