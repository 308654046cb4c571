import Testing
import ThecalQuantities
import ThecalSweep
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

/// Sweeps of a small scenario: one for a fan, two for weights, one of which some samples fail.
private struct Swept {
  let folder = Folder()

  private static let scenario = """
    scenario:
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}, {at: 6 h, rate: 1 mg/day}]
      cells: 40
      output: {every: 2 h, until: 12 h, at: [tip, T10, cranial]}

    """
  private static let varied = """
    parameters:
      spinal_fraction: {uniform: {low: 0.05, high: 0.5}}
      loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}

    """

  private static let specs = [
    "fan": "design: {method: sobol, samples: 32}\ndistributions: default\noutputs: [csf]\n",
    "saltelli": "design: {method: saltelli, samples: 64, seed: 1}\n\(varied)outputs: [steady]\n",
    "morris": "design: {method: morris, samples: 8, seed: 1}\n\(varied)outputs: [steady]\n",
    "failing":
      "design: {method: montecarlo, samples: 40, seed: 1}\nparameters: {spinal_fraction: {uniform: {low: 0.5, high: 1.5}}}\noutputs: [csf]\n",
  ]

  /// Where the file of the sweep called `name` lies.
  func file(_ name: String) throws -> String {
    let output = folder.file("\(name).nc")
    folder.write("\(name).yaml", Self.scenario + (Self.specs[name] ?? ""))
    _ = try SweepRun(path: folder.file("\(name).yaml")).write(to: output, engine: "test", SweepRun.Options())
    return output
  }
}

@Suite struct `The report of a fan` {
  private let swept = Swept()

  @Test func `has percentiles that rise, a row for each time and site`() throws {
    let report = try FanReport(ObservedFan(path: swept.file("fan")))
    let folder = Folder()
    try report.write(to: folder.file("f.csv"))
    let table = Table(text(folder.file("f.csv")) ?? "")
    #expect(table.rows.count == 7 * 3)
    #expect(
      table.header == ["time_h", "site"] + ["5", "25", "50", "75", "95"].map { "p\($0)_ng_per_mL" })
    for row in table.rows {
      let values = row.dropFirst(2).compactMap { Double($0) }
      #expect(values.count == 5 && values == values.sorted(), "\(row)")
    }
    let answer = try ReadAnswer(report.answer)
    let middle = (0..<7).map { Double(table[$0 * 3 + 1, "p50_ng_per_mL"] ?? "") }
    #expect(ReadAnswer.same(answer.numbers("sites.1.p50_ng_per_mL"), middle))
    #expect(answer.status == "ok" && answer.message == "0 of 32 samples failed" && !answer.has("compared"))
  }

  /// The median at 4 h lies inside both bands; a thousandth of it in none; what is below the limit is compared with nothing.
  @Test func `counts the measured levels that lie inside`() throws {
    let path = try swept.file("fan")
    let bare = try FanReport(ObservedFan(path: path))
    let middle = try #require(bare.fan.level(site: 1, percentile: 2, at: 4))
    let folder = Folder()
    let points = folder.write(
      "p.csv",
      "time,site,value,below_limit\n4 h,t10,\(middle),\n4,T10,\(middle / 1_000),\n5,tip,1,yes\n900,T10,1,\n")
    let report = try FanReport(ObservedFan(path: path, data: points))
    #expect(try ObservedFan(path: path, data: points).inside == (compared: 2, half: 1, most: 1))
    let answer = try ReadAnswer(report.answer)
    #expect(answer.number("compared") == 2 && answer.number("inside_p25_p75") == 1)
    #expect(answer.message.contains("of 2 measured levels 1 lie between the quartiles and 1 between"))
  }

  @Test func `names the samples that failed`() throws {
    let answer = try ReadAnswer(FanReport(ObservedFan(path: swept.file("failing"))).answer)
    let failed = try #require(answer.number("failed"))
    #expect(failed > 0 && failed < 40 && answer.status == "review" && answer.codes == ["SAMPLES_FAILED"])
    #expect(answer.message == "\(Int(failed)) of 40 samples failed")
  }

  @Test func `of a file that is no sweep is refused`() throws {
    let folder = Folder()
    let error = #expect(throws: SimulationProblem.self) {
      try FanReport(ObservedFan(path: folder.write("x.nc", "no")))
    }
    #expect(error?.exitCode == 65)
  }

  @Test func `draws bands that hold the median, the marks of doses and what was measured`() throws {
    let folder = Folder()
    let points = folder.write("p.csv", "time,site,value,below_limit\n4 h,T10,100,\n6,T10,1,yes\n")
    let report = try FanReport(ObservedFan(path: swept.file("fan"), data: points))
    let script = ReadScript(FanPlot(report: report, kind: "svg").script)
    #expect(script.faults.isEmpty, "\(script.faults)")
    let titles = script.curves.compactMap(\.title)
    #expect(
      titles.contains("median")
        && Set(titles).isSuperset(of: [
          "5 to 95 %", "25 to 75 %", "measured", "below the limit", "bolus", "new rate",
        ]))
    let bands = script.curves.filter { $0.command.contains("filledcurves") && $0.rows.count == 7 }
    #expect(bands.count == 6)
    for band in bands { #expect(band.rows.count == 7 && band.rows.allSatisfy { $0[1] <= $0[2] }) }
    #expect(script.curves.first { $0.title == "measured" && $0.rows == [[4, 100]] } != nil)
    // The drug and the number of samples stand once, over the first panel.
    #expect(
      script.settings("title").count { $0.hasPrefix("'morphine, catheter to L3: tip, 32 samples'") } == 1)
  }
}

