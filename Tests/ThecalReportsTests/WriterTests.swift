import Foundation
import Testing
import ThecalDosing
import ThecalIntake
import ThecalPump
import ThecalQuantities
import ThecalScenario
import _ThecalTestSupport
import ThecalStudy
import ThecalTabular

@testable import ThecalReports

/// What a stranger may write where a name belongs.
private let hostile = [
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "' onmouseover='x", "&lt;b&gt;",
  "{{#rows}}{{text}}{{/rows}}",
  "{{{patient}}}", "=HYPERLINK(\"http://x\")", "+1", "@SUM(A1)", "a,b;c\"d", "two\nlines",
  "x'; system('id'); '", "`id`",
  "\u{202E}txt", "]]>", "</article></td></table>",
]

private func csvCell(_ text: String) -> String { "\"\(text.replacing("\"", with: "\"\""))\"" }

@Suite struct `Whatever a name says` {
  @Test(arguments: hostile) func `it stays a text of the page and a cell of the table of an intake`(
    name: String
  ) throws {
    let export = Array("MRN,Drug,Sig\n\(csvCell(name)),morphine 15 mg tablet,1 tab bid\n".utf8)
    let page = ReadPage(
      try Sample.intakePage(String(decoding: export, as: UTF8.self), engine: "e"), naming: name)
    #expect(page.faults.isEmpty, "\(page.faults)")
    let folded = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(page.table("Line", "Patient")[0][1] == folded, "\(page.rows)")
    let table = Table(String(decoding: try Sample.table(export).bytes, as: UTF8.self))
    let cell = try #require(table[0, "patient_id"])
    let isFormula = "=+-@\t\r".contains(name.first ?? " ")
    #expect(cell == (isFormula ? "'" + name : name), "\(cell)")
    let json = try Sample.table(export, asJSON: true).bytes
    #expect(try ReadAnswer(String(decoding: json, as: UTF8.self)).text("patient_id") == name)
  }

  @Test(arguments: hostile) func `it stays a text of the page of a batch`(name: String) throws {
    let made = try Sample.batch(
      "\(csvCell(name)),morphine,oral,60,mg,bid,morphine,30",
      "\(csvCell(name + "2")),methadone,oral,60,mg,bid,morphine,30")
    let html = try ConversionReport(made.summary, made.rows, total: 2, engine: name).html
    let page = ReadPage(html, naming: name)
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(page.root.all("article").count == 2 && page.text.contains("0.4 mg/day"))
    let folded = name.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(page.root.all("th").contains { $0.text.hasPrefix(folded) })
  }

  @Test(arguments: hostile) func `it stays a text of a sheet of the pump`(name: String) throws {
    var request = BridgePlan.Request(
      device: PumpDevice(id: "x", name: name),
      strengths: (try Sample.q("500 mcg/mL"), try Sample.q("2000 mcg/mL")),
      doses: (try Sample.q("200 mcg/day"), try Sample.q("200 mcg/day")),
      path: FluidPath(stated: try Sample.q("0.331 mL")))
    request.unit = .micrograms
    let report = BridgePlan(request).report
    let page = ReadPage(try report.html, naming: name)
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(page["Pump"] == name.withEveryMark.split(whereSeparator: \.isWhitespace).joined(separator: " "))
    _ = try ReadAnswer(report.answer)
  }

  @Test(arguments: hostile.filter { !$0.contains("\n") })
  func `it stays a text of a plan, in page, text and object`(name: String) throws {
    let report = try Sample.plan(WrittenFile.patient(id: "'" + name.replacing("'", with: "''") + "'"))
    let page = ReadPage(try report.html(engine: "e"), naming: name)
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(page.headings.first == "Plan for \(name): intrathecal morphine")
    #expect(try ReadAnswer(report.answer).text("patient_id") == name)
  }

