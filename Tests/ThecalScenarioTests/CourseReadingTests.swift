import Glibc
import Testing
import ThecalEstimation
import ThecalKinetics
import ThecalDosing
import ThecalPlan
import ThecalQuantities
import ThecalSampling
import ThecalTransport

@testable import ThecalScenario

private func timeline(_ medications: String, more: String = "") throws -> TimelineScenario {
  try TimelineScenario(
    yaml: """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, rate: 1 mg/day}]
      medications: \(medications)
      \(more)
      """, file: "t.yaml")
}

@Suite struct `A medicine beside the pump` {
  @Test func `has been taken long before where its begin is not said, and begins where it is`() throws {
    let before = try timeline("[morphine oral 60 mg bid]").request.medicines[0]
    #expect(before.before != nil && before.start == .zero && before.end == nil && before.weaning == nil)
    let later = try timeline("[{take: morphine oral 60 mg bid, from: 2 day, until: 3 day}]").request
      .medicines[0]
    #expect(later.before == nil && later.start == Time(2, .days) && later.end == Time(72, .hours))
    #expect(try timeline("morphine oral 60 mg bid").request.medicines.count == 1)
  }

  @Test func `is taken back by a share of its first dose, from its begin where nothing is said`() throws {
    func weaning(_ text: String) throws -> MedicineCourse.Weaning {
      let read = try timeline("[{take: morphine oral 60 mg bid, from: 1 day, wean: \(text)}]")
      return try #require(read.request.medicines[0].weaning)
    }
    let quarter = try weaning("{by: 25 %, every: 48 h}")
    #expect(quarter.share == ExactNumber(1, over: 4) && quarter.interval == Time(2, .days))
    #expect(quarter.start == Time(1, .days))
    #expect(try weaning("{by: 100 %, every: 1 day, from: 24 h}").share == 1)
    #expect(try weaning("{by: 0.1, every: 1 day, from: 3 day}").start == Time(3, .days))
  }

  @Test(arguments: [
    ("[{take: morphine oral 60 mg bid, from: 2 day, until: 47 h}]", "medications[0].until", "before 'from'"),
    ("[{take: morphine oral 60 mg bid, wean: {by: 101 %, every: 1 day}}]", "medications[0].wean.by", "100 %"),
    (
      "[{take: morphine oral 60 mg bid, wean: {by: 0 %, every: 1 day}}]", "medications[0].wean.by",
      "above zero"
    ),
    (
      "[{take: morphine oral 60 mg bid, wean: {by: 10 %, every: 0 day}}]", "medications[0].wean.every",
      "above"
    ),
    ("[{take: morphine oral 60 mg bid, wean: {by: 10 %}}]", "medications[0].wean", "'every' is missing"),
    (
      "[{take: morphine oral 60 mg bid, from: 2 day, wean: {by: 10 %, every: 1 day, from: 1 day}}]",
      "medications[0].wean.from", "before the medicine begins"
    ),
    ("[{from: 2 day}]", "medications[0]", "'take' is missing"),
    ("[morphine]", "medications[0]", "write drug"),
    ("[{take: morphine oral 60 mg bid, model: none}]", "medications[0].model", "no such model"),
  ])
  func `that cannot be taken so is named with its key`(text: String, key: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) { try timeline(text) }
    #expect(error.says(words, at: key, line: 4), "\(error)")
  }

  @Test func `ends and begins at the same time without being taken`() throws {
    let read = try timeline("[{take: morphine oral 60 mg bid, from: 2 day, until: 48 h}]")
    #expect(read.request.medicines[0].end == read.request.medicines[0].start)
  }

  @Test func `is shown every six hours for four weeks where nothing is said`() throws {
    let usual = try timeline("[morphine oral 60 mg bid]").request.input
    #expect(usual.times[1] == Time(6, .hours) && usual.until == Time(28, .days))
    #expect(usual.sites == [.tip, .cranial, .plasma] && usual.cells == 200)
    let own = try timeline(
      "[morphine oral 60 mg bid]", more: "output: {every: 1 h, until: 2 day, at: [L4]}\ncells: 60"
    ).request.input
    #expect(own.times.count == 49 && own.sites == [.level("L4")] && own.cells == 60)
    for output in ["{every: 3 day, until: 2 day}", "{every: 1 min, until: 70 day}"] {
      let error = try #require(throws: ScenarioError.self) { try timeline("[]", more: "output: \(output)") }
      #expect(error.key == "output.until" && error.message.contains("one row to 100000"), "\(error)")
    }
    // 100,000 rows of a minute are 69.4 days: 1,666 h and 40 min.
    #expect(
      try timeline("[]", more: "output: {every: 1 min, until: 100000 min}").request.input.times.count
        == 100_001)
  }
}

