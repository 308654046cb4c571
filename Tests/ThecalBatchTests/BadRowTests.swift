import Testing
import ThecalBatch
import _ThecalTestSupport

/// A cell that cannot be read: what stands there, the code it gets, and words that the message must have.
struct BadCell: Sendable {
  let text: String
  let code: String
  var words: [String] = []
}

let badDoses = [
  BadCell(text: "\"1,500\"", code: "AMBIGUOUS_NUMBER", words: ["1500 or 1.5"]),
  BadCell(text: "\"1.500,0\"", code: "AMBIGUOUS_NUMBER", words: ["1500 or 1.5"]),
  BadCell(text: "\"12,5\"", code: "AMBIGUOUS_NUMBER", words: ["125 or 12.5"]),
  BadCell(text: "\"1,000,000\"", code: "AMBIGUOUS_NUMBER"),
  BadCell(text: "1O", code: "BAD_NUMBER", words: ["(10?)"]),
  BadCell(text: "l0", code: "BAD_NUMBER", words: ["(10?)"]),
  BadCell(text: "5 mg", code: "BAD_NUMBER", words: ["unit"]),
  BadCell(text: "5mg", code: "BAD_NUMBER", words: ["unit"]),
  BadCell(text: "5/325", code: "BAD_NUMBER", words: ["combination"]),
  BadCell(text: "5-10", code: "BAD_NUMBER", words: ["range"]),
  BadCell(text: "<5", code: "BAD_NUMBER"), BadCell(text: "NaN", code: "BAD_NUMBER"),
  BadCell(text: "inf", code: "BAD_NUMBER"), BadCell(text: "-Infinity", code: "BAD_NUMBER"),
  BadCell(text: "0", code: "BAD_NUMBER"), BadCell(text: "0.0", code: "BAD_NUMBER"),
  BadCell(text: "-0", code: "BAD_NUMBER"), BadCell(text: "-5", code: "BAD_NUMBER", words: ["negative"]),
  BadCell(text: "−5", code: "BAD_NUMBER"), BadCell(text: "–5", code: "BAD_NUMBER"),
  BadCell(text: "+5", code: "BAD_NUMBER"), BadCell(text: "1e308", code: "BAD_NUMBER"),
  BadCell(text: "1e-308", code: "BAD_NUMBER"), BadCell(text: "1e3", code: "BAD_NUMBER"),
  BadCell(text: "1..2", code: "BAD_NUMBER"), BadCell(text: ".5", code: "BAD_NUMBER", words: ["0.5"]),
  BadCell(text: "5.", code: "BAD_NUMBER"), BadCell(text: "0x10", code: "BAD_NUMBER"),
  BadCell(text: "１０", code: "BAD_NUMBER", words: ["10?"]), BadCell(text: "١٠", code: "BAD_NUMBER"),
  BadCell(text: "1 000", code: "BAD_NUMBER"), BadCell(text: "1'000", code: "BAD_NUMBER"),
  BadCell(text: "1\u{A0}000", code: "BAD_NUMBER"), BadCell(text: "1\u{200B}0", code: "BAD_NUMBER"),
  BadCell(text: "\u{202E}01", code: "BAD_NUMBER"), BadCell(text: "½", code: "BAD_NUMBER"),
  BadCell(text: "ten", code: "BAD_NUMBER"), BadCell(text: "null", code: "BAD_NUMBER"),
  BadCell(text: String(repeating: "9", count: 400), code: "BAD_NUMBER"),
  BadCell(text: "0." + String(repeating: "0", count: 400) + "1", code: "BAD_NUMBER"),
  BadCell(text: "", code: "MISSING_FIELD"), BadCell(text: "\"  \"", code: "MISSING_FIELD"),
]

/// Between two good patients, so that a test sees whether they are touched.
private func surrounded(_ line: String) throws -> Table {
  try Batch.table(lines: ["A,morphine,oral,60,mg,bid,30", line, "C,morphine,oral,30,mg,bid,30"])
}

