import Testing
import ThecalDosing
import ThecalPlan
import ThecalQuantities
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

@Suite struct `A plan in words` {
  private func whole() throws -> PlanReport { try #require(Sample.wholePlan) }
  private func refused() throws -> PlanReport { try #require(Sample.refusedPlan) }

  /// 120 MME by 300; a first refill at 0.8 mg/day of 2 mg/mL: 18.6 mL at 0.458 mL/day are 40 whole days.
  @Test func `answers in its first lines`() throws {
    let lines = try whole().text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "Plan for A-17: intrathecal morphine" && lines[1].hasPrefix("Status: REVIEW ("))
    #expect(
      Array(lines[2...5]) == [
        "Start: 0.4 mg/day", "Limit: 20 mg/day", "Filling: 20 mL at 2 mg/mL, SynchroMed II, on 2026-01-05",
        "Refill by: 2026-02-14",
      ])
  }

  @Test func `goes through its parts in the order in which they happen`() throws {
    let titles = try whole().text.split(separator: "\n").filter { $0.hasPrefix("=== ") }.map(String.init)
    #expect(
      titles
        == [
          "Conversion, start and limit", "Filling", "Priming",
          "First refill, at the highest dose of the schedule",
          "First refill, at the first dose", "Titration", "Risks of the first dose, in counts",
          "Oral medicines beside the pump", "Emergency: too much", "Emergency: sudden lack",
          "Label of the syringe",
          "Compounding record, to fill in",
        ].map { "=== \($0) ===" })
  }

  @Test func `says each decision once, though several parts come to it`() throws {
    for report in [try whole(), try refused()] {
      #expect(Set(report.decisions).count == report.decisions.count && !report.decisions.isEmpty)
      #expect(
        Reading.repeated(report.answer.message.replacing(": ", with: "\n")).isEmpty
          || report.decisions.count > 1)
      for begin in ["Rests on figures that nobody has read", "Rests on this project's own cut-offs"] {
        #expect(report.decisions.count { $0.hasPrefix(begin) } <= 1, "\(begin)")
      }
      #expect(report.answer.message == report.decisions.joined(separator: " "))
    }
  }

  @Test func `has nothing empty and no date but as a date`() throws {
    for report in [try whole(), try refused()] {
      #expect(Reading.faults(report.text).isEmpty, "\(Reading.faults(report.text))")
    }
  }

  @Test func `of a refusal has its reason and the emergency card, and no dose anywhere`() throws {
    let report = try refused()
    let (text, page) = (report.text, ReadPage(try report.html(engine: "e")))
    #expect(page.faults.isEmpty, "\(page.faults)")
    for shown in [text, page.text] {
      #expect(shown.contains("No dose is derived from methadone.") && shown.contains("naloxone"))
      #expect(!shown.contains("mg/day") && !shown.contains("mL/day") && !shown.contains("mg/mL"))
      for word in ["Start:", "Refill by", "Label", "Compounding", "Stop rules"] {
        #expect(!shown.contains(word), "\(word)")
      }
    }
    let answer = try ReadAnswer(report.answer)
    for part in ["conversion", "compound"] {
      #expect(answer.status == "blocked" && answer.text("\(part).status") != nil)
      #expect(!answer.has("\(part).drugs") && !answer.has("\(part).start"))
    }
  }

  @Test func `labels the syringe with route, patient, strength, volume and pump`() throws {
    #expect(
      try whole().label.prefix(5).map { $0 } == [
        "FOR INTRATHECAL USE ONLY", "Patient: A-17", "morphine 2 mg/mL",
        "20 mL in preservative-free 0.9 % saline",
        "Pump: SynchroMed II",
      ])
    let answer = try ReadAnswer(whole().answer)
    #expect(answer.text("label.route") == "intrathecal" && answer.number("label.volume_mL") == 20)
    #expect(answer.texts("label.strength") == ["2 mg/mL"] && answer.text("label.fill_date") == "2026-01-05")
    #expect(answer.texts("record.to_fill_in").count == 9)
    #expect(answer.texts("signatures") == ["computed by", "checked independently by"])
  }

  @Test func `tells what becomes of the medicines by mouth`() throws {
    let yaml = WrittenFile.patient(
      medications: "[{take: morphine oral 60 mg bid, wean: {by: 50 %, every: 2 day, from: 1 day}}]")
    let report = try Sample.plan(yaml)
    #expect(
      report.weaningRows.map(\.day).first == "0"
        && report.weaningRows.first?.medicine == "morphine oral 120 mg/day")
    #expect(report.weaningLines.contains("day 1: morphine oral 60 mg/day"))
    let answer = try ReadAnswer(report.answer)
    #expect(answer.text("weaning.medications.0.take") == "morphine oral 60 mg q12h")
    #expect(
      answer.number("weaning.medications.0.by_percent") == 50
        && answer.number("weaning.medications.0.every_days") == 2)
    let stopped = try whole().weaningLines
    #expect(stopped.contains("stops at the start: morphine oral 60 mg q12h"))
  }

  @Test func `cites every sentence of its emergency card`() throws {
    let report = try whole()
    for line in report.courseLines + PlanReport.cited(report.plan.emergency?.overdose ?? []) {
      #expect(line.wholeMatch(of: #/.+ \[[a-z0-9_]+(?:, not verified)?\]/#) != nil, "\(line)")
    }
    let answer = try ReadAnswer(report.answer)
    #expect(answer.text("emergency.onset") == "within 24 h" && answer.count("emergency.overdose") >= 1)
    #expect(answer.text("emergency.overdose.0.source") == "duramorph_label_2026")
  }
}

