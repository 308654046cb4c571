import Testing
import ThecalBatch
import _ThecalTestSupport

private let plain = """
  patient_id,drug,route,dose,unit,frequency,opioid_days
  A,morphine,oral,60,mg,bid,30
  B,oxycodone,oral,20,mg,q6h,30

  """

private func exitCode(_ bytes: [UInt8]) -> (code: Int32, message: String)? {
  let error = #expect(throws: BatchProblem.self) { _ = try Batch.convert(bytes) }
  return error.map { ($0.exitCode, $0.message) }
}

/// The same clinic as other programs save it.
let dialects: [(String, [UInt8])] = [
  ("a byte order mark", [0xEF, 0xBB, 0xBF] + Array(plain.utf8)),
  ("two byte order marks", [0xEF, 0xBB, 0xBF, 0xEF, 0xBB, 0xBF] + Array(plain.utf8)),
  ("CRLF", Array(plain.replacing("\n", with: "\r\n").utf8)),
  ("CR", Array(plain.replacing("\n", with: "\r").utf8)),
  ("semicolons", Array(plain.replacing(",", with: ";").utf8)),
  ("tabs", Array(plain.replacing(",", with: "\t").utf8)),
  ("no last line end", Array(plain.dropLast().utf8)),
  ("blank lines", Array(plain.replacing("\n", with: "\n\n").utf8)),
  ("lines of commas", Array((plain + ",,,,,,\n,,,,,,\n").utf8)),
  (
    "quotes everywhere",
    Array(
      plain.split(separator: "\n").map {
        $0.split(separator: ",").map { "\"\($0)\"" }.joined(separator: ",")
      }.joined(separator: "\n").utf8)
  ),
  ("a header in capitals", Array(plain.replacing("patient_id,drug", with: "PATIENT_ID,Drug").utf8)),
  ("a header with spaces", Array(plain.replacing("patient_id", with: "Patient ID").utf8)),
]

@Test(arguments: dialects) func `what spreadsheets save is read`(name: String, bytes: [UInt8]) throws {
  let made = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  #expect(
    made.rows == Table(String(decoding: try Batch.convert(Array(plain.utf8)), as: UTF8.self)).rows, "\(name)")
}

@Test func `columns may come in any order`() throws {
  let table = try Batch.table("opioid_days,frequency,unit,dose,drug,patient_id\n30,bid,mg,60,morphine,A\n")
  #expect(table[0, "start"] == "0.4" && table[0, "status"] == "ok")
}

@Test func `a quoted cell may hold line ends, quotes and commas, and keeps them`() throws {
  let note = "first line\nsaid \"\"ouch\"\", twice"
  let table = try Batch.table(
    "patient_id,drug,dose,unit,frequency,opioid_days,note\nA,morphine,60,mg,bid,30,\"\(note)\"\nB,morphine,1O,mg,bid,30,\n"
  )
  #expect(table[0, "note"] == "first line\nsaid \"ouch\", twice" && table[0, "status"] == "ok")
  #expect((table[1, "message"] ?? "").contains("line 4, dose"))  // lines of the file, not rows of the table
}

@Test func `UTF-16 is refused with a hint`() throws {
  for mark in [true, false] {
    for big in [true, false] {
      let units = Array((mark ? "\u{FEFF}" : "").utf16) + Array(plain.utf16)
      let bytes = units.flatMap {
        big ? [UInt8($0 >> 8), UInt8($0 & 255)] : [UInt8($0 & 255), UInt8($0 >> 8)]
      }
      let problem = try #require(exitCode(bytes))
      #expect(
        problem.code == 65 && problem.message.contains("UTF-16") && problem.message.contains("CSV UTF-8"))
    }
  }
}

@Test func `what is no table is refused as a whole`() throws {
  #expect(exitCode([])?.code == 65)
  #expect(exitCode(Array("\n\n".utf8))?.code == 65)
  #expect(exitCode([0x50, 0x4B, 0x03, 0x04, 0, 0])?.code == 65)
  #expect(exitCode(Array("patient_id,drug\u{0},dose,unit\n".utf8))?.code == 65)
  let missing = try #require(exitCode(Array("patient_id,drug\nA,morphine\n".utf8)))
  #expect(missing.code == 65 && missing.message.contains("dose, unit"))
  let twice = try #require(exitCode(Array("patient_id,drug,dose,unit,Drug\n".utf8)))
  #expect(twice.code == 65 && twice.message.contains("drug twice"))
}

@Test func `a table without patients gives a header and nothing else`() throws {
  #expect(try Batch.table(Batch.header + "\n").rows.isEmpty)
  #expect(try Batch.table(Batch.header).header.count == 28)
}

@Test func `a row of the wrong length, or of broken bytes, spoils itself alone`() throws {
  var bytes = Array((Batch.header + "\nÄ,morphine,oral,60,mg,bid,30\n").utf8)
  bytes += Array("B,morphine,oral,1,500,mg,bid,30\nC,morphine,oral,60,mg\nD,morphine,or".utf8) + [0xE9]
  bytes += Array("l,60,mg,bid,30\nE,\"morphine\"x,oral,60,mg,bid,30\nF,morphine,oral,30,mg,bid,30\n".utf8)
  let table = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  #expect(table.column("patient_id") == ["Ä", "B", "C", "D", "E", "F"])
  #expect(table.column("status") == ["ok", "error", "error", "error", "error", "ok"])
  for row in 1...4 { #expect(table.codes(row).contains("BAD_TEXT") && !table.hasDose(row)) }
  #expect((table[1, "message"] ?? "").contains("8 fields") && table[5, "start"] == "0.2")
}

@Test func `a cell of ten megabytes spoils its row and not the memory`() throws {
  let long = String(repeating: "x", count: 10 << 20)
  let table = try Batch.table(lines: [
    "A,morphine,oral,60,mg,bid,30", "B,\(long),oral,60,mg,bid,30", "C,morphine,oral,30,mg,bid,30",
  ])
  #expect(table.column("status") == ["ok", "error", "ok"] && table.codes(1).contains("BAD_TEXT"))
}

@Test func `a quote that never closes ends in an error and not in a dose`() throws {
  let table = try Batch.table(lines: [
    "A,morphine,oral,60,mg,bid,30", "B,\"morphine,oral,60,mg,bid,30", "C,morphine,oral,30,mg,bid,30",
  ])
  #expect(table[0, "status"] == "ok" && table.column("status").last == "error")
  #expect((1..<table.rows.count).allSatisfy { !table.hasDose($0) })
}
