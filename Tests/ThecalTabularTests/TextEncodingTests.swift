import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// Bytes of Windows-1252 and their code points. Source: Unicode Consortium, MAPPINGS/VENDORS/MICSFT/WINDOWS/CP1252.TXT.
private let windows: [(byte: UInt8, scalar: UInt32)] = [
  (0x80, 0x20AC), (0x82, 0x201A), (0x83, 0x0192), (0x84, 0x201E), (0x85, 0x2026), (0x86, 0x2020),
  (0x87, 0x2021), (0x88, 0x02C6), (0x89, 0x2030), (0x8A, 0x0160), (0x8B, 0x2039), (0x8C, 0x0152),
  (0x8E, 0x017D), (0x91, 0x2018), (0x92, 0x2019), (0x93, 0x201C), (0x94, 0x201D), (0x95, 0x2022),
  (0x96, 0x2013), (0x97, 0x2014), (0x98, 0x02DC), (0x99, 0x2122), (0x9A, 0x0161), (0x9B, 0x203A),
  (0x9C, 0x0153), (0x9E, 0x017E), (0x9F, 0x0178), (0xA0, 0x00A0), (0xB5, 0x00B5), (0xE9, 0x00E9),
  (0xFF, 0x00FF),
]

@Suite struct `The characters of a text` {
  @Test(arguments: windows)
  func `of Windows are those of the consortium's table`(byte: UInt8, scalar: UInt32) throws {
    let decoded = try #require(TextEncoding.decode([0x61, byte, 0x62]))
    #expect(decoded.encoding == .windows1252)
    #expect(decoded.text.unicodeScalars.map(\.value) == [0x61, scalar, 0x62])
  }

  @Test(arguments: [0x81, 0x8D, 0x8F, 0x90, 0x9D] as [UInt8])
  func `of no table are no text`(byte: UInt8) {
    #expect(TextEncoding.decode([0x61, byte]) == nil)
  }

  @Test(arguments: ["", "dose 5 µg", "日本 🧪", "a\u{301}"])
  func `in UTF-8 stay what they are, with a mark or without`(text: String) throws {
    for bytes in [Array(text.utf8), [0xEF, 0xBB, 0xBF] + Array(text.utf8)] {
      let decoded = try #require(TextEncoding.decode(bytes))
      #expect(decoded.text == text && decoded.encoding == .utf8)
    }
  }

  @Test func `behind a mark of UTF-8 are never guessed, and a NUL is in no text`() {
    #expect(TextEncoding.decode([0xEF, 0xBB, 0xBF, 0xE9]) == nil)
    #expect(TextEncoding.decode([0xE9, 0]) == nil)
  }
}

@Suite struct `A text that people write` {
  private let folder = Folder()

  private func read(_ bytes: [UInt8]) throws(TabularError) -> TextFile {
    try TextFile(folder.write("text.yaml", bytes))
  }

  @Test func `is read in either encoding`() throws {
    #expect(try read(Array("\u{FEFF}dose: 5 µg".utf8)).text == "dose: 5 µg")
    let old = try read(Array("dose: 5 ".utf8) + [0xB5, 0x67])
    #expect(old.text == "dose: 5 µg" && old.encoding == .windows1252)
    #expect(try read([]).text.isEmpty)
  }

  @Test func `is refused as what it is: UTF-16, no text, another kind of file, none`() {
    let path = folder.file("text.yaml")
    for mark: [UInt8] in [[0xFF, 0xFE], [0xFE, 0xFF]] {
      #expect(throws: TabularError.utf16(path: path)) { try read(mark + [0x61, 0]) }
    }
    #expect(throws: TabularError.notText(path: path)) { try read([0x81, 0]) }
    #expect(throws: TabularError.notFound(path: "/nowhere.yaml")) { try TextFile("/nowhere.yaml") }
    #expect(throws: TabularError.unreadable(path: folder.path, code: EISDIR)) { try TextFile(folder.path) }
  }

  @Test func `may be as long as its limit and no byte longer`() throws {
    let most = [UInt8](repeating: 0x61, count: TextFile.mostBytes)
    #expect(try read(most).text.utf8.count == TextFile.mostBytes)
    #expect(throws: TabularError.tooLong(path: folder.file("text.yaml"), limit: TextFile.mostBytes)) {
      try read(most + [0x61])
    }
  }
}

@Suite struct `Lines of a table` {
  @Test(arguments: [(",", "1,5"), (";", "1,5"), ("\t", "1;5")])
  func `follow a delimiter that Excel's first line declares`(delimiter: String, cell: String) throws {
    let quoted = delimiter == "," ? "\"\(cell)\"" : cell
    let text = "sep=\(delimiter)\r\na\(delimiter)b\r\n\(quoted)\(delimiter)2\r\n"
    var reader = try CSVReader(bytes: Array(text.utf8))
    var batch = RowBatch()
    #expect(reader.header == ["a", "b"] && reader.delimiter == delimiter.utf8.first)
    #expect(try reader.nextBatch(into: &batch, maxRows: 5))
    #expect(batch.string(row: 0, column: 0) == cell && batch.string(row: 0, column: 1) == "2")
    #expect(batch.line(row: 0) == 3)
  }

  @Test func `of Windows are read where their encoding is told`() throws {
    let bytes = Array("drug,dose\n".utf8) + [0xB5] + Array("g,".utf8) + [0x80] + Array("5\n".utf8)
    var reader = try CSVReader(bytes: bytes, encoding: .windows1252)
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 5))
    #expect(batch.string(row: 0, column: 0) == "µg" && batch.string(row: 0, column: 1) == "€5")
    #expect(batch.problems(row: 0).isEmpty && batch.isForeign(row: 0))
  }

  @Test func `say whether they hold anything, and whether more than ASCII`() throws {
    var reader = try CSVReader(bytes: Array("a,b\n,\n\"\",x\né,\n".utf8) + [0xFF, 0x2C, 0x0A])
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 9))
    #expect((0..<4).map { batch.isBlank(row: $0) } == [true, false, false, false])
    #expect((0..<4).map { batch.isForeign(row: $0) } == [false, false, true, false])
    #expect(batch.range(row: 1, column: 7).isEmpty && batch.range(row: 1, column: -1).isEmpty)
    batch.removeAll()
    #expect(batch.isEmpty && batch.unclosedQuoteLine == nil)
  }
}

/// A carriage return at the end of what was read may be half of a line break.
@Test(arguments: -2...2)
func `a line break that a chunk cuts through is one`(offset: Int) throws {
  let chunk = CSVLimits().chunkBytes
  let text = String(repeating: "x", count: chunk - 1 + offset) + "\r\ny\rz"
  var lines = TextLines(bytes: Array(text.utf8), origin: "x")
  var (line, counts): ([UInt8], [Int]) = ([], [])
  while try lines.next(into: &line) { counts.append(line.count) }
  #expect(counts == [chunk + 1 + offset, 2, 1] && lines.line == 3)
}
