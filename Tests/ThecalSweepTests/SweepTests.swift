import Glibc
import Testing
import ThecalFormulary
import ThecalSampling
import ThecalScenario
import ThecalTabular
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalSweep

let smallScenario = """
  drug: morphine
  catheter: {tip: T10}
  program:
    - {at: 0 h, bolus: 0.1 mg}
    - {at: 0 h, rate: 1 mg/day}
  cells: 60
  output: {every: 2 h, until: 2 day, at: [tip, L4, cranial]}
  """

func spec(_ design: String, outputs: String = "[csf, steady, auc]", more: String = "") -> String {
  """
  scenario: scenario.yaml
  design: \(design)
  parameters:
    dispersion_c1: {lognormal: {median: 0.67 cm2/s, gsd: 2}, truncate: [0.01 cm2/s, 10 cm2/s]}
    dispersion_sac: {lognormal: {median: 0.014 cm2/s, gsd: 2}}
    spinal_fraction: {uniform: {low: 0.05, high: 0.5}}
    loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
  \(more)
  outputs: \(outputs)
  """
}

struct Study {
  let folder = Folder()

  init(_ text: String, scenario: String = smallScenario) {
    folder.write("scenario.yaml", scenario)
    folder.write("spec.yaml", text)
  }

  @discardableResult
  func run(
    _ output: String, threads: Int = 1, shard: (number: Int, count: Int)? = nil, resumes: Bool = false
  ) throws -> SweepRun.Summary {
    var options = SweepRun.Options()
    options.threads = threads
    options.shard = shard
    options.resumes = resumes
    return try SweepRun(path: folder.file("spec.yaml")).write(
      to: folder.file(output), engine: "test", options)
  }

  func bytes(_ name: String) -> [UInt8]? { contents(folder.file(name)) }
}

@Suite struct `A sweep` {
  @Test(arguments: ["montecarlo", "latin", "sobol"])
  func `is the same for any number of threads, and by shards`(method: String) throws {
    let study = Study(spec("{method: \(method), samples: 300, seed: 5}"))
    try study.run("one.nc")
    try study.run("three.nc", threads: 3)
    #expect(study.bytes("one.nc") == study.bytes("three.nc"))
    for k in 1...3 { try study.run("part\(k).nc", threads: 2, shard: (k, 3)) }
    let parts = [3, 1, 2].map { study.folder.file("part\($0).nc") }
    #expect(try SweepMerge.join(parts, to: study.folder.file("whole.nc")) == 300)
    #expect(study.bytes("whole.nc") == study.bytes("one.nc"))
  }

