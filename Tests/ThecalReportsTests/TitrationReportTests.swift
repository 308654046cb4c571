import Testing
import ThecalDosing
import ThecalQuantities
import ThecalTitration
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

/// From 100 mcg/day by at most 30 % a day, cut to whole micrograms, to 300: what a label schedule must be.
private let baclofen = [100.0, 130, 169, 219, 284, 300, 300, 300, 300, 300]

@Suite struct `A titration in words` {
  @Test func `says goal, step and limit in one line before the doses`() throws {
    let lines = try Sample.report("baclofen").answer.text.split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "Titration of intrathecal baclofen, spasticity spinal, protocol label")
    #expect(lines[1] == "Status: REVIEW" && lines[2].isEmpty)
    #expect(lines[3] == "Goal 300 mcg/day; steps up to 30 %, once a day; at most 1,000 mcg/day.")
  }

  @Test func `has a row for each day on which the dose changes, and for the last`() throws {
    let lines = try Sample.report("baclofen").answer.text.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.contains("dose (mcg/day)") })
    let rows = lines[(start + 1)...].prefix { $0.hasPrefix("  ") }.map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(rows.map { $0[0] } == ["1", "2", "3", "4", "5", "6", "10"])
    #expect(rows[0][1] == "2026-02-26" && rows[6][1] == "2026-03-07")
    #expect(rows.map { $0[2] } == ["100", "130", "169", "219", "284", "300", "300"])
    // 219/169 and 284/219, to three digits.
    #expect(rows[1][3] == "+30" && rows[3][3] == "+29.6" && rows[4][3] == "+29.7" && rows[6][3] != "0")
    #expect(
      Set(lines[start...(start + rows.count)].map(\.count)).count == 1, "the columns do not end together")
  }

  /// 95 % of 300 is 285: the 284 of day 5 is not there yet.
  @Test func `names the day on which the target is as good as reached`() throws {
    let report = try Sample.report("baclofen")
    #expect(report.answer.text.contains("95 % of the target on day 6."))
    #expect(try ReadAnswer(report.answer).number("days_to_target") == 6)
  }

  @Test func `of a refused plan has a reason, and neither dose nor goal nor rules`() throws {
    let report = try Sample.titration("refused")
    let text = report.answer.text
    #expect(report.isBlocked && text.contains("Status: BLOCKED\n\nNotes\n") && !text.contains("\n\n\n"))
    #expect(text.contains("No start without a screening bolus"))
    for word in ["Goal", "Stop rules", "mcg/day", "95 %"] { #expect(!text.contains(word), "\(word)") }
  }

  @Test func `of scores says what they taught and what may follow, for a prescriber`() throws {
    let report = try Sample.titration("observed")
    let text = report.answer.text
    #expect(text.contains("This patient, from 2 scores") && text.contains("level at half effect"))
    let next = try #require(report.plan.next)
    #expect(
      text.contains(
        "Next: \(report.words(next.low)) to \(report.words(next.high)) from day \(next.day) on, for a prescriber to choose"
      ))
    for reason in next.reasons { #expect(text.contains("  \(reason.text)")) }
  }

  @Test func `puts the slower protocol on lines of eight changes`() throws {
    let report = try Sample.titration("ziconotide")
    // 1.2 by 0.5 every 7 days: 1.7 on day 8 … 4.7 on day 50, 4.8 on day 57.
    let steps = (0...7).map { "day \(1 + 7 * $0): \([1.2, 1.7, 2.2, 2.7, 3.2, 3.7, 4.2, 4.7][$0])" }
    #expect(report.slower[1] == "  " + steps.joined(separator: ", ") && report.slower[2] == "  day 57: 4.8")
    #expect(report.slower[0].hasSuffix("steps up to 0.5 mcg/day, every 7 days (mcdowell2016)."))
    #expect(try Sample.titration("baclofen").slower.isEmpty)
  }

  @Test(arguments: [(0.5, "50 %"), (0.123, "12 %"), (1, "100 %")])
  func `shows relief as a share and risk as a share of patients`(value: Double, shown: String) throws {
    let report = try Sample.titration("morphine")
    #expect(report.shown(effect: value) == shown && report.shown(risk: value) == shown)
    #expect(report.shown(effect: nil) == "-" && report.shown(risk: nil) == "-")
    #expect(report.shown(risk: 0.000_99) == "< 0.1 %" && report.shown(risk: 0.001) == "0.1 %")
  }

  @Test func `shows tone as a score`() throws {
    #expect(try Sample.titration("baclofen").shown(effect: 1.868) == "1.9")
    #expect(try Sample.titration("baclofen").effectTitle == "Ashworth")
    #expect(try Sample.titration("morphine").effectTitle == "relief")
  }
}

