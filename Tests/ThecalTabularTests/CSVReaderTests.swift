import Testing

@testable import ThecalTabular

@Suite struct `Reading RFC 4180` {
  /// The documents of RFC 4180, section 2, rules 1 to 7, each behind a header.
  static let corpus: [(String, [[String]])] = [
    ("h,i,j\r\naaa,bbb,ccc\r\nzzz,yyy,xxx\r\n", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("h,i,j\r\naaa,bbb,ccc\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    ("h,i,j\r\n\"aaa\",\"bbb\",\"ccc\"\r\nzzz,yyy,xxx", [["aaa", "bbb", "ccc"], ["zzz", "yyy", "xxx"]]),
    (
      "h,i,j\r\n\"aaa\",\"b\r\nbb\",\"ccc\"\r\nzzz,yyy,xxx",
      [["aaa", "b\r\nbb", "ccc"], ["zzz", "yyy", "xxx"]]
    ),
    ("h,i,j\r\n\"aaa\",\"b\"\"bb\",\"ccc\"", [["aaa", "b\"bb", "ccc"]]),
    ("h,i\n,\n\"\",\"\"\n", [["", ""], ["", ""]]),
    ("h\n\"\"\n", [[""]]),
    ("h,i\n\"\"\"\"\"\",\",\"\n", [["\"\"", ","]]),
  ]

  @Test(arguments: corpus)
  func `every rule has its document`(document: String, rows: [[String]]) throws {
    #expect(try fields(document) == rows)
  }

  @Test(arguments: ["\n", "\r\n", "\r"])
  func `rows end with any line break`(lineBreak: String) throws {
    let rows = try parse(Array(["a,b", "1,2", "", "3,4"].joined(separator: lineBreak).utf8))
    #expect(
      rows == [
        ParsedRow(line: 1, fields: ["a", "b"]), ParsedRow(line: 2, fields: ["1", "2"]),
        ParsedRow(line: 4, fields: ["3", "4"]),
      ])
  }

  @Test func `rows with too few or too many fields keep their own count`() throws {
    #expect(try fields("a,b\n1\n1,2,3\n") == [["1"], ["1", "2", "3"]])
  }

  @Test func `blanks around unquoted fields are dropped and inside quotes kept`() throws {
    #expect(try fields("a,b,c\n x , \" y \" ,\t\n") == [["x", " y ", ""]])
  }

  @Test func `a quote inside an unquoted field is a character`() throws {
    #expect(try fields("a,b\n5\" catheter,2\n") == [["5\" catheter", "2"]])
  }

  @Test func `a missing column reads as empty`() throws {
    var reader = try CSVReader(bytes: Array("a,b\n1\n".utf8))
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 9))
    #expect(batch.range(row: 0, column: 1).isEmpty && batch.string(row: 0, column: 7) == "")
  }

  @Test func `a row of commas is blank`() throws {
    var reader = try CSVReader(bytes: Array("a,b\n1,\n,\n,2\n".utf8))
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 9))
    #expect((0..<3).map { batch.isBlank(row: $0) } == [false, true, false])
  }
}

@Suite struct `Reading what spreadsheets write` {
  static let mark: [UInt8] = [0xEF, 0xBB, 0xBF]

  @Test(arguments: [
    ("patient;dose\nP1;1,5\n", UInt8(ascii: ";")), ("patient\tdose\nP1\t1,5\n", UInt8(ascii: "\t")),
    ("sep=;\r\npatient;dose\nP1;1,5\n", UInt8(ascii: ";")),
  ])
  func `the header shows the delimiter`(document: String, delimiter: UInt8) throws {
    let reader = try CSVReader(bytes: Array(document.utf8))
    #expect(reader.delimiter == delimiter && reader.header == ["patient", "dose"])
    #expect(try fields(document) == [["P1", "1,5"]])
  }

  @Test func `semicolons inside quotes do not make a delimiter`() throws {
    let reader = try CSVReader(bytes: Array("\"a;b;c\",d\n1,2\n".utf8))
    #expect(reader.header == ["a;b;c", "d"])
  }

  @Test func `header names lose blanks and keep their letters`() throws {
    let reader = try CSVReader(bytes: Array("\n \u{A0}Patient_ID\u{A0}, \"dose \"\n".utf8))
    #expect(reader.header == ["Patient_ID", "dose"])
    #expect(reader.headerLine == 2)
  }

  @Test(arguments: 0...3, 1...9)
  func `byte order marks vanish at the start and between joined files`(marks: Int, chunk: Int) throws {
    let bytes =
      (0..<marks).flatMap { _ in Self.mark } + Array("\"a\",b\n".utf8) + Self.mark + Array("1,2\n".utf8)
    let rows = try parse(bytes, chunk: chunk)
    #expect(rows.map(\.fields) == [["a", "b"], ["1", "2"]])
  }

  @Test func `a byte order mark inside a row stays`() throws {
    #expect(try fields("a,b\n1,\u{FEFF}2\n") == [["1", "\u{FEFF}2"]])
  }
}

