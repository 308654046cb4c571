import Testing
import ThecalBatch
import _ThecalTestSupport

/// Columns that speak of the input's own words and places.
private let words = ["message", "row_sha256"]

private func converted(_ lines: [String], _ change: (inout BatchOptions) -> Void = { _ in }) throws -> Table {
  try Batch.table(([RandomClinic.header] + lines).joined(separator: "\n") + "\n", change)
}

private let ranks = ["ok": 0, "review": 1, "blocked": 2, "error": 3]

@Test(arguments: [BatchFormat.csv, .jsonl])
func `the result does not depend on the number of threads`(format: BatchFormat) throws {
  // More rows than one thread takes at once, so that several have work at the same time.
  let bytes = Array(RandomClinic.table(patients: 2_600, seed: 1).utf8)
  let one = try Batch.convert(bytes, to: format)
  for threads in format == .csv ? [2, 3, 4] : [3] {
    #expect(try Batch.convert(bytes, to: format) { $0.threads = threads } == one, "\(threads) threads")
  }
}

@Test func `many units keep their order on four threads`() throws {
  let lines = (0..<30_000).map { "P\($0),morphine,oral,\($0 % 50 + 1)0,mg,bid,30" }
  let table = Table(
    String(
      decoding: try Batch.convert(Array(([Batch.header] + lines).joined(separator: "\n").utf8)) {
        $0.threads = 4
      }, as: UTF8.self))
  #expect(table.column("patient_id") == (0..<30_000).map { "P\($0)" })
  #expect(table.column("oral_mg_per_day") == (0..<30_000).map { "\(($0 % 50 + 1) * 20)" })
}

@Test(arguments: [2 as UInt64, 3]) func `what is remembered is what would be converted`(seed: UInt64) throws {
  // A watched run converts every patient afresh; the other one writes regimens that it has met from memory.
  var clinic = RandomClinic(seed: seed)
  var lines = (0..<400).flatMap { clinic.patient("P\($0)", medicines: 1) }
  lines += lines.enumerated().map {
    "Q\($0)," + $1.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)[1]
  }
  lines += lines.enumerated().map {
    "=R\($0)," + $1.split(separator: ",", maxSplits: 1, omittingEmptySubsequences: false)[1]
  }
  let bytes = Array(([RandomClinic.header] + lines).joined(separator: "\n").utf8)
  #expect(try Batch.convert(bytes) == Batch.convert(bytes, watched: true))
}

@Test func `a memory that is full starts anew and changes nothing`() throws {
  let doses = 1...8_300  // more than are remembered; each is met twice, so that remembering pays
  let lines = doses.flatMap {
    ["P\($0),morphine,oral,\($0)0,mcg,bid,30", "Q\($0),morphine,oral,\($0)0,mcg,bid,30"]
  }
  let table = try Batch.table(([Batch.header] + lines).joined(separator: "\n"))
  try #require(table.rows.count == lines.count)
  for (i, dose) in doses.enumerated() {
    let pair = [2 * i, 2 * i + 1].map { table.cells($0, without: ["patient_id", "message", "row_sha256"]) }
    #expect(pair[0] == pair[1] && table[2 * i, "drugs"] == "morphine oral \(dose)0 mcg bid")
  }
}

@Test(arguments: 0..<4 as Range<UInt64>) func `patients do not influence each other`(seed: UInt64) throws {
  var clinic = RandomClinic(seed: 100 + seed)
  let patients = (0..<120).map { clinic.patient("P\($0)") }
  var random = SeededGenerator(seed: seed)
  let together = try converted(patients.flatMap { $0 })
  let shuffled = try converted(patients.shuffled(using: &random).flatMap { $0 })
  func sorted(_ table: Table) -> [[String]] {
    table.rows.indices.map { table.cells($0, without: words) }.sorted { $0.lexicographicallyPrecedes($1) }
  }
  #expect(sorted(together) == sorted(shuffled))
}

@Test(arguments: 0..<4 as Range<UInt64>) func `the order of medicines does not matter`(seed: UInt64) throws {
  var clinic = RandomClinic(seed: 200 + seed)
  let patients = (0..<150).map { clinic.patient("P\($0)", medicines: 2 + $0 % 2) }
  // Which drug of the pump is named first is the order of appearance; the target is stated once for all.
  let there = try converted(patients.flatMap { $0 }), back = try converted(patients.flatMap { $0.reversed() })
  func sorted(_ table: Table) -> [[String]] {
    table.rows.indices.map { table.cells($0, without: words + ["drugs"]) }.sorted {
      $0.lexicographicallyPrecedes($1)
    }
  }
  #expect(sorted(there) == sorted(back))
}

