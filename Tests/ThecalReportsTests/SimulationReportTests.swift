import Foundation
import Testing
import ThecalQuantities
import ThecalTabular
import ThecalTransport
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

@Suite struct `The table of a simulation` {
  @Test func `has a row for each time and a column for each site, and zero before the dose reaches it`()
    throws
  {
    let job = try Sample.simulation()
    let table = Table(String(decoding: job.csv, as: UTF8.self))
    #expect(table.header == ["time_h", "tip_ng_per_mL", "L4_ng_per_mL", "cranial_ng_per_mL"])
    #expect(table.column("time_h").map(Double.init) == (0...8).map { Double($0) * 12 })
    // The instant after a bolus of 0.1 mg: much at the tip, next to nothing far from it.
    #expect(Double(table[0, "tip_ng_per_mL"] ?? "") ?? 0 > 1_000)
    for far in ["L4_ng_per_mL", "cranial_ng_per_mL"] {
      #expect(Double(table[0, far] ?? "") ?? 1 < 1e-3, "\(far)")
    }
    for (column, levels) in zip(table.header.dropFirst(), job.result.concentrations_ng_per_mL) {
      #expect(table.column(column).map(Double.init) == levels.map(Optional.init), "\(column)")
    }
  }

  @Test func `of a rate held for ever is one row after an infinite time`() throws {
    let job = try Sample.simulation(Sample.simulation, isSteady: true)
    let table = Table(String(decoding: job.csv, as: UTF8.self))
    #expect(table.rows.count == 1 && table[0, "time_h"] == "inf")
    // 0.5 mg/day for ever: more than after two days of it, and less than a twentieth more.
    let late = try #require(try Sample.simulation().result.concentrations_ng_per_mL[0].last)
    let held = try #require(Double(table[0, "tip_ng_per_mL"] ?? ""))
    #expect(held > late * 0.999 && held < late * 1.05)
  }

  @Test func `leaves a column without values empty and says why`() throws {
    let job = try Sample.simulation(
      "drug: clonidine\ncatheter: {tip: T10}\nprogram: [{at: 0 h, rate: 100 mcg/day}]\ncells: 40\n"
        + "output: {every: 6 h, until: 12 h, at: [tip, plasma]}\n")
    let table = Table(String(decoding: job.csv, as: UTF8.self))
    #expect(
      table.column("plasma_ng_per_mL").allSatisfy(\.isEmpty) && !table.column("tip_ng_per_mL").contains(""))
    let answer = try ReadAnswer(job.json)
    #expect(answer.isNull("plasma_ng_per_mL") && answer.codes.contains("NO_PLASMA_KINETICS"))
    #expect(
      answer.message.hasPrefix("No plasma kinetics are known for clonidine") && answer.message.hasSuffix("."))
  }

  @Test func `as NetCDF holds the same numbers, its units and the scenario it is of`() throws {
    let folder = Folder()
    let job = try Sample.simulation()
    try job.write(to: folder.file("s.nc"), engine: "thecal test")
    let reader = try NetCDFReader(path: folder.file("s.nc"))
    let levels = try #require(try reader.numbers("csf"))
    let (times, sites) = (job.result.times_h.count, job.result.siteNames.count)
    #expect(levels.count == times * sites)
    for t in 0..<times {
      for s in 0..<sites { #expect(levels[t * sites + s] == job.result.concentrations_ng_per_mL[s][t]) }
    }
    #expect(try reader.numbers("time") == job.result.times_h)
    #expect(reader.schema.attribute("scenario") == .text(Sample.simulation))
    let again = try SimulationJob(path: folder.file("s.nc"))
    #expect(again.csv == job.csv)
  }

  @Test func `from a file that holds no scenario, or is none, is refused with its name`() throws {
    let folder = Folder()
    folder.write("s.nc", "no NetCDF")
    let error = #expect(throws: SimulationProblem.self) { try SimulationJob(path: folder.file("s.nc")) }
    #expect(error?.message.contains("s.nc") == true && error?.exitCode == 65)
    let missing = #expect(throws: SimulationProblem.self) { try SimulationJob(path: folder.file("t.yaml")) }
    #expect(missing?.exitCode == 66)
  }
}

