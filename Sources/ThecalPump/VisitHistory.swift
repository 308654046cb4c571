import ThecalQuantities

/// Why a file of visits cannot be used, with the place.
public struct VisitHistoryProblem: Error, Hashable, Sendable {
  /// The line, counted from one.
  public let line: Int
  /// The column by name; empty where the line as a whole is meant.
  public let column: String
  /// What is wrong and what to write, as a sentence.
  public let explanation: String
}

/// Past refill visits from a table of comma-separated text.
///
/// Columns in any order and case: `previous`, `flow`, `days`, `found`, and optionally `extra`; each cell is
/// number + unit (`20 mL`, `0.25 mL/day`), `days` a plain number or a time. Other columns are ignored.
public struct VisitHistory: Sendable {
  /// The visits, in the order of the lines.
  public let visits: [RefillVisit]

  private static let needed = ["previous", "flow", "days", "found"]

  /// Reads `text`.
  ///
  /// - Throws: `VisitHistoryProblem`, for the first cell that cannot be read.
  public init(reading text: String) throws(VisitHistoryProblem) {
    let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
    guard let header = lines.first, !header.isEmpty else {
      throw VisitHistoryProblem(line: 1, column: "", explanation: "The file has no header.")
    }
    let byteOrderMark: Character = "\u{FEFF}"
    let names = VisitHistory.cells(header.filter { $0 != byteOrderMark }).map { $0.lowercased() }
    for name in VisitHistory.needed where !names.contains(name) {
      throw VisitHistoryProblem(
        line: 1, column: name,
        explanation:
          "The column '\(name)' is missing; needed are \(VisitHistory.needed.joined(separator: ", ")).")
    }
    var visits: [RefillVisit] = []
    for (i, line) in lines.enumerated().dropFirst() where !line.allSatisfy(\.isWhitespace) {
      let cells = VisitHistory.cells(line)
      guard cells.count == names.count else {
        throw VisitHistoryProblem(
          line: i + 1, column: "", explanation: "\(cells.count) cells where the header has \(names.count).")
      }
      let row = Dictionary(zip(names, cells)) { first, _ in first }
      visits.append(try VisitHistory.visit(row, line: i + 1))
    }
    guard !visits.isEmpty else {
      throw VisitHistoryProblem(line: 2, column: "", explanation: "The file has no visit.")
    }
    self.visits = visits
  }

  private static func visit(_ row: [String: String], line: Int) throws(VisitHistoryProblem) -> RefillVisit {
    let previous: Volume = try cell("previous", row, line)
    let flow: Flow = try cell("flow", row, line)
    let found: Volume = try cell("found", row, line)
    let extra: Volume = row["extra"].map(\.isEmpty) ?? true ? .zero : try cell("extra", row, line)
    let elapsed: Time
    if let days = try? NumberReader().read(row["days"] ?? "") {
      elapsed = Time(days, .days)
    } else {
      elapsed = try cell("days", row, line)
    }
    guard flow * elapsed + extra > .zero, previous > .zero, found >= .zero, extra >= .zero else {
      throw VisitHistoryProblem(
        line: line, column: "", explanation: "Volumes, flow and time must be above zero.")
    }
    return RefillVisit(previous: previous, flow: flow, elapsed: elapsed, found: found, extra: extra)
  }

  private static func cell<D>(
    _ name: String, _ row: [String: String], _ line: Int
  ) throws(VisitHistoryProblem) -> Quantity<D> {
    do { return try Quantity<D>(reading: row[name] ?? "") } catch {
      throw VisitHistoryProblem(line: line, column: name, explanation: error.explanation + ".")
    }
  }

  /// The cells of a line; quotes around a cell are dropped.
  private static func cells(_ line: String) -> [String] {
    line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
      let trimmed = String(cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
      return trimmed.count >= 2 && trimmed.hasPrefix("\"") && trimmed.hasSuffix("\"")
        ? String(trimmed.dropFirst().dropLast()) : trimmed
    }
  }
}