@Suite struct `The report of weights` {
  private let swept = Swept()

  private func report(_ name: String) throws -> SensitivityReport {
    SensitivityReport(try SensitivityStudy(path: swept.file(name)))
  }

  @Test func `lists the weightiest parameter first, each with its share and its interval`() throws {
    let report = try report("saltelli")
    let answer = try ReadAnswer(report.answer)
    #expect(
      answer.text("design") == "saltelli" && answer.count("results") == 3 && answer.number("samples") == 256)
    let lines = report.answer.text.split(separator: "\n").map(String.init)
    #expect(
      lines[0].hasPrefix("steady_tip (ng/mL), 64 of 64 base points")
        && lines[1].contains("first order (95 %)"))
    for result in 0..<3 {
      for weight in 0..<2 {
        let path = "results.\(result).weights.\(weight).total"
        let (low, value, high) = (
          answer.number("\(path).low") ?? 1, answer.number("\(path).value") ?? 0,
          answer.number("\(path).high") ?? -1
        )
        #expect(low <= value && value <= high, "\(path)")
      }
      let totals = (0..<2).map { answer.number("results.\(result).weights.\($0).total.value") ?? 0 }
      let names = (0..<2).compactMap { answer.text("results.\(result).weights.\($0).parameter") }
      let first = lines[result * 4 + 2].split(separator: " ").first.map(String.init)
      #expect(first == names[totals[0] >= totals[1] ? 0 : 1], "\(lines[result * 4 + 2])")
    }
  }

  @Test func `of elementary effects has their size, mean and spread`() throws {
    let report = try report("morris")
    let answer = try ReadAnswer(report.answer)
    for key in ["mu_star", "mu", "sigma"] {
      #expect(answer.number("results.0.weights.0.\(key)") != nil, "\(key)")
    }
    #expect(report.answer.text.contains("trajectories") && report.answer.text.contains("mu*"))
    // The size of an effect is at least that of its mean.
    for weight in 0..<2 {
      let (size, mean) = (
        answer.number("results.0.weights.\(weight).mu_star") ?? -1,
        answer.number("results.0.weights.\(weight).mu") ?? 0
      )
      #expect(size >= abs(mean) * (1 - 1e-6))
    }
  }

  @Test func `is drawn with the weightiest on top, from zero`() throws {
    let report = try report("saltelli")
    let script = ReadScript(try report.script(result: "steady_T10", kind: "svg"))
    #expect(script.faults.isEmpty && script.curves.count == 4, "\(script.faults)")
    let weights = script.curves[0].rows
    #expect(weights.map { $0[0] } == [0, 1] && weights[1][1] >= weights[0][1])
    #expect(weights.allSatisfy { $0[2] <= $0[1] && $0[1] <= $0[3] && $0[4] >= 0 })
    #expect(script.settings("title")[0] == "'Weights for steady T10'" && script.curves[3].rows.count == 256)
    let error = #expect(throws: SimulationProblem.self) {
      try report.script(result: "steady_T1", kind: "svg")
    }
    #expect(error?.message == "there is no result 'steady_T1'")
  }
}
