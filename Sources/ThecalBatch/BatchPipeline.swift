import Dispatch
import ThecalTabular

/// Reads ahead, hands whole patients to the workers in turn, and writes what they made in the order it came.
///
/// A fixed number of units is under way, so that a slow disk holds the reader up instead of filling memory.
struct BatchPipeline: ~Copyable {
  private var sink: ResultSink
  private let workers: [BatchWorker]
  private let idColumn: Int
  private let rows: Int
  private let run: BatchRun
  private var underWay: [WorkUnit] = []
  private var submitted = 0
  private var written = 0
  private var summary = BatchSummary()

  /// Rows of a unit: enough to make handing over cheap, few enough for two of them to fit a cache.
  private static let unitRows = 4_096

  init(sink: consuming ResultSink, workers: [BatchWorker], idColumn: Int, rows: Int, run: BatchRun) {
    self.sink = sink
    self.workers = workers
    self.idColumn = idColumn
    self.rows = rows
    self.run = run
  }

  /// Converts all that `reader` has and publishes the result.
  consuming func convert(_ reader: consuming CSVReader) throws(BatchProblem) -> BatchSummary {
    var read = RowBatch()
    var unit = WorkUnit()
    while try BatchPipeline.next(&reader, &read) {
      let tail = startOfLastPatient(read, after: unit.batch)
      appendFilled(0..<tail, of: read, to: &unit.batch)
      if tail < read.count {
        // The last patient may go on in the next rows: it waits for them at the head of the next unit.
        if tail > 0 && unit.batch.count >= BatchPipeline.unitRows / 2 { try submit(&unit) }
        appendFilled(tail..<read.count, of: read, to: &unit.batch)
      }
    }
    try submit(&unit)
    while !underWay.isEmpty { try writeOldest() }
    let result = summary
    do { try sink.commit() } catch { throw .file(error) }
    return result
  }

  private static func next(_ reader: inout CSVReader, _ batch: inout RowBatch) throws(BatchProblem) -> Bool {
    do { return try reader.nextBatch(into: &batch, maxRows: unitRows) } catch { throw .file(error) }
  }

  /// The first row of the patient on the last row of `read`: what stands before belongs to whole patients.
  private func startOfLastPatient(_ read: borrowing RowBatch, after unit: borrowing RowBatch) -> Int {
    let last = read.bytes[read.range(row: read.count - 1, column: idColumn)]
    var row = read.count - 1
    while row > 0, read.bytes[read.range(row: row - 1, column: idColumn)].elementsEqual(last) { row -= 1 }
    return row
  }

  /// Copies rows, leaving away those on which no cell is filled.
  private func appendFilled(_ rows: Range<Int>, of read: borrowing RowBatch, to batch: inout RowBatch) {
    var start = rows.lowerBound
    for row in rows where read.isBlank(row: row) {
      batch.append(start..<row, of: read)
      start = row + 1
    }
    batch.append(start..<max(start, rows.upperBound), of: read)
  }

  private mutating func submit(_ unit: inout WorkUnit) throws(BatchProblem) {
    if unit.batch.isEmpty { return }
    let full = unit
    unit = WorkUnit()
    workers[submitted % workers.count].submit(full)
    submitted += 1
    underWay.append(full)
    while underWay.count > 2 * workers.count { try writeOldest() }
  }

  private mutating func writeOldest() throws(BatchProblem) {
    let unit = underWay.removeFirst()
    unit.done.wait()
    do { try sink.write(unit) } catch { throw .file(error) }
    if let visitor = run.visitor { for row in unit.made.results { visitor(row) } }
    summary.append(unit.made.summary)
    written += unit.batch.count
    run.progress?(written, rows)
  }
}
