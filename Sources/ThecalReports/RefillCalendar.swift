import ThecalFormulary
public import ThecalPump
import ThecalQuantities
import ThecalTabular

/// Refill plans as an iCalendar file (RFC 5545): for each pump its refill day with reminders, its alarm day, its early-empty day.
///
/// All entries are whole civil days without a time zone. The stamp is the day of the filling, so that the same plan is the
/// same file; an entry's id comes from everything that the plan was made from, so that two pumps never share one.
public struct RefillCalendar: Sendable {
  /// A pump of the calendar.
  public struct Entry: Sendable {
    /// Whose pump it is; nil where the calendar is one patient's.
    public let patient: String?
    /// When it must be refilled.
    public let plan: RefillPlan

    /// A plan for `patient`.
    public init(_ plan: RefillPlan, patient: String? = nil) {
      self.patient = patient
      self.plan = plan
    }
  }

  /// Days before the refill on which a calendar reminds.
  static let reminders = [30, 14, 7, 3]
  /// The longest line of the format, in bytes.
  private static let longestLine = 75

  private let entries: [Entry]

  /// A calendar of `entries`; plans that are refused have no day and are left out.
  public init(_ entries: [Entry]) { self.entries = entries.filter { $0.plan.refillBy != nil } }

  /// Whether there is no day to write down.
  public var isEmpty: Bool { entries.isEmpty }

  /// The file.
  public var text: String {
    let lines =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Thecal//pump//EN", "CALSCALE:GREGORIAN"]
      + entries.flatMap(RefillCalendar.events) + ["END:VCALENDAR"]
    return lines.map { RefillCalendar.folded($0) + "\r\n" }.joined()
  }

  private static func events(_ entry: Entry) -> [String] {
    let plan = entry.plan
    guard let refillBy = plan.refillBy, let alarm = plan.alarmDate, let early = plan.emptyEarly else {
      return []
    }
    return event(entry, "refill", "Pump refill due", refillBy, reminders: reminders)
      + event(entry, "early", "Pump may be empty from today", plan.request.date + early.wholeDays)
      + event(entry, "alarm", "Low-reservoir alarm expected", alarm)
  }

  private static func event(
    _ entry: Entry, _ kind: String, _ title: String, _ day: CalendarDate, reminders: [Int] = []
  ) -> [String] {
    let filled = entry.plan.request.date
    let alarms = reminders.filter { $0 < day - filled }.flatMap { days in
      [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(title) in \(days) days", "TRIGGER:-P\(days)D",
        "END:VALARM",
      ]
    }
    let summary = entry.patient.map { "\(title): \(escaped($0))" } ?? title
    return [
      "BEGIN:VEVENT", "UID:\(kind)-\(entry.identity)@thecal", "DTSTAMP:\(filled.compact)T000000Z",
      "DTSTART;VALUE=DATE:\(day.compact)", "DTEND;VALUE=DATE:\((day + 1).compact)", "SUMMARY:\(summary)",
      "TRANSP:TRANSPARENT",
    ] + alarms + ["END:VEVENT"]
  }

  /// Text as the format wants it: no bare comma, semicolon, backslash or line end.
  private static func escaped(_ text: String) -> String {
    // By scalars: an accent behind a comma must not hide it. Other signs of control are no text of the format.
    text.replacing("\r\n", with: "\n").unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "\\", ",", ";": result += "\\\(scalar)"
      case let end where Character(end).isNewline: result += "\\n"
      case let control where control.properties.generalCategory == .control: break
      default: result.unicodeScalars.append(scalar)
      }
    }
  }

  /// A line with breaks so that none is longer than the format allows; a scalar is never cut.
  private static func folded(_ line: String) -> String {
    var (result, length) = ("", 0)
    for scalar in line.unicodeScalars {
      let size = UTF8.width(scalar)
      if length + size > longestLine { (result, length) = (result + "\r\n ", 1) }
      result.unicodeScalars.append(scalar)
      length += size
    }
    return result
  }
}

extension RefillCalendar.Entry {
  /// A digest of everything that tells this plan from another.
  fileprivate var identity: String {
    let request = plan.request
    let drugs =
      ([request.drug?.id ?? ""]
        + request.others.flatMap {
          [$0.drug.id, "\($0.concentration.exactValue(in: .milligramsPerMilliliter))"]
        })
    let figures = [
      request.fill.exactValue(in: .milliliters),
      request.concentration.exactValue(in: .milligramsPerMilliliter),
      request.dose.exactValue(in: .milligramsPerDay), request.bolus.exactValue(in: .milligrams),
      request.bolusesPerDay,
      request.alarm?.exactValue(in: .milliliters) ?? .zero,
    ]
    let parts = [patient ?? "", request.device.id, request.date.text] + drugs + figures.map { "\($0)" }
    return String(SHA256Hasher.digest(of: Array(parts.joined(separator: "\u{1F}").utf8)).prefix(24))
  }
}

extension CalendarDate {
  /// The day as `20260131`.
  fileprivate var compact: String { text.filter { $0 != "-" } }
}
