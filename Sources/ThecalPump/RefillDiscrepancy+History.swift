import ThecalQuantities

extension RefillDiscrepancy.History {
  /// Why a file of visits cannot be used, with the place.
  public struct Problem: Error, Hashable, Sendable {
    /// The line, counted from one.
    public let line: Int
    /// The column by name; empty where the line as a whole is meant.
    public let column: String
    /// What is wrong and what to write, as a sentence.
    public let explanation: String
  }
}

extension RefillDiscrepancy {
  /// Past refill visits from a table of comma-separated text.
  ///
  /// Columns in any order and case: `previous`, `flow`, `days`, `found`, and optionally `extra`; each cell is
  /// number + unit (`20 mL`, `0.25 mL/day`), `days` a plain number or a time. Other columns are ignored.
  public struct History: Sendable {
    /// The visits, in the order of the lines.
    public let visits: [RefillDiscrepancy.Visit]

    private static let needed = ["previous", "flow", "days", "found"]

    /// Reads `text`.
    ///
    /// - Throws: `RefillDiscrepancy.History.Problem`, for the first cell that cannot be read.
    public init(reading text: String) throws(RefillDiscrepancy.History.Problem) {
      let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }.map(String.init)
      guard let header = lines.first, !header.isEmpty else {
        throw RefillDiscrepancy.History.Problem(line: 1, column: "", explanation: "The file has no header.")
      }
      let byteOrderMark: Character = "\u{FEFF}"
      let names = RefillDiscrepancy.History.cells(header.filter { $0 != byteOrderMark }).map {
        $0.lowercased()
      }
      for name in RefillDiscrepancy.History.needed where !names.contains(name) {
        throw RefillDiscrepancy.History.Problem(
          line: 1, column: name,
          explanation:
            "The column '\(name)' is missing; needed are \(RefillDiscrepancy.History.needed.joined(separator: ", "))."
        )
      }
      var visits: [RefillDiscrepancy.Visit] = []
      for (i, line) in lines.enumerated().dropFirst() where !line.allSatisfy(\.isWhitespace) {
        let cells = RefillDiscrepancy.History.cells(line)
        guard cells.count == names.count else {
          throw RefillDiscrepancy.History.Problem(
            line: i + 1, column: "", explanation: "\(cells.count) cells where the header has \(names.count).")
        }
        let row = Dictionary(zip(names, cells)) { first, _ in first }
        visits.append(try RefillDiscrepancy.History.visit(row, line: i + 1))
      }
      guard !visits.isEmpty else {
        throw RefillDiscrepancy.History.Problem(line: 2, column: "", explanation: "The file has no visit.")
      }
      self.visits = visits
    }

    private static func visit(_ row: [String: String], line: Int) throws(RefillDiscrepancy.History.Problem)
      -> RefillDiscrepancy.Visit
    {
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
        throw RefillDiscrepancy.History.Problem(
          line: line, column: "", explanation: "Volumes, flow and time must be above zero.")
      }
      return RefillDiscrepancy.Visit(
        previous: previous, flow: flow, elapsed: elapsed, found: found, extra: extra)
    }

    private static func cell<D>(
      _ name: String, _ row: [String: String], _ line: Int
    ) throws(RefillDiscrepancy.History.Problem) -> Quantity<D> {
      do { return try Quantity<D>(reading: row[name] ?? "") } catch {
        throw RefillDiscrepancy.History.Problem(
          line: line, column: name, explanation: error.explanation + ".")
      }
    }

    /// The cells of a line; quotes around a cell are dropped.
    private static func cells(_ line: String) -> [String] {
      line.split(separator: ",", omittingEmptySubsequences: false).map { cell in
        let trimmed = String(
          cell.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
        return trimmed.count >= 2 && trimmed.hasPrefix("\"") && trimmed.hasSuffix("\"")
          ? String(trimmed.dropFirst().dropLast()) : trimmed
      }
    }
  }
}
