import Testing
import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalSweep

/// A way through the model that is not the plain chain, and whether it has a steady state and a half-life.
struct SweepPath: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let more: String
  let parameters: String
  var isLinear = true
  var isSteady = true
  var isFast = true
}

private let paths = [
  SweepPath(testDescription: "plain, with plasma", more: "", parameters: "{}"),
  SweepPath(
    testDescription: "given beside the pump",
    more: "systemic: [{model: morphine_iv_olofsen2010, dose: 10 mg, at: 3 h, every: 8 h, times: 2}]",
    parameters: "{}",
    isSteady: false),
  SweepPath(
    testDescription: "a cord beside the canal", more: "",
    parameters: "{cord: {permeability: 1e-3 cm2/s, partition: 2, loss: 1e-4 1/s}}"),
  SweepPath(
    testDescription: "an epidural space", more: "",
    parameters: "{epidural: {permeability: 1e-3 cm2/s, partition: 5, loss: 1e-4 1/s, area: 1 cm2}}"),
  SweepPath(
    testDescription: "dispersion too small for the fast path", more: "",
    parameters: "{dispersion_c1: 0.003 cm2/s, dispersion_sac: 0.0003 cm2/s}", isFast: false),
  SweepPath(
    testDescription: "a heavy solution", more: "",
    parameters: "{baricity: {flow: 3 mL/h, toward: sac, limit: 1 mg/mL}}", isLinear: false, isSteady: false,
    isFast: false),
]

@Suite struct `A sweep along every path` {
  private func scenario(_ path: SweepPath) -> String {
    """
    drug: morphine
    catheter: {tip: L3}
    program: [{at: 30 min, bolus: 0.1 mg, volume: 1 mL}, {at: 2 h, rate: 1 mg/day}]
    parameters: \(path.parameters)
    \(path.more)
    cells: 40
    output: {every: 4 h, until: 12 h, at: [tip, 45 cm, dermatome T10, cranial, plasma]}
    """
  }

