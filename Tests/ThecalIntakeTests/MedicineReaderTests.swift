import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import Testing

@testable import ThecalIntake

/// One medicine in one line: R, A or S, dose, unit and frequency, or the largest amount.
func summary(_ medicine: IntakeMedicine) -> String {
  switch medicine.outcome {
  case .skip: return "S"
  case .read:
    return [
      "R", medicine.drug, medicine.route, medicine.dose?.plainText ?? "", medicine.unit, medicine.frequency,
    ]
    .filter { !$0.isEmpty }.joined(separator: " ")
  case .ask:
    guard case .amount(let number, let unit)? = medicine.largest else { return "A" }
    return "A \(number.plainText) \(unit)"
  }
}

func medicines(_ export: String, asOf: String? = nil, map: [String: String] = [:]) throws -> [IntakeMedicine]
{
  var options = IntakeOptions()
  options.asOf = try asOf.map { try CalendarDate(reading: $0) }
  options.map = map
  var found: [IntakeMedicine] = []
  _ = try IntakeRun(options).read(bytes: Array(export.utf8)) { found.append($0) }
  return found
}

/// Name and directions, and what they come to.
let medicineTable: [(name: String, sig: String, expected: String)] = [
  ("morphine 10 mg tablet", "1 tab po bid", "R morphine oral 10 mg bid"),
  ("morphine 10 mg tablet", "1 and 1/2 tabs tid", "R morphine oral 15 mg tid"),
  ("morphine 10 mg tablet", "2 qam and 1 qhs", "R morphine oral 30 mg/day"),
  ("morphine 10 mg tablet", "1 am, 1 noon, 2 hs", "R morphine oral 40 mg/day"),
  ("morphine 10 mg tablet", "10 mg bid", "R morphine oral 10 mg bid"),
  ("morphine 10 mg tablet", "2 tabs (20 mg total) q12h", "R morphine oral 20 mg bid"),
  ("morphine 10 mg tablet", "2 tabs (10 mg) q12h", "A 40 mg/day"),
  ("morphine 10 mg tablet", "60 mg/day in 3 doses", "R morphine oral 60 mg daily"),
  ("morphine 10 mg tablet", "1 tab tid mdd 3", "R morphine oral 10 mg tid"),
  ("morphine 10 mg tablet", "1 tab tid, max 20 mg/day", "A 30 mg/day"),
  ("morphine 10 mg tablet", "half a tab bid", "R morphine oral 5 mg bid"),
  ("morphine ER 10 mg tablet", "half a tab bid", "A 10 mg/day"),
  ("morphine 10 mg tablet", "10 mg tab x2 bid", "R morphine oral 20 mg bid"),
  ("morphine 10 mg tablet", "1 tab q4h prn", "A 60 mg/day"),
  ("morphine 10 mg tablet", "1-2 tabs q4-6h prn, max 8/day", "A 80 mg/day"),
  ("morphine 10 mg tablet", "5.0 mg bid", "R morphine oral 5 mg bid"),
  ("morphine 10 mg tablet", "1 tab q4h", "R morphine oral 10 mg q4h"),
  ("morphine 10 mg tablet", "1 tab 5x daily", "R morphine oral 50 mg/day"),
  ("morphine 10 mg tablet", "7.5 mL bid", "A"),
  ("morphine 10 mg tablet", "1 tab hydromorphone bid", "A 20 mg/day"),
  ("morphine 10 mg/5 mL oral solution", "7.5 mL (15 mg) q4h", "R morphine oral 15 mg q4h"),
  ("morphine 10 mg/5 mL oral solution", "1 tsp q6h", "R morphine oral 10 mg qid"),
  ("morphine 10 mg/5 mL oral solution", "5 mL (15 mg) q4h", "A 60 mg/day"),
  ("morphine oral solution", "7.5 mL (15 mg) q4h", "R morphine oral 15 mg q4h"),
  ("morphine oral solution", "7.5 mL q4h", "A"),
  ("morphine oral solution", "2 bid", "A"),
  ("morphine tablet", "1 tab bid", "A"),
  ("morphine tablet", "15 mg bid", "R morphine oral 15 mg bid"),
  ("fentanyl 25 mcg/hr patch", "1 patch 25 q72h", "R fentanyl transdermal 25 mcg/h q72h"),
  ("fentanyl 25 mcg/hr patch", "2 patches 25 q72h", "R fentanyl transdermal 50 mcg/h q72h"),
  ("fentanyl 25 mcg/hr patch", "1 patch 50 q72h", "A 25 mcg/h"),
  (
    "fentanyl 25 mcg/hr patch", "Place 1 patch (25 mcg total) onto the skin every 72 hours",
    "R fentanyl transdermal 25 mcg/h q72h"
  ),
  ("fentanyl 25 mcg/hr patch", "1 patch every other day", "A 25 mcg/h"),
  ("fentanyl 25 mcg/hr patch", "change patch every 3 days", "A 25 mcg/h"),
  ("fentanyl 25 mcg/hr patch", "half a patch q72h", "A 12.5 mcg/h"),
  ("fentanyl patch", "25 mcg/h q72h", "R fentanyl transdermal 25 mcg/h q72h"),
  ("fentanyl 50 mcg patch", "1 patch q72h", "A"),
  ("Butrans 10 mcg/hr", "1 patch weekly", "R buprenorphine transdermal 10 mcg/h q168h"),
  ("Suboxone 8-2 mg film", "1 film (8-2 mg) bid", "R buprenorphine sublingual 8 mg bid"),
  ("Percocet 10-325 mg tablet", "1 tab qid", "R oxycodone oral 10 mg qid"),
  ("baclofen 10 mg tablet", "2 tabs tid", "R baclofen oral 20 mg tid"),
  ("Infumorph 10 mg/mL", "1 mL daily", "A 10 mg/day"),
  ("Sublocade 300 mg/1.5 mL", "1.5 mL monthly", "A 300 mg/day"),
  ("gabapentin 300 mg capsule", "1 cap tid", "S"),
  ("apixaban 5 mg tablet", "as directed", "S"),
  ("morphine 10 mg tablet", "do not take until seen", "S"),
  ("morphine 10 mg tablet", "", "A"),
  ("zzzyx 10 mg tablet", "1 tab bid", "A"),
  ("morphine 10 mg tablet", "1 tab right eye bid", "A 20 mg/day"),
]

