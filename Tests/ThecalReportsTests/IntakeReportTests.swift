import ThecalDosing
import ThecalIntake
import Testing

@testable import ThecalReports

@Test func `every sentence of intake has places for its evidence and ends like one`() {
  for topic in IntakeTopic.allCases {
    #expect(topic.sentence.hasSuffix("."), "\(topic)")
    #expect(!topic.sentence.contains("{2}"), "\(topic)")
  }
}

@Test func `the table and its JSON Lines hold the same medicines`() throws {
  let export = Array(
    "MRN,Drug,Sig,weight_kg\n1,morphine 15 mg tablet,1 tab bid,70\n1,lorazepam 1 mg,1 tab hs,\n".utf8)
  let report = IntakeReport(IntakeRun(), engine: "test")
  let (bytes, summary) = try report.table(export, name: "x")
  let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  #expect(summary.total == 2 && rows.count == 3)
  #expect(
    rows[0].hasPrefix(
      "patient_id,drug,route,dose,unit,frequency,indication,age_years,cns_depressants,anticoagulant,weight_kg,intake"
    ))
  #expect(rows[1].hasPrefix("1,morphine,oral,15,mg,bid,,,,,70,read,READ_FROM_TEXT,"))
  #expect(rows[2].hasPrefix("1,lorazepam,,,,,,,yes,,,skip,SKIPPED,"))
  let (json, _) = try report.table(export, name: "x", asJSON: true)
  #expect(String(decoding: json, as: UTF8.self).split(separator: "\n").count == 2)
}

@Test func `an export without medicines is a table without rows`() throws {
  let (bytes, summary) = try IntakeReport(IntakeRun(), engine: "test").table(
    Array("MRN,Drug,Sig\n".utf8), name: "x")
  #expect(
    summary.total == 0 && bytes.last == 10 && String(decoding: bytes, as: UTF8.self).hasPrefix("patient_id,"))
}
