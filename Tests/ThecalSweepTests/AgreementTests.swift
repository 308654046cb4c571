import Glibc
import Testing
import ThecalQuantities
import ThecalScenario
import ThecalTabular
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalSweep

/// The answers of `cases/height_sweep.yaml` and `auc_sweep.yaml`.
@Suite struct `A sweep says what a simulation says` {
  private static let heights = """
    drug: baclofen
    catheter: {tip: T10}
    program: [{at: 0 h, rate: 0.4 mg/day}]
    output: {every: 24 h, until: 96 h, at: [tip, L4, T4, cranial]}
    """

  @Test func `of people of other heights, whose levels move with them`() throws {
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: grid}
      parameters: {height: {values: [140 cm, 172 cm, 200 cm]}}
      outputs: [csf, steady]
      """, scenario: Self.heights)
    #expect(try study.run("h.nc").failed == 0)
    let steady = try #require(
      try NetCDFReader(path: study.folder.file("h.nc")).numbers("steady"))
    let (tip, lumbar) = ([552.7, 572.8, 588.8], [402.0, 362.6, 327.6])
    for k in 0..<3 {
      #expect(abs(steady[4 * k] - tip[k]) < 0.05 && abs(steady[4 * k + 1] - lumbar[k]) < 0.05)
    }
  }

  @Test(arguments: ["30 min", "4 h", "24 h"])
  func `of areas and peaks, whatever rows are shown`(every: String) throws {
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: grid}
      parameters: {loss: {values: [3.0e-5 1/s]}}
      outputs: [auc, peak, time_to_peak]
      """,
      scenario: """
        drug: morphine
        catheter: {tip: L3}
        program: [{at: 30 min, bolus: 0.25 mg}]
        output: {every: \(every), until: 24 h, at: [tip, cranial]}
        """)
    try study.run("a.nc")
    let reader = try NetCDFReader(path: study.folder.file("a.nc"))
    let (auc, peak) = (try #require(try reader.numbers("auc")), try #require(try reader.numbers("peak")))
    let when = try #require(try reader.numbers("time_to_peak"))
    #expect(abs(auc[0] - 16_591) < 0.5, "\(auc[0])")
    #expect(abs(peak[0] - 15_397) < 0.002 * 15_397 && when[0] == 0.5, "\(peak[0]) at \(when[0])")
    #expect(when[1] > 0.6 && when[1] < 12)
  }

  /// Every parameter, form of site and programme, drawn anew for each seed: the file holds what each sample gives by
  /// itself.
  @Test(arguments: 0..<12 as Range<UInt64>)
  func `of every sample of a random specification`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let drawn = RandomSpecification(using: &random)
    let study = Study(drawn.specification, scenario: drawn.scenario)
    let summary = try study.run("r.nc")
    let reader = try NetCDFReader(path: study.folder.file("r.nc"))
    let csf = try #require(try reader.numbers("csf"))
    let steady = try #require(try reader.numbers("steady"))
    let peak = try #require(try reader.numbers("peak"))
    let failures = try #require(try reader.texts("failure"))
    let base = try SimulationScenario(yaml: drawn.scenario, file: "s")
    let sites = base.input.sites.count
    let rows = csf.count / sites / summary.samples
    for k in 0..<summary.samples {
      var values: [String: Double] = [:]
      for key in drawn.keys {
        values[key] = try #require(try reader.numbers(drawn.variable(key)))[k]
      }
      guard let alone = try? drawn.simulation(base, values) else {
        #expect(!failures[k].isEmpty)
        continue
      }
      #expect(failures[k].isEmpty)
      let levels = try alone.run().concentrations_ng_per_mL
      let held = try alone.steadyState().concentrations_ng_per_mL
      for s in 0..<sites {
        let largest = max(try #require(levels[s].max()), peak[k * sites + s])
        for t in 0..<rows { #expect(abs(csf[(k * rows + t) * sites + s] - levels[s][t]) <= 1e-8 * largest) }
        #expect(abs(steady[k * sites + s] - held[s][0]) <= 1e-8 * held[s][0])
        let shown = try #require(levels[s].max())
        #expect(peak[k * sites + s] >= shown * (1 - 1e-8))
      }
    }
  }

  @Test func `the error bound holds what the cells cost`() throws {
    for cells in [20, 60, 200] {
      func levels(_ cells: Int) throws -> SimulationResult {
        let yaml = smallScenario.replacing("cells: 60", "cells: \(cells)")
        return try Simulation(SimulationScenario(yaml: yaml, file: "s")).run()
      }
      let (coarse, fine) = (try levels(cells), try levels(1_600))
      let worst = coarse.concentrations_ng_per_mL.indices.map { s in
        let (a, b) = (coarse.concentrations_ng_per_mL[s], fine.concentrations_ng_per_mL[s])
        return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / (b.max() ?? 1)
      }.max()
      let error = try #require(worst)
      #expect(
        coarse.errorBound >= error && coarse.errorBound < 20 * error,
        "\(cells): \(coarse.errorBound), \(error)")
    }
  }
}

extension String {
  /// The text with another piece in the place of one.
  func replacing(_ piece: String, _ other: String) -> String {
    var parts: [Substring] = []
    var rest = self[...]
    while let range = rest.firstRange(of: piece) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return (parts + [rest]).joined(separator: other)
  }
}