@Suite struct `Refusing what is not a table` {
  static func utf16(_ text: String, bigEndian: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let (high, low) = (UInt8(unit >> 8), UInt8(unit & 255))
      return bigEndian ? [high, low] : [low, high]
    }
  }

  @Test(arguments: [true, false], ["\u{FEFF}a,b\n", "a,b\n"])
  func `UTF-16 is refused with or without a mark`(bigEndian: Bool, text: String) {
    #expect(refusal(Self.utf16(text, bigEndian: bigEndian)) == .utf16(path: "table"))
  }

  @Test(arguments: ["", "\n", " \r\n \n", "\u{FEFF}", "\u{FEFF}\n"])
  func `a file without a header is empty`(text: String) {
    #expect(refusal(Array(text.utf8)) == .noHeader(path: "table"))
  }

  @Test func `a NUL in the header is no text, and in a row the problem of that row`() throws {
    #expect(refusal(Array("a,b\0\n1,2\r\n".utf8)) == .binary(path: "table", line: 1))
    var reader = try CSVReader(bytes: Array("a,b\n1,2\r\n3,\0\n5,6\n".utf8))
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 10))
    #expect((0..<batch.count).map { batch.problems(row: $0) } == [[], .nulByte, []])
  }

  @Test func `a workbook is called by its name`() {
    #expect(refusal([0x50, 0x4B, 3, 4, 20, 0]) == .workbookAsText(path: "table"))
  }

  @Test func `a header with an open quote is refused`() {
    let refused = TabularError.badHeader(path: "table", line: 1, problems: .unclosedQuote)
    #expect(refusal(Array("a,\"b\n1,2\n".utf8)) == refused)
  }

  @Test func `a missing file and a folder are told apart`() {
    #expect(throws: TabularError.notFound(path: "/nowhere/at/all")) {
      _ = try CSVReader(path: "/nowhere/at/all").header
    }
    #expect(throws: TabularError.unreadable(path: "/", code: 21)) { _ = try CSVReader(path: "/").header }
  }
}

@Suite struct `Bad rows spoil themselves only` {
  @Test func `broken UTF-8 is flagged field by field`() throws {
    let bytes = Array("a,b\n1,2\n".utf8) + [0xC3, 0x2C, 0xA9, 0x0A] + Array("é,µ\n".utf8)
    #expect(
      try parse(bytes).dropFirst() == [
        ParsedRow(line: 2, fields: ["1", "2"]),
        ParsedRow(line: 3, fields: ["\u{FFFD}", "\u{FFFD}"], problems: .invalidUTF8),
        ParsedRow(line: 4, fields: ["é", "µ"]),
      ])
  }

  @Test(arguments: 1...40)
  func `a forgotten quote costs the rows up to the next quote`(chunk: Int) throws {
    let text = "a,b\n1,\"x\n2,y\n3,\"z\",w\n4,v\n5,u\n"
    let rows = try parse(Array(text.utf8), chunk: chunk)
    #expect(rows.map(\.line) == [1, 2, 5, 6])
    #expect(rows[1].problems == .strayQuote)
    #expect(rows[2...].allSatisfy { $0.problems.isEmpty })
  }

  @Test(arguments: 1...40)
  func `a quote that never closes names its line`(chunk: Int) throws {
    var limits = CSVLimits()
    limits.chunkBytes = chunk
    var reader = try CSVReader(bytes: Array("a,b\n1,2\n\"3\n3\",\"4\n\n5,6\n".utf8), limits: limits)
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 9))
    #expect(batch.count == 2 && batch.line(row: 1) == 3)
    #expect(batch.problems(row: 1) == .unclosedQuote && batch.unclosedQuoteLine == 4)
    #expect(try !reader.nextBatch(into: &batch, maxRows: 9))
  }

  @Test(arguments: ["", "\""])
  func `a field of ten million bytes costs its row and no memory`(quote: String) throws {
    let field = [UInt8](repeating: UInt8(ascii: "x"), count: 10_000_000)
    let bytes = Array("a,b\n1,\(quote)".utf8) + field + Array("\(quote)\n3,4\n".utf8)
    let rows = try parse(bytes, chunk: 65_536)
    #expect(rows[1] == ParsedRow(line: 2, fields: ["1", ""], problems: .tooLong))
    #expect(rows[2] == ParsedRow(line: 3, fields: ["3", "4"]))
    var reader = try CSVReader(bytes: bytes)
    var batch = RowBatch()
    #expect(try reader.nextBatch(into: &batch, maxRows: 9))
    #expect(batch.bytes.count < 4_000_000)
  }

  @Test func `a row of too many fields keeps the first ones`() throws {
    var limits = CSVLimits()
    limits.rowFields = 3
    let rows = try parse(Array("a,b\n1,2,3,4,5\n6,7\n".utf8), limits: limits, batch: 9)
    #expect(rows[1] == ParsedRow(line: 2, fields: ["1", "2", "3"], problems: .tooLong))
    #expect(rows[2] == ParsedRow(line: 3, fields: ["6", "7"]))
  }
}
