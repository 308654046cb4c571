import ThecalQuantities

extension RefillPlan {
  /// Days before the refill on which a calendar reminds.
  static let reminders = [30, 14, 7, 3]

  /// The plan as an iCalendar file (RFC 5545): refill day with reminders, alarm day, early-empty day.
  ///
  /// All entries are whole civil days without a time zone. The stamp is the day of the filling, so that
  /// the same plan is the same file. Nil where the plan is refused.
  public var calendar: String? {
    guard let refillBy, let alarmDate, let emptyEarly else { return nil }
    let early = request.date + emptyEarly.wholeDays
    let lines =
      ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Thecal//pump//EN", "CALSCALE:GREGORIAN"]
      + event("refill", "Pump refill due", refillBy, reminders: RefillPlan.reminders)
      + event("early", "Pump may be empty from today", early)
      + event("alarm", "Low-reservoir alarm expected", alarmDate)
      + ["END:VCALENDAR"]
    return lines.map { $0 + "\r\n" }.joined()
  }

  private func event(_ kind: String, _ title: String, _ day: CalendarDate, reminders: [Int] = []) -> [String]
  {
    let alarms = reminders.filter { $0 < day - request.date }.flatMap { days in
      [
        "BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:\(title) in \(days) days", "TRIGGER:-P\(days)D",
        "END:VALARM",
      ]
    }
    return [
      "BEGIN:VEVENT", "UID:\(kind)-\(request.date.compact)-\(day.compact)@thecal",
      "DTSTAMP:\(request.date.compact)T000000Z", "DTSTART;VALUE=DATE:\(day.compact)",
      "DTEND;VALUE=DATE:\((day + 1).compact)", "SUMMARY:\(title)", "TRANSP:TRANSPARENT",
    ] + alarms + ["END:VEVENT"]
  }
}

extension CalendarDate {
  /// The day as `20260131`.
  fileprivate var compact: String { text.filter { $0 != "-" } }
}