@Test(arguments: medicineTable)
func `name and directions together give a dose that convert reads`(
  name: String, sig: String, expected: String
) throws {
  let found = try medicines("patient_id,drug,sig\nA,\"\(name)\",\"\(sig)\"\n")
  #expect(found.count == 1)
  let medicine = try #require(found.first)
  #expect(
    summary(medicine) == expected, "\(medicine.findings.map(\.topic.number)) \(medicine.codes.map(\.name))")
}

@Test func `a question leaves no dose, and says the most that its words allow`() throws {
  for row in medicineTable {
    let medicine = try #require(
      try medicines("patient_id,drug,sig\nA,\"\(row.name)\",\"\(row.sig)\"\n").first)
    let hasDose = medicine.dose != nil || !medicine.unit.isEmpty || !medicine.frequency.isEmpty
    #expect(hasDose == (medicine.outcome == .read), "\(row)")
    #expect(medicine.outcome == .read || !medicine.codes.isEmpty, "\(row)")
  }
}

/// The cells of one row: dose, unit, frequency, directions; and what they come to for morphine 15 mg tablets.
let cellTable: [(cells: String, expected: String)] = [
  ("15,mg,BID,", "R morphine oral 15 mg bid"),
  ("1,TAB,BID,", "R morphine oral 15 mg bid"),
  ("30,mg,Q8H,Take 2 tablets every 8 hours", "R morphine oral 30 mg tid"),
  ("15,mg,BID,Take 2 tablets twice daily", "A 60 mg/day"),
  ("15,mg,BID,Take 1 tablet three times daily", "A 45 mg/day"),
  (",,BID,Take 1 tablet twice daily", "R morphine oral 15 mg bid"),
  (",,TID,Take 1 tablet twice daily", "A 30 mg/day"),
  ("15,mg,,Take 1 tablet twice daily", "R morphine oral 15 mg bid"),
  ("30,mg,,Take 1 tablet twice daily", "A 60 mg/day"),
  ("15,mg,BID,with food", "R morphine oral 15 mg bid"),
  ("15,mg,BID PRN,Take 1 tablet twice daily", "A 30 mg/day"),
  ("15,mg,BID,take as directed", "A 30 mg/day"),
  ("15,mg,6,", "A 90 mg/day"),
  ("15,mg,3,", "R morphine oral 15 mg tid"),
  ("1-2,TAB,Q4-6H PRN,1-2 tabs q4-6h prn pain", "A 180 mg/day"),
  ("\"1,500\",mg,daily,", "A 1500 mg/day"),
  ("15,mg,,", "A 15 mg/day"),
  (",,,", "A"),
]

