import Testing
import ThecalBatch
import _ThecalTestSupport

/// What a fact does to a patient who is well but for it.
private func table(_ column: String, _ value: String) throws -> Table {
  try Batch.table(
    """
    patient_id,drug,dose,unit,frequency,\(column == "opioid_days" ? "" : "opioid_days,")\(column)
    A,morphine,60,mg,bid,\(column == "opioid_days" ? "" : "30,")\(value)

    """)
}

/// Borders of numbers about a patient: just below, at, and just above.
private let borders: [(String, String, Bool)] = [
  ("age_years", "18", true), ("age_years", "120", true), ("age_years", "120.1", false),
  ("age_years", "121", false),
  ("age_years", "999", false), ("age_years", "-1", false), ("weight_kg", "0", false),
  ("weight_kg", "0.0", false),
  ("weight_kg", "0.1", true), ("weight_kg", "500", true), ("weight_kg", "500.1", false),
  ("opioid_days", "0", true),
  ("opioid_days", "40000", true), ("opioid_days", "40001", false), ("residual_mme", "0", true),
  ("residual_mme", "112.5", true), ("residual_mme", "120.1", false), ("residual_mme", "400", false),
]

@Test(arguments: borders) func `a number about a patient lies where people do`(
  column: String, value: String, isRead: Bool
)
  throws
{
  let table = try table(column, value)
  #expect((table[0, "status"] != "error") == isRead, "\(column) \(value): \(table[0, "message"] ?? "")")
  #expect(table.hasDose(0) == isRead)
}

private let presence: [(String, String, Bool?)] = [
  ("renal", "eGFR 18", true), ("renal", "eGFR: 59.9", true), ("renal", "egfr 60", false),
  ("renal", "GFR 60.1", false),
  ("renal", "CrCl 25 mL/min", true), ("renal", "eGFR 45 mL/min/1.73 m2", true), ("renal", "yes", true),
  ("renal", "no", false), ("renal", "normal", false), ("renal", "18", nil), ("renal", "eGFR", nil),
  ("renal", "eGFR 1O", nil), ("renal", "eGFR 301", nil), ("renal", "eGFR 18 mg", nil),
  ("renal", "stage 3", nil),
  ("anticoagulant", "apixaban", true), ("anticoagulant", "Warfarin", true),
  ("anticoagulant", "Xarelto 20", true),
  ("anticoagulant", "enoxaparin 40 mg daily", true), ("anticoagulant", "none", false),
  ("anticoagulant", "no", false),
  ("anticoagulant", "yes", true), ("anticoagulant", "vitamin C", nil), ("anticoagulant", "?", nil),
]

@Test(arguments: presence) func `kidneys and anticoagulants are told by what clinics write`(
  column: String, value: String, holds: Bool?
) throws {
  let table = try table(column, value)
  let code = column == "renal" ? "RENAL" : "ANTICOAGULANT"
  #expect((table[0, "status"] == "error") == (holds == nil), "\(value): \(table[0, "message"] ?? "")")
  #expect(table.codes(0).contains(code) == (holds == true), "\(value): \(table.codes(0))")
}

@Test func `a hint fits the field it stands in`() throws {
  let message = { (column: String, value: String) in try table(column, value)[0, "message"] ?? "" }
  #expect(
    try message("age_years", "5-10").contains("range") && !message("age_years", "5-10").contains("dose"))
  #expect(try !message("age_years", "5/10").contains("drug of a combination"))
  #expect(try !message("age_years", "TRUE").contains("exponent"))
  #expect(
    try Batch.table(lines: ["A,oxycodone,oral,5/325,mg,bid,30"])[0, "message"]?.contains("combination")
      == true)
  #expect(
    try Batch.table(lines: ["A,oxycodone,oral,5-10,mg,bid,30"])[0, "message"]?.contains("range is not a dose")
      == true)
}

@Test func `what Windows programs wrote is read, and said so`() throws {
  // "Müller" and "Café" in Windows-1252, with a euro sign that Latin-1 does not have.
  let text =
    "patient_id,drug,dose,unit,frequency,opioid_days,ward\nM\u{1},morphine,60,mg,bid,30,Caf\u{2} \u{3}5\nP,morphine,60,mg,bid,30,x\n"
  let bytes = Array(text.utf8).map { [1: UInt8(0xFC), 2: 0xE9, 3: 0x80][Int($0)] ?? $0 }
  let table = Table(String(decoding: try Batch.convert(bytes), as: UTF8.self))
  #expect(
    table.column("patient_id") == ["Mü", "P"] && table[0, "ward"] == "Café €5" && table[0, "start"] == "0.4")
  #expect(try Batch.summary(bytes).isWindows1252 && !Batch.summary(Array(text.utf8)).isWindows1252)
}

@Test(arguments: [[0xB5], [0xFC, 0x81], [0xC3, 0x28], [0xFF]] as [[UInt8]])
func `one broken row in a file of UTF-8 is an error of its own`(bytes: [UInt8]) throws {
  let before = Array("patient_id,drug,dose,unit,frequency,opioid_days\nMü,morphine,60,mg,bid,30\nB".utf8)
  let after = Array(",morphine,60,mg,bid,30\nC,morphine,60,mg,bid,30\n".utf8)
  let table = Table(String(decoding: try Batch.convert(before + bytes + after), as: UTF8.self))
  #expect(table.column("status") == ["ok", "error", "ok"] && table[0, "patient_id"] == "Mü")
}

@Test func `a NUL spoils its row and no other`() throws {
  let lines = [
    "A,morphine,oral,60,mg,bid,30", "B,morphine,oral,6\u{0}0,mg,bid,30", "C\u{0},morphine,oral,60,mg,bid,30",
    "D,morphine,oral,60,mg,bid,30",
  ]
  for format in [BatchFormat.csv, .jsonl] {
    let bytes = try Batch.convert(Array(([Batch.header] + lines).joined(separator: "\n").utf8), to: format)
    let output = String(decoding: bytes, as: UTF8.self)
    if format == .csv {
      let table = Table(output)
      #expect(
        table.column("status") == ["ok", "error", "error", "ok"] && table.codes(1).contains("BAD_TEXT"))
    } else {
      #expect(
        output.split(separator: "\n").map { $0.contains(#""status":"error""#) } == [false, true, true, false])
    }
  }
}

@Test func `a column without a name in front of the others is carried and named`() throws {
  let text =
    ",patient_id,drug,dose,unit,frequency,opioid_days,,\n0,A,morphine,60,mg,bid,30,,\n1,B,morphine,60,mg,bid,30,,\n"
  let table = try Batch.table(text)
  #expect(table.column("column_1") == ["0", "1"] && table.header.last == "column_1")
  #expect(try Batch.summary(Array(text.utf8)).unknownColumns == ["column_1"])
}

@Test func `a comma separates decimals in every column where the user says so`() throws {
  let text =
    "patient_id;drug;dose;unit;frequency;opioid_days;age_years;weight_kg;concentration\n"
    + "A;morphine;7,5;mg;2,5;30,5;50,5;70,5;2,5 mg/mL\n"
  let table = try Batch.table(text) { $0.decimalComma = true }
  #expect(table[0, "oral_mg_per_day"] == "18.75", "\(table[0, "message"] ?? "")")
  #expect(try Batch.table(text)[0, "status"] == "error")
}
