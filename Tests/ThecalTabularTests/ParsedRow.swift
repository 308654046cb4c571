@testable import ThecalTabular

/// One row as a test sees it.
struct ParsedRow: Equatable, CustomStringConvertible {
  var line: Int
  var fields: [String]
  var problems: RowProblems = []

  var description: String { "\(line): \(fields) \(problems.rawValue)" }
}

/// The header, then every row of `bytes`, read `chunk` bytes at a time and handed out `batch` rows at a
/// time.
func parse(_ bytes: [UInt8], chunk: Int = 1 << 20, batch: Int = 100) throws(TabularError) -> [ParsedRow] {
  var limits = CSVLimits()
  limits.chunkBytes = chunk
  return try parse(bytes, limits: limits, batch: batch)
}

/// As above, within `limits`.
func parse(_ bytes: [UInt8], limits: CSVLimits, batch maxRows: Int) throws(TabularError) -> [ParsedRow] {
  var reader = try CSVReader(bytes: bytes, limits: limits)
  var rows = [ParsedRow(line: reader.headerLine, fields: reader.header)]
  var batch = RowBatch()
  while try reader.nextBatch(into: &batch, maxRows: maxRows) {
    for row in 0..<batch.count {
      let fields = (0..<batch.fieldCount(row: row)).map { batch.string(row: row, column: $0) }
      rows.append(ParsedRow(line: batch.line(row: row), fields: fields, problems: batch.problems(row: row)))
    }
  }
  return rows
}

/// The fields of every row of `text` after the header.
func fields(_ text: String) throws(TabularError) -> [[String]] {
  try parse(Array(text.utf8)).dropFirst().map(\.fields)
}

/// The error that reading `bytes` ends with.
func refusal(_ bytes: [UInt8]) -> TabularError? {
  do throws(TabularError) {
    _ = try parse(bytes)
    return nil
  } catch { return error }
}
