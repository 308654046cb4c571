import Foundation
import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalScenario
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

@Suite struct `The catalog of tables` {
  private let catalog = TableCatalog(.embedded)

  @Test func `has a line and an entry for each table, and each can be shown`() throws {
    let list = catalog.list
    let lines = list.text.split(separator: "\n")
    #expect(lines.count == catalog.ids.count && Set(catalog.ids).count == catalog.ids.count)
    let answer = try ReadAnswer(list)
    #expect((0..<answer.count("tables")).compactMap { answer.text("tables.\($0).id") } == catalog.ids)
    for (id, line) in zip(catalog.ids, lines) {
      #expect(line.hasPrefix("\(id) "), "\(line)")
      let table = try #require(catalog.table(id))
      #expect(try ReadAnswer(table).text("id") == id && table.text.hasPrefix("\(id), version "))
      #expect(Reading.faults(table.text).isEmpty, "\(id): \(Reading.faults(table.text))")
    }
    #expect(catalog.table("none") == nil)
  }

  /// CDC 2022: oxycodone 1.5, hydromorphone 5, a patch of fentanyl 2.4 for each mcg/h.
  @Test(arguments: [
    ("oxycodone", "oral", 1.5), ("hydromorphone", "oral", 5), ("fentanyl", "transdermal", 2.4),
    ("codeine", "oral", 0.15),
  ])
  func `shows the factors as published`(drug: String, route: String, factor: Double) throws {
    let answer = try ReadAnswer(#require(catalog.table("cdc_2022")))
    let row = try #require(
      (0..<answer.count("rows")).first {
        answer.text("rows.\($0).drug") == drug && answer.text("rows.\($0).route") == route
      })
    #expect(answer.number("rows.\(row).factor") == factor && answer.text("rows.\(row).source") == "cdc2022")
    #expect(answer.text("rows.\(row).rule")?.hasPrefix("x \(ExactNumber(factor).plainText) per ") == true)
  }

  @Test func `says what a ratio is for`() throws {
    let leaflet = try ReadAnswer(#require(catalog.table("leaflet_300")))
    #expect(
      leaflet.number("mid") == 300 && leaflet.flag("for_starting") == true
        && leaflet.flag("range_only") == false)
    let french = try ReadAnswer(#require(catalog.table("label_fr")))
    #expect(
      french.isNull("mid") && french.flag("range_only") == true && french.number("low") == 50
        && french.number("high") == 200)
    #expect(try ReadAnswer(#require(catalog.table("japan_2023"))).flag("for_starting") == false)
    #expect(catalog.list.text.contains("not for starting"))
  }

  @Test func `names a table on the day after its review and not before`() throws {
    let table = try #require(Formulary.embedded.oralEquivalents("cdc_2022"))
    let day = try CalendarDate(reading: table.reviewBy)
    let line = "cdc_2022 was to be reviewed by \(table.reviewBy)"
    #expect(TableCatalog.overdue(table) == line)
    #expect(!Formulary.embedded.overdueTables(on: day).contains(table))
    #expect(Formulary.embedded.overdueTables(on: day + 1).contains(table))
  }
}

@Suite struct `A source in words` {
  @Test func `has authors, year, title and how much of it was read`() throws {
    for source in Formulary.embedded.sources {
      let text = SourceText(source).text
      #expect(text.hasPrefix("[\(source.id)] ") && text.contains(source.title), "\(source.id)")
      #expect(
        !text.contains("[\(source.id)]  ") && !text.contains("()") && !text.contains("\n  \n"), "\(text)")
      #expect(text.contains("read"), "\(source.id)")
    }
    #expect(Formulary.embedded.sources.count > 100)
  }

  @Test func `is the same for programs, null where nothing is known`() throws {
    for source in Formulary.embedded.sources.prefix(60) {
      let answer = try ReadAnswer(SourceText(source).json)
      #expect(answer.text("id") == source.id && answer.texts("authors") == source.authors)
      #expect(answer.number("year") == source.year.map { Double($0) } && answer.text("doi") == source.doi)
      for key in ["year", "journal", "doi", "pmid", "url", "note"] { #expect(answer.has(key), "\(key)") }
      #expect(["primary", "abstract", "secondary", "none"].contains(answer.text("read")))
    }
  }
}

@Suite struct `The check of the data` {
  private let check = DataCheck(Formulary.embedded.check(), version: Formulary.embedded.version)

