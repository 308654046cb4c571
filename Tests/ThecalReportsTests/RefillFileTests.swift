import Testing
import ThecalBatch
import ThecalPump
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalReports

/// A calendar file as RFC 5545 has it: lines unfolded, properties in their components.
private struct ReadCalendar {
  struct Event {
    var properties: [String: String] = [:]
    var alarms: [[String: String]] = []
  }

  private(set) var events: [Event] = []
  private(set) var faults: [String] = []

  init(_ text: String) {
    let bytes = Array(text.utf8)
    if !text.hasSuffix("\r\n") { faults.append("it does not end with CRLF") }
    var line: [UInt8] = []
    var lines: [[UInt8]] = []
    for (place, byte) in bytes.enumerated() {
      if byte == 10 {
        if place == 0 || bytes[place - 1] != 13 { faults.append("a bare line feed") }
        lines.append(line.dropLast())
        line = []
      } else {
        line.append(byte)
      }
    }
    for line in lines where line.count > 75 { faults.append("a line of \(line.count) octets") }
    var whole: [String] = []
    for line in lines {
      guard String(validating: line, as: UTF8.self) != nil else {
        faults.append("a character is cut")
        continue
      }
      // By octets: an accent behind the blank of a fold belongs to the letter before it.
      if line.first == 32 {
        whole[whole.count - 1] += String(decoding: line.dropFirst(), as: UTF8.self)
      } else {
        whole.append(String(decoding: line, as: UTF8.self))
      }
    }
    var open: [String] = []
    var alarm: [String: String] = [:]
    for line in whole {
      let parts = line.split(separator: ":", maxSplits: 1).map(String.init)
      guard parts.count == 2 else {
        faults.append("'\(line)' is no property")
        continue
      }
      switch (parts[0], parts[1]) {
      case ("BEGIN", let name):
        open.append(name)
        if name == "VEVENT" { events.append(Event()) }
        if name == "VALARM" { alarm = [:] }
      case ("END", let name):
        if open.popLast() != name { faults.append("\(name) is not open") }
        if name == "VALARM" { events[events.count - 1].alarms.append(alarm) }
      case (let key, let value) where open.last == "VALARM": alarm[key] = value
      case (let key, let value) where open.last == "VEVENT":
        if events[events.count - 1].properties.updateValue(value, forKey: key) != nil {
          faults.append("\(key) twice")
        }
      default: break
      }
    }
    if !open.isEmpty { faults.append("\(open) are not closed") }
  }

  /// TEXT as it was meant; nil where a sign stands bare that must not.
  static func unescaped(_ text: String) -> String? {
    var (result, isEscaped) = ("", false)
    for scalar in text.unicodeScalars {
      if isEscaped {
        guard ["\\", ",", ";", "n"].contains(scalar) else { return nil }
        result.unicodeScalars.append(scalar == "n" ? "\n" : scalar)
        isEscaped = false
      } else if scalar == "\\" {
        isEscaped = true
      } else {
        guard ![",", ";"].contains(scalar), scalar.value >= 32, scalar.value != 127 else { return nil }
        result.unicodeScalars.append(scalar)
      }
    }
    return isEscaped ? nil : result
  }
}

/// What a patient may be called, and what a calendar makes of it.
private let names: [(name: String, shown: String)] = [
  ("A-17", "A-17"), ("Müller, Anna; \\", "Müller, Anna; \\"), ("two\nlines", "two\nlines"),
  ("two\r\nlines", "two\nlines"),
  ("a,\u{301}b", "a,\u{301}b"), (";\u{20DD}", ";\u{20DD}"), ("\\\u{301}n", "\\\u{301}n"),
  ("\u{2028}x", "\nx"),
  ("bell\u{7}and\u{1B}[2J", "belland[2J"), ("\u{0}", ""),
  ("END:VEVENT\r\nBEGIN:VEVENT", "END:VEVENT\nBEGIN:VEVENT"),
  (String(repeating: "ü", count: 200), String(repeating: "ü", count: 200)),
  ("e" + String(repeating: "\u{301}", count: 90), "e" + String(repeating: "\u{301}", count: 90)),
  (String(repeating: "👩‍👩‍👧‍👦", count: 9), String(repeating: "👩‍👩‍👧‍👦", count: 9)),
]

@Suite struct `A calendar of refills` {
  @Test(arguments: names.indices)
  func `keeps whatever a patient is called a text, in lines that no reader cuts`(index: Int)
    throws
  {
    let (name, shown) = names[index]
    let calendar = ReadCalendar(RefillCalendar([.init(try Sample.refill(), patient: name)]).text)
    #expect(calendar.faults.isEmpty, "\(calendar.faults)")
    #expect(calendar.events.count == 3)
    let summary = try #require(calendar.events[0].properties["SUMMARY"])
    #expect(ReadCalendar.unescaped(summary) == "Pump refill due: \(shown)", "\(summary)")
  }

