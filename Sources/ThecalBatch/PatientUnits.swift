import ThecalTabular
import ThecalWork

/// The rows of a file, cut between patients: each unit holds whole patients, with the lines behind them that have no id.
struct PatientUnits: ~Copyable {
  private var reader: CSVReader
  private let idColumn: Int
  private var read = RowBatch()
  private var unit = RowBatch()

  /// Rows of a unit: enough to make handing over cheap, few enough for two of them to fit a cache.
  private static let rows = 4_096

  /// Bytes of one patient beyond which a column of another kind was taken for the ids.
  private static let mostBytes = 1 << 28

  /// The patients of `reader`, whose ids stand in `idColumn`.
  init(_ reader: consuming CSVReader, idColumn: Int) {
    self.reader = reader
    self.idColumn = idColumn
  }

  /// The next unit; nil at the end of the file.
  mutating func next() throws(BatchProblem) -> RowBatch? {
    while try readMore() {
      let tail = startOfLastPatient()
      appendFilled(0..<tail)
      if tail > 0 && unit.count >= Self.rows / 2 {
        // The last patient may go on in the next rows: it waits for them at the head of the next unit.
        let full = unit
        unit = RowBatch()
        appendFilled(tail..<read.count)
        return full
      }
      appendFilled(tail..<read.count)
      guard unit.bytes.count <= Self.mostBytes else {
        throw .refused(path: reader.path, reason: "the lines of one patient fill more than 256 MiB")
      }
    }
    if unit.isEmpty { return nil }
    let last = unit
    unit = RowBatch()
    return last
  }

  private mutating func readMore() throws(BatchProblem) -> Bool {
    do { return try reader.nextBatch(into: &read, maxRows: Self.rows) } catch { throw .file(error) }
  }

  /// The first row of the last patient that has an id: what stands before belongs to whole patients.
  private func startOfLastPatient() -> Int {
    var row = read.count - 1
    while row > 0, read.identifier(row: row, column: idColumn).isEmpty { row -= 1 }
    let last = read.identifier(row: row, column: idColumn)
    while row > 0, read.equals(last, read.identifier(row: row - 1, column: idColumn)) { row -= 1 }
    return row
  }

  /// Copies rows, leaving away those on which no cell is filled.
  private mutating func appendFilled(_ rows: Range<Int>) {
    var start = rows.lowerBound
    for row in rows where read.isBlank(row: row) {
      unit.append(start..<row, of: read)
      start = row + 1
    }
    unit.append(start..<max(start, rows.upperBound), of: read)
  }
}

/// Converts units of patients, one after another, on a thread of its own.
final class UnitWorker: Worker {
  private var converter: UnitConverter

  init(_ converter: UnitConverter) { self.converter = converter }

  func work(on batch: RowBatch) -> ConvertedUnit { converter.convert(batch) }
}
