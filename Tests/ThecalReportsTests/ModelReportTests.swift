import Testing
import ThecalEstimation
import ThecalFormulary
import ThecalKinetics
import ThecalPlan
import ThecalQuantities
import ThecalScenario
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

private let fitted = """
  scenario:
    drug: morphine
    catheter: {tip: L3}
    program: [{at: 0 h, bolus: 0.25 mg}]
    cells: 60
    output: {every: 1 h, until: 1 day, at: [L3]}
  data: points.csv
  estimate: [loss, cranial_volume]
  error: {proportional: 30 %}
  prior: default
  """

private let measured =
  "time,site,value,below,mood\n1 h,L3,4228 ng/mL,,5\n4 h,L3,1500 ng/mL,,\n8 h,L3,500 ng/mL,,\n24 h,L3,50 ng/mL,yes,\n"

private func fit(_ yaml: String = fitted, _ data: String = measured) throws -> FitJob {
  try FitJob(yaml: yaml, named: "fit.yaml", .init(["points.csv": data]))
}

@Suite struct `The report of a fit` {
  private static let job = try? fit()

  @Test func `has each parameter inside its interval, in text and object alike`() throws {
    let job = try #require(Self.job)
    let answer = try ReadAnswer(job.answer)
    #expect(answer.number("n") == 4 && answer.number("n_below") == 1 && answer.text("drug") == "morphine")
    for (place, name) in ["loss", "cranial_volume"].enumerated() {
      let path = "estimates.\(place)"
      #expect(answer.text("\(path).parameter") == name)
      let (low, value, high) = (
        answer.number("\(path).low") ?? 1, answer.number("\(path).value") ?? 0,
        answer.number("\(path).high") ?? -1
      )
      #expect(low < value && value < high, "\(name)")
      #expect(job.answer.text.contains("\n  \(name): "))
    }
    #expect(answer.number("correlation.0.0") == 1 && answer.count("correlation") == 2)
  }

  @Test func `has a prediction and a residual for each measurement`() throws {
    let answer = try ReadAnswer(#require(Self.job).answer)
    #expect(answer.count("predictions") == 4 && answer.count("residuals") == 4)
    #expect(answer.column("predictions", "time_h").compactMap(\.self) == [1, 4, 8, 24])
    #expect(answer.column("predictions", "value_ng_per_mL").compactMap(\.self) == [4_228, 1_500, 500, 50])
    #expect(answer.flag("predictions.3.below") == true && answer.flag("predictions.0.below") == false)
    for point in 0..<3 {
      // The residual is that of the logarithms, in units of what a measurement is uncertain by.
      let (seen, said) = (
        answer.number("predictions.\(point).value_ng_per_mL") ?? 0,
        answer.number("predictions.\(point).prediction_ng_per_mL") ?? 1
      )
      #expect((answer.number("predictions.\(point).residual") ?? 0).sign == (seen >= said ? .plus : .minus))
    }
  }

  @Test func `says what the data do not tell, and what was not read`() throws {
    let job = try #require(Self.job)
    let answer = try ReadAnswer(job.answer)
    #expect(answer.codes == ["NOT_IDENTIFIABLE"] && answer.status == "review")
    #expect(job.sentences.contains("The data do not move cranial_volume: its interval is that of the prior."))
    #expect(job.sentences.contains("Columns that were not read: mood."))
    #expect(answer.message == job.sentences.joined(separator: " ") && Reading.faults(job.answer.text).isEmpty)
  }

  @Test func `is drawn with measurements and courses, what is below its limit apart`() throws {
    let script = ReadScript(FitPlot(job: try #require(Self.job), kind: "svg").script)
    #expect(script.faults.isEmpty, "\(script.faults)")
    let points = script.curves.filter { $0.command.contains("with points") }
    #expect(points[0].rows == [[1, 4_228], [4, 1_500], [8, 500]] && points[1].rows == [[24, 50]])
    #expect(script.curve("measured")?.rows.count == 3 && script.curve("below limit")?.rows.count == 1)
    #expect(script.settings("title")[0] == "'Fit of morphine'")
    let diagonal = try #require(script.curves.first { $0.command.contains("dt 2 lc rgb '#888888'") })
    #expect(diagonal.rows.allSatisfy { $0[0] == $0[1] })
  }

  @Test(arguments: [
    (fitted.replacing("points.csv", with: "none.csv"), "none.csv"),
    (fitted.replacing("[loss", with: "[lost"), "fit.yaml:8"),
    (fitted.replacing("30 %", with: "-30 %"), "fit.yaml:9"),
  ]) func `of what cannot be read names the place`(yaml: String, words: String) {
    let error = #expect(throws: SimulationProblem.self) { try fit(yaml) }
    #expect(error?.exitCode == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `refuses doses that the rules refuse, without an estimate`() {
    let error = #expect(throws: SimulationProblem.self) {
      try fit(fitted.replacing("0.25 mg", with: "250 mg"))
    }
    #expect(error?.exitCode == 1 && error?.findings.isEmpty == false)
  }

  @Test func `says of a level that the model cannot have where and when it was measured`() {
    let problem = EstimationProblem.noLevel(subject: "A", time_h: 0.5, site: "cranial")
    #expect(
      problem.sentence.hasPrefix(
        "subject A: a level was measured at cranial at 0.5 h, where the model has none"))
    #expect(
      EstimationProblem.failed(subject: "", reason: "x").sentence.hasPrefix("the model cannot be computed"))
  }
}

