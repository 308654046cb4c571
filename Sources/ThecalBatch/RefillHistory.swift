public import ThecalPump
import ThecalQuantities
import ThecalTabular

/// Past refill visits from a table.
///
/// Columns in any order and case: `previous`, `flow`, `days`, `found`, and optionally `extra`; each cell is
/// number + unit (`20 mL`, `0.25 mL/day`), `days` a plain number or a time. Other columns are ignored.
public struct RefillHistory: Sendable {
  /// Why a file of visits cannot be used, with the place.
  public struct Problem: Error, Hashable, Sendable {
    /// The line, counted from one.
    public let line: Int
    /// The column by name; empty where the line as a whole is meant.
    public let column: String
    /// What is wrong and what to write, as a sentence.
    public let explanation: String
  }

  /// The visits, in the order of the lines.
  public let visits: [RefillDiscrepancy.Visit]

  private static let needed = ["previous", "flow", "days", "found"]

  /// Reads the file at `path`.
  ///
  /// - Throws: `Problem` for the first cell that cannot be read, `BatchProblem` where the file as a whole cannot.
  public init(path: String) throws {
    let reader = try filing { () throws(TabularError) in try CSVReader(path: path) }
    try self.init(reader)
  }

  /// Reads a table in memory.
  ///
  /// - Throws: `Problem` for the first cell that cannot be read, `BatchProblem` where the table as a whole cannot.
  public init(bytes: [UInt8]) throws {
    let reader = try filing { () throws(TabularError) in try CSVReader(bytes: bytes) }
    try self.init(reader)
  }

  private init(_ opened: consuming CSVReader) throws {
    var reader = opened
    let names = reader.header.map { $0.lowercased() }
    for name in RefillHistory.needed where !names.contains(name) {
      throw Problem(
        line: reader.headerLine, column: name,
        explanation:
          "The column '\(name)' is missing; needed are \(RefillHistory.needed.joined(separator: ", ")).")
    }
    var visits: [RefillDiscrepancy.Visit] = []
    var batch = RowBatch()
    while try reader.nextBatch(into: &batch, maxRows: 1_000) {
      for row in 0..<batch.count {
        let line = batch.line(row: row)
        guard batch.fieldCount(row: row) == names.count else {
          throw Problem(
            line: line, column: "",
            explanation: "\(batch.fieldCount(row: row)) cells where the header has \(names.count).")
        }
        let cells = Dictionary(zip(names, (0..<names.count).map { batch.string(row: row, column: $0) })) {
          a, _ in a
        }
        visits.append(try RefillHistory.visit(cells, line: line))
      }
    }
    guard !visits.isEmpty else {
      throw Problem(line: reader.headerLine, column: "", explanation: "The file has no visit.")
    }
    self.visits = visits
  }

  private static func visit(_ row: [String: String], line: Int) throws(Problem) -> RefillDiscrepancy.Visit {
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
    guard flow >= .zero, elapsed > .zero, flow * elapsed + extra > .zero, previous > .zero, found >= .zero,
      extra >= .zero
    else {
      throw Problem(line: line, column: "", explanation: "Volumes, flow and time must be above zero.")
    }
    return RefillDiscrepancy.Visit(
      previous: previous, flow: flow, elapsed: elapsed, found: found, extra: extra)
  }

  private static func cell<D>(_ name: String, _ row: [String: String], _ line: Int) throws(Problem)
    -> Quantity<D>
  {
    do { return try Quantity<D>(reading: row[name] ?? "") } catch {
      throw Problem(line: line, column: name, explanation: error.explanation + ".")
    }
  }
}