@Suite struct `A titration for programs` {
  @Test func `has each day with its dose and step`() throws {
    let answer = try ReadAnswer(Sample.report("baclofen").answer)
    #expect(answer.column("schedule", "day").compactMap(\.self) == (1...10).map(Double.init))
    #expect(answer.column("schedule", "dose").compactMap(\.self) == baclofen)
    #expect(answer.isNull("schedule.0.step_percent") && answer.number("schedule.1.step_percent") == 30)
    #expect(answer.number("schedule.5.step_percent") == 5.633_8)  // 300/284
    #expect(
      answer.text("start_unit") == "mcg/day" && answer.number("start") == 100
        && answer.number("limit") == 1_000)
    #expect(answer.number("goal") == 300 && answer.text("goal_unit") == "mcg/day")
    #expect(
      answer.text("protocol") == "label" && answer.isNull("slow_schedule") && answer.isNull("kkt_residual"))
  }

  /// The screening bolus of 50 mcg lasted 6 h: a day begins with twice as much.
  @Test func `of a refused plan has no number at all`() throws {
    let answer = try ReadAnswer(Sample.report("refused").answer)
    #expect(answer.status == "blocked" && answer.codes.contains("SCREENING_REQUIRED"))
    #expect(answer.count("schedule") == 0)
    for key in ["start", "goal", "days_to_target", "slow_schedule", "next"] {
      #expect(answer.isNull(key), "\(key)")
    }
  }

  @Test func `holds the patient only where scores taught something`() throws {
    let observed = try ReadAnswer(Sample.report("observed").answer)
    #expect(observed.number("patient.scores") == 2)
    let (low, middle, high) = (
      observed.number("patient.ec50_ng_per_mL.low") ?? 0,
      observed.number("patient.ec50_ng_per_mL.estimate") ?? 0,
      observed.number("patient.ec50_ng_per_mL.high") ?? 0
    )
    #expect(0 < low && low < middle && middle < high)
    #expect(observed.number("next.low") ?? 0 <= observed.number("next.high") ?? -1)
    let plain = try ReadAnswer(Sample.report("baclofen").answer)
    #expect(plain.isNull("patient") && plain.isNull("next"))
  }

  @Test func `is the same in table, object and text`() throws {
    for name in ["baclofen", "morphine", "ziconotide", "observed"] {
      let report = try Sample.titration(name)
      let table = Table(String(decoding: report.csv, as: UTF8.self))
      let answer = try ReadAnswer(report.answer)
      #expect(table.rows.count == answer.count("schedule") && table.rows.count == report.plan.days.count)
      for (column, key) in [
        ("day", "day"), ("dose", "dose"), ("step_percent", "step_percent"), ("level_ng_per_mL", "level"),
        ("effect", "effect"), ("risk", "risk"),
      ] {
        #expect(
          ReadAnswer.same(table.column(column).map(Double.init), answer.column("schedule", key)),
          "\(name): \(column)")
      }
      #expect(Set(table.column("unit")) == [report.plan.unit.daily])
      #expect(table.header.contains("slow_dose") == (report.plan.slow != nil))
    }
    #expect(try Sample.titration("refused").csv.filter { $0 == 10 }.count == 1)
  }
}

@Suite struct `The page of a titration` {
  private func page(_ name: String) throws -> ReadPage {
    ReadPage(try Sample.report(name).page(engine: "thecal test"))
  }

  @Test(arguments: [
    "baclofen", "morphine", "ziconotide", "observed", "refused", "infusion", "injection", "screening",
  ])
  func `is a page without a fault`(name: String) throws {
    let page = try page(name)
    #expect(page.faults.isEmpty, "\(page.faults)")
    #expect(page.text.hasSuffix("thecal test. Prescriber, date Second check, date"))
    #expect(Reading.faults(page.text).isEmpty, "\(Reading.faults(page.text))")
  }