@Suite struct `The page of a plan` {
  private func page() throws -> ReadPage {
    ReadPage(try #require(Sample.wholePlan).html(engine: "thecal test"))
  }

  @Test func `is a page without a fault, with its parts in their order`() throws {
    let page = try page()
    #expect(page.faults.isEmpty, "\(page.faults)")
    var rest = page.headings[...]
    for heading in [
      "Plan for A-17: intrathecal morphine", "To decide", "Good to know", "Facts",
      "Conversion, start and limit", "Filling",
      "Priming", "First refill, at the highest dose of the schedule", "First refill, at the first dose",
      "Titration",
      "Stop rules", "Medicines beside the pump", "Risks of the first dose", "Emergency card: morphine, A-17",
      "Label of the syringe", "Compounding record", "Sources",
    ] {
      let place = try #require(rest.firstIndex(of: heading), "\(heading)")
      rest = rest[(place + 1)...]
    }
  }

  /// 2 mg/mL: 0.4 mg are 0.2 mL; days count from the filling on 5 January.
  @Test func `has a date, a dose and a flow for each change`() throws {
    let rows = try page().table("Day", "Date", "Dose (mg/day)", "Step", "Flow")
    #expect(rows.map { $0[0] } == ["1", "4", "7", "10"])
    #expect(rows.map { $0[1] } == ["2026-01-05", "2026-01-08", "2026-01-11", "2026-01-14"])
    #expect(rows.map { $0[2] } == ["0.4", "0.52", "0.676", "0.8"])
    #expect(rows.map { $0[4] } == ["0.2 mL/day", "0.26 mL/day", "0.338 mL/day", "0.4 mL/day"])
  }

  @Test func `says what to draw up, twice the same`() throws {
    let page = try page()
    #expect(page["morphine 10 mg/mL"]?.hasPrefix("4 mL") == true)
    let record = page.table("Stock", "Draw up", "Vials", "Lot")
    #expect(
      record.map { Array($0.prefix(3)) } == [
        ["morphine 10 mg/mL", "4 mL", "1"], ["preservative-free 0.9 % saline", "16 mL", ""],
      ])
    #expect(record[0].last == "2 mg/mL" && record[0][3].isEmpty && record[0][4].isEmpty)
  }

  @Test func `has the facts that were entered and those that were not`() throws {
    let text = try page().text
    #expect(
      text.contains("Takes: morphine oral 60 mg bid")
        && text.contains("Entered: opioid days 90; age years 54"))
    #expect(text.contains("Not stated: indication, frail,"))
  }

  @Test func `is written whole or not at all, and never over its own file`() throws {
    let folder = Folder()
    let path = folder.write("p.yaml", WrittenFile.patient())
    let report = PlanReport(try PlanJob(path: path, engine: "e", wording: ClinicalWording()))
    let over = #expect(throws: SimulationProblem.self) { try report.writePage(to: path, engine: "e") }
    #expect(over?.exitCode == 73 && text(path) == WrittenFile.patient())
    try report.writePage(to: folder.file("p.html"), engine: "e")
    let page = try report.html(engine: "e")
    #expect(text(folder.file("p.html")) == page)
  }
}
