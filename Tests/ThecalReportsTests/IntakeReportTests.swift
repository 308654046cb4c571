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
  let made = try Sample.table(export)
  let (bytes, summary) = (made.bytes, made.summary)
  let rows = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  #expect(summary.total == 2 && rows.count == 3)
  #expect(
    rows[0].hasPrefix(
      "patient_id,drug,route,dose,unit,frequency,indication,age_years,cns_depressants,anticoagulant,weight_kg,intake"
    ))
  #expect(rows[1].hasPrefix("1,morphine,oral,15,mg,bid,,,,,70,read,READ_FROM_TEXT,"))
  #expect(rows[2].hasPrefix("1,lorazepam,,,,,,,yes,,,skip,SKIPPED,"))
  let json = try Sample.table(export, asJSON: true).bytes
  #expect(String(decoding: json, as: UTF8.self).split(separator: "\n").count == 2)
}

@Test func `a page has its questions first, in tall letters, and FHIR in words`() throws {
  let fhir = """
    {"resourceType":"MedicationRequest","id":"m1","status":"active","intent":"order",
     "medicationCodeableConcept":{"coding":[{"system":"http://x","code":"7","display":"Oxycodone 5 MG Oral Tablet"}]},
     "subject":{"reference":"Patient/f7","display":"Ada"},"note":[{"text":"<b>at home</b>"}],
     "dosageInstruction":[{"asNeededBoolean":true,"timing":{"repeat":{"frequency":1,"frequencyMax":2,"period":6,"periodUnit":"h"}},
      "doseAndRate":[{"doseQuantity":{"value":1,"unit":"tablet"}}]}]}
    """
  let page = try Sample.intakePage(fhir, engine: "test")
  for words in [
    "medication request; status active; intent order", "medication Oxycodone 5 MG Oral Tablet (7)",
    "subject Ada (Patient/f7)", "as needed boolean yes", "repeat 1 to 2 every 6 h", "dose quantity 1 tablet",
    "note &lt;b&gt;at home&lt;/b&gt;", "oxyCODONE oral",
  ] { #expect(page.contains(words), "\(words) in \(page.split(separator: "class=\"source\"").last ?? "")") }
  #expect(!page.contains("&quot;resourceType") && !page.contains("http://x"))
  let table = "MRN,Drug,Sig\n1,morphine 15 mg tablet,1 tab bid\n2,morphine 15 mg tablet,1 tab prn\n"
  let two = try Sample.intakePage(table, engine: "test")
  let asked = try #require(two.firstRange(of: "Questions:")),
    read = try #require(two.firstRange(of: "Read: compare"))
  #expect(asked.lowerBound < read.lowerBound && !two.contains("Skipped, and why"))
}

@Test func `an export without medicines is a table without rows`() throws {
  let made = try Sample.table(Array("MRN,Drug,Sig\n".utf8))
  let (bytes, summary) = (made.bytes, made.summary)
  #expect(
    summary.total == 0 && bytes.last == 10 && String(decoding: bytes, as: UTF8.self).hasPrefix("patient_id,"))
}