@Suite struct `A simulation for programs` {
  @Test func `has times and levels as lists of one length, and where every microgram is`() throws {
    let job = try Sample.simulation()
    let answer = try ReadAnswer(job.json)
    #expect(answer.numbers("time_h").count == 9 && answer.status == "ok" && answer.text("drug") == "morphine")
    for site in ["tip", "L4", "cranial"] {
      #expect(answer.numbers("\(site)_ng_per_mL").count == 9, "\(site)")
    }
    // 0.1 mg, two days of 0.4 mg and two of 0.5 mg.
    #expect(abs((answer.number("ledger.administered_mcg") ?? 0) - 1_900) < 1e-6)
    let parts = ["csf", "cranial", "tissue", "plasma", "eliminated"].compactMap {
      answer.number("ledger.\($0)_mcg")
    }
    #expect(parts.count == 5 && abs(parts.reduce(0, +) / 1_900 - 1) < 1e-6)
    #expect((answer.number("ledger.largest_defect") ?? 1) < 1e-6)
  }

  @Test func `of a steady state has no times, no areas and one level a site`() throws {
    let answer = try ReadAnswer(Sample.simulation(Sample.simulation, isSteady: true).json)
    #expect(answer.isNull("time_h") && answer.isNull("nca") && answer.numbers("tip_ng_per_mL").count == 1)
    let error = #expect(throws: SimulationProblem.self) {
      try Sample.simulation(Sample.simulation, isSteady: true).writeExposures(to: "/dev/null")
    }
    #expect(error?.exitCode == 64)
  }

  @Test func `joins its warnings as sentences`() throws {
    let job = try Sample.simulation(
      "drug: morphine\ncatheter: {tip: T10}\nprogram: [{at: 0 h, rate: 1 mg/day}, {at: 40 h, bolus: 0.1 mg}, {at: 50 h, bolus: 0.1 mg}]\n"
        + "cells: 40\noutput: {every: 6 h, until: 12 h, at: [tip]}\n")
    let answer = try ReadAnswer(job.json)
    #expect(job.warnings.count == 2 && answer.message == job.warnings.joined(separator: " "))
    #expect(Reading.faults(answer.message).isEmpty && answer.codes == ["DOSE_AFTER_END"])
  }

  /// A bolus that a rate follows: the largest level and its time are those of the first instant at the tip.
  @Test func `has exposures by site, the same in the table`() throws {
    let folder = Folder()
    let job = try Sample.simulation()
    try job.writeExposures(to: folder.file("e.csv"))
    let table = Table(text(folder.file("e.csv")) ?? "")
    let answer = try ReadAnswer(job.json)
    #expect(table.column("site") == ["tip", "L4", "cranial"] && answer.count("nca") == 3)
    for (row, site) in table.column("site").enumerated() {
      #expect(answer.text("nca.\(row).site") == site)
      for column in table.header.dropFirst() {
        #expect(
          ReadAnswer.same([table[row, column].flatMap(Double.init)], [answer.number("nca.\(row).\(column)")]),
          "\(site) \(column)")
      }
    }
    #expect(table[0, "time_to_peak_h"] == "0")
    let (area, mean) = (
      Double(table[1, "auc_ng_h_per_mL"] ?? "") ?? 0, Double(table[1, "average_ng_per_mL"] ?? "") ?? 1
    )
    #expect(abs(area / mean - 96) < 1e-6)  // hours
  }
}

@Suite struct `The picture of a simulation` {
  private func script(_ yaml: String = Sample.simulation) throws -> ReadScript {
    ReadScript(try SimulationPlot(course: try Sample.simulation(yaml).alongCanal(), kind: "svg").script())
  }

