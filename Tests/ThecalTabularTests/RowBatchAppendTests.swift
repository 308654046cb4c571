import Testing

@testable import ThecalTabular

@Test func `rows copied from batch to batch keep their fields, lines and problems`() throws {
  let text = "a,b\n1,\"two\nlines\"\n,\n3,4,5\n6,\"7"
  var reader = try CSVReader(bytes: Array(text.utf8))
  var (batch, copy) = (RowBatch(), RowBatch())
  var expected: [[String]] = []
  while try reader.nextBatch(into: &batch, maxRows: 2) {
    for row in 0..<batch.count {
      expected.append(
        (0..<batch.fieldCount(row: row)).map { batch.string(row: row, column: $0) } + [
          "\(batch.line(row: row))"
        ])
      copy.append(row..<row + 1, of: batch)
    }
  }
  let copied = (0..<copy.count).map { row in
    (0..<copy.fieldCount(row: row)).map { copy.string(row: row, column: $0) } + ["\(copy.line(row: row))"]
  }
  #expect(copied == expected && copied.count == 4)
  #expect(copy.problems(row: 3).contains(.unclosedQuote) && copy.unclosedQuoteLine != nil)
}
