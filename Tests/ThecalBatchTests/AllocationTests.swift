import Testing
import ThecalConversion
import ThecalTabular
import _ThecalTestSupport

@testable import ThecalBatch

/// Converts the rows of a table in memory on this thread, as a worker does, and counts allocations in a second run.
private func allocationsPerRow(_ lines: [String]) throws -> Double {
  let bytes = Array(([Batch.header] + lines).joined(separator: "\n").utf8)
  var reader = try CSVReader(bytes: bytes)
  let layout = try InputLayout(reader.header)
  var batch = RowBatch()
  #expect(try reader.nextBatch(into: &batch, maxRows: lines.count))
  try #require(batch.count == lines.count)
  var patients = PatientConverter(BatchOptions(), converter: try Converter(), layout: layout, split: [])
  var encoder = RowEncoder(layout, .csv, engine: "test", data: "test")
  var count = 0
  for _ in 0..<2 {  // the first run fills the tables of words and grows the buffers
    count = allocations {
      for row in 0..<batch.count {
        for result in patients.convert(batch, rows: row..<row + 1) { encoder.write(result, batch) }
      }
    }
    _ = encoder.takeBytes()
  }
  return Double(count) / Double(lines.count)
}

/// A row that is converted afresh makes about a dozen short-lived lists and texts: medicines, findings, targets, the
/// echo, the cells and the basis of the start. The thresholds hold what was measured, unoptimized, and a tenth more: a
/// table looked up by name, or a number that becomes a text on its way, adds more than that for every row of a million.
private enum Threshold {
  static let plain = 80.0
  static let reduced = 110.0
  static let unreadable = 140.0
}

@Test func `the way of a row through the house allocates no more than it did`() throws {
  let plain = try allocationsPerRow((0..<500).map { "P\($0),morphine,oral,\($0 % 90 + 60),mg,bid,30" })
  let reduced = try allocationsPerRow((0..<500).map { "P\($0),oxycodone,oral,\($0 % 90 + 10).5,mg,q6h," })
  let unreadable = try allocationsPerRow((0..<500).map { "P\($0),oxycodone,oral,\($0)O,mg,q6h," })
  print("allocations per row: plain \(plain), reduced \(reduced), unreadable \(unreadable)")
  #expect(plain > 0 && plain <= Threshold.plain)
  #expect(reduced <= Threshold.reduced)
  #expect(unreadable <= Threshold.unreadable)
}