private func systemic(_ entry: String) throws -> DosingRecord {
  let read = try SimulationScenario(
    yaml: """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, rate: 1 mg/day}]
      output: {every: 1 h, until: 2 h, at: [tip]}
      systemic: [{model: morphine_iv_olofsen2010, \(entry)}]
      """, file: "s.yaml")
  return read.input.systemic[0].records[0]
}

@Suite struct `What is given beside the pump` {
  @Test func `is a dose at once, or over a time, in mg`() throws {
    let once = try systemic("dose: 5000 mcg")
    #expect(once.amount_mg == 5 && once.delivery == .atOnce && once.time_h == 0 && once.additional == 0)
    let slowly = try systemic("dose: 0.005 g, over: 30 min, at: 90 min")
    #expect(slowly.amount_mg == 5 && slowly.delivery == .over(0.5) && slowly.time_h == 1.5)
  }

  @Test func `is a rate for a time`() throws {
    // 24 mg/day are 1 mg/h: 3 mg in three hours.
    let rate = try systemic("rate: 24 mg/day, for: 3 h")
    #expect(rate.delivery == .rate(1) && abs(rate.amount_mg - 3) < 1e-12)
    #expect(try systemic("rate: 1000 mcg/h, for: 180 min") == rate)
  }

  @Test func `is given again and again, or has been for ever`() throws {
    let often = try systemic("dose: 5 mg, every: 6 h, times: 28")
    #expect(often.interval_h == 6 && often.additional == 27 && often.steadyState == .none)
    let settled = try systemic("dose: 5 mg, every: 6 h, steady: yes")
    #expect(settled.additional == 0 && settled.steadyState == .replacing)
    #expect(try systemic("dose: 5 mg, every: 6 h, times: 2").additional == 1)
    #expect(try systemic("dose: 5 mg, every: 60 s, times: 2").interval_h == 1 / 60.0)
    #expect(try systemic("dose: 5 mg, every: 150 year, times: 2").interval_h == 1_314_900)
  }

  @Test(arguments: [
    ("dose: 5 mg, every: 6 h", "how often"), ("dose: 5 mg, every: 6 h, times: 1", "how often"),
    ("dose: 5 mg, every: 6 h, steady: no", "how often"), ("dose: 5 mg, steady: yes", "needs the interval"),
    ("rate: 1 mg/h", "needs 'for'"), ("dose: 5 mg, rate: 1 mg/h, for: 1 h", "'dose' or a 'rate'"),
    ("dose: 0 mg", "above zero"), ("dose: 5 mg, over: 0 h", "above zero"),
    ("rate: 0 mg/h, for: 1 h", "above zero"),
    ("dose: 5 mg, every: 0 h, times: 2", "above zero"), ("dose: 5 mg, at: -1 h", "zero or more"),
    ("dose: 5 mg, every: 59 s, times: 2", "less than a minute"),
    ("dose: 5 mg, every: 0.000000000001 h, steady: yes", "less than a minute"),
    ("dose: 5 mg, every: 151 year, times: 2", "above 150 years"),
    ("dose: 5 mg, at: 1400000 h", "above 150 years"),
  ])
  func `that is no giving says what is missing`(entry: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) { try systemic(entry) }
    #expect(
      error.line == 5 && error.key.hasPrefix("systemic[0]") && error.message.contains(words), "\(error)")
  }
}

