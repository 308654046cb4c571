import Testing
import ThecalBatch
import _ThecalTestSupport

private let header = "patient_id,drug,dose,unit,frequency,opioid_days,age_years"

/// One patient, with cells that differ in nothing but whether they can be read: a control character is no number,
/// whatever a memory of results may have stored under that byte.
private let alike: [(String, Bool)] = [
  ("A,morphine,60,mg,bid,30,50", true), ("B,morphine,60,mg,bid,\u{1},50", false),
  ("C,morphine,60,mg,bid,30,\u{1}", false), ("D,morphine,60,mg,bid,30,70", true),
  ("E,morphine,60,mg,bid,30,\u{2}", false), ("F,morphine,60,mg,bid,3\u{7F}0,50", false),
  ("G,morphine,60,mg,bid,,50", true), ("H,morphine,60,mg,bid,30,", true),
]

/// Every order in which each patient stands first, last and behind each other one at least once.
private let orders: [[Int]] = {
  let forward = Array(alike.indices)
  let turned = forward.map { start in forward.map { (start + $0) % alike.count } }
  return turned + turned.map { $0.reversed() }
}()

@Test(arguments: BatchFormat.allCases, [1, 2])
func `a cell that cannot be read is an error, whatever has been read before`(
  format: BatchFormat, threads: Int
)
  throws
{
  for order in orders {
    // Twice over, so that everything that can be remembered has been when it comes again.
    let lines = order.map { alike[$0].0 } + order.map { "2" + alike[$0].0 }
    let bytes = Array(([header] + lines).joined(separator: "\n").utf8)
    guard format != .xlsx else {
      #expect(try Batch.convert(bytes, to: format) == Batch.convert(bytes, to: format, watched: true))
      continue
    }
    let output = String(
      decoding: try Batch.convert(bytes, to: format) { $0.threads = threads }, as: UTF8.self)
    let readable = (order + order).map { alike[$0].1 }
    if format == .csv {
      let table = Table(output)
      #expect(table.rows.indices.map { table[$0, "status"] != "error" } == readable)
      #expect(table.rows.indices.map { table.hasDose($0) } == readable)
    } else {
      let rows = output.split(separator: "\n")
      #expect(rows.map { !$0.contains(#""status":"error""#) } == readable)
      #expect(rows.map { !$0.contains(#""start":null"#) } == readable)
    }
  }
}

@Test func `the same patient in other words is converted once and written in those words`() throws {
  let lines = ["A,Morphine,60,mg,BID,30,50", "B,morphine,60.0,MG,q12h,30,50", "C,morphine,60,mg,2,30,50"]
  let table = try Batch.table(([header] + lines + lines.map { "2" + $0 }).joined(separator: "\n"))
  #expect(Set(table.column("start")) == ["0.4"])
  #expect(
    table.column("drugs").prefix(3)
      == ["morphine oral 60 mg BID", "morphine oral 60.0 MG q12h", "morphine oral 60 mg 2"])
}

@Test func `a patient of several lines is remembered with all of them`() throws {
  var lines: [String] = []
  for number in 0..<40 {
    lines += ["P\(number),morphine,60,mg,bid,30,50", "P\(number),hydromorphone,\(number % 2 + 3),mg,q6h,,"]
  }
  let bytes = Array(([header] + lines).joined(separator: "\n").utf8)
  #expect(try Batch.convert(bytes) == Batch.convert(bytes, watched: true))
  let table = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  #expect(table[0, "oral_mme_mg_per_day"] == "180" && table[1, "oral_mme_mg_per_day"] == "200")
  #expect(table[39, "start"] == "0.333" && table[39, "rows"] == "2")
}
