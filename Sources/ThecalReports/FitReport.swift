import ThecalDosing
import ThecalEstimation
import ThecalFormulary
import ThecalQuantities
public import ThecalStudy
import ThecalTransport

extension FitJob {
  /// The estimates, as text and as one JSON object.
  public var answer: Answer {
    var (codes, status) = (findings.codes.codes, findings.status)
    if !estimation.isConverged { codes.append(.notConverged) }
    if !unmoved.isEmpty { codes.append(.notIdentifiable) }
    if !codes.isEmpty { status = max(status, .review) }
    let sources = (estimation.sources + findings.sources).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    return Answer(
      text: text, status: status, codes: codes, message: sentences.joined(separator: " "), sources: sources,
      fields: fields)
  }

  /// Parameters that the data do not move.
  private var unmoved: [Estimation.Estimate] { estimation.estimates.filter { !$0.isIdentifiable } }

  /// What the data say and do not say, sentence by sentence.
  var sentences: [String] {
    var found: [String] = []
    if !estimation.isConverged {
      found.append("The search did not end at a mode: the estimates are no result.")
    }
    for estimate in estimation.estimates {
      if !estimate.isIdentifiable {
        found.append("The data do not move \(estimate.parameter): its interval is that of the prior.")
      } else if estimate.shrinkage > Self.weak {
        found.append(
          "The data say little of \(estimate.parameter): \(percent(estimate.shrinkage)) of the prior's spread is left."
        )
      }
    }
    let names = estimation.estimates.map(\.parameter)
    for i in estimation.correlation.indices {
      for j in 0..<i where abs(estimation.correlation[i][j]) > Self.entangled {
        found.append(
          "\(names[j]) and \(names[i]) are told apart poorly (correlation \(short(estimation.correlation[i][j], 2))): a combination of them is known better than either."
        )
      }
    }
    if estimation.gridError > Self.coarse {
      found.append(
        "The cells may cost up to \(percent(estimation.gridError)) of a peak; more cells cost less.")
    }
    if !ignored.isEmpty { found.append("Columns that were not read: \(ignored.joined(separator: ", ")).") }
    return found + findings.all.map(\.text)
  }

  /// Above this share of the prior's spread little was learnt; above this correlation two parameters are entangled; above
  /// this share of a peak cells are too few. This project's own cut-offs.
  private static let weak = 0.7, entangled = 0.95, coarse = 0.02

  private func percent(_ share: Double) -> String { "\(short(share * 100, 2)) %" }

  private func short(_ value: Double, _ digits: Int = 4) -> String {
    guard value.isFinite else { return "-" }
    return ExactNumber(value).rounded(toSignificantDigits: digits).plainText
  }

  /// The estimates as a person reads them.
  private var text: String {
    var lines = [
      "Fit of \(estimation.drug), \(estimation.points.count) measurements\(isPopulation ? " of \(estimation.individuals.count) subjects" : "")",
      "",
    ]
    for estimate in estimation.estimates {
      let unit = estimate.unit.isEmpty ? "" : " \(estimate.unit)"
      lines.append(
        "  \(estimate.parameter): \(short(estimate.value))\(unit) (95 % \(short(estimate.low)) to \(short(estimate.high)), \(estimate.interval.rawValue); prior \(short(estimate.priorMedian)), \(short(estimate.priorLow)) to \(short(estimate.priorHigh)))"
      )
    }
    for spread in estimation.spreads {
      let cv = spread.cv.map { ", a coefficient of variation of \(percent($0))" } ?? ""
      lines.append(
        "  \(spread.parameter) between subjects: \(short(spread.value, 3)) of the prior's spread (95 % \(short(spread.low, 3)) to \(short(spread.high, 3)))\(cv)"
      )
    }
    lines.append("  objective \(short(estimation.objective, 6)), \(estimation.steps) steps")
    return (lines + [""] + sentences).joined(separator: "\n")
  }

