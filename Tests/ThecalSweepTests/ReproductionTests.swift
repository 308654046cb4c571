import Testing
import ThecalScenario
import ThecalTabular
import _ThecalTestSupport

@testable import ThecalSweep

private let inline = """
  scenario:
    drug: morphine
    catheter: {tip: T10}
    program:
      - {at: 0 h, bolus: 0.1 mg}
      - {at: 1 h, rate: 1 mg/day}
    cells: 60
    output: {times: [10 min, 2 h, 1 day], at: [tip, L4, cranial]}
  design: {method: latin, samples: 20, seed: 7}
  parameters: {loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}}
  outputs: [csf, peak]
  """

@Suite struct `A file of a sweep` {
  @Test func `makes the same bytes again from itself, whether the scenario stood inside or beside`() throws {
    for study in [Study(inline), Study(spec("{method: sobol, samples: 16, seed: 4}"))] {
      try study.run("one.nc")
      _ = try SweepRun(path: study.folder.file("one.nc")).write(
        to: study.folder.file("two.nc"), engine: "test", SweepRun.Options())
      #expect(study.bytes("one.nc") == study.bytes("two.nc"))
    }
  }

  @Test func `gives an inline scenario the numbers of one in a file`() throws {
    let study = Study(inline)
    try study.run("inside.nc")
    let body = inline.split(separator: "\n")
    study.folder.write("scenario.yaml", body[1...7].map { String($0.dropFirst(2)) }.joined(separator: "\n"))
    study.folder.write("spec.yaml", (["scenario: scenario.yaml"] + body[8...]).joined(separator: "\n"))
    try study.run("beside.nc")
    let a = try NetCDFReader(path: study.folder.file("inside.nc"))
    let b = try NetCDFReader(path: study.folder.file("beside.nc"))
    #expect(try a.numbers("time") == [1.0 / 6, 2, 24])
    for name in ["csf", "peak", "loss"] {
      let (one, other) = (try a.numbers(name), try b.numbers(name))
      #expect(one == other && one != nil, "\(name)")
    }
  }

  @Test func `says what it needs to be read by others`() throws {
    let study = Study(inline)
    try study.run("one.nc")
    let schema = try NetCDFReader(path: study.folder.file("one.nc")).schema
    func text(_ name: String) -> String? {
      if case .text(let text)? = schema.attribute(name) { text } else { nil }
    }
    #expect(
      text("history") == "thecal sweep with test" && text("doses") == "0.1 mg at 0 h; 1 mg/day from 1 h")
    #expect(text("specification") == inline && text("scenario")?.isEmpty == true)
    #expect(text("site_positions_cm")?.hasPrefix("tip 36.2") == true)
    let time = try #require(schema.variables.first { $0.name == "time" })
    #expect(time.attributes.contains(.init("units", .text("hours"))))
    #expect(time.attributes.contains(.init("dtype", .text("timedelta64[ns]"))))
  }

  @Test func `of another kind is no specification`() throws {
    let folder = Folder()
    let schema = NetCDFSchema(dimensions: [.init("x", length: 1)], variables: [.init("v", over: ["x"])])
    try NetCDFWriter(path: folder.file("a.nc"), schema: schema).commit()
    let error = #expect(throws: SweepProblem.self) { try SweepRun(path: folder.file("a.nc")) }
    #expect(error?.exitCode == 65 && error?.message.contains("no specification") == true)
  }

  @Test(arguments: ["../scenario.yaml", "/etc/hostname", "a/../../s.yaml", "pipe"])
  func `of a stranger names no file outside its folder`(name: String) throws {
    let study = Study(spec("{method: latin, samples: 4}").replacing("scenario.yaml", name))
    let error = #expect(throws: SweepProblem.self) { try SweepRun(path: study.folder.file("spec.yaml")) }
    #expect(error?.exitCode == 65, "\(error?.message ?? "")")
  }

  @Test func `through a program names no file at all`() throws {
    let text = spec("{method: latin, samples: 4}")
    let error = #expect(throws: SweepProblem.self) {
      try SweepRun(spec: text, named: "spec") { name throws(ScenarioError) in try NamedTexts().text(name) }
    }
    #expect(error?.message.contains("not handed over") == true)
    #expect(throws: Never.self) {
      try SweepRun(spec: inline, named: "spec") { name throws(ScenarioError) in try NamedTexts().text(name) }
    }
  }

  @Test func `as CSV names every unit`() throws {
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: grid}
      parameters:
        loss: {values: [3.0e-5 1/s]}
        production: {values: [0.35 mL/min]}
        spinal_fraction: {values: [0.3]}
        "program[1].rate": {values: [1 mg/day]}
      outputs: [steady, auc, aumc, time_to_peak, "lumbar_cisternal_ratio:L4", "time_above:100 ng/mL"]
      """)
    try study.run("a.csv")
    let header = String(decoding: study.bytes("a.csv") ?? [], as: UTF8.self).split(separator: "\n")[0]
    let wanted = [
      "loss_per_s", "production_mL_per_min", "spinal_fraction", "program_1_rate_mg_per_day",
      "steady_tip_ng_per_mL",
      "auc_tip_ng_h_per_mL", "aumc_tip_ng_h2_per_mL", "time_to_peak_tip_h", "lumbar_cisternal_ratio_L4",
      "time_above_100_ng_per_mL_tip_h", "failure",
    ]
    for name in wanted {
      #expect(header.split(separator: ",").contains(Substring(name)), "\(name): \(header)")
    }
  }
}