  @Test func `of what is compiled in finds no error, and counts what nobody compared`() throws {
    #expect(!check.hasErrors && check.answer.status == .ok)
    let (short, long) = (check.text(namingUnverified: false), check.text(namingUnverified: true))
    let total = try #require(
      short.firstMatch(of: #/; (\d+) figures not compared with their source$/#).flatMap { Int($0.1) })
    let byFile = short.matches(of: #/(?m)^(\d+) unverified in /#).compactMap { Int($0.1) }
    #expect(byFile.reduce(0, +) == total && total > 0)
    #expect(long.split(separator: "\n").count { $0.hasPrefix("unverified: ") } == total)
    #expect(
      short.contains("data \(Formulary.embedded.version): intact, every figure with a source and its place"))
  }

  @Test func `is a list for programs`() throws {
    let answer = try ReadAnswer(check.answer)
    #expect(answer.text("data") == Formulary.embedded.version && answer.count("findings") > 0)
    for key in ["severity", "file", "place", "message"] {
      #expect(answer.text("findings.0.\(key)") != nil, "\(key)")
    }
    #expect(answer.message.isEmpty)
  }
}

@Suite struct `The check of an installation` {
  private let found: InstallationCheck
  private let check: InstallationReport

  init() {
    found = InstallationCheck(today: CalendarDate(dayNumber: 20_454))
    check = InstallationReport(found, engine: "thecal test")
  }

  @Test func `tries data, tables, algebra, files and plots, and simulates what is known`() throws {
    let answer = try ReadAnswer(check.answer)
    #expect(
      (0..<answer.count("checks")).compactMap { answer.text("checks.\($0).name") } == [
        "data", "tables", "lapack", "netcdf", "gnuplot",
      ])
    #expect(answer.text("checks.2.detail") == "a reference simulation comes out right")
    #expect(
      answer.text("version") == "thecal test" && check.text.hasPrefix("thecal test\nok    data        "))
  }

  @Test func `says of each failure what to do, and only then is an error`() throws {
    let later = InstallationCheck(today: CalendarDate(dayNumber: 60_000))
    let late = InstallationReport(later, engine: "e")
    #expect(later.hasFailures && late.answer.status == .error && late.text.contains("\nFAIL  tables      "))
    #expect(
      late.answer.message.hasPrefix("tables: ") && late.answer.message.contains("check for newer editions"))
    #expect(
      found.hasFailures == (check.answer.status == .error)
        && found.hasFailures == check.text.contains("\nFAIL"))
  }
}

@Suite struct `A candidate of a pump` {
  private func report(_ facts: String) throws -> CandidateReport {
    CandidateReport(
      try CandidateJob(yaml: "indication: noncancer\ndrug: morphine\n\(facts)", named: "c.yaml"))
  }

  @Test func `is weighed item by item, each with who asks for it`() throws {
    let report = try report("positive_trial: 60 %\ninfection: unknown\n")
    let answer = try ReadAnswer(report.answer)
    #expect(answer.status == "review" && answer.codes == ["MISSING_FIELD"] && !report.isBlocked)
    let results = (0..<answer.count("items")).compactMap { answer.text("items.\($0).result") }
    #expect(
      results.count == answer.count("items") && Set(results).isSubset(of: ["met", "not_met", "unknown"]))
    #expect(
      results.count { $0 == "unknown" } == answer.texts("missing").count
        && answer.texts("missing").contains("infection"))
    for item in 0..<answer.count("items") {
      let id = try #require(answer.text("items.\(item).id"))
      #expect(
        report.answer.text.contains("  \(id.replacing("_", with: " ")): ")
          && Formulary.embedded.source(answer.text("items.\(item).source") ?? "") != nil)
    }
    #expect(Reading.faults(report.answer.text).isEmpty, "\(Reading.faults(report.answer.text))")
  }

  @Test func `is refused by what excludes a pump, named before what is met`() throws {
    let report = try report("infection: yes\n")
    let answer = try ReadAnswer(report.answer)
    #expect(
      report.isBlocked && answer.texts("excluding") == ["infection"] && answer.codes.contains("EXCLUDED"))
    let text = report.answer.text
    let (refused, met) = (
      try #require(text.firstRange(of: "\nNot met\n")), try #require(text.firstRange(of: "\nNot known yet\n"))
    )
    #expect(refused.lowerBound < met.lowerBound && text.contains("  infection: yes (must be no)"))
  }

  @Test(arguments: [
    ("infektion: no\n", "c.yaml:3"), ("infection: perhaps\n", "infection"),
    ("positive_trial: 160 %\n", "positive_trial"),
  ])
  func `is not read from what is no fact`(facts: String, words: String) {
    let error = #expect(throws: SimulationProblem.self) { try report(facts) }
    #expect(error?.exitCode == 65 && error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test func `for a drug that must never be there is refused before any question`() throws {
    let error = #expect(throws: SimulationProblem.self) {
      try CandidateJob(yaml: "indication: cancer\ndrug: vincristine\n", named: "c")
    }
    #expect(error?.exitCode == 1)
    let answer = try ReadAnswer(try #require(error).answer)
    #expect(
      answer.status == "blocked" && answer.codes == ["NEVER_INTRATHECAL"] && answer.message == error?.message)
  }
}