@Test(arguments: cellTable)
func `cells and directions complete each other or are asked`(cells: String, expected: String) throws {
  let found = try medicines("MRN,Drug Name,Dose,Units,Freq,Sig\nA,morphine 15 mg tablet,\(cells)\n")
  #expect(summary(try #require(found.first)) == expected, "\(found.first?.codes.map(\.name) ?? [])")
}

@Test func `the export of a hospital is read row by row`() throws {
  let export = """
    MRN,Patient Name,DOB,Drug Name,Dose,Units,Route,Freq,Sig,Order Start,Indication
    1,X,03/14/1962,MORPHINE SULFATE ER 60 MG TABLET,60,MG,PO,BID,Take 1 tablet by mouth twice daily,10/01/2026,Chronic low back pain
    1,X,03/14/1962,GABAPENTIN 300 MG CAPSULE,300,MG,PO,TID,Take 1 capsule by mouth 3 times daily,10/01/2026,Neuropathic pain
    3,Z,1948-11-30,FENTANYL 50 MCG/HR PATCH,1,PATCH,TD,Q72H,Apply 1 patch every 72 hours,08/15/2026,Pancreatic CA
    """
  let found = try medicines(export, asOf: "2026-11-25")
  #expect(found.map(summary) == ["R morphine oral 60 mg bid", "S", "R fentanyl transdermal 50 mcg/h q72h"])
  #expect(found.map(\.ageYears) == [64, 64, 77])
  #expect(found.map(\.isDepressant) == [false, true, false])
  #expect(found.map(\.indication) == [.noncancer, nil, .cancer])
  #expect(found.map(\.line) == [2, 3, 4])
  #expect(try medicines(export).allSatisfy { $0.ageYears == nil }, "no age without a day to count it on")
}

@Test func `every row comes out, whatever is wrong with it`() throws {
  let found = try medicines(
    "MRN;Drug;Sig\n1;morphine 15 mg;1 bid\n;;\n2;;\n3;morphine 15 mg;1 bid;extra\n4;\"morphine;1 bid\n")
  #expect(found.map(\.outcome) == [.read, .ask, .ask, .ask])
}

@Test func `a column that nobody knows is mapped by hand, and a wrong map is refused`() throws {
  let export = "Kunde,Ware,Anweisung\nA,morphine 15 mg tablet,1 tab bid\n"
  #expect(throws: IntakeProblem.self) { try medicines(export) }
  let map = ["Kunde": "patient_id", "ware": "drug", "ANWEISUNG": "sig"]
  #expect(try medicines(export, map: map).map(summary) == ["R morphine oral 15 mg bid"])
  #expect(throws: IntakeProblem.self) {
    try medicines(export, map: map.merging(["Preis": "dose"]) { a, _ in a })
  }
  #expect(throws: IntakeProblem.self) {
    try medicines(export, map: ["Kunde": "patient_id", "Ware": "colour", "Anweisung": "sig"])
  }
}

@Test func `strength and form may stand in columns of their own`() throws {
  func read(_ row: String) throws -> String {
    summary(
      try #require(try medicines("MRN\tMed\tStrength\tUnits\tForm\tRoute\tDirections\n1\t\(row)\n").first))
  }
  #expect(try read("Percocet\t10-325\tMG\tTABLET\tPO\t1 tab bid") == "R oxycodone oral 10 mg bid")
  #expect(
    try read("OXYCODONE HCL-ACETAMINOPHEN\t5\tMG\tTablet\t\t2 tabs tid") == "R oxycodone oral 10 mg tid")
  #expect(try read("morphine 15 mg tablet\t30 mg\t\t\t\t1 tab bid") == "A")
  #expect(
    try read("fentanyl 25 mcg/hr patch\t25\tmcg\t\t\t1 patch q72h") == "R fentanyl transdermal 25 mcg/h q72h")
}

@Test(
  arguments: [
    ("Pancreatic CA", Indication.cancer), ("metastatic breast cancer, back pain", .cancer),
    ("FBSS", .noncancer),
    ("Chronic low back pain", .noncancer), ("multiple sclerosis", .spasticitySpinal),
    ("cerebral palsy", .spasticityCerebral),
    ("spasticity", nil), ("no cancer", nil), ("history of colon cancer", nil), ("headache", nil),
  ] as [(String, Indication?)])