@Test(arguments: 0..<4 as Range<UInt64>) func `a dose in mg, mcg or g is one dose`(seed: UInt64) throws {
  var clinic = RandomClinic(seed: 300 + seed)
  var (milligrams, micrograms, grams): ([String], [String], [String]) = ([], [], [])
  for number in 0..<150 {
    var (cells, tenths) = clinic.medicine()
    let facts = clinic.facts()
    guard cells[3] == "mg" else { continue }
    func line(_ dose: String, _ unit: String) -> String {
      (cells[2], cells[3]) = (dose, unit)
      return (["P\(number)"] + cells + facts).joined(separator: ",")
    }
    milligrams.append(line(RandomClinic.decimal(tenths), "mg"))
    micrograms.append(line("\(tenths * 100)", "mcg"))
    let digits = String(tenths + 100_000_000).suffix(8)
    grams.append(line("\(Int(digits.prefix(4)) ?? 0).\(digits.suffix(4))", "g"))
  }
  let tables = try [milligrams, micrograms, grams].map { try converted($0) }
  for row in tables[0].rows.indices {
    let cells = tables.map { $0.cells(row, without: ["drugs", "row_sha256"]) }
    #expect(cells[0] == cells[1] && cells[0] == cells[2], "\(milligrams[row])")
  }
}

@Test(arguments: ["noncancer", "cancer"], ["3", "30", ""])
func `start and estimate never fall as the dose rises`(indication: String, days: String) throws {
  let drugs = [
    ("morphine", "mg"), ("oxycodone", "mg"), ("hydromorphone", "mg"), ("codeine", "mg"), ("tramadol", "mg"),
  ]
  for (drug, unit) in drugs {
    for target in ["morphine", "hydromorphone"] {
      // What no slip explains: 20 to 180 mg a day, for morphine to the border of what is usual, and of what is weak so much that
      // a start comes of it.
      let doses =
        switch drug {
        case "morphine": Array(5...45) + Array(stride(from: 50, through: 250, by: 10))
        case "codeine", "tramadol": Array(5...45) + Array(60...90)
        default: Array(5...45)
        }
      let table = try converted(
        doses.map {
          "P\($0),\(drug),oral,\($0),\(unit),q6h,\(target),\(indication),\(days),40,no,no,no,no,0,no,no,no,no,,,,,"
        })
      for column in ["estimate_low", "estimate", "estimate_high", "start", "oral_mme_mg_per_day"] {
        let values = table.column(column).compactMap(Double.init)
        #expect(
          values.count > 20 && zip(values, values.dropFirst()).allSatisfy { $0 <= $1 }, "\(drug) \(column)")
      }
    }
  }
}

@Test(arguments: 0..<6 as Range<UInt64>) func `a refused result prints no dose, in no format`(seed: UInt64)
  throws
{
  let bytes = Array(RandomClinic.table(patients: 300, seed: 400 + seed).utf8)
  let table = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  let lines = String(decoding: try Batch.convert(bytes, to: .jsonl), as: UTF8.self).split(separator: "\n")
  try #require(lines.count == table.rows.count)
  var refused = 0
  for row in table.rows.indices where (ranks[table[row, "status"] ?? ""] ?? 3) >= 2 {
    refused += 1
    #expect(!table.hasDose(row) && !(table[row, "message"] ?? "").isEmpty && !table.codes(row).isEmpty)
    for key in ["estimate_low", "estimate", "estimate_high", "start", "flow_mL_per_day", "refill_by"] {
      #expect(lines[row].contains("\"\(key)\":null"), "\(lines[row])")
    }
    for step in ["estimate", "start", "start by ratio", "ceiling of the start"] {
      #expect(!lines[row].contains("\"quantity\":\"\(step)\""), "\(table[row, "drugs"] ?? "")")
    }
    let message = table[row, "message"] ?? ""
    #expect(!message.contains("The estimate ") && !message.contains("The start rests"), "\(message)")
  }
  #expect(refused > 30)
}

@Test(arguments: 0..<4 as Range<UInt64>)
func `a further concern never clears a result and never raises a start`(
  seed: UInt64
) throws {
  var clinic = RandomClinic(seed: 500 + seed)
  // By column behind the medicine: a value that worries nobody, and one that does.
  let concerns: [(Int, String, String)] = [
    (1, "30", ""), (1, "30", "3"), (2, "40", "80"), (3, "no", "yes"), (4, "no", "yes"), (5, "no", "yes"),
    (6, "no", "yes"), (7, "0", "60"), (8, "no", "yes"), (9, "no", "yes"), (10, "no", "yes"),
    (10, "no", "latex"),
    (11, "no", "yes"),
  ]
  var (calm, worried): ([String], [String]) = ([], [])
  for number in 0..<40 {
    var (cells, tenths) = clinic.medicine()
    cells[2] = RandomClinic.decimal(tenths)
    var facts = clinic.facts()
    for (place, quiet, _) in concerns { facts[place] = quiet }
    for (i, (place, _, loud)) in concerns.enumerated() {
      var more = facts
      more[place] = loud
      calm.append((["P\(number).\(i)"] + cells + facts).joined(separator: ","))
      worried.append((["P\(number).\(i)"] + cells + more).joined(separator: ","))
    }
  }
  let (before, after) = (try converted(calm), try converted(worried))
  for row in before.rows.indices {
    let found = [before, after].map { ranks[$0[row, "status"] ?? ""] ?? -1 }
    #expect(found[0] <= found[1], "\(worried[row])")
    guard let start = after[row, "start"].flatMap(Double.init) else { continue }
    #expect(start <= before[row, "start"].flatMap(Double.init) ?? -1, "\(worried[row])")
  }
}
