import Testing
import ThecalQuantities
import ThecalReports
import ThecalScenario
import ThecalTitration

@testable import ThecalStudy

/// A cell, the column that is named, and a word of the reason.
private let badCells: [(row: String, column: String, words: String)] = [
  ("2026-01-05,11,", "pain", "11 lies outside 0 to 10"), ("2026-01-05,-0.1,", "pain", "must not be negative"),
  ("2026-01-05,,4.5", "ashworth", "4.5 lies outside 0 to 4"), ("2026-13-05,5,", "date", "2026-13-05"),
  ("2026-01-05 25:00,5,", "date", "no clock time"), ("2026-01-05 08:60,5,", "date", "no clock time"),
  ("2026-01-05 8.00,5,", "date", "no clock time"), ("2026-01-05,bad,", "pain", "'bad'"),
  ("2026-01-05,,", "pain", "there is no score"), (",5,", "date", "there is no date"),
]

@Suite struct `A diary that is read` {
  @Test(arguments: badCells.indices) func `names a cell that it cannot read`(index: Int) throws {
    let bad = badCells[index]
    let reader = try DiaryReader(
      bytes: Array("date,pain,ashworth\n\(bad.row)\n2026-01-06,5,\n".utf8), named: "d")
    #expect(reader.entries.count == 1 && reader.bad.count == 1)
    #expect(reader.bad[0].line == 2 && reader.bad[0].column == bad.column)
    #expect(reader.bad[0].message.contains(bad.words), "\(reader.bad[0].message)")
  }

  @Test(arguments: [
    ("2026-01-05 08:00,5", 480), ("2026-01-05T08:00:30,5", 480), ("2026-01-05,5", nil),
    ("2026-01-05 23:59,5", 1_439),
    ("2026-01-05 0:05,5", 5),
  ])
  func `takes a time in every usual form`(row: String, minute: Int?) throws {
    let reader = try DiaryReader(bytes: Array("Date,NRS\n\(row)\n".utf8), named: "d")
    #expect(reader.bad.isEmpty && reader.entries.map(\.minute) == [minute])
  }

  @Test(arguments: [
    ("pain\n5\n", "lacks date"), ("date\n2026-01-01\n", "lacks pain or ashworth"),
    ("date,pain,NRS\n2026-01-01,5,5\n", "names pain twice"),
  ])
  func `refuses a header that says too little or too much`(text: String, words: String) {
    let error = #expect(throws: SimulationProblem.self) {
      try DiaryReader(bytes: Array(text.utf8), named: "d.csv")
    }
    #expect(error?.exitCode == 65 && error?.message.hasPrefix("d.csv:1: the header") == true)
    #expect(error?.message.contains(words) == true)
  }

  @Test func `knows the same minute again, but only a minute that is stated`() throws {
    let text = "date,pain\n2026-01-01 08:00,5\n2026-01-01 08:00,6\n2026-01-02,5\n2026-01-02,5\n"
    #expect(try DiaryReader(bytes: Array(text.utf8), named: "d").repeated == [3])
  }

  @Test func `as observations holds a day's mean and the dose that is in force`() throws {
    let text =
      "date,pain,dose\n2026-01-01 08:00,8,100 mcg/day\n2026-01-01 20:00,6,\n2026-01-02,5,\n2026-01-04,4,150 mcg/day\n"
    let file = try TitrationFile(
      yaml:
        "drug: morphine\nopioid_tolerant: yes\nindication: noncancer\ntarget: {dose: 0.3 mg/day}\nbaseline: 8\ndiary: d.csv\n",
      named: "p", .init(["d.csv": text]))
    let seen = file.scenario.request.observations
    #expect(seen.map(\.day) == [1, 2, 4] && seen.map(\.pain) == [7, 5, 4])
    #expect(seen.map { $0.dose.value(in: .microgramsPerDay) } == [100, 100, 150])
  }

  @Test(arguments: [
    ("date,pain,dose\n2026-01-01,5,\n", "no dose is stated up to 2026-01-01"),
    ("date,pain,dose\n2026-01-01,x,1 mg/day\n", "d.csv:2: pain"), ("date,pain,dose\n", "the diary is empty"),
  ])
  func `of which half cannot be used is no ground for a dose`(text: String, words: String) {
    let error = #expect(throws: SimulationProblem.self) {
      try TitrationFile(
        yaml: "drug: morphine\ntarget: {dose: 1 mg/day}\nbaseline: 8\ndiary: d.csv\n", named: "p",
        .init(["d.csv": text]))
    }
    #expect(error?.exitCode == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }
}