  @Test func `gives each sample the levels that it has alone`() throws {
    let study = Study(spec("{method: latin, samples: 40, seed: 2}"))
    try study.run("s.nc")
    let reader = try NetCDFReader(path: study.folder.file("s.nc"))
    let csf = try #require(try reader.numbers("csf"))
    let steady = try #require(try reader.numbers("steady"))
    let auc = try #require(try reader.numbers("auc"))
    let loss = try #require(try reader.numbers("loss"))
    let upper = try #require(try reader.numbers("dispersion_c1"))
    let lower = try #require(try reader.numbers("dispersion_sac"))
    let share = try #require(try reader.numbers("spinal_fraction"))
    let base = try Simulation(SimulationScenario(yaml: smallScenario, file: "s"))
    let (rows, sites) = (25, 3)
    for k in [0, 17, 39] {
      var person = base.parameters
      person[.loss] = loss[k] * 3_600
      person[.dispersionC1] = upper[k] * 3_600
      person[.dispersionSac] = lower[k] * 3_600
      person[.spinalFraction] = share[k]
      let alone = try base.with(person).run().concentrations_ng_per_mL
      let held = try base.with(person).steadyState().concentrations_ng_per_mL
      let fine = try Simulation(
        SimulationScenario(yaml: smallScenario.replacing("every: 2 h", "every: 1 min"), file: "s")
      ).with(person).run().concentrations_ng_per_mL
      for s in 0..<sites {
        let peak = alone[s].max()!
        for t in 0..<rows { #expect(abs(csf[(k * rows + t) * sites + s] - alone[s][t]) < 1e-8 * peak) }
        #expect(abs(steady[k * sites + s] / held[s][0] - 1) < 1e-9)
        // Simpson's rule over minutes, far finer than the first minutes of the bolus need.
        let inner = (1..<2_880).reduce(0) { $0 + ($1 % 2 == 0 ? 2 : 4) * fine[s][$1] }
        let area = (fine[s][0] + inner + fine[s][2_880]) / 180
        #expect(abs(auc[k * sites + s] / area - 1) < 3e-5)
      }
    }
  }

  @Test func `draws within its truncation, correlated as asked`() throws {
    let study = Study(
      spec(
        "{method: sobol, samples: 2048, seed: 1}", outputs: "[steady]",
        more: "correlation: [[dispersion_c1, dispersion_sac, 0.7]]"))
    try study.run("s.nc", threads: 2)
    let reader = try NetCDFReader(path: study.folder.file("s.nc"))
    let upper = try #require(try reader.numbers("dispersion_c1")).map { log($0 / 0.67) }
    let lower = try #require(try reader.numbers("dispersion_sac")).map { log($0 / 0.014) }
    let product = zip(upper, lower).reduce(0) { $0 + $1.0 * $1.1 } / 2_048 / (log(2) * log(2))
    #expect(abs(product - 0.7) < 0.03)
    #expect(abs(upper.sorted()[1_024]) < 0.01)
    #expect(reader.schema.attributes.contains(.init("seed", .integer(1))))
  }

  @Test func `a grid has every combination, the last running fastest`() throws {
    let text = """
      scenario: scenario.yaml
      design: {method: grid}
      parameters:
        height: {values: [150 cm, 1.8 m]}
        spinal_fraction: {values: [0.1, 0.2, 0.3]}
      outputs: [steady]
      """
    let study = Study(text)
    #expect(try study.run("g.nc").samples == 6)
    let reader = try NetCDFReader(path: study.folder.file("g.nc"))
    #expect(try reader.numbers("height") == [150, 150, 150, 180, 180, 180])
    #expect(try reader.numbers("spinal_fraction") == [0.1, 0.2, 0.3, 0.1, 0.2, 0.3])
  }

  @Test func `varies catheter and programme, linear in the dose`() throws {
    let text = """
      scenario: scenario.yaml
      design: {method: grid}
      parameters:
        catheter.tip: {values: [20 cm, 45 cm]}
        program[1].rate: {values: [1 mg/day, 2 mg/day]}
      outputs: [steady]
      """
    let study = Study(text)
    try study.run("g.nc")
    let reader = try NetCDFReader(path: study.folder.file("g.nc"))
    let levels = try #require(try reader.numbers("steady"))
    for s in 0..<3 { #expect(abs(levels[3 + s] / levels[s] - 2) < 1e-9) }
    #expect(levels[2] > levels[8])  // the nearer to the head, the more in the cranial pool
    #expect(reader.schema.variables.contains { $0.name == "catheter_tip" })
    #expect(try reader.numbers("program_1_rate") == [1, 2, 1, 2])
  }

  @Test func `keeps a sample that fails, with its reason`() throws {
    let study = Study(
      spec("{method: grid}").replacingParameters(
        "    catheter.tip: {values: [20 cm, 200 cm]}\n    height: {values: [172 cm, 300 cm]}"))
    let summary = try study.run("f.nc")
    #expect(summary.samples == 4 && summary.failed == 3)
    let reader = try NetCDFReader(path: study.folder.file("f.nc"))
    let reasons = try #require(try reader.texts("failure"))
    #expect(reasons[0] == "" && reasons[1].contains("height") && reasons[2].contains("outside the canal"))
    #expect(try #require(try reader.numbers("steady"))[3...].allSatisfy(\.isNaN))
  }

  @Test func `derives peaks, times and ratios from the courses it keeps`() throws {
    let study = Study(
      spec(
        "{method: sobol, samples: 8}",
        outputs:
          "[csf, peak, time_to_peak, 'time_above:100 ng/mL', 'time_below:100 ng/mL', auc, 'lumbar_cisternal_ratio:tip']"
      ))
    try study.run("d.nc")
    let reader = try NetCDFReader(path: study.folder.file("d.nc"))
    func numbers(_ name: String) throws -> [Double] { try #require(try reader.numbers(name)) }
    let (csf, peak, when) = (try numbers("csf"), try numbers("peak"), try numbers("time_to_peak"))
    let (above, below) = (try numbers("time_above_100_ng_per_mL"), try numbers("time_below_100_ng_per_mL"))
    let (auc, ratio) = (try numbers("auc"), try numbers("lumbar_cisternal_ratio_tip"))
    for k in 0..<8 {
      for s in 0..<3 {
        let course = (0..<25).map { csf[(k * 25 + $0) * 3 + s] }
        let largest = try #require(course.max())
        #expect(peak[k * 3 + s] >= largest * (1 - 1e-12) && (0...48).contains(when[k * 3 + s]))
        // Between two rows the largest level lies beside the largest row.
        let row = try #require(course.firstIndex(of: largest))
        #expect(abs(when[k * 3 + s] - Double(row) * 2) <= 2)
        #expect(abs(above[k * 3 + s] + below[k * 3 + s] - 48) < 1e-9)
        let rows = course.count { $0 > 100 }
        #expect(abs(above[k * 3 + s] - 2 * Double(rows)) <= 4)
      }
      #expect(abs(ratio[k] - auc[k * 3] / auc[k * 3 + 2]) < 1e-9 * ratio[k])
    }
  }

  /// The share of people with depressed breathing knows no tolerance: of an infusion it would print what the counts of tolerant
  /// people contradict.
  @Test func `gives a share of depressed breathing after injections alone`() throws {
    let asked = spec("{method: sobol, samples: 8}", outputs: "[peak, 'risk:respiratory_depression']")
    let refused = #expect(throws: SweepProblem.self) { try Study(asked).run("r.nc") }
    #expect(refused?.exitCode == 65 && "\(refused!)".contains("thecal risk"))
    let once = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.7 mg}]
      output: {every: 2 h, until: 24 h, at: [L3, cranial]}
      """
    let study = Study(asked, scenario: once)
    try study.run("r.nc")
    let reader = try NetCDFReader(path: study.folder.file("r.nc"))
    let shares = try #require(try reader.numbers("risk_respiratory_depression"))
    let peaks = try #require(try reader.numbers("peak"))
    #expect(shares.count == 8 && shares.allSatisfy { (0...1).contains($0) })
    // The sample with the highest level in the cranial pool has the largest share.
    let highest = (0..<8).max { peaks[2 * $0 + 1] < peaks[2 * $1 + 1] }
    #expect(shares.max() == highest.map { shares[$0] })
  }

  /// Of women given 0.15 mg of morphine once, 2 of 39 lacked relief (sviggum2016): at most 17.3 %, and the quarter who do not
  /// respond at any dose is more. A milligram is more than twice what they had, and 16 of 62 (pelvic62) agree. After 0.3 mg, 5 of
  /// 1,915 and 7 of 80 had depressed breathing, between which no share lies.
  @Test func `leaves empty what counts contradict, with the counts in its place`() throws {
    let once = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.15 mg}]
      cells: 60
      output: {every: 2 h, until: 12 h, at: [L3, cranial]}
      """
    let asked = spec(
      "{method: grid}", outputs: "[csf, 'effect:L3', 'risk:respiratory_depression']"
    ).replacingParameters("    program[0].bolus: {values: [0.15 mg, 1 mg, 0.3 mg]}")
    let study = Study(asked, scenario: once)
    #expect(try study.run("w.nc").failed == 0)
    let reader = try NetCDFReader(path: study.folder.file("w.nc"))
    let counts = try #require(try reader.texts("withheld"))
    let relief = try #require(try reader.numbers("effect_L3"))
    let risk = try #require(try reader.numbers("risk_respiratory_depression"))
    #expect(try #require(try reader.numbers("csf")).allSatisfy(\.isFinite))
    #expect(relief[..<7].allSatisfy(\.isNaN) && counts[0].contains("effect_L3: 2/39 (sviggum2016)"))
    #expect(relief[7..<14].allSatisfy { (0...1).contains($0) } && !counts[1].contains("effect_L3"))
    #expect(risk.allSatisfy(\.isNaN) && counts.allSatisfy { $0.contains("risk_respiratory_depression: ") })
    #expect(counts[2].contains("5/1915 (kato2008)") && counts[2].contains("7/80 (gehling2009)"))
    #expect(counts[1].contains("7/80 (gehling2009)"))
    // Shards join to the same bytes, texts and all.
    for number in 1...3 { try study.run("part\(number).nc", shard: (number, 3)) }
    let joined = try SweepMerge.join(
      (1...3).map { study.folder.file("part\($0).nc") }, to: study.folder.file("j.nc"))
    #expect(joined == 3 && study.bytes("j.nc") == study.bytes("w.nc"))
  }

  /// A table has a column for the counts; an infusion at 1 mg/day is held against series of infusions.
  @Test func `names the counts in a table too, and holds an infusion against infusions`() throws {
    let once = smallScenario.replacing("- {at: 0 h, rate: 1 mg/day}", with: "- {at: 1 h, bolus: 0.1 mg}")
    let study = Study(
      spec("{method: sobol, samples: 2}", outputs: "['risk:respiratory_depression']"), scenario: once)
    try study.run("r.csv")
    let lines = String(decoding: study.bytes("r.csv") ?? [], as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 3 && lines[0].hasSuffix(",risk_respiratory_depression,failure,withheld"))
    for line in lines.dropFirst() { #expect(line.contains(",,,") && line.contains("2/247 (gehling2009)")) }
    let infusion = Study(spec("{method: sobol, samples: 2}", outputs: "['effect:L4']"))
    try infusion.run("i.nc")
    let reader = try NetCDFReader(path: infusion.folder.file("i.nc"))
    let counts = try #require(try reader.texts("withheld"))
    // 0.1 mg at once is contradicted by women who had 0.15, whatever the infusion does.
    #expect(counts.allSatisfy { $0.contains("2/39 (sviggum2016)") })
  }

  @Test(arguments: [
    ("  loss: {lognormal: {median: 3, cv: 40 %}}", "loss.lognormal.median"),
    ("  losss: {uniform: {low: 1, high: 2}}", "did you mean 'loss'"),
    ("  loss: {lognormal: {median: 3.0e-5 1/s}}", "gsd"),
    ("  spinal_fraction: {uniform: {low: 0.5, high: 0.1}}", "above"),
    ("  spinal_fraction: {uniform: {low: 0.1, high: 0.2}, truncate: [0.5, 0.6]}", "nothing is left"),
    ("  program[7].rate: {uniform: {low: 1 mg/day, high: 2 mg/day}}", "counted from 0"),
    ("  program[0].rate: {uniform: {low: 1 mg/day, high: 2 mg/day}}", "is a bolus"),
    ("  loss: {lognormal: {median: 3.0e-5 1/s, cv: 40}}", "40 %?"),
    ("  catheter.tip: {values: [L3, cranial]}", "ends at a level"),
  ])
  func `names file, line and key of what is wrong`(line: String, words: String) throws {
    let study = Study(spec("{method: latin, samples: 4}").replacingParameters("  " + line))
    let problem = #expect(throws: SweepProblem.self) { try study.run("x.nc") }
    #expect(problem?.exitCode == 65)
    #expect(
      problem.map { $0.message.contains("spec.yaml:") && $0.message.contains(words) } == true,
      "\(problem?.message ?? "")")
    #expect(study.bytes("x.nc") == nil)
  }
}

extension String {
  /// The specification with other parameters.
  func replacingParameters(_ lines: String) -> String {
    let parts = split(separator: "\n", omittingEmptySubsequences: false)
    let start = parts.firstIndex { $0 == "parameters:" }!
    let end = parts[(start + 1)...].firstIndex { !$0.hasPrefix("  ") }!
    return (parts[...start] + [Substring(lines)] + parts[end...]).joined(separator: "\n")
  }
}

@Suite struct `A killed sweep` {
  /// Cut anywhere, as a kill would: the journal counts up to the last block that is whole.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `goes on from whatever is left of its journal, to the same bytes`(seed: UInt64) throws {
    let study = Study(spec("{method: latin, samples: 400, seed: 3}", outputs: "[steady, auc]"))
    try study.run("whole.nc")
    let plan = try SweepRun(path: study.folder.file("spec.yaml")).plan
    // What a run leaves behind that is killed just before it publishes: all blocks.
    let title = "thecal sweep 1 \(plan.digest) test \(Formulary.embedded.version) 0 400 \(plan.stride)"
    let journal = try SweepJournal(
      beside: study.folder.file("cut.nc"), title: title, stride: plan.stride, isResuming: false
    ) { _ in }
    try SweepPipeline(plan, threads: 1).run(0..<400) { block throws(SweepProblem) in try journal.append(block)
    }
    let path = journal.path
    let all = try #require(contents(path))
    var random = SeededGenerator(seed: seed)
    var cut = Array(all.prefix(Int.random(in: title.utf8.count + 1...all.count, using: &random)))
    if seed % 3 == 0, cut.count > title.utf8.count + 200 { cut[cut.count - 100] ^= 0x10 }  // a damaged block
    study.folder.write(String(path.split(separator: "/").last!), cut)
    let summary = try study.run("cut.nc", threads: 2, resumes: true)
    #expect(summary.samples == 400 && summary.resumed % SweepBlock.size == 0 || summary.resumed == 400)
    #expect(study.bytes("cut.nc") == study.bytes("whole.nc"))
    #expect(contents(path) == nil)
  }