  @Test func `has a line for each site, a mark for each dose and a map of the canal`() throws {
    let script = try script()
    #expect(script.faults.isEmpty, "\(script.faults)")
    #expect(script.curves.map(\.title) == ["tip", "L4", "cranial", "bolus", "new rate", nil])
    #expect(script.curve("bolus")?.rows == [[0, 0.97]])
    #expect(script.curve("new rate")?.rows == [[0, 0.97], [48, 0.97]])
    let tip = try #require(script.curve("tip")?.rows)
    #expect(tip.map { $0[0] } == (0...8).map { Double($0) * 12 })
    let map = try #require(script.curves.last)
    #expect(map.rows.count == 120 * 9 && map.command.hasSuffix("with image"))
    #expect(
      script.settings("title")[0] == "'Morphine in CSF'" && script.settings("xlabel").last == "'Time (h)'")
  }

  @Test func `over more than four days counts days`() throws {
    let script = try script(Sample.simulation.replacing("until: 4 day", with: "until: 8 day"))
    #expect(script.settings("xlabel").last == "'Time (days)'" && script.settings("xrange") == ["[0:8]"])
    #expect(script.curve("new rate")?.rows == [[0, 0.97], [2, 0.97]])
  }

  @Test func `of a column without values draws the others`() throws {
    let yaml =
      "drug: clonidine\ncatheter: {tip: T10}\nprogram: [{at: 0 h, rate: 100 mcg/day}]\ncells: 40\noutput: {every: 6 h, until: 12 h, at: [tip, plasma]}\n"
    #expect(try script(yaml).curves.compactMap(\.title) == ["tip", "new rate"])
    let error = #expect(throws: SimulationProblem.self) {
      try script(yaml.replacing("[tip, plasma]", with: "[plasma]"))
    }
    #expect(error?.exitCode == 65)
  }
}

@Suite struct `The axis of levels` {
  /// Thirty-fold is the border: below it one linear axis shows all.
  @Test(arguments: [(29.9, false), (30, true), (1e9, true)])
  func `has decades where levels lie thirty-fold apart`(
    high: Double, isLogarithmic: Bool
  ) {
    let axis = LevelAxis([[0, 1, 1], [0, high, high]])
    #expect(axis.isLogarithmic == isLogarithmic)
    #expect(axis.script.text.hasPrefix("set logscale y;") == isLogarithmic)
  }

  @Test func `looks at peaks and ends, not at the first rise`() {
    #expect(!LevelAxis([[1e-9, 5, 5]]).isLogarithmic && LevelAxis([[100, 50, 1]]).isLogarithmic)
    #expect(!LevelAxis([[0, 0], []]).isLogarithmic && !LevelAxis([]).isLogarithmic)
  }

  @Test func `puts what it has no place for at its lower end, no lower than a ten-thousandth of the peak`() {
    let axis = LevelAxis([[1_000], [0, 1]])
    #expect(axis.shown(0) == 0.5 && axis.shown(2) == 2 && LevelAxis([[1e9], [0, 1]]).shown(0) == 1e5)
    #expect(LevelAxis([[1]]).shown(0) == 0)
  }
}

@Suite struct `Marks of doses` {
  private func marks(_ boluses: [ExactNumber], _ rates: [ExactNumber] = [], until end: Double = 10)
    -> DoseMarks
  {
    DoseMarks(
      DeliverySchedule(
        rates: rates.map { .init(start: Time($0, .hours), rate: DoseRate(1, .milligramsPerDay)) },
        boluses: boluses.map { .init(time: Time($0, .hours), mass: Mass(1, .milligrams)) }), until: end,
      unit: 2)
  }

  @Test func `stand where a dose is given, as far as the picture goes`() {
    let marks = marks([0, 4, 10, 11], [2])
    #expect(marks.data.map(\.text) == ["0 0.97\n2 0.97\n5 0.97\ne", "1 0.97\ne"] && marks.plots.count == 2)
  }

  @Test func `are none where nothing is given`() {
    #expect(marks([]).plots.isEmpty && marks([11]).data.isEmpty && marks([], [20]).plots.isEmpty)
  }

  @Test(arguments: [(60, 60), (61, 31), (600, 60), (1_000, 59)])
  func `are thinned before they run into each other`(
    given: Int, shown: Int
  ) {
    let marks = marks((0..<given).map { ExactNumber($0) }, until: 1_000)
    #expect(marks.data.first?.text.split(separator: "\n").count == shown + 1)
  }
}