  /// 500 mcg/mL: 100 mcg/day are 0.2 mL/day. February of 2026 has 28 days.
  @Test func `has the date, the dose and the flow of every change, and the pump`() throws {
    let page = try page("baclofen")
    let rows = page.table("Day", "Date", "Dose (mcg/day)", "Flow")
    #expect(rows.map { $0[0] } == ["1", "2", "3", "4", "5", "6", "10"])
    #expect(rows.map { $0[2] } == ["100", "130", "169", "219", "284", "300", "300"])
    #expect(
      rows.map { $0[3] } == ["0.2", "0.26", "0.338", "0.438", "0.568", "0.6", "0.6"].map { "\($0) mL/day" })
    #expect(
      rows.map { $0[1] } == [
        "2026-02-26", "2026-02-27", "2026-02-28", "2026-03-01", "2026-03-02", "2026-03-03", "2026-03-07",
      ])
    #expect(page.text.contains("Date of day 1 2026-02-26"))
    let text = try Sample.report("baclofen").answer.text
    #expect(text.contains(" 2026-03-07 ") && text.contains(" date "))
    #expect(page.text.contains("Pump: SynchroMed II, filled with 500 mcg/mL"))
  }

  @Test func `without a strength has no flow, without a next step no heading for one`() throws {
    let page = try page("morphine")
    #expect(page.table("Day", "Dose (mg/day)", "Flow").isEmpty && !page.text.contains("mL/day"))
    // Nobody has said when it begins: the days are numbered, and the date of the first is written in by hand.
    #expect(!page.table("Day", "Dose (mg/day)").isEmpty && page.text.contains("Date of day 1"))
    #expect(
      try !page.text.contains("Date of day 1 2") && !Sample.report("morphine").answer.text.contains(" date "))
    #expect(page.text.contains("Pump: not stated, concentration not stated"))
    #expect(!page.headings.contains { $0.hasPrefix("Next step") } && page.headings.contains("Stop rules"))
    let next = try #require(try Sample.titration("observed").plan.next)
    let observed = try self.page("observed")
    #expect(
      observed.headings.contains { $0.hasPrefix("Next step: ") && $0.hasSuffix(" from day \(next.day) on") })
  }

  @Test func `of a refused plan has its reason and nothing that could be given`() throws {
    let page = try page("refused")
    #expect(page.text.contains("No start without a screening bolus") && page.headings.contains("Notes"))
    #expect(!page.headings.contains("Stop rules") && !page.text.contains("Goal"))
    #expect(page.table("Day", "Date", "Dose (mcg/day)").isEmpty)
  }

  @Test func `cuts a long course and says how much is left`() throws {
    let report = try #require(
      try Sample.report(
        yaml:
          "drug: morphine\nopioid_tolerant: yes\ntarget: {dose: 15 mg/day}\ndays: 200\nprotocol: optimal\n")
        as? TitrationReport)
    let page = ReadPage(try report.page(engine: "e"))
    let rows = page.table("Day", "Dose (mg/day)")
    #expect(rows.count == min(24, report.changes.count))
    let left = report.changes.count - rows.count
    #expect(page.text.contains("\(left) further changes stand in the table.") == (left > 0))
  }
}

@Suite struct `The picture of a titration` {
  private func script(_ name: String) throws -> ReadScript {
    ReadScript(TitrationPlot(report: try Sample.titration(name), kind: "svg").script)
  }

  @Test func `draws every day's dose, level and score, each in a panel of its own`() throws {
    let script = try script("baclofen")
    #expect(script.faults.isEmpty, "\(script.faults)")
    let report = try Sample.titration("baclofen")
    #expect(script.settings("ylabel").count == script.curves.count)
    #expect(script.settings("ylabel")[0] == "'Dose (mcg/day)' offset 1")
    #expect(script.curves[0].rows == zip(1..., baclofen).map { [Double($0), $1] })
    #expect(script.curves[1].rows.map { $0[0] } == script.curves[0].rows.map { $0[0] })
    let levels = report.plan.days.map(\.level)
    for (row, level) in zip(script.curves[1].rows, levels) { #expect(abs(row[1] / level - 1) < 1e-5) }
    #expect(script.settings("ylabel").contains("'Ashworth score' offset 1"))
    #expect(script.settings("xrange") == ["[1:10]"])
    // The axis of time is named once, below the last panel.
    #expect(
      script.settings("xlabel").filter { $0 == "'Day'" }.count == 1
        && script.settings("xlabel").last == "'Day'")
  }

  @Test func `draws the slower protocol beside the course, as far as that goes`() throws {
    let script = try script("ziconotide")
    let slow = try #require(script.curve("slower protocol"))
    #expect(slow.rows.count == 30 && slow.rows[0] == [1, 1.2] && slow.rows[7] == [8, 1.7])
    #expect(script.curve("label")?.rows.count == 30)
    #expect(try self.script("baclofen").curve("slower protocol") == nil)
  }

  @Test func `has no panel for what nothing is known of`() throws {
    // Nobody measured the effect of a level of ziconotide.
    #expect(try script("ziconotide").settings("ylabel").count == 2)
  }

  @Test func `of a refused plan is none`() throws {
    let report = try Sample.report("refused")
    let error = #expect(throws: SimulationProblem.self) { try report.picture("svg") }
    #expect(error?.exitCode == 65 && error?.message == "there is nothing to plot: the plan is refused")
  }

  @Test(arguments: [("p.svg", "<?xml"), ("p.png", "\u{89}PNG")])
  func `is what its name ends in`(name: String, begin: String) throws {
    let folder = Folder()
    try Sample.report("baclofen").plot(to: folder.file(name))
    let bytes = try #require(contents(folder.file(name)))
    #expect(
      bytes.prefix(begin.unicodeScalars.count).elementsEqual(begin.unicodeScalars.map { UInt8($0.value) }))
  }
}
