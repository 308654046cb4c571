import ThecalFormulary
import Testing

@testable import ThecalIntake

private let names = HeaderNames(.embedded)

/// Headers of hospital systems, warehouses and lists, and what each column holds.
let headers: [(header: String, column: String?)] = [
  ("MRN", "patient_id"), ("Pt MRN", "patient_id"), ("PAT_ID", "patient_id"), ("Patient ID", "patient_id"),
  ("subject_id", "patient_id"),
  ("person_id", "patient_id"), ("NHS Number", "patient_id"), ("Medical Record Number", "patient_id"),
  ("patientId", "patient_id"),
  ("Drug Name", "name"), ("Med Name (As Ordered)", "name"), ("MEDICATION_NAME", "name"), ("drug", "name"),
  ("Order Mnemonic", "name"),
  ("PROPRIETARYNAME", "name"), ("Medikament", "name"), ("Description", "name"), ("Medication", "name"),
  ("NDC", "code"), ("RxCUI", "code"), ("Drug Code", "code"), ("Strength", "strength"),
  ("PROD_STRENGTH", "strength"),
  ("Dose", "dose"), ("Ordered Dose", "dose"), ("DOSE_VAL_RX", "dose"), ("Medication Dose", "dose"),
  ("orderedDose", "dose"), ("Dose [mg]", "dose"),
  ("Units", "unit"), ("Dose Unit", "unit"), ("Ordered Dose Unit", "unit"), ("UOM", "unit"), ("Form", "form"),
  ("Dosage Form", "form"),
  ("Freq", "frequency"), ("Frequency Name", "frequency"), ("Order Frequency", "frequency"),
  ("Interval", "frequency"),
  ("doses_per_24_hrs", "per_day"), ("PRN", "prn"), ("PRN Reason", "prn"), ("As Needed?", "prn"),
  ("Max Daily Dose", "maximum"),
  ("Route", "route"), ("Route Of Admin", "route"), ("Route of Administration", "route"),
  ("Admin Route", "route"),
  ("Sig", "sig"), ("SIG_TEXT", "sig"), ("Directions", "sig"), ("Patient Instructions", "sig"),
  ("Rx Sig", "sig"), ("Med Sig", "sig"),
  ("Order Start", "start"), ("Start Date", "start"), ("Medication Start Date", "start"),
  ("Stop Date", "stop"),
  ("Order Status", "status"), ("Rx Status", "status"), ("Taking?", "status"), ("Indication", "indication"),
  ("Dx", "indication"),
  ("DOB", "birth_date"), ("Date of Birth", "birth_date"), ("Age", "age_years"), ("weight_kg", "weight_kg"),
  ("Qty", "never"), ("Quantity", "never"), ("Order Quantity", "never"), ("Refills", "never"),
  ("Days Supply", "never"), ("Last Dose", "never"),
  ("Patient Name", nil), ("Patient Status", nil), ("Ward", nil), ("Prescriber", nil), ("Order ID", nil),
  ("", nil), ("Order", nil), ("(mg)", nil),
]

@Test(arguments: headers.indices) func `a header says what its column holds, or nothing`(index: Int) {
  let (header, column) = headers[index]
  #expect(names.column(header) == column, "\(header)")
  let isTwoWordsInOne = header.contains { $0.isUppercase } && header.first?.isLowercase ?? false
  if !isTwoWordsInOne { #expect(names.column(header.uppercased()) == column, "\(header)") }
}

@Test func `what stands in several columns counts, wherever it stands`() throws {
  func read(_ header: String, _ row: String) throws -> String {
    summary(try #require(try medicines("\(header)\n\(row)\n").first))
  }
  #expect(
    try read("MRN,Drug,Sig,Comments", "1,morphine 15 mg tablet,1 tab bid,") == "R morphine oral 15 mg bid")
  #expect(
    try read("MRN,Drug,Sig,Comments", "1,morphine 15 mg tablet,1 tab bid,1 tab bid")
      == "R morphine oral 15 mg bid")
  #expect(
    try read("MRN,Drug,Sig,Comments", "1,morphine 15 mg tablet,1 tab bid,with food")
      == "R morphine oral 15 mg bid")
  #expect(try read("MRN,Drug,Sig,Comments", "1,morphine 15 mg tablet,1 tab bid,PRN only") == "A 30 mg/day")
  #expect(
    try read("MRN,Drug,Sig,Comments", "1,morphine 15 mg tablet,,1 tab bid") == "R morphine oral 15 mg bid")
  #expect(
    try read("MRN,Generic,Brand,Sig", "1,oxycodone,OxyContin 20 mg,1 tab bid") == "R oxycodone oral 20 mg bid"
  )
  #expect(try read("MRN,Generic,Brand,Sig", "1,morphine,OxyContin 20 mg,1 tab bid") == "A")
}

@Test(arguments: [
  ("", SigReading.Outcome.read), ("N", .read), ("No", .read), ("FALSE", .read), ("0", .read), ("none", .read),
  ("Y", .ask), ("yes", .ask), ("TRUE", .ask), ("1", .ask), ("PRN", .ask), ("x", .ask), ("pain", .ask),
  ("moderate pain (4-6)", .ask), ("breakthrough", .ask),
])
func `whatever stands in the column of as-needed and is no "no" makes the order one`(
  cell: String, outcome: SigReading.Outcome
) throws {
  for header in ["PRN", "PRN Reason"] {
    let found = try medicines(
      "MRN,Drug,Dose,Units,Freq,\(header)\n1,morphine 15 mg tablet,15,mg,BID,\(cell)\n")
    #expect(found.map(\.outcome) == [outcome], "\(header): \(cell)")
  }
}

@Test func `what a column of supply holds is never a dose`() throws {
  let found = try medicines(
    "MRN,Drug,Qty,Refills,Days Supply,Sig\n1,morphine 15 mg tablet,60,2,30,1 tab bid\n1,morphine 15 mg tablet,60,2,30,\n"
  )
  #expect(found.map(summary) == ["R morphine oral 15 mg bid", "A"])
}

@Test func `a summary says what each header was taken for, and which are not read`() throws {
  var count = 0
  let run = IntakeRun()
  let summary = try run.read(
    bytes: Array("Pt MRN,Drug Name,Sig,Ward,Qty\n1,morphine 15 mg,1 bid,7B,60\n".utf8)
  ) { _ in count += 1 }
  #expect(summary.taken.map(\.header) == ["Pt MRN", "Drug Name", "Sig"])
  #expect(summary.taken.map(\.column) == ["patient_id", "drug", "sig"])
  #expect(summary.unread == ["Ward", "Qty"] && count == 1 && summary.total == 1)
}

@Test(arguments: [",", ";", "\t"]) func `commas, semicolons and tabs part columns`(mark: String) throws {
  let rows = [["MRN", "Drug", "Dose", "Units", "Freq"], ["1", "morphine 15 mg tablet", "15", "mg", "BID"]]
  let text = rows.map { $0.joined(separator: mark) }.joined(separator: "\r\n")
  #expect(try medicines("\u{FEFF}" + text).map(summary) == ["R morphine oral 15 mg bid"])
}

@Test func `the columns of a patient go on to convert as they are`() throws {
  let found = try medicines(
    "MRN,Drug,Sig,opioid_days,weight_kg,renal,allergy\n1,morphine 15 mg,1 tab bid,30,70,eGFR 18,none\n")
  #expect(found[0].facts == ["opioid_days": "30", "weight_kg": "70", "renal": "eGFR 18", "allergy": "none"])
  #expect(found[0].factColumns == ["opioid_days", "weight_kg", "allergy", "renal"])
}