  @Test(arguments: paths.indices)
  func `says of areas, peaks and levels what a simulation says`(index: Int) throws {
    let path = paths[index]
    let outputs =
      ["csf", "auc", "aumc", "average", "peak", "time_to_peak", "\"lumbar_cisternal_ratio:45cm\""]
      + (path.isLinear ? ["half_life"] : []) + (path.isSteady ? ["steady"] : [])
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: latin, samples: 6, seed: 2}
      parameters:
        height: {uniform: {low: 150 cm, high: 190 cm}}
        loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
        catheter.tip: {values: [L3, T12, 44 cm]}
        "program[0].bolus": {uniform: {low: 50 mcg, high: 200 mcg}}
      outputs: [\(outputs.joined(separator: ", "))]
      """, scenario: scenario(path))
    #expect(try study.run("p.nc").failed == 0)
    try study.expectNoSilence("p.nc")
    let reader = try NetCDFReader(path: study.folder.file("p.nc"))
    func numbers(_ name: String) throws -> [Double] { try #require(try reader.numbers(name)) }
    let (csf, area, moment) = (try numbers("csf"), try numbers("auc"), try numbers("aumc"))
    let (mean, peak, when) = (try numbers("average"), try numbers("peak"), try numbers("time_to_peak"))
    let ratio = try numbers("lumbar_cisternal_ratio_45cm")
    let base = try SimulationScenario(yaml: scenario(path), file: "s")
    for k in 0..<6 {
      var input = base.input
      input.parameters[.height] = try numbers("height")[k]
      input.parameters[.loss] = try numbers("loss")[k] * 3_600
      input.tip = .distance(Length(base: try numbers("catheter_tip")[k]))
      let bolus = input.schedule.boluses[0]
      input.schedule = DeliverySchedule(
        rates: input.schedule.rates,
        boluses: [
          .init(time: bolus.time, mass: Mass(base: try numbers("program_0_bolus")[k]), volume: bolus.volume)
        ])
      let alone = try Simulation(input)
      let (levels, exposures) = (try alone.run().concentrations_ng_per_mL, try alone.exposures())
      // The error of the implicit way is a share of the largest level in the CSF.
      let largest = exposures.prefix(4).compactMap { $0?.peak_ng_per_mL }.max() ?? 0
      for s in 0..<5 {
        let own = try #require(exposures[s])
        let at = k * 5 + s
        let peakLevel = path.isFast ? own.peak_ng_per_mL : largest
        for t in 0..<4 {
          #expect(abs(csf[(k * 4 + t) * 5 + s] - levels[s][t]) <= 1e-8 * peakLevel, "\(k) \(s) \(t)")
        }
        guard own.peak_ng_per_mL > 1e-3 * largest || path.isFast else { continue }
        #expect(
          abs(area[at] / own.auc_ng_h_per_mL - 1) < 1e-6 && abs(moment[at] / own.aumc_ng_h2_per_mL - 1) < 1e-6
        )
        #expect(abs(mean[at] * 12 / area[at] - 1) < 1e-12 && abs(peak[at] / own.peak_ng_per_mL - 1) < 1e-6)
        #expect(abs(when[at] - own.timeToPeak_h) < 0.02)
        if path.isLinear {
          #expect(abs(try numbers("half_life")[at] / #require(own.halfLife_h) - 1) < 1e-9)
        }
        if path.isSteady {
          let steady = try alone.steadyState().concentrations_ng_per_mL[s][0]
          #expect(abs(try numbers("steady")[at] / steady - 1) < 1e-8)
        }
      }
      #expect(abs(ratio[k] - area[k * 5 + 1] / area[k * 5 + 3]) < 1e-12 * ratio[k])
    }
  }
}

@Suite struct `The fan of a sweep` {
  private func fan(_ study: Study, _ name: String = "f.nc") throws -> SweepFan {
    try study.run(name)
    return try SweepFan(path: study.folder.file(name))
  }

  @Test func `has percentiles that lie in order and that sorting gives`() throws {
    let study = Study(spec("{method: latin, samples: 41, seed: 6}", outputs: "[csf]"))
    let fan = try fan(study)
    #expect(fan.samples == 41 && fan.failed == 0 && fan.siteNames == ["tip", "L4", "cranial"])
    let csf = try #require(try NetCDFReader(path: study.folder.file("f.nc")).numbers("csf"))
    for (s, bands) in fan.levels_ng_per_mL.enumerated() {
      for t in fan.times_h.indices {
        let sorted = (0..<41).map { csf[($0 * fan.times_h.count + t) * 3 + s] }.sorted()
        // 41 values: 5 % lie at the third, 25 % at the eleventh, and so on.
        for (k, place) in [2, 10, 20, 30, 38].enumerated() {
          #expect(abs(bands[k][t] - sorted[place]) <= 1e-12 * sorted[place])
        }
      }
    }
  }

  /// A file of our own form into which somebody wrote what is no level.
  @Test(arguments: [Double.nan, .infinity, -.infinity]) func `is none of a level that is no number`(
    level: Double
  )
    throws
  {
    let study = Study(spec("{method: latin, samples: 3, seed: 6}", outputs: "[csf]"))
    try study.run("f.nc")
    let path = study.folder.file("g.nc")
    do {
      let reader = try NetCDFReader(path: study.folder.file("f.nc"))
      let file = try NetCDFWriter(path: path, schema: reader.schema)
      let times = try #require(try reader.numbers("time"))
      try file.write(times.span, to: "time", start: [0], count: [times.count])
      try file.write(try #require(try reader.texts("site")), to: "site")
      try file.write(["", "", ""], to: "failure")
      var csf = try #require(try reader.numbers("csf"))
      csf[7] = level
      try file.write(csf.span, to: "csf", start: [0, 0, 0], count: [3, times.count, 3])
      try file.commit()
    }
    let error = #expect(throws: SweepProblem.self) { try SweepFan(path: path) }
    #expect(error?.exitCode == 65 && error?.message.contains("no number") == true)
  }

  @Test func `goes straight from row to row and nowhere beyond`() throws {
    let fan = try fan(Study(spec("{method: latin, samples: 9}", outputs: "[csf]")))
    let column = fan.levels_ng_per_mL[1][2]
    #expect(fan.level(site: 1, percentile: 2, at: 4) == column[2])
    let between = try #require(fan.level(site: 1, percentile: 2, at: 3))
    #expect(abs(between - (column[1] + column[2]) / 2) < 1e-12 * between)
    #expect(
      fan.level(site: 1, percentile: 2, at: 48.01) == nil && fan.level(site: 1, percentile: 2, at: -1) == nil)
    #expect(fan.level(site: 1, percentile: 2, at: 48) == column.last)
  }

  @Test func `counts who failed and leaves them out`() throws {
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: grid}
      parameters: {catheter.tip: {values: [30 cm, 40 cm, 200 cm]}}
      outputs: [csf]
      """)
    let fan = try fan(study)
    #expect(fan.samples == 3 && fan.failed == 1)
    let isSound = fan.levels_ng_per_mL.joined().joined().allSatisfy { $0.isFinite }
    #expect(isSound)
    let none = Study(
      """
      scenario: scenario.yaml
      design: {method: grid}
      parameters: {catheter.tip: {values: [200 cm]}}
      outputs: [csf]
      """)
    let error = #expect(throws: SweepProblem.self) { try self.fan(none) }
    #expect(error?.exitCode == 65 && error?.message.contains("no sample was computed") == true)
  }

  @Test func `needs levels over time`() throws {
    let error = #expect(throws: SweepProblem.self) {
      try fan(Study(spec("{method: latin, samples: 4}", outputs: "[steady]")))
    }
    #expect(error?.message.contains("outputs: [csf]") == true)
  }
}

@Test func `weights say of how many samples they are made`() throws {
  let study = Study(
    """
    scenario: scenario.yaml
    design: {method: saltelli, samples: 64, seed: 1}
    parameters:
      catheter.tip: {uniform: {low: 50 cm, high: 70 cm}}
      loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
    outputs: [auc]
    """)
  let failed = try study.run("w.nc").failed
  let found = try SensitivityStudy(path: study.folder.file("w.nc"))
  #expect(failed > 0 && found.failed == failed && found.samples == 256 && found.points == 64)
  #expect(found.firstFailure?.contains("outside the canal") == true)
  let used = try #require(found.results.first?.sobol?.points)
  #expect(used < 64 && used >= 64 - failed)
}
