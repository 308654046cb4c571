import Testing
import ThecalBatch
import _ThecalTestSupport

@Test func `the second opinion agrees with the standard`() {
  #expect(SecondSHA256.hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  #expect(SecondSHA256.hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
}

/// Lines with everything that a digest might stumble over: quotes, line ends, formulas, commas, empty cells, no id.
private let awkward = #"""
  patient_id,drug,route,dose,unit,frequency,opioid_days,note,=sum
  A,morphine,oral,60,mg,bid,30,plain,
  =B,oxycodone,oral,20,mg,q6h,30,"two
  lines, and a ""quote""",-1
  "C,3",morphine,oral,"1,500",mg,bid,30,+49 89 1234,@home
  -D,methadone,oral,20,mg,tid,30,é 🧪,
  ,morphine,oral,60,mg,bid,30,,
  F,morphine,oral,60,mg,bid,30,plain,
  F2,morphine,oral,60,mg,bid,30,-plain,x

  """#

@Test(arguments: [false, true])
func `the digest covers the other columns as they are written`(watched: Bool) throws {
  let table = Table(String(decoding: try Batch.convert(Array(awkward.utf8), watched: watched), as: UTF8.self))
  try #require(table.rows.count == 7)
  for row in table.rows.indices {
    let others = table.cells(row, without: ["row_sha256"])
    #expect(table[row, "row_sha256"] == SecondSHA256.hex(others.joined(separator: "\u{1F}")))
  }
}

@Test func `a spreadsheet finds no formula in a result`() throws {
  let table = try Batch.table(awkward)
  #expect(table.column("patient_id") == ["A", "'=B", "C,3", "'-D", "", "F", "F2"])
  #expect(table[1, "'=sum"] == "'-1" || table[1, "=sum"] == "'-1")
  #expect(table[2, "note"] == "'+49 89 1234" && table[2, "=sum"] ?? table[2, "'=sum"] == "'@home")
  #expect(table[6, "note"] == "'-plain")
  for (row, cells) in table.rows.enumerated() {
    for cell in cells {
      #expect(!["=", "+", "-", "@", "\t", "\r"].contains(cell.prefix(1)), "row \(row): \(cell)")
    }
  }
  #expect(!table.header.contains { $0.hasPrefix("=") }, "a header is text like any other")
}

@Test func `JSON Lines and workbooks keep text as it is`() throws {
  let lines = String(decoding: try Batch.convert(Array(awkward.utf8), to: .jsonl), as: UTF8.self)
  #expect(lines.contains(#""patient_id":"=B""#) && lines.contains(#""note":"-plain""#))
  #expect(!lines.contains(#""'="#) && !lines.contains(#""'-"#))
  #expect(lines.contains(#""note":"two\nlines, and a \"quote\"""#))
}