func `an indication is mapped where it is plain`(text: String, indication: Indication?) throws {
  let found = try #require(
    try medicines("MRN,Drug,Sig,Indication\n1,morphine 15 mg,1 tab bid,\"\(text)\"\n").first)
  #expect(found.indication == indication)
}

@Test func `dates of birth give ages only where both readings of a slashed date agree`() throws {
  func age(_ born: String, on day: String) throws -> Int? {
    try medicines("MRN,DOB,Drug,Sig\n1,\(born),morphine 15 mg,1 tab bid\n", asOf: day).first?.ageYears
  }
  #expect(try age("1961-11-25", on: "2026-11-25") == 65)
  #expect(try age("1961-11-26", on: "2026-11-25") == 64)
  #expect(try age("26.11.1961", on: "2026-11-25") == 64)
  #expect(try age("11/26/1961", on: "2026-11-25") == 64)
  #expect(try age("01/12/1961", on: "2026-11-25") == nil, "12 January or 1 December")
  #expect(try age("01/12/1961", on: "2026-12-25") == 65)
}

@Test(arguments: ["discontinued", "Completed", "CANCELLED", "stopped", "No"])
func `an order that has ended is skipped`(status: String) throws {
  let found = try medicines("MRN,Drug,Sig,Status\n1,morphine 15 mg,1 tab bid,\(status)\n")
  #expect(found.map(\.outcome) == [.skip])
}

@Test func `an order that stands twice is named, in whatever words it stands there`() throws {
  let found = try medicines(
    "MRN,Drug,Sig\n1,morphine 15 mg tablet,2 tabs bid\n1,MS Contin 30 mg,30 mg q12h\n2,morphine 15 mg,2 bid\n"
  )
  #expect(found.map { $0.codes.contains(.duplicateRow) } == [false, true, false])
  #expect(found.map(\.outcome) == [.read, .read, .read])
}

@Test func `a frequency has a word, and none a day has none`() {
  let words = [(1, "daily"), (2, "bid"), (3, "tid"), (4, "qid"), (6, "q4h"), (24, "q1h")]
  for (times, word) in words { #expect(FrequencyText.text(ExactNumber(times)) == word) }
  for times in [0, 5, 7, 48] { #expect(FrequencyText.text(ExactNumber(times)) == nil) }
}

@Test(arguments: [
  "1 tablet q0h", "1 tablet every 0 hours", "1 tablet bid q0h", "1 tablet every 0-4 hours",
  "1 tablet 0 times daily",
])
func `an interval or a number of times of nothing is asked for`(sig: String) throws {
  let table = "MRN,Drug Name,Sig\nA,morphine 30 mg tablet,\(sig)\n"
  var outcomes: [SigReading.Outcome] = []
  _ = try IntakeRun().read(bytes: Array(table.utf8)) { outcomes.append($0.outcome) }
  #expect(outcomes == [.ask])
}

@Test(arguments: [
  ("", Code.missingField), ("  ", .missingField), ("\u{200B}", .missingField), ("#N/A", .badId),
  ("1.67683E+15", .badId), ("A\u{200B}B", .badId),
]) func `a medicine of which nobody can say whose it is, is asked for`(id: String, code: Code) throws {
  let found = try medicines("patient_id,drug,sig\n\(id),morphine 10 mg tablet,1 tab bid\n")
  #expect(found.map(\.outcome) == [.ask] && found.first?.codes == [code], "\(found)")
  #expect(found.first?.dose == nil && found.first?.frequency == "")
}

@Test(arguments: [
  #"{}"#, #"{"reference": "Patient/"}"#, #"{"reference": ""}"#, #"{"reference": "urn:uuid:"}"#,
  #"{"reference": "Patient/nan"}"#, #"{"display": " "}"#, #"{"identifier": {"value": "N/A"}}"#,
]) func `an order whose subject is nobody is asked for`(subject: String) throws {
  let order = request(#"{"text": "1 tablet twice daily"}"#)
  let whole = #"{"reference": "Patient/p1"}"#
  #expect(order.contains(whole))
  #expect(try medicines(order).map(\.outcome) == [.read])
  let found = try medicines(order.replacing(whole, with: subject))
  #expect(found.map(\.outcome) == [.ask] && found.first?.dose == nil, "\(found)")
}

@Test func `ids that only look odd are ids`() throws {
  for id in ["NA", "0001", "-17", "@x", " A ", "none"] {
    let found = try medicines("patient_id,drug,sig\n\(id),morphine 10 mg tablet,1 tab bid\n")
    #expect(found.map(\.outcome) == [.read], "\(id)")
  }
}
