import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// A random table, as rows and as the text of a file that holds them.
private struct RandomDocument {
  var rows: [ParsedRow] = []
  var bytes: [UInt8] = []

  private static let pieces = [
    "x", "60", "mg", "é", "µg", "\u{1F9EA}", " ", ",", ";", "\"", "\n", "\r\n", "\r", "\t", "=", "a b",
  ]

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let lineBreak = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
    var line = 1
    rows.append(ParsedRow(line: 1, fields: ["a", "b", "c"]))
    append("a,b,c" + lineBreak, &line)
    for _ in 0..<Int.random(in: 0...12, using: &random) {
      while Int.random(in: 0..<6, using: &random) == 0 { append(lineBreak, &line) }
      let fields = (0..<Int.random(in: 1...5, using: &random)).map { _ in
        (0..<Int.random(in: 0...4, using: &random)).map { _ in Self.pieces.randomElement(using: &random) ?? ""
        }
        .joined()
      }
      rows.append(ParsedRow(line: line, fields: fields))
      append(fields.map { Self.render($0, alone: fields.count == 1, &random) }.joined(separator: ","), &line)
      append(lineBreak, &line)
    }
    if Bool.random(using: &random) && rows.count > 1 { bytes.removeLast(lineBreak.utf8.count) }
  }

  private mutating func append(_ text: String, _ line: inout Int) {
    bytes.append(contentsOf: text.utf8)
    line += text.count { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
  }

  private static func render(_ field: String, alone: Bool, _ random: inout SeededGenerator) -> String {
    let isPlain = !field.utf8.contains { ",;\"\n\r\t ".utf8.contains($0) } && !(alone && field.isEmpty)
    if isPlain && Bool.random(using: &random) { return field }
    var quoted = "\""
    for scalar in field.unicodeScalars { quoted += scalar == "\"" ? "\"\"" : String(scalar) }
    return quoted + "\""
  }
}

@Suite struct `Whatever the chunk` {
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `a file reads as what was written, lines and all`(seed: UInt64) throws {
    let document = RandomDocument(seed: seed)
    #expect(try parse(document.bytes) == document.rows)
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func `chunks of 1 to 64 bytes give the same rows`(seed: UInt64) throws {
    let document = RandomDocument(seed: seed)
    for chunk in 1...64 {
      #expect(try parse(document.bytes, chunk: chunk, batch: chunk) == document.rows, "chunk \(chunk)")
    }
  }

  /// Bytes without any order, to see that nothing traps and that chunks do not matter for rubbish either.
  @Test(arguments: 0..<400 as Range<UInt64>)
  func `rubbish reads the same in every chunk`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let alphabet: [UInt8] = Array("ab,;\"\"\n\r\t =".utf8) + [0xEF, 0xBB, 0xBF, 0xC3, 0xA9]
    let bytes = (0..<Int.random(in: 0...80, using: &random)).map { _ in
      alphabet.randomElement(using: &random)!
    }
    let whole = Result { () throws(TabularError) in try parse(bytes) }
    for chunk in [1, 2, 3, 5, 8, 13, 64] {
      let pieces = Result { () throws(TabularError) in try parse(bytes, chunk: chunk, batch: 2) }
      #expect(pieces == whole, "chunk \(chunk), \(bytes)")
    }
  }
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `bytes of any kind end in rows or in an error`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let bytes = (0..<Int.random(in: 0...300, using: &random)).map { _ in
      UInt8.random(in: seed % 2 == 0 ? 0...255 : 1...255, using: &random)
    }
    var limits = CSVLimits()
    limits.chunkBytes = 7
    limits.rowBytes = 16
    limits.rowFields = 3
    guard var reader = try? CSVReader(bytes: bytes, encoding: .utf8, limits: limits) else { return }
    var batch = RowBatch()
    var rows = 0
    while (try? reader.nextBatch(into: &batch, maxRows: 64)) == true {
      for row in 0..<batch.count {
        #expect(batch.fieldCount(row: row) > 0 && batch.line(row: row) >= reader.headerLine)
      }
      rows += batch.count
    }
    #expect(rows <= bytes.count)
  }
}