private func expectError(_ table: Table, _ column: String, _ cell: BadCell, line: Int = 3) {
  #expect(table.column("patient_id") == ["A", "B", "C"])
  #expect(table.column("status") == ["ok", "error", "ok"], "\(cell.text)")
  #expect(table.codes(1).contains(cell.code), "\(cell.text): \(table[1, "codes"] ?? "")")
  let message = table[1, "message"] ?? ""
  #expect(message.contains("line \(line), \(column)"), "\(message)")
  for words in cell.words { #expect(message.contains(words), "\(message)") }
  #expect(!table.hasDose(1) && table[1, "oral_mme_mg_per_day"] == "" && table[1, "max_daily"] == "")
  #expect(table[0, "start"] == "0.4" && table[2, "start"] == "0.2")
}

@Test(arguments: badDoses) func `a dose with no reading or two is an error of its row alone`(cell: BadCell)
  throws
{
  expectError(try surrounded("B,morphine,oral,\(cell.text),mg,bid,30"), "dose", cell)
}

let badUnits = [
  BadCell(text: "", code: "MISSING_FIELD", words: ["unit"]),
  BadCell(text: "mL", code: "BAD_UNIT", words: ["volume"]),
  BadCell(text: "mg/kg", code: "BAD_UNIT"), BadCell(text: "tablets", code: "BAD_UNIT"),
  BadCell(text: "mg/mL", code: "BAD_UNIT"), BadCell(text: "m", code: "BAD_UNIT"),
  BadCell(text: "%", code: "BAD_UNIT"),
  BadCell(text: "U", code: "BAD_UNIT"), BadCell(text: "5", code: "BAD_UNIT"),
]

@Test(arguments: badUnits) func `a dose without a unit of mass is none`(cell: BadCell) throws {
  expectError(try surrounded("B,morphine,oral,10,\(cell.text),bid,30"), "unit", cell)
}

let badFrequencies = [
  "prn", "q4-6h", "q6h prn", "qd", "qod", "tiw", "0", "-1", "25", "q0h", "q", "often", "1e1", "\"1,5\"",
  "2 to 3", "NaN",
]

@Test(arguments: badFrequencies) func `a frequency that gives no daily amount is an error`(text: String)
  throws
{
  let cell = BadCell(text: text, code: "BAD_FREQUENCY")
  expectError(try surrounded("B,morphine,oral,10,mg,\(text),30"), "frequency", cell)
}

@Test func `a blank frequency is missing unless the unit is per time`() throws {
  let cell = BadCell(text: "", code: "MISSING_FIELD")
  expectError(try surrounded("B,morphine,oral,10,mg,,30"), "frequency", cell)
  #expect(try Batch.table(lines: ["B,morphine,oral,120,mg/day,,30"])[0, "start"] == "0.4")
  #expect(try Batch.table(lines: ["B,morphine,oral,120,mg/d,,30"])[0, "start"] == "0.4")
}

@Test(arguments: ["mcg", "mg", "ug", "mcg/day", "mg/h"])
func `a patch counts in micrograms per hour and nothing else`(unit: String) throws {
  expectError(
    try surrounded("B,fentanyl,transdermal,50,\(unit),q72h,30"), "unit",
    BadCell(text: unit, code: "PATCH_UNIT"))
}

@Test(arguments: ["mcg/h", "ug/h", "µg/h", "μg/h", "MCG/H", "mcg/hr"])
func `every spelling of a patch's unit is one unit`(unit: String) throws {
  let table = try Batch.table(lines: ["B,fentanyl,transdermal,50,\(unit),q72h,30"])
  #expect(table[0, "oral_mme_mg_per_day"] == "120", "\(table[0, "message"] ?? "")")
}

let badFacts: [(String, String, String)] = [
  ("opioid_days", "\"1,500\"", "AMBIGUOUS_NUMBER"), ("opioid_days", "a week", "BAD_NUMBER"),
  ("opioid_days", "-7", "BAD_NUMBER"), ("age_years", "150", "BAD_NUMBER"), ("age_years", "5O", "BAD_NUMBER"),
  ("weight_kg", "154 lb", "BAD_NUMBER"), ("weight_kg", "1e2", "BAD_NUMBER"), ("frail", "maybe", "BAD_VALUE"),
  ("sleep_apnea", "1.0", "BAD_VALUE"), ("cns_depressants", "?", "BAD_VALUE"),
  ("psychosis_history", "unknown", "BAD_VALUE"), ("screening_response", "partly", "BAD_VALUE"),
  ("residual_mme", "30 mg", "BAD_NUMBER"), ("residual_mme", "\"1.500,0\"", "AMBIGUOUS_NUMBER"),
  ("indication", "pain", "BAD_VALUE"), ("screening_bolus", "50", "BAD_UNIT"),
  ("screening_bolus", "50 mL", "BAD_UNIT"), ("screening_bolus", "0 mcg", "BAD_NUMBER"),
  ("screening_effect", "6 h", "MISSING_FIELD"), ("concentration", "25 mg", "BAD_UNIT"),
  ("concentration", "0 mg/mL", "BAD_NUMBER"), ("reservoir", "40", "BAD_UNIT"),
  ("alarm_volume", "2 mg", "BAD_UNIT"),
  ("fill_date", "2026-02-30", "BAD_DATE"), ("fill_date", "01/02/2026", "BAD_DATE"),
  ("fill_date", "26-01-02", "BAD_DATE"), ("fill_date", "0000-01-01", "BAD_DATE"),
  ("target_drug", "morfin", "UNKNOWN_DRUG"),
  ("target_route", "epidural", "BAD_VALUE"), ("route", "by ear", "BAD_VALUE"),
  ("pregnancy", "2nd trimester", "BAD_VALUE"),
]

@Test(arguments: badFacts) func `a fact that cannot be read is an error that names its column`(
  column: String, text: String, code: String
) throws {
  let others = column == "opioid_days" ? "" : ",opioid_days"
  let value = column == "opioid_days" ? "" : ",30"
  let table = try Batch.table(
    """
    patient_id,drug,dose,unit,frequency,\(column)\(others)
    A,morphine,60,mg,bid,\(column == "opioid_days" ? "30" : "")\(value)
    B,morphine,60,mg,bid,\(text)\(value)
    C,morphine,30,mg,bid,\(column == "opioid_days" ? "30" : "")\(value)

    """)
  expectError(table, column, BadCell(text: text, code: code))
}

@Test(arguments: [("zzzyx", ""), ("morphin", "morphine"), ("MS", ""), ("", "")])
func `a drug that is not known is an error with a hint`(drug: String, hint: String) throws {
  let code = drug.isEmpty ? "MISSING_FIELD" : "UNKNOWN_DRUG"
  let cell = BadCell(text: drug, code: code, words: hint.isEmpty ? [] : [hint])
  expectError(try surrounded("B,\(drug),oral,10,mg,bid,30"), "drug", cell)
}

@Test func `a medicine that is no opioid and no drug of a pump is passed over, and says what it says`() throws
{
  let table = try Batch.table(lines: [
    "A,morphine,oral,60,mg,bid,30", "A,gabapentin,oral,300,mg,tid,", "B,morphine,oral,60,mg,bid,30",
    "B,apixaban,oral,5,mg,bid,", "C,lisinopril 10 mg tablet,oral,10,mg,daily,",
  ])
  #expect(table.column("patient_id") == ["A", "B", "C"])
  #expect(table.column("start") == ["0.2", "0.4", ""] && table.codes(0).contains("REDUCED_FOR_RISK"))
  #expect(table.codes(1).contains("ANTICOAGULANT") && table[2, "status"] == "ok")
  #expect((table[0, "message"] ?? "").contains("gabapentin"))
}

@Test(arguments: ["Percocet", "Oxycodone-acetaminophen 5-325 mg tablet", "oxyCODONE HCl 5 MG Oral Tablet"])
func `a whole name of a product is the opioid in it`(name: String) throws {
  let table = try Batch.table(lines: ["A,\(name),oral,20,mg,q6h,30"])
  #expect(table[0, "oral_mme_mg_per_day"] == "120" && table[0, "start"] == "0.2")
}

@Test(arguments: [
  ("read", "60", "review"), ("ask", "", "error"), ("skip", "", "ok"), ("perhaps", "60", "error"),
])
func `what an intake says of a line is honored`(outcome: String, dose: String, status: String) throws {
  let header = "patient_id,drug,route,dose,unit,frequency,opioid_days,intake,code,reason\n"
  let unit = dose.isEmpty ? "," : "mg,bid"
  let row = "A,morphine,oral,\(dose),\(unit),30,\(outcome),BAD_FREQUENCY,it is taken as needed.\n"
  let table = try Batch.table(header + row)
  #expect(table[0, "status"] == status)
  #expect(table.codes(0).contains("READ_FROM_TEXT") == (outcome == "read"))
  #expect((table[0, "message"] ?? "").contains("as needed") == (outcome == "ask"))
  #expect(table.hasDose(0) == (outcome == "read"))
}

@Test func `one bad line makes its patient an error, and no other`() throws {
  let table = try Batch.table(lines: [
    "A,morphine,oral,60,mg,bid,30", "B,morphine,oral,60,mg,bid,30", "B,oxycodone,oral,2O,mg,q6h,30",
    "B,baclofen,oral,20,mg,tid,30", "C,morphine,oral,30,mg,bid,30",
  ])
  #expect(table.column("patient_id") == ["A", "B", "B", "C"])
  #expect(table.column("status") == ["ok", "error", "error", "ok"])
  #expect(!table.hasDose(1) && !table.hasDose(2) && table[0, "start"] == "0.4" && table[3, "start"] == "0.2")
  #expect((table[2, "message"] ?? "").contains("line 4, dose"))
}

@Test func `lines of a patient that contradict each other, or say the same twice, are errors`() throws {
  let conflict = try Batch.table(lines: ["A,morphine,oral,60,mg,bid,30", "A,oxycodone,oral,5,mg,bid,3"])
  #expect(conflict.codes(0) == ["CONFLICTING_VALUES"])
  #expect((conflict[0, "message"] ?? "").contains("line 3, opioid_days"))
  let twice = try Batch.table(lines: ["A,morphine,oral,60,mg,bid,30", "A,morphine,oral,60,mg,bid,30"])
  #expect(twice.codes(0) == ["DUPLICATE_ROW"] && twice[0, "status"] == "error" && !twice.hasDose(0))
}

@Test func `every line of a split patient is an error, the first too`() throws {
  let table = try Batch.table(lines: [
    "A,morphine,oral,60,mg,bid,30", "B,morphine,oral,60,mg,bid,30", "A,oxycodone,oral,20,mg,q6h,30",
    "C,morphine,oral,30,mg,bid,30", "A,codeine,oral,30,mg,q6h,30",
  ])
  #expect(table.column("patient_id") == ["A", "B", "A", "C", "A"])
  #expect(table.column("status") == ["error", "ok", "error", "ok", "error"])
  for (row, line) in [(0, 2), (2, 4), (4, 6)] {
    #expect(table.codes(row) == ["NOT_CONSECUTIVE"] && !table.hasDose(row))
    #expect((table[row, "message"] ?? "").contains("line \(line), patient_id"))
  }
}

@Test func `lines without an id are errors each for itself, and are no patient together`() throws {
  let table = try Batch.table(lines: [",morphine,oral,60,mg,bid,30", ",morphine,oral,60,mg,bid,30"])
  #expect(table.column("status") == ["error", "error"] && table.codes(0) == ["MISSING_FIELD"])
}

@Test(arguments: ["1,5", "0,4", "12,25"])
func `a comma may separate decimals where the user says so`(text: String) throws {
  let csv = "patient_id;drug;dose;unit;frequency;opioid_days\nA;morphine;\(text);mg;bid;30\n"
  let point = text.replacing(",", with: ".")
  let plain = "patient_id,drug,dose,unit,frequency,opioid_days\nA,morphine,\(point),mg,bid,30\n"
  let table = try Batch.table(csv) { $0.decimalComma = true }
  #expect(table[0, "estimate"] == (try Batch.table(plain))[0, "estimate"])
  #expect(try Batch.table(csv).codes(0) == ["AMBIGUOUS_NUMBER"])
  let other = try Batch.table(csv.replacing(",", with: ".")) { $0.decimalComma = true }
  #expect(other.codes(0) == ["AMBIGUOUS_NUMBER"])
}