  private var fields: [AnswerField] {
    let below = estimation.points.filter(\.point.isBelow).count
    return [
      AnswerField("drug", .text(estimation.drug)),
      AnswerField("n", .number(ExactNumber(estimation.points.count))),
      AnswerField("n_below", .number(ExactNumber(below))),
      AnswerField("subjects", .number(ExactNumber(estimation.individuals.count))),
      AnswerField("converged", .flag(estimation.isConverged)),
      AnswerField("steps", .number(ExactNumber(estimation.steps))),
      AnswerField("ofv", number(estimation.objective)),
      AnswerField("minus_2_log_likelihood", number(estimation.misfit)),
      AnswerField("sigma_log", number(sigma)), AnswerField("error_bound", number(estimation.tolerance)),
      AnswerField("grid_error", number(estimation.gridError)),
      AnswerField("estimates", .list(estimation.estimates.map(object))),
      AnswerField("spread", .list(estimation.spreads.map(object))),
      AnswerField(
        "correlation", .list(estimation.correlation.map { .list($0.map(number)) })),
      AnswerField("individuals", .list(isPopulation ? estimation.individuals.map(object) : [])),
      AnswerField("residuals", .list(estimation.points.map { number($0.residual) })),
      AnswerField("predictions", .list(estimation.points.map(object))),
    ]
  }

  private func number(_ value: Double?) -> AnswerValue {
    guard let value, value.isFinite else { return .null }
    return .number(ExactNumber(value))
  }

  private func object(_ estimate: Estimation.Estimate) -> AnswerValue {
    .object([
      AnswerField("parameter", .text(estimate.parameter)), AnswerField("value", number(estimate.value)),
      AnswerField("unit", .text(estimate.unit)), AnswerField("low", number(estimate.low)),
      AnswerField("high", number(estimate.high)), AnswerField("interval", .text(estimate.interval.rawValue)),
      AnswerField("laplace", .list([number(estimate.laplaceLow), number(estimate.laplaceHigh)])),
      AnswerField(
        "prior",
        .object([
          AnswerField("median", number(estimate.priorMedian)), AnswerField("low", number(estimate.priorLow)),
          AnswerField("high", number(estimate.priorHigh)),
          AnswerField("source", estimate.priorSource.map { .text($0) } ?? .null),
        ])), AnswerField("shrinkage", number(estimate.shrinkage)),
      AnswerField("identifiable", .flag(estimate.isIdentifiable)),
    ])
  }

  private func object(_ spread: Estimation.Spread) -> AnswerValue {
    .object([
      AnswerField("parameter", .text(spread.parameter)), AnswerField("value", number(spread.value)),
      AnswerField("low", number(spread.low)), AnswerField("high", number(spread.high)),
      AnswerField("cv", number(spread.cv)),
    ])
  }

  private func object(_ person: Estimation.Individual) -> AnswerValue {
    .object(
      [AnswerField("subject", .text(person.name))]
        + zip(estimation.estimates, person.values).map { AnswerField($0.parameter, number($1)) })
  }

  private func object(_ fitted: Estimation.FittedPoint) -> AnswerValue {
    .object([
      AnswerField("subject", .text(fitted.subject)), AnswerField("time_h", number(fitted.point.time_h)),
      AnswerField("site", .text(fitted.point.site.columnName)),
      AnswerField("value_ng_per_mL", number(fitted.point.value_ng_per_mL)),
      AnswerField("below", .flag(fitted.point.isBelow)),
      AnswerField("prediction_ng_per_mL", number(fitted.prediction_ng_per_mL)),
      AnswerField("typical_ng_per_mL", number(fitted.typical_ng_per_mL)),
      AnswerField("residual", number(fitted.residual)),
    ])
  }
}

extension FitJob {
  /// Writes the answer to `output`, complete or not at all; `-` is standard output.
  public func write(to output: String) throws(SimulationProblem) {
    try writeWhole(Array((answer.json + "\n").utf8), to: output, inputs: inputs)
  }

  /// Draws measurements and fit to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    try writeWhole(FitPlot(job: self, kind: pictureKind(of: path)).picture(), to: path, inputs: inputs)
  }
}
