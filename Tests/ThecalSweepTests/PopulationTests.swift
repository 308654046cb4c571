import Glibc
import Testing
import ThecalFormulary
import ThecalScenario
import ThecalTabular
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalSweep

private func plan(_ spec: String, scenario: String = smallScenario) throws -> SweepPlan {
  try SweepPlan(spec: spec, file: "spec", scenario: (scenario, "s"), formulary: .embedded)
}

private func shipped(_ more: String = "", method: String = "latin", scenario: String = smallScenario) throws
  -> SweepPlan
{
  try plan(
    "scenario: s.yaml\ndesign: {method: \(method), samples: 64}\ndistributions: default\n\(more)\noutputs: [steady]",
    scenario: scenario)
}

@Suite struct `The shipped populations` {
  @Test func `vary everything that the data let vary, in the unit of the data`() throws {
    let spec = try shipped().spec
    let data = Formulary.embedded.transport
    let wanted = (data.parameters + data.physics).filter { $0.distribution != nil }.map(\.id) + ["loss"]
    #expect(Set(spec.parameters.map(\.key)) == Set(wanted))
    let loss = try #require(spec.parameters.first { $0.key == "loss" })
    #expect(loss.unit == "1/s" && loss.scale == 3_600)
    // Morphine: 3.0e-5 1/s, CV 40 %.
    guard case .lognormal(3e-5, let sigma) = loss.family else {
      Issue.record("\(loss.family)")
      return
    }
    #expect(abs(sigma * sigma - log1p(0.16)) < 1e-15)
    #expect(
      spec.parameters.first { $0.key == "dispersion_c1" }?.family == .lognormal(median: 0.67, sigma: log(2)))
    #expect(spec.parameters.first { $0.key == "spinal_fraction" }?.family == .uniform(low: 0, high: 0.6))
    let height = try #require(spec.parameters.first { $0.key == "height" })
    #expect(height.family == .normal(mean: 172, sd: 172 * 0.06))
    // Five standard deviations of 10.32 cm both ways.
    let range = try #require(height.range)
    #expect(abs(range.lowerBound - 120.4) < 1e-9 && abs(range.upperBound - 223.6) < 1e-9)
  }

  @Test func `bring their correlations, but to designs that take independent parameters`() throws {
    let pairs = try shipped().spec.correlations.map { Set([$0.first, $0.second]) }
    #expect(pairs.count == 2 && pairs.contains(["dispersion_c1", "dispersion_sac"]))
    #expect(pairs.contains(["area_lumbosacral", "area_cervical"]))
    #expect(try shipped(method: "saltelli").spec.correlations.isEmpty)
  }

  @Test func `leave alone what the scenario sets and what the file says itself`() throws {
    let set = smallScenario + "\nparameters: {height: 160 cm, dispersion_sac: 0.02 cm2/s}"
    let spec = try shipped("parameters: {loss: {uniform: {low: 1e-5 1/s, high: 2e-5 1/s}}}", scenario: set)
      .spec
    let keys = spec.parameters.map(\.key)
    #expect(!keys.contains("height") && !keys.contains("dispersion_sac"))
    #expect(keys.first == "loss" && spec.parameters[0].family == .uniform(low: 1e-5, high: 2e-5))
    #expect(keys.filter { $0 == "loss" }.count == 1 && spec.correlations.count == 1)
  }

  @Test func `have the medians and the correlation that they say`() throws {
    let plan = try plan(
      "scenario: s.yaml\ndesign: {method: sobol, samples: 4096}\ndistributions: default\noutputs: [steady]")
    let keys = plan.spec.parameters.map(\.key)
    var point = Array(repeating: 0.0, count: keys.count)
    var drawn = Array(repeating: [Double](), count: keys.count)
    for k in 0..<plan.samples {
      plan.points.values(k, into: &point)
      for j in point.indices { drawn[j].append(point[j]) }
    }
    func column(_ key: String) -> [Double] { drawn[keys.firstIndex(of: key) ?? 0] }
    for (key, median) in [("height", 172.0), ("production", 0.35), ("loss", 3e-5), ("dispersion_c1", 0.67)] {
      #expect(abs(column(key).sorted()[2_048] / median - 1) < 0.01, "\(key)")
    }
    let (a, b) = (column("dispersion_c1").map { log($0) }, column("dispersion_sac").map { log($0) })
    let (ma, mb) = (a.reduce(0, +) / 4_096, b.reduce(0, +) / 4_096)
    let product = zip(a, b).reduce(0) { $0 + ($1.0 - ma) * ($1.1 - mb) }
    let sizes = (a.reduce(0) { $0 + ($1 - ma) * ($1 - ma) }, b.reduce(0) { $0 + ($1 - mb) * ($1 - mb) })
    #expect(abs(product / (sizes.0 * sizes.1).squareRoot() - 0.7) < 0.02)
  }

  @Test(arguments: [
    ("design: {method: grid}\ndistributions: default", "a grid has"),
    ("design: {method: latin, samples: 4}\ndistributions: mine", "'mine' is unknown"),
    ("design: {method: latin, samples: 4}", "nothing varies"),
    ("design: {method: latin, samples: 4}\nparameters: {}", "nothing varies"),
  ])
  func `are refused where they make no sense`(text: String, words: String) throws {
    let error = try #require(throws: ScenarioError.self) {
      try plan("scenario: s.yaml\n\(text)\noutputs: [steady]")
    }
    #expect(error.message.contains(words), "\(error)")
  }

  @Test func `run, and leave nobody without a number or a reason`() throws {
    let study = Study(
      "scenario: scenario.yaml\ndesign: {method: latin, samples: 40, seed: 3}\ndistributions: default\n"
        + "outputs: [steady, auc, half_life, effect:L4]",
      scenario: smallScenario.replacing("    - {at: 0 h, bolus: 0.1 mg}\n", with: ""))
    let summary = try study.run("p.nc")
    try study.expectNoSilence("p.nc")
    #expect(summary.samples == 40)
  }
}

extension Study {
  /// Every number of the file is one, but in samples that say why not.
  func expectNoSilence(_ name: String) throws {
    let reader = try NetCDFReader(path: folder.file(name))
    let failures = try #require(try reader.texts("failure"))
    let withheld = try reader.texts("withheld") ?? failures.map { _ in "" }
    for variable in reader.schema.variables
    where variable.dimensions.first == "sample" && variable.kind == .number {
      let values = try #require(try reader.numbers(variable.name))
      let width = values.count / failures.count
      for (k, failure) in failures.enumerated() {
        let own = values[(k * width)..<((k + 1) * width)]
        let isSaid = !failure.isEmpty || withheld[k].contains("\(variable.name): ")
        #expect(isSaid || own.allSatisfy(\.isFinite), "\(variable.name) of sample \(k)")
      }
    }
  }
}
