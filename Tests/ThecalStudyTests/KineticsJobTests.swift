import Testing
import ThecalKinetics
import ThecalReports
import ThecalStudy
import _ThecalTestSupport

@Suite struct `Levels from an event table` {
  private func study(_ set: [String] = ["CL=10", "V=50"], model: String = "iv1") throws -> KineticStudy {
    var words = KineticStudy.Words(model: model)
    words.set = set
    return try KineticStudy(words)
  }

  private func table(_ events: String, _ study: KineticStudy) throws -> Table {
    Table(String(decoding: try KineticsJob(study).rows(events: Array(events.utf8)), as: UTF8.self))
  }

  /// 100 mg into 50 L, a fifth of it cleared an hour: 2 e^(−0.2 t) mg/L.
  @Test func `are those of the closed form, a row for each reading, with what passes through`() throws {
    let levels = try table("ID,TIME,AMT,EVID,WARD\nA,0,100,1,x\nA,1,,0,y\nA,5,,0,\"=z\"\n", study())
    #expect(levels.header == ["ID", "TIME", "A1", "CP", "WARD"])
    #expect(
      levels.column("ID") == ["A", "A"] && levels.column("TIME") == ["1", "5"]
        && levels.column("WARD") == ["y", "'=z"])
    for (row, expected) in [2 * 0.818_730_753_08, 2 * 0.367_879_441_17].enumerated() {
      #expect(abs((Double(levels[row, "CP"] ?? "") ?? 0) - expected) < 1e-9)
      #expect(abs((Double(levels[row, "A1"] ?? "") ?? 0) - 50 * expected) < 1e-7)
    }
  }

  @Test func `keep subjects apart, and a number a number`() throws {
    let levels = try table("ID,TIME,AMT,EVID\n1,0,100,1\n1,1,,0\n2,0,200,1\n2,1,,0\n", study())
    let found = levels.column("CP").compactMap { Double($0) }
    #expect(levels.column("ID") == ["1", "2"] && abs(found[1] / found[0] - 2) < 1e-12)
  }

  @Test func `of a population have a row for each person, the same for the same seed`() throws {
    var words = KineticStudy.Words(model: "iv1")
    (words.set, words.omega, words.samples, words.seed) = (["CL=10", "V=50"], ["CL=30 %"], 5, 7)
    let events = "ID,TIME,AMT,EVID\nA,0,100,1\nA,4,,0\n"
    let levels = try table(events, KineticStudy(words))
    #expect(levels.header.contains("SAMPLE") && levels.column("SAMPLE") == ["1", "2", "3", "4", "5"])
    #expect(Set(levels.column("CP")).count == 5)
    #expect(try table(events, KineticStudy(words)).rows == levels.rows)
  }

  @Test(arguments: [
    ("ID,TIME,AMT\nA,0,x\n", "events:2: AMT 'x' is not a number"),
    ("ID,TIME,AMT,EVID\nA,1,1,1\nA,0,,0\n", "events:3: TIME lies before"),
    ("ID,TIME,AMT,EVID\nA,0,,1\n", "events:2: a dose without an amount"),
    ("TIME,AMT\n0,1\n", "there is no column ID"),
    ("ID,TIME,TIME,AMT\nA,0,0,1\n", "two columns TIME"),
    ("ID,TIME,AMT,EVID\nA,0,1,1,5\n", "more cells than the header has"),
    ("ID,TIME,AMT,EVID,CMT\nA,0,1,1,9\n", "CMT 9 is none of the model's compartments"),
    ("ID,TIME,AMT,EVID,ADDL\nA,0,1,1,3\n", "ADDL or SS without II"),
  ]) func `of a table that cannot be followed name the line`(events: String, words: String) {
    let error = #expect(throws: SimulationProblem.self) { try table(events, study()) }
    #expect(error?.exitCode == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test(arguments: [
    ("iv9", ["CL=1"], "model: did you mean"), ("iv1", ["CL"], "is not NAME=VALUE"),
    ("iv1", ["CX=1"], "did you mean"), ("iv1", ["CL=1", "CL=2", "V=1"], "states CL twice"),
    ("iv1", ["CL=1 mg", "V=1"], "CL=1 mg"),
  ]) func `are not computed from words that are no model`(model: String, set: [String], words: String) {
    let error = #expect(throws: SimulationProblem.self) { try study(set, model: model) }
    #expect(error?.exitCode == 64 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `are written whole or not at all`() throws {
    let folder = Folder()
    let events = folder.write("e.csv", "ID,TIME,AMT,EVID\nA,0,100,1\nA,1,,0\nA,2,x,0\n")
    #expect(throws: SimulationProblem.self) {
      try KineticsJob(study()).write(events: events, to: folder.file("l.csv"))
    }
    #expect(folder.names == ["e.csv"])
    let over = #expect(throws: SimulationProblem.self) {
      try KineticsJob(study()).write(events: events, to: events)
    }
    #expect(over?.exitCode == 73)
  }
}
