import ThecalQuantities
import ThecalTabular
package import ThecalTitration

/// The scales of a diary's scores, which begin at 0.
package enum DiaryScale: Double {
  case pain = 10, ashworth = 4

  /// What a score or a mean of scores can be.
  package var range: ClosedRange<Double> { 0...rawValue }
}

/// A table of scores on its way to a diary. A row that cannot be read is named and spoils no other.
package struct DiaryReader: Sendable {
  /// A row that was not used.
  package struct BadRow: Hashable, Sendable {
    package let line: Int
    package let column: String
    package let message: String
  }

  /// What a column holds.
  enum Column: String, CaseIterable {
    case date, time, pain, ashworth, dose, sideEffect

    /// Names under which a header may speak of it.
    var names: [String] {
      switch self {
      case .date: ["date", "time_stamp", "timestamp", "datetime", "date_time", "day"]
      case .time: ["time", "clock"]
      case .pain: ["pain", "nrs", "vas"]
      case .ashworth: ["ashworth"]
      case .dose: ["dose"]
      case .sideEffect: ["side_effect", "side_effects"]
      }
    }
  }

  package private(set) var entries: [PainDiary.Entry] = []
  package private(set) var bad: [BadRow] = []
  /// Lines that state the same minute as a line before them.
  package private(set) var repeated: [Int] = []
  /// Columns that are not read.
  package private(set) var unknownColumns: [String] = []
  private var places: [Column: Int] = [:]
  private var headerProblem: String?

  /// Reads the table at `path`, or standard input for `-`.
  init(path: String) throws(SimulationProblem) {
    try self.init(named: nameOfInput(path)) { () throws(TabularError) in
      try CSVReader(path: path)
    }
  }

  /// Reads a table in memory, which errors call `name`.
  init(bytes: [UInt8], named name: String) throws(SimulationProblem) {
    try self.init(named: name) { () throws(TabularError) in try CSVReader(bytes: bytes, path: name) }
  }

  private init(
    named name: String, _ open: () throws(TabularError) -> CSVReader
  ) throws(SimulationProblem) {
    do throws(TabularError) {
      var reader = try open()
      if let problem = layOut(reader.header) {
        headerProblem = "\(name):\(reader.headerLine): \(problem)"
      } else {
        try readRows(&reader)
      }
    } catch {
      throw SimulationProblem(error)
    }
    if let headerProblem { throw SimulationProblem(message: headerProblem, exitCode: 65) }
  }

  private mutating func layOut(_ header: [String]) -> String? {
    for (index, name) in header.enumerated() where !name.isEmpty {
      let key = String(name.lowercased().map { $0 == " " || $0 == "-" ? "_" : $0 })
      guard let column = Column.allCases.first(where: { $0.names.contains(key) }) else {
        unknownColumns.append(name)
        continue
      }
      if places.updateValue(index, forKey: column) != nil {
        return "the header names \(column.rawValue) twice"
      }
    }
    if places[.date] == nil { return "the header lacks date; a diary has date and pain or ashworth" }
    if places[.pain] == nil && places[.ashworth] == nil { return "the header lacks pain or ashworth" }
    return nil
  }

  private mutating func readRows(_ reader: inout CSVReader) throws(TabularError) {
    var batch = RowBatch()
    var seen: Set<Int> = []
    while try reader.nextBatch(into: &batch, maxRows: 4_096) {
      for row in 0..<batch.count where !batch.isBlank(row: row) {
        let line = batch.line(row: row)
        let problems = batch.problems(row: row)
        do throws(Refusal) {
          if !problems.isEmpty {
            throw Refusal(column: "", message: "the row \(problems.messages.joined(separator: "; "))")
          }
          let entry = try entry { column in
            places[column].map { batch.string(row: row, column: $0).trimmedBlanks } ?? ""
          }
          entries.append(entry)
          if let minute = entry.minute, !seen.insert(entry.day.dayNumber * 1_440 + minute).inserted {
            repeated.append(line)
          }
        } catch {
          bad.append(BadRow(line: line, column: error.column, message: error.message))
        }
      }
    }
  }

  /// Why a row is not used.
  private struct Refusal: Error {
    let column: String
    let message: String
  }

  private func entry(_ cell: (Column) -> String) throws(Refusal) -> PainDiary.Entry {
    let (day, minute) = try Self.moment(cell(.date), cell(.time))
    let pain = try Self.score(cell(.pain), .pain, on: .pain)
    let ashworth = try Self.score(cell(.ashworth), .ashworth, on: .ashworth)
    let sideEffect = cell(.sideEffect)
    guard pain != nil || ashworth != nil || !sideEffect.isEmpty else {
      throw Refusal(column: "pain", message: "there is no score: write 0 to 10, or take the row out")
    }
    var dose: DoseRate?
    if !cell(.dose).isEmpty {
      do { dose = try DoseRate(reading: cell(.dose)) } catch {
        throw Refusal(
          column: "dose", message: "\(error.explanation); for example \(DoseRateDimension.example)")
      }
      if let read = dose, read < .zero { throw Refusal(column: "dose", message: "a dose is not below zero") }
    }
    return PainDiary.Entry(
      day: day, minute: minute, pain: pain, ashworth: ashworth, dose: dose, sideEffect: sideEffect)
  }

  /// `2026-01-05`, `2026-01-05 08:00`, `2026-01-05T08:00:00`, or day and clock in two columns.
  private static func moment(_ date: String, _ time: String) throws(Refusal) -> (CalendarDate, Int?) {
    let parts = date.split(maxSplits: 1) { $0 == "T" || $0 == "t" || $0 == " " }.map(String.init)
    guard let first = parts.first else { throw Refusal(column: "date", message: "there is no date") }
    let day: CalendarDate
    do { day = try CalendarDate(reading: first) } catch {
      throw Refusal(column: "date", message: "'\(first)' \(error.explanation)")
    }
    guard parts.count < 2 || time.isEmpty else {
      throw Refusal(column: "time", message: "the date '\(date)' has a time already")
    }
    let text = parts.count > 1 ? parts[1].trimmedBlanks : time
    return (day, text.isEmpty ? nil : try minute(text))
  }

  private static func minute(_ text: String) throws(Refusal) -> Int {
    let wrong = Refusal(
      column: "date", message: "'\(text)' is no clock time of the form 08:00, local and without a zone")
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard (2...3).contains(parts.count), parts.allSatisfy({ (1...2).contains($0.count) }),
      parts.dropFirst().allSatisfy({ $0.count == 2 }),
      parts.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } })
    else { throw wrong }
    let numbers = parts.compactMap { Int($0) }
    guard numbers.count == parts.count, numbers[0] < 24, numbers[1] < 60, numbers.last ?? 0 < 60 else {
      throw wrong
    }
    return numbers[0] * 60 + numbers[1]
  }

  private static func score(_ text: String, _ column: Column, on scale: DiaryScale) throws(Refusal) -> Double?
  {
    guard !text.isEmpty else { return nil }
    let number: ExactNumber
    do { number = try NumberReader().read(text, outOf: ExactNumber(scale.rawValue)) } catch {
      throw Refusal(column: column.rawValue, message: "'\(text)' \(error.explanation)")
    }
    guard scale.range.contains(number.double) else {
      throw Refusal(
        column: column.rawValue, message: "\(text) lies outside 0 to \(plainDecimal(scale.rawValue))")
    }
    return number.double
  }
}

extension String {
  fileprivate var trimmedBlanks: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop(while: \.isWhitespace).reversed())
  }
}