@Suite struct `The report of a timeline` {
  private static let job = try? TimelineJob(yaml: Sample.timeline, named: "t.yaml")

  /// 120 MME, half of it from day 1, nothing from day 3.
  @Test func `has what is given and the levels, a row for each time`() throws {
    let job = try #require(Self.job)
    let folder = Folder()
    try job.write(to: folder.file("t.csv"))
    let table = Table(text(folder.file("t.csv")) ?? "")
    #expect(table.header.prefix(3) == ["time_h", "oral_mme_mg_per_day", "intrathecal_mg_per_day"])
    #expect(table.header.contains("tip_ng_per_mL") && table.header.contains("plasma_ng_per_mL"))
    #expect(table.column("oral_mme_mg_per_day").map(Double.init) == [120, 120, 60, 60, 60, 60, 0, 0, 0])
    #expect(
      table.column("intrathecal_mg_per_day").map(Double.init) == [
        0.4, 0.4, 0.4, 0.4, 0.5, 0.5, 0.5, 0.5, 0.5,
      ])
    let answer = try ReadAnswer(job.json)
    for column in table.header {
      #expect(
        ReadAnswer.same(answer.numbers(column), table.column(column).compactMap { Double($0) }), "\(column)")
    }
    #expect(answer.column("medications", "day").compactMap(\.self) == [0, 1])
    #expect(answer.column("medications", "daily").compactMap(\.self) == [120, 60])
  }

  @Test func `is drawn on one axis of days, what is given above`() throws {
    let script = ReadScript(TimelinePlot(timeline: try #require(Self.job).timeline, kind: "svg").script)
    #expect(script.faults.isEmpty, "\(script.faults)")
    #expect(
      script.settings("xrange") == ["[0:4]"]
        && script.settings("ylabel") == ["'Given (mg/day)'", "'CSF (ng/mL)'", "'Plasma (ng/mL)'"])
    #expect(script.curve("oral morphine eq.")?.rows.map { $0[1] } == [120, 120, 60, 60, 60, 60, 0, 0, 0])
    #expect(script.curve("intrathecal")?.rows[4] == [2, 0.5])
  }

  @Test func `of a refused dose has its reason and no level`() throws {
    let job = try TimelineJob(yaml: Sample.timeline.replacing("0.4 mg/day", with: "400 mg/day"), named: "t")
    let answer = try ReadAnswer(job.json)
    #expect(
      job.isBlocked && answer.status == "blocked" && !answer.has("time_h") && answer.count("medications") == 0
    )
    #expect(!job.remarks.isEmpty && answer.message == job.remarks.joined(separator: " "))
  }

  @Test func `names the line of what is wrong`() {
    let error = #expect(throws: SimulationProblem.self) {
      try TimelineJob(yaml: Sample.timeline.replacing("cells", with: "cels"), named: "t.yaml")
    }
    #expect(error?.message.hasPrefix("t.yaml:4: cels") == true && error?.exitCode == 65)
  }
}

@Suite struct `A comparison of exposures` {
  @Test func `is for research, with a median inside each range, and no dose`() throws {
    let comparison = try ExposureComparison(drug: "morphine", tip: "T10", at: "T10", samples: 60, seed: 1)
    let answer = try ReadAnswer(comparison.answer)
    #expect(answer.status == "review" && answer.codes.first == "RESEARCH_ONLY" && answer.count("figures") > 3)
    for figure in 0..<answer.count("figures") {
      let (low, middle, high) = (
        answer.number("figures.\(figure).low") ?? 1, answer.number("figures.\(figure).median") ?? 0,
        answer.number("figures.\(figure).high") ?? -1
      )
      #expect(low <= middle && middle <= high && answer.text("figures.\(figure).title") != nil)
    }
    let text = comparison.answer.text
    #expect(text.contains("Research, not a dose:") && !answer.has("start"))
    #expect(Reading.faults(text).isEmpty, "\(Reading.faults(text))")
    let rows = text.split(separator: "\n").dropFirst().prefix(answer.count("figures"))
    #expect(rows.allSatisfy { $0.firstMatch(of: #/  [\d.,]+  \([\d.,]+ to [\d.,]+\)/#) != nil }, "\(rows)")
    for source in answer.texts("sources") { #expect(Formulary.embedded.source(source) != nil, "\(source)") }
  }
}
