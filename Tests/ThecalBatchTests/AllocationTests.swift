import Testing
import ThecalConversion
import ThecalDosing
import ThecalReports
import ThecalTabular
import _CThecalAllocationCounter

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
  var encoder = RowEncoder(layout, .csv, engine: "test", data: "test", wording: ClinicalWording())
  var count: UInt64 = 0
  for _ in 0..<2 {  // the first run fills the tables of words and grows the buffers
    let before = thecal_allocation_count_of_thread()
    for row in 0..<batch.count {
      for result in patients.convert(patients.read(batch, rows: row..<row + 1), batch) {
        encoder.write(result, batch)
      }
    }
    count = thecal_allocation_count_of_thread() - before
    _ = encoder.takeBytes()
  }
  return Double(count) / Double(lines.count)
}

/// What was measured without optimization, and a tenth more: 184, 208 and 174. Most of it is short-lived lists and
/// texts that the optimizer keeps on the stack; what a threshold catches is a table that is looked up by name, a
/// number that becomes a text on its way, or a list of findings that grows one by one, each of which comes once more
/// for every row of a million. Whoever lowers the count lowers the threshold.
private enum Threshold {
  static let plain = 203.0
  static let reduced = 229.0
  static let unreadable = 192.0
}

@Test func `the way of a row through the house allocates no more than it did`() throws {
  let plain = try allocationsPerRow((0..<500).map { "P\($0),morphine,oral,\($0 % 90 + 60),mg,bid,30" })
  let reduced = try allocationsPerRow((0..<500).map { "P\($0),oxycodone,oral,\($0 % 90 + 10).5,mg,q6h," })
  let unreadable = try allocationsPerRow((0..<500).map { "P\($0),oxycodone,oral,\($0)O,mg,q6h," })
  #expect(plain > 0 && plain <= Threshold.plain)
  #expect(reduced <= Threshold.reduced)
  #expect(unreadable <= Threshold.unreadable)
}