private func request(
  _ table: String, more: String = "prior: default", estimate: String = "loss",
  program: String = "{at: 0 h, bolus: 0.25 mg}"
) throws -> EstimationRequest {
  try FitScenario(
    yaml: """
      scenario:
        drug: morphine
        catheter: {tip: L3}
        program: [\(program)]
        cells: 40
        output: {every: 1 h, until: 1 day, at: [L3]}
      data: d.csv
      estimate: [\(estimate)]
      error: {proportional: 30 %}
      \(more)
      """, file: "fit.yaml"
  ).request(scenario: nil, data: table).request
}

private let points = "time,site,value\n1 h,L3,4 mcg/mL\n"

@Suite struct `A table of levels` {
  @Test(arguments: [
    ("time,time_h,site,value\n1 h,1,L3,4 mcg/mL\n", "'time' and 'time_h' say the same"),
    ("site,value\nL3,4 mcg/mL\n", "a measurement has 'time', or 'time_h'"),
    ("time,site\n1 h,L3\n", "'value', or 'value_ng_per_mL'"),
    ("time,site,value\n1 h,L3,0 ng/mL\n", "above zero"),
    ("time,site,value\n-1 h,L3,4 ng/mL\n", "zero or more"),
    ("time,value\n1 h,4 ng/mL\n", "one of 'site'"),
    ("time,site,distance,value\n1 h,L3,45 cm,4 ng/mL\n", "one of 'site'"),
    ("time,site,value\n", "no measurements"), ("time,site,value,below\n1 h,L3,4 ng/mL,maybe\n", "yes or no"),
    ("time,site,value,dose\n1 h,L3,4 ng/mL,0.25 mg\n2 h,L3,4 ng/mL,0.3 mg\n", "one subject has one 'dose'"),
    ("time,site,value,program[1].bolus\n1 h,L3,4 ng/mL,0.2 mg\n", "1 entries"),
    ("time,site,value,program[0].rate\n1 h,L3,4 ng/mL,1 mg/day\n", "is a bolus"),
    ("time,site,value\n1 h,L3,4\n", "no unit"), ("time,site,value\n1,L3,4 ng/mL\n", "no unit"),
  ])
  func `that cannot be one says why`(table: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) { try request(table) }
    #expect(error.message.contains(words), "\(error)")
  }

  @Test(arguments: [("1", true), ("0", false), ("yes", true), ("no", false), ("true", true)])
  func `marks what lies below its limit in words or digits`(text: String, isBelow: Bool) throws {
    let read = try request("time,site,value,BLQ\n1 h,L3,4 ng/mL,\(text)\n")
    #expect(read.subjects[0].points[0].isBelow == isBelow)
  }

  @Test func `gives each subject its own dose, in the order in which they come`() throws {
    let read = try request(
      """
      patient_id,time,site,value,program[0].bolus
      B,1 h,L3,4 ng/mL,0.3 mg
      A,1 h,L3,4 ng/mL,200 mcg
      B,2 h,L3,4 ng/mL,
      """, more: "prior: default\nrandom: none")
    #expect(read.subjects.map(\.name) == ["B", "A"] && read.subjects[0].points.count == 2)
    #expect(
      read.subjects.map { $0.input.schedule.boluses[0].mass } == [
        Mass(300, .micrograms), Mass(200, .micrograms),
      ])
  }

  @Test func `is refused where the dose of a subject is`() throws {
    let error = try #require(throws: ScenarioError.self) {
      try request("time,site,value,dose\n1 h,L3,4 ng/mL,300 mg\n")
    }
    #expect(error.refused.contains { $0.code == .overLimit })
    let never = try #require(throws: ScenarioError.self) {
      try FitScenario(
        yaml: """
          scenario: {drug: vincristine, catheter: {tip: L3}, program: [{at: 0 h, bolus: 1 mg}], output: {every: 1 h, until: 1 day, at: [L3]}}
          data: [{time: 1 h, site: L3, value: 4 ng/mL}]
          estimate: [loss]
          error: {proportional: 30 %}
          """, file: "fit.yaml"
      ).request(scenario: nil, data: nil)
    }
    #expect(never.refused.compactMap(\.code) == [.neverIntrathecal])
  }
}