  /// Filled on 1 January: 84 whole days to the early edge, 95 to the alarm.
  @Test func `has the refill, the early edge and the alarm as whole days`() throws {
    let events = ReadCalendar(RefillCalendar([.init(try Sample.refill())]).text).events
    #expect(
      events.map { $0.properties["SUMMARY"] } == [
        "Pump refill due", "Pump may be empty from today", "Low-reservoir alarm expected",
      ])
    #expect(events.map { $0.properties["DTSTART;VALUE=DATE"] } == ["20260326", "20260326", "20260406"])
    #expect(events.map { $0.properties["DTEND;VALUE=DATE"] } == ["20260327", "20260327", "20260407"])
    #expect(events.allSatisfy { $0.properties["DTSTAMP"] == "20260101T000000Z" })
    #expect(Set(events.compactMap { $0.properties["UID"] }).count == 3)
  }

  @Test func `reminds of the refill alone, and never before the filling`() throws {
    let events = ReadCalendar(RefillCalendar([.init(try Sample.refill())]).text).events
    #expect(events[0].alarms.map { $0["TRIGGER"] } == ["-P30D", "-P14D", "-P7D", "-P3D"])
    #expect(events[0].alarms[0]["DESCRIPTION"] == "Pump refill due in 30 days" && events[1].alarms.isEmpty)
    // 16 mg/day of 10 mg/mL: 38.6 mL at 1.6 mL/day are 21 days for a fast pump.
    let soon = ReadCalendar(RefillCalendar([.init(try Sample.refill("16 mg/day"))]).text).events
    #expect(soon[0].properties["DTSTART;VALUE=DATE"] == "20260122")
    #expect(soon[0].alarms.map { $0["TRIGGER"] } == ["-P14D", "-P7D", "-P3D"])
  }

  @Test func `leaves out what is refused`() throws {
    let calendar = RefillCalendar([.init(try Sample.refill("4 mg/h")), .init(try Sample.refill())])
    #expect(!calendar.isEmpty && ReadCalendar(calendar.text).events.count == 3)
    #expect(RefillCalendar([]).isEmpty && ReadCalendar(RefillCalendar([]).text).faults.isEmpty)
  }
}

@Suite struct `A list of refills` {
  private static let clinic = """
    patient_id,drug,concentration,dose,fill,fill_date,device,alarm_volume
    "=A, 1",morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,SynchroMed II,2 mL
    B,morphine,10 mg/mL,16 mg/day,40 mL,2026-01-01,SynchroMed II,2 mL
    C,morphine,10 mg/mL,4 mg/h,40 mL,2026-01-01,SynchroMed II,2 mL
    D,morphine,10 mg/mL,x,40 mL,2026-01-01,SynchroMed II,2 mL

    """

  private func table(_ asOf: String = "2026-02-01") throws -> RefillListTable {
    RefillListTable(try RefillList(bytes: Array(Self.clinic.utf8), asOf: CalendarDate(reading: asOf)))
  }

  /// B by 22 January, A by 26 March; C and D have no day.
  @Test func `puts the soonest first and those without a day last`() throws {
    let list = Table(try table().csv)
    #expect(list.column("patient_id") == ["B", "'=A, 1", "C", "D"])
    #expect(list.column("refill_by") == ["2026-01-22", "2026-03-26", "", ""])
    #expect(
      list.column("days_left") == ["-10", "53", "", ""]
        && list.column("as_of").allSatisfy { $0 == "2026-02-01" })
    #expect(list.column("status").dropFirst(2).map { $0 } == ["blocked", "error"])
    #expect(list.column("line") == ["3", "2", "4", "5"])
  }

  @Test func `says of a day that has passed that it has`() throws {
    #expect(
      Table(try table().csv)[0, "message"]?.contains("the day to refill, 2026-01-22, has passed.") == true)
    #expect(Table(try table("2026-01-22").csv)[0, "message"]?.contains("has passed") == false)
  }

  @Test func `of a refusal has its reason and no figure`() throws {
    let list = Table(try table().csv)
    for column in ["refill_by", "days_left", "days_empty_early", "limited_by", "flow_mL_per_day"] {
      #expect(list[2, column] == "" && list[3, column] == "", "\(column)")
    }
    #expect(
      list[2, "codes"]?.contains("TYPO_SUSPECTED") == true && list[2, "message"]?.contains("4 mg/day") == true
    )
    #expect(try table().hasRefusals)
  }

  @Test func `is the same as JSON Lines, where an id stays as it is`() throws {
    let (list, lines) = (
      Table(try table().csv), try table().jsonLines.split(separator: "\n").map(String.init)
    )
    #expect(lines.count == 4)
    for (row, line) in lines.enumerated() {
      let answer = try ReadAnswer(line)
      #expect(answer.keys == Set(list.header))
      #expect(answer.codes.joined(separator: ";") == list[row, "codes"])
      for column in ["days_left", "days_empty_early", "flow_mL_per_day", "line"] {
        #expect(answer.number(column) == Double(list[row, column] ?? ""), "\(column)")
      }
      for column in ["refill_by", "device", "message", "status"] {
        #expect((answer.text(column) ?? "") == list[row, column], "\(column)")
      }
    }
    #expect(try ReadAnswer(lines[1]).text("patient_id") == "=A, 1")
  }

  @Test func `as a calendar has each patient by name`() throws {
    let events = ReadCalendar(try table().calendar.text).events
    #expect(
      events.compactMap { $0.properties["SUMMARY"] }.filter { $0.hasPrefix("Pump refill due") } == [
        "Pump refill due: B", "Pump refill due: =A\\, 1",
      ])
  }
}