  @Test(arguments: hostile) func `it is no command of a picture`(name: String) throws {
    let plain = ReadScript(
      "set title \(quoted: "x")\nplot '-' using 1:2 title \(quoted: "x")\n\(GnuplotScript.data([[1, 2]]))")
    let script = ReadScript(
      "set title \(quoted: name)\nplot '-' using 1:2 title \(quoted: name)\n\(GnuplotScript.data([[1, 2]]))")
    #expect(
      script.faults.isEmpty && script.curves.count == 1 && script.commands.count == plain.commands.count)
    #expect(script.commands[0].filter { $0 == "'" }.count == 2)
  }

  @Test(arguments: hostile) func `it is one string of JSON`(name: String) throws {
    let answer = Answer(
      text: "", message: name, fields: [AnswerField("a", .list([.text(name)]))])
    let read = try ReadAnswer(answer)
    #expect(
      read.message == name && read.codes.isEmpty && read.texts("a") == [name] && !answer.json.contains("\n"))
  }
}

@Suite struct `The page of an intake` {
  private func page(_ rows: String, header: String = "MRN,Drug,Sig") throws -> ReadPage {
    ReadPage(try Sample.intakePage("\(header)\n\(rows)\n", engine: "thecal test"))
  }

  /// Two lines in three are read; the questions among the last are as many as among the first.
  @Test func `has every question, and says how much it leaves out of the rest`() throws {
    let rows = (0..<(IntakePage.limit * 3 / 2 + 300)).map { line in
      "\(line),morphine 15 mg tablet,1 tab bid\(line % 3 == 0 ? " prn" : "")"
    }
    let asked = (rows.count + 2) / 3
    let html = try Sample.intakePage("MRN,Drug,Sig\n" + rows.joined(separator: "\n"), engine: "e")
    #expect(html.ranges(of: #"class="tag ask">ask<"#).count == asked)
    #expect(html.ranges(of: #"class="tag read">read<"#).count == IntakePage.limit)
    #expect(
      html.contains(
        "Every question is shown; of the \(rows.count - asked) that were read or skipped the first \(IntakePage.limit)."
      ))
  }

  @Test func `has what was read beside its source, with the reason of what is asked`() throws {
    let page = try page(
      "1,morphine 15 mg tablet,1 tab bid\n2,oxycodone 5 mg tablet,1 tab q4h prn\n3,lisinopril 10 mg,1 tab daily"
    )
    #expect(page.faults.isEmpty, "\(page.faults)")
    // What is asked stands first, what is skipped last.
    let rows = page.rows.filter { $0.count == 5 && Int($0[0]) != nil }
    try #require(rows.count == 3)
    #expect(rows.map { $0[0] } == ["3", "2", "4"] && rows[1][2].contains("1 tab bid"))
    #expect(rows[1][3] == "read morphine oral 15 mg bid" && rows[2][3].hasPrefix("skip"))
    #expect(rows[0][3].hasPrefix("ask oxyCODONE oral") && rows[0][4].contains("as needed"))
    #expect(page.text.contains("3 medicines: 1 ask 1 read 1 skip"))
  }

  @Test func `names the columns that were not read, and only then`() throws {
    #expect(
      try page("1,morphine 15 mg tablet,1 tab bid,3", header: "MRN,Drug,Sig,Ward").text.contains(
        "not read: Ward;"))
    #expect(try !page("1,morphine 15 mg tablet,1 tab bid").text.contains("not read"))
  }
}

@Suite struct `A file that is written` {
  @Test func `is there whole, or not at all`() throws {
    let folder = Folder()
    try writeWhole([1, 2], to: folder.file("a"))
    #expect(contents(folder.file("a")) == [1, 2] && folder.names == ["a"])
    let none = #expect(throws: SimulationProblem.self) { try writeWhole([1], to: folder.file("none/b")) }
    #expect(none?.exitCode == 73 && folder.names == ["a"])
    let own = #expect(throws: SimulationProblem.self) {
      try writeWhole([3], to: folder.file("a"), inputs: [folder.file("a")])
    }
    #expect(own?.exitCode == 73 && contents(folder.file("a")) == [1, 2])
  }

  @Test(arguments: [("a.png", "png"), ("a.svg", "svg"), ("a.PNG", "svg"), ("png", "svg")])
  func `is a picture of the kind that its name ends in`(name: String, kind: String) {
    #expect(pictureKind(of: name) == kind)
    #expect(
      gnuplotTerminal(kind, width: 10, height: 20, letters: (1, 2)).text.contains(
        kind == "png" ? "pngcairo size 10,20" : "svg size 10,20"))
  }
}