  @Test func `does not go on from another sweep's journal`() throws {
    let study = Study(spec("{method: latin, samples: 100}", outputs: "[steady]"))
    study.folder.write(
      ".x.nc.sweep",
      "thecal sweep 1 something else entirely, and longer than the header of this sweep would be, so that it can be compared with it in full length, whatever that may be in the future of this file\n"
    )
    let problem = #expect(throws: SweepProblem.self) { try study.run("x.nc", resumes: true) }
    #expect(problem?.exitCode == 65)
    // Who has no way to ask for that, as a program, begins anew.
    var options = SweepRun.Options()
    (options.resumes, options.discardsOthers) = (true, true)
    let path = study.folder.file("spec.yaml")
    let made = try SweepRun(path: path).write(to: study.folder.file("x.nc"), engine: "test", options)
    try study.run("y.nc")
    #expect(made.resumed == 0 && study.bytes("x.nc") == study.bytes("y.nc"))
  }
}

@Suite struct `Merging` {
  @Test func `refuses missing, double and foreign parts`() throws {
    let study = Study(spec("{method: latin, samples: 30}", outputs: "[steady]"))
    for k in 1...2 { try study.run("p\(k).nc", shard: (k, 2)) }
    try study.run("whole.nc")
    func message(_ names: [String]) -> String {
      do {
        _ = try SweepMerge.join(names.map(study.folder.file), to: study.folder.file("m.nc"))
        return ""
      } catch { return error.message }
    }
    #expect(message(["p1.nc"]).contains("missing: 2/2"))
    #expect(message(["p1.nc", "p1.nc"]).contains("twice"))
    #expect(message(["whole.nc"]).contains("--shard"))
    #expect(study.bytes("m.nc") == nil)
    #expect(message(["p2.nc", "p1.nc"]) == "")
  }
}
