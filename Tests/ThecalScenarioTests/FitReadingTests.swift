import Testing
import ThecalEstimation
import ThecalQuantities
import ThecalSampling
import ThecalTransport

@testable import ThecalScenario

private let inline = """
  drug: morphine
  catheter: {tip: L3}
  program: [{at: 0 h, bolus: 0.25 mg}]
  cells: 40
  output: {every: 1 h, until: 1 day, at: [L3]}
  """

private func fit(
  _ table: String, estimate: String = "[loss]", more: String = "", error: String = "{proportional: 30 %}"
) throws -> (request: EstimationRequest, ignored: [String]) {
  let yaml = "scenario: s.yaml\ndata: d.csv\nestimate: \(estimate)\nerror: \(error)\n\(more)"
  let found = try FitScenario(yaml: yaml, file: "fit.yaml").request(scenario: inline, data: table)
  return (found.request, found.ignored)
}

/// What is wrong with a specification.
private func problem(
  _ table: String = "time,site,value\n1 h,L3,4 mcg/mL\n", estimate: String = "[loss]", more: String = "",
  error: String = "{proportional: 30 %}"
) -> String {
  do {
    _ = try fit(table, estimate: estimate, more: more, error: error)
    return ""
  } catch {
    return "\(error)"
  }
}

@Suite struct `A specification of a fit` {
  @Test func `reads subjects, units, limits and doses from a table`() throws {
    let table = """
      Subject,time,site,value,below,dose,read
      A,60 min,L3,4.2 mcg/mL,,0.25 mg,abstract
      A,8 h,45 cm,300 ng/mL,no,0.25 mg,
      B,1 h,cranial,20 ng/mL,yes,500 mcg,abstract
      """
    let (asked, ignored) = try fit(table, more: "random: [loss]")
    #expect(asked.subjects.map(\.name) == ["A", "B"] && ignored == ["read"] && asked.random == [0])
    let (a, b) = (asked.subjects[0], asked.subjects[1])
    #expect(a.points[0] == .init(time_h: 1, site: .level("L3"), value_ng_per_mL: 4_200))
    #expect(a.points[1].site == .distance(Length(45, .centimeters)) && !a.points[1].isBelow)
    #expect(b.points[0] == .init(time_h: 1, site: .cranial, value_ng_per_mL: 20, isBelow: true))
    #expect(b.input.schedule.boluses[0].mass == Mass(500, .micrograms))
    #expect(a.input.schedule.boluses[0].mass == Mass(250, .micrograms))
  }

  @Test func `reads columns of plain numbers whose names have units`() throws {
    let (asked, _) = try fit("time_h,distance_cm,value_ng_per_mL\n1.5,40,250\n")
    #expect(
      asked.subjects[0].points == [
        .init(time_h: 1.5, site: .distance(Length(40, .centimeters)), value_ng_per_mL: 250)
      ])
  }

  @Test func `reads scenario and measurements that stand in it, as a list and as a table`() throws {
    let scenario = "scenario:\n" + inline.split(separator: "\n").map { "  \($0)\n" }.joined()
    let rest = "estimate: loss\nerror: {proportional: 0.3}\n"
    let list = try FitScenario(
      yaml: scenario + rest + "data: [{time: 1 h, site: L3, value: 4 mcg/mL, below: null}]\n", file: "f")
    #expect(list.scenarioFile == nil && list.dataFile == nil)
    let table = try FitScenario(
      yaml: scenario + rest + "data: |\n  time,site,value\n  1 h,L3,4 mcg/mL\n", file: "f")
    #expect(table.dataFile == nil)
    let (one, other) = (
      try list.request(scenario: nil, data: nil).request, try table.request(scenario: nil, data: nil).request
    )
    #expect(
      one.subjects[0].points == other.subjects[0].points && one.subjects[0].points[0].value_ng_per_mL == 4_000
    )
    #expect(one.random.isEmpty && abs(one.sigma - 0.29356037920852385) < 1e-15)
  }

  @Test func `takes priors from the data, or as they are written`() throws {
    let asked = try fit(
      "time,site,value\n1 h,L3,4 mcg/mL\n", estimate: "[dispersion_c1, dispersion_sac, height]"
    ).request
    #expect(asked.correlations.map(\.2) == [0.7] && asked.priors.allSatisfy { $0.source != nil })
    #expect(abs(asked.priors[0].distribution.value(latent: 0).value - 0.67) < 1e-12)
    #expect(abs(asked.priors[2].distribution.value(latent: 0).value - 172) < 1e-9)
    let own = try fit(
      "time,site,value\n1 h,L3,4 mcg/mL\n", estimate: "[loss, dispersion_sac]",
      more:
        "prior: {loss: {lognormal: {median: 6 1/h, cv: 50 %}, truncate: [1 1/h, 20 1/h]}, dispersion_sac: default}"
    ).request
    // The model's unit is 1/s.
    #expect(own.priors[0].source == nil && own.priors[1].source != nil)
    #expect(abs((own.priors[0].distribution.range?.upperBound ?? 0) - 20.0 / 3_600) < 1e-12)
  }

  @Test(arguments: [
    ("time,site,value\n1,L3,4 mcg/mL\n", "d.csv:2: time:"),
    ("time,site,value\n1 h,L3,4\n", "d.csv:2: value:"),
    ("time,site,value\n1 h,L3,-4 ng/mL\n", "d.csv:2: value:"),
    ("time,value\n1 h,4 ng/mL\n", "d.csv:2: a measurement has one of 'site'"),
    ("time,site,value,below\n1 h,L3,4 ng/mL,perhaps\n", "d.csv:2: below: write yes or no"),
    (
      "subject,time,site,value,dose\nA,1 h,L3,4 ng/mL,1 mg\nA,2 h,L3,4 ng/mL,2 mg\n",
      "d.csv:3: dose: one subject"
    ),
    ("time,site,value\n", "there are no measurements"),
    ("time,time_h,site,value\n1 h,1,L3,4 ng/mL\n", "say the same"),
  ])
  func `names the line and column of a bad measurement`(table: String, expected: String) {
    #expect(problem(table).contains(expected), "\(problem(table))")
  }

  @Test func `names the key of what cannot be asked`() {
    #expect(problem(estimate: "[los]").contains("fit.yaml:3: estimate[0]: 'los' is no parameter"))
    #expect(problem(estimate: "[loss, loss]").contains("named twice"))
    #expect(problem(error: "{proportional: 30}").contains("of a level; 30 %?"))
    #expect(problem(error: "{proportional: 0}").contains("above zero"))
    #expect(problem(more: "prior: {height: default}").contains("'height' is not estimated"))
    #expect(problem(more: "prior: {loss: {values: [1e-5 1/s]}}").contains("unknown key"))
    #expect(
      problem(more: "prior: {loss: {uniform: {low: 1 1/h}}}").contains("prior.loss.uniform: the key 'high'"))
    #expect(problem(more: "random: [loss]").contains("one person has no spread"))
    #expect(problem(more: "priors: default").contains("unknown key"))
    #expect(problem(estimate: "[catheter.tip]").contains("nothing is shipped"))
    #expect(
      problem("time,site,value,program[0].bolus\n1 h,L3,4 ng/mL,1 mg\n", estimate: "[\"program[0].bolus\"]")
        .contains(
          "what is given is not estimated"))
  }
}
