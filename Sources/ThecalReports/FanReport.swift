import ThecalDosing
import ThecalQuantities
public import ThecalStudy
import ThecalSweep
import ThecalTabular

/// The spread of a sweep over time as a table, as one JSON object and as a picture, with measured levels beside it.
public struct FanReport: Sendable {
  private let study: ObservedFan
  var fan: SweepFan { study.fan }
  var points: ObservedLevels? { study.points }
  var observed: [ObservedSpread] { study.observed }

  /// A report of `study`.
  public init(_ study: ObservedFan) { self.study = study }

  /// Writes the percentiles to `output` as CSV, complete or not at all: a row per time and site.
  public func write(to output: String) throws(SimulationProblem) {
    var writer = CSVWriter(capacity: 96 * fan.times_h.count * fan.siteNames.count)
    writer.appendRow(["time_h", "site"] + SweepFan.percentages.map { "p\(Int($0))_ng_per_mL" })
    for (t, time) in fan.times_h.enumerated() {
      for (s, site) in fan.siteNames.enumerated() {
        writer.appendNumber(time)
        writer.appendText(site)
        for column in fan.levels_ng_per_mL[s] { writer.appendNumber(column[t]) }
        writer.endRow()
      }
    }
    try writeWhole(writer.output.bytes, to: output, inputs: study.inputs)
  }

  /// Draws the picture to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    let picture = try FanPlot(report: self, kind: pictureKind(of: path)).picture()
    try writeWhole(picture, to: path, inputs: study.inputs)
  }

  /// The percentiles of what was measured, group by group.
  private var groups: [AnswerValue] {
    observed.indices.flatMap { site in
      observed[site].groups.map { group in
        .object(
          [
            AnswerField("site", .text(fan.siteNames[site])),
            AnswerField("time_h", .number(ExactNumber(group.time_h))),
            AnswerField("n", .number(ExactNumber(group.count))),
            AnswerField("below_limit", .number(ExactNumber(group.belowLimit))),
          ]
            + zip(ObservedSpread.percentages, group.levels_ng_per_mL).map { percentage, level in
              AnswerField("p\(Int(percentage))_ng_per_mL", level.map { .number(ExactNumber($0)) } ?? .null)
            })
      }
    }
  }

  /// How many samples failed, how many measured levels lie inside, and the percentiles.
  public var answer: Answer {
    func list(_ values: [Double]) -> AnswerValue { .list(values.map { .number(ExactNumber($0)) }) }
    let sites = fan.siteNames.enumerated().map { s, name -> AnswerValue in
      .object(
        [AnswerField("site", .text(name))]
          + SweepFan.percentages.enumerated().map { k, percentage in
            AnswerField("p\(Int(percentage))_ng_per_mL", list(fan.levels_ng_per_mL[s][k]))
          })
    }
    let (compared, half, most) = study.inside
    var fields = [
      AnswerField("drug", .text(fan.drug)), AnswerField("samples", .number(ExactNumber(fan.samples))),
      AnswerField("failed", .number(ExactNumber(fan.failed))), AnswerField("time_h", list(fan.times_h)),
      AnswerField("sites", .list(sites)),
    ]
    if points != nil {
      fields += [
        AnswerField("compared", .number(ExactNumber(compared))),
        AnswerField("inside_p25_p75", .number(ExactNumber(half))),
        AnswerField("inside_p5_p95", .number(ExactNumber(most))),
        AnswerField("observed", .list(groups)),
      ]
    }
    let failures = "\(fan.failed) of \(fan.samples) samples failed"
    let words =
      points == nil
      ? failures
      : "\(failures); of \(compared) measured levels \(half) lie between the "
        + "quartiles and \(most) between the 5th and the 95th percentile, without an error of measurement"
    return Answer(
      text: words, status: fan.failed > 0 ? .review : .ok, codes: fan.failed > 0 ? [.samplesFailed] : [],
      message: words, fields: fields)
  }
}