@Suite struct `What was known before` {
  private func prior(_ text: String, of key: String = "loss") throws -> Distribution {
    try request(points, more: "prior: {\(key): \(text)}", estimate: key).priors[0].distribution
  }

  @Test func `stands in the unit of the model, whatever unit it is written in`() throws {
    // 0.108 an hour are 3e-5 a second; a median of 6 with a factor of 2 between it and the 84th percentile.
    #expect(try prior("{uniform: {low: 0.108 1/h, high: 3.6 1/h}}").isNear(.uniform(low: 3e-5, high: 1e-3)))
    #expect(
      try prior("{lognormal: {median: 3e-5 1/s, gsd: 2}}").isNear(.lognormal(median: 3e-5, sigma: log(2))))
    #expect(
      try prior("{normal: {mean: 1.8 m, sd: 5 cm}}", of: "height").isNear(.normal(mean: 180, sd: 5)))
    // A variation of 40 % is √ln(1 + 0.4²).
    #expect(
      try prior("{lognormal: {median: 3e-5 1/s, cv: 40 %}}")
        .isNear(.lognormal(median: 3e-5, sigma: log(1 + 0.16).squareRoot())))
  }

  @Test(arguments: [
    ("prior: nothing", "write default"), ("prior: {height: default}", "not estimated"),
    ("prior: {loss: {uniform: {low: 1 1/h, high: 1 1/h}}}", "below 'high'"),
    ("prior: {loss: {normal: {mean: 1 1/h, sd: 0 1/h}}}", "above zero"),
    ("prior: {loss: {lognormal: {median: 1 1/h, gsd: 1}}}", "above"),
    ("prior: {loss: {values: [1 1/h]}}", "unknown key"),
    (
      "prior: {loss: {uniform: {low: 1 1/h, high: 2 1/h}, truncate: [3 1/h, 4 1/h]}}",
      "nothing of the distribution"
    ),
  ])
  func `is a distribution of what is estimated, or an error`(text: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) { try request(points, more: text) }
    #expect(error.message.contains(words), "\(error)")
  }

  @Test(arguments: [
    ("30", "30 %?"), ("0 %", "above zero"), ("301 %", "301 %"), ("0.0000000001", "at least 0.001 %"),
    ("0.0009 %", "at least 0.001 %"),
  ])
  func `of the residual is a share, and at most three times the level`(error: String, words: String) throws {
    let problem = try #require(throws: ScenarioError.self) {
      try FitScenario(
        yaml:
          "scenario: s.yaml\ndata: [{time: 1 h, site: L3, value: 4 ng/mL}]\nestimate: [loss]\nerror: {proportional: \(error)}",
        file: "fit.yaml"
      ).request(
        scenario:
          "drug: morphine\ncatheter: {tip: L3}\nprogram: [{at: 0 h, bolus: 0.2 mg}]\noutput: {every: 1 h, until: 2 h, at: [L3]}",
        data: nil)
    }
    #expect(problem.message.contains(words), "\(problem)")
  }
}

extension Distribution {
  /// Whether this is `other` to the rounding of a change of unit.
  fileprivate func isNear(_ other: Family) -> Bool {
    func near(_ a: Double, _ b: Double) -> Bool { abs(a - b) <= 1e-9 * abs(b) }
    return switch (family, other) {
    case (.uniform(let a, let b), .uniform(let c, let d)): near(a, c) && near(b, d)
    case (.normal(let a, let b), .normal(let c, let d)): near(a, c) && near(b, d)
    case (.lognormal(let a, let b), .lognormal(let c, let d)): near(a, c) && near(b, d)
    default: false
    }
  }
}
