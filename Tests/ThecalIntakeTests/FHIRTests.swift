import ThecalDosing
import ThecalQuantities
import Testing

@testable import ThecalIntake

/// A request with one dosage.
func request(
  _ dosage: String, name: String = #""medicationCodeableConcept": {"text": "morphine 15 mg tablet"}"#,
  status: String = "active", more: String = ""
) -> String {
  """
  {"resourceType": "MedicationRequest", "status": "\(status)", "intent": "order", \(more)
   "subject": {"reference": "Patient/p1"}, \(name), "dosageInstruction": [\(dosage)]}
  """
}

let twoTablets = #""doseAndRate": [{"doseQuantity": {"value": 2, "unit": "{tbl}"}}]"#

/// Dosages for 15 mg tablets, and what they come to.
let dosages: [(dosage: String, expected: String)] = [
  (#"{"text": "1 tablet twice daily"}"#, "R morphine oral 15 mg bid"),
  (
    #"{"timing": {"repeat": {"frequency": 3, "period": 1, "periodUnit": "d"}}, \#(twoTablets)}"#,
    "R morphine oral 30 mg tid"
  ),
  (
    #"{"timing": {"repeat": {"frequency": 1, "period": 8, "periodUnit": "h"}}, \#(twoTablets)}"#,
    "R morphine oral 30 mg tid"
  ),
  (
    #"{"timing": {"repeat": {"timeOfDay": ["08:00:00", "20:00:00"]}}, \#(twoTablets)}"#,
    "R morphine oral 30 mg bid"
  ),
  (#"{"timing": {"repeat": {"when": ["MORN", "HS"]}}, \#(twoTablets)}"#, "R morphine oral 30 mg bid"),
  (#"{"timing": {"repeat": {"when": ["C"]}}, \#(twoTablets)}"#, "R morphine oral 30 mg tid"),
  (#"{"timing": {"code": {"coding": [{"code": "BID"}]}}, \#(twoTablets)}"#, "R morphine oral 30 mg bid"),
  (
    #"{"text": "2 tablets twice daily", "timing": {"code": {"coding": [{"code": "BID"}]}}, \#(twoTablets)}"#,
    "R morphine oral 30 mg bid"
  ),
  (
    #"{"text": "2 tablets daily", "timing": {"code": {"coding": [{"code": "BID"}]}}, \#(twoTablets)}"#,
    "A 60 mg/day"
  ),
  (
    #"{"text": "2 tablets prn", "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, \#(twoTablets)}"#,
    "A 60 mg/day"
  ),
  (
    #"{"timing": {"repeat": {"frequency": 1, "frequencyMax": 3, "period": 1, "periodUnit": "d"}}, \#(twoTablets)}"#,
    "A 90 mg/day"
  ),
  (
    #"{"timing": {"repeat": {"frequency": 1, "period": 4, "periodMax": 6, "periodUnit": "h"}}, \#(twoTablets)}"#,
    "A 180 mg/day"
  ),
  (
    #"{"timing": {"repeat": {"frequency": 1, "period": 2, "periodUnit": "d"}}, \#(twoTablets)}"#,
    "A 30 mg/day"
  ),
  (#"{"timing": {"repeat": {"period": 2, "periodUnit": "d"}}, \#(twoTablets)}"#, "A 30 mg/day"),
  (#"{"timing": {"repeat": {"frequency": 2, "period": 1}}, \#(twoTablets)}"#, "A 30 mg/day"),
  (
    #"{"timing": {"repeat": {"frequency": 1, "period": 1, "periodUnit": "d", "dayOfWeek": ["mon"]}}, \#(twoTablets)}"#,
    "A 30 mg/day"
  ),
  (
    #"{"asNeededBoolean": true, "timing": {"repeat": {"frequency": 4, "period": 1, "periodUnit": "d"}}, \#(twoTablets)}"#,
    "A 120 mg/day"
  ),
  (
    #"{"asNeededCodeableConcept": {"text": "pain"}, "timing": {"code": {"coding": [{"code": "QID"}]}}, \#(twoTablets)}"#,
    "A 120 mg/day"
  ),
  (
    #"{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseRange": {"low": {"value": 1, "unit": "TAB"}, "high": {"value": 2, "unit": "TAB"}}}]}"#,
    "A 60 mg/day"
  ),
  (
    #"{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseQuantity": {"value": 10, "unit": "furlong"}}]}"#,
    "A"
  ),
  (
    #"{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseQuantity": {"value": 15, "unit": "mg"}}]}"#,
    "R morphine oral 15 mg bid"
  ),
  (
    #"{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseQuantity": {"value": 1, "unit": "1"}}"#,
    "R morphine oral 15 mg bid"
  ),
  (#"{"timing": {"code": {"coding": [{"code": "BID"}]}}}"#, "A"),
  (#"{"text": "as directed"}"#, "A"),
  ("", "A"),
  (
    #"{"timing": {"repeat": {"when": ["MORN"]}}, \#(twoTablets)}, {"timing": {"repeat": {"when": ["EVE"]}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "TAB"}}]}"#,
    "R morphine oral 45 mg/day"
  ),
  (#"{"sequence": 1, "text": "2 tablets bid"}, {"sequence": 2, "text": "1 tablet bid"}"#, "A 60 mg/day"),
]

@Test(arguments: dosages) func `a dosage of FHIR gives a dose or a question`(dosage: String, expected: String)
  throws
{
  let found = try #require(try medicines(request(dosage)).first)
  #expect(summary(found) == expected, "\(found.codes.map(\.name)) \(found.findings.map(\.topic.number))")
}

@Test(arguments: [
  ("active", SigReading.Outcome.read), ("on-hold", .read), ("cancelled", .skip), ("completed", .skip),
  ("entered-in-error", .skip), ("stopped", .skip), ("draft", .skip), ("unknown", .skip), ("", .ask),
  ("perhaps", .ask),
])
func `only an active order or one on hold counts`(status: String, outcome: SigReading.Outcome) throws {
  #expect(try medicines(request(#"{"text": "1 tab bid"}"#, status: status)).map(\.outcome) == [outcome])
}

@Test func `intent, doNotPerform and modifiers decide whether an order is one`() throws {
  func outcome(_ more: String) throws -> SigReading.Outcome? {
    try medicines(request(#"{"text": "1 tab bid"}"#, more: more)).first?.outcome
  }
  #expect(try outcome(#""doNotPerform": true,"#) == .skip)
  #expect(try outcome(#""modifierExtension": [{"url": "http://example.org/x"}],"#) == .ask)
  let proposal = request(#"{"text": "1 tab bid"}"#).replacing(
    #""intent": "order""#, with: #""intent": "proposal""#)
  #expect(try medicines(proposal).first?.outcome == .ask)
}

@Test func `a medication is found where it is contained, in the bundle, or said to be missing`() throws {
  let sig = #"{"text": "1 tab bid"}"#
  let contained = request(
    sig, name: ##""medicationReference": {"reference": "#m"}"##,
    more:
      #""contained": [{"resourceType": "Medication", "id": "m", "code": {"text": "oxycodone 10 mg tablet"}}],"#
  )
  #expect(try medicines(contained).map(summary) == ["R oxycodone oral 10 mg bid"])
  for reference in [
    "Medication/m", "urn:uuid:1", "http://example.org/fhir/Medication/m", "Medication/m/_history/3",
  ] {
    let bundle = """
      {"resourceType": "Bundle", "type": "collection", "entry": [
        {"resource": \(request(sig, name: #""medicationReference": {"reference": "\#(reference)"}"#))},
        {"fullUrl": "urn:uuid:1", "resource": {"resourceType": "Medication", "id": "m", "ingredient": [
          {"itemCodeableConcept": {"text": "oxycodone hydrochloride"},
           "strength": {"numerator": {"value": 10, "unit": "mg"}, "denominator": {"value": 1, "unit": "tablet"}}}]}}]}
      """
    #expect(try medicines(bundle).map(summary) == ["R oxycodone oral 10 mg bid"], "\(reference)")
  }
  let missing = try medicines(request(sig, name: #""medicationReference": {"reference": "Medication/none"}"#))
  #expect(missing.map(\.outcome) == [.ask] && missing[0].codes == [.unknownDrug])
}

@Test func `codings that name different strengths are asked, those that agree are one medicine`() throws {
  func read(_ a: String, _ b: String) throws -> String? {
    let name = #""medicationCodeableConcept": {"coding": [{"display": "\#(a)"}, {"display": "\#(b)"}]}"#
    return try medicines(request(#"{"text": "1 tab bid"}"#, name: name)).first.map(summary)
  }
  #expect(try read("oxycodone", "oxycodone 10 MG Oral Tablet") == "R oxycodone oral 10 mg bid")
  #expect(try read("oxycodone 5 MG Oral Tablet", "oxycodone 10 MG Oral Tablet") == "A")
  #expect(try read("morphine 10 MG Oral Tablet", "oxycodone 10 MG Oral Tablet") == "A")
  let coded =
    #""medicationCodeableConcept": {"coding": [{"system": "http://www.nlm.nih.gov/research/umls/rxnorm", "code": "7804"}]}"#
  #expect(
    try medicines(request(#"{"text": "10 mg bid"}"#, name: coded)).map(summary) == [
      "R oxycodone oral 10 mg bid"
    ])
}

@Test func `rates beat the bag that holds them`() throws {
  let name = #""medicationCodeableConcept": {"text": "morphine 1 mg/mL injection"}"#
  func read(_ dose: String) throws -> String? {
    try medicines(
      request(
        #"{"route": {"text": "IV"}, "doseAndRate": [{"doseQuantity": {"value": 100, "unit": "mL"}, \#(dose)}]}"#,
        name: name)
    )
    .first.map(summary)
  }
  #expect(try read(#""rateQuantity": {"value": 2, "unit": "mg/h"}"#) == "R morphine iv 48 mg/day")
  #expect(try read(#""rateQuantity": {"value": 2, "unit": "mL/hr"}"#) == "R morphine iv 48 mg/day")
  #expect(
    try read(
      #""rateRatio": {"numerator": {"value": 2, "unit": "mg"}, "denominator": {"value": 1, "unit": "h"}}"#)
      == "R morphine iv 48 mg/day")
  #expect(try read(#""rateQuantity": {"value": 2, "unit": "drop/min"}"#) == "A")
}

@Test func `a patch is counted by what it gives in an hour`() throws {
  let name = #""medicationCodeableConcept": {"text": "72 HR fentanyl 0.025 MG/HR Transdermal System"}"#
  let dosage =
    #"{"timing": {"repeat": {"frequency": 1, "period": 72, "periodUnit": "h"}}, "doseAndRate": [{"doseQuantity": {"value": 2, "unit": "patch"}}]}"#
  #expect(try medicines(request(dosage, name: name)).map(summary) == ["R fentanyl transdermal 50 mcg/h q72h"])
}

@Test func `an order that ended before the day asked for is skipped`() throws {
  let dosage = #"{"text": "1 tab bid", "timing": {"repeat": {"boundsPeriod": {"end": "2026-10-01"}}}}"#
  #expect(try medicines(request(dosage), asOf: "2026-11-25").map(\.outcome) == [.skip])
  #expect(try medicines(request(dosage), asOf: "2026-09-25").map(\.outcome) == [.read])
}

@Test func `birth dates come from the patients of the bundle`() throws {
  let bundle = """
    {"resourceType": "Bundle", "entry": [{"resource": {"resourceType": "Patient", "id": "p1", "birthDate": "1948-11-30"}},
      {"resource": \(request(#"{"text": "1 tab bid"}"#))}]}
    """
  #expect(try medicines(bundle, asOf: "2026-11-25").map(\.ageYears) == [77])
}

@Test func `resources on lines stream by, whatever stands between them`() throws {
  let line = request(
    #"{"text": "1 tab bid"}"#, name: #""medicationReference": {"reference": "Medication/m"}"#
  ).split(separator: "\n").joined()
  let text =
    "\(line)\n\n\(line)\r\n{\"resourceType\": \"Medication\", \"id\": \"m\", \"code\": {\"text\": \"codeine 30 mg tablet\"}}\n"
  let found = try medicines(text)
  #expect(found.map(summary) == ["R codeine oral 30 mg bid", "R codeine oral 30 mg bid"])
  #expect(found.map(\.line) == [1, 3])
}

@Test(arguments: [
  ("{\"resourceType\":\"Bundle\",\n \"entry\": [,]}", "line 2, column 12"), ("{\"a\": 1", "line 1, column 8"),
  ("{\"a\": 01}", "line 1, column 8"), ("{\"a\": 1, \"a\": 2}", "line 1, column 12"),
  ("[1, 2", "line 1, column 6"),
  ("{\"a\": \"\\x\"}", "line 1, column 9"), ("{\"a\": 1}\u{0}", "line 1, column 9"),
  ("{\"a\": \u{0}1}", "line 1, column 7"), ("{\"a\": \"\\ud83d\"}", "line 1, column 14"),
  ("{\"a\": 1e999}", "line 1, column 11"), ("{\"a\": NaN}", "line 1, column 7"),
  ("{\"a\": 1} {", "line 1, column 10"),
])
func `malformed JSON is one error with its place`(text: String, place: String) throws {
  let problem = #expect(throws: IntakeProblem.self) { try medicines(text) }
  #expect(problem?.message.contains(place) ?? false, "\(problem?.message ?? "")")
  #expect(problem?.exitCode == 65)
}

@Test func `digits and the order of members are kept as they stand`() throws {
  let text =
    #"{"b": 18446744073709551616.10, "a": [1E2, -0.50, 12345678901234567890], "é": "\u00e9\ud83d\ude00"}"#
  guard case .object(let members, let bytes) = try JSONTree(reading: Array("\u{FEFF} \(text) ".utf8)) else {
    Issue.record("no object")
    return
  }
  #expect(members.map(\.key) == ["b", "a", "é"])
  #expect(members[0].value.digits == "18446744073709551616.10")
  #expect(members[1].value.elements.map(\.digits) == ["1E2", "-0.50", "12345678901234567890"])
  #expect(members[2].value.string == "é😀")
  #expect(bytes == 4..<4 + text.utf8.count)
}

@Test(arguments: [[0x22, 0xff, 0x22], [0x22, 0xc3, 0x22], [0x22, 0xed, 0xa0, 0x80, 0x22]] as [[UInt8]])
func `bytes that are no UTF-8 are no JSON`(bytes: [UInt8]) {
  #expect(throws: JSONProblem.self) { try JSONTree(reading: bytes) }
}

@Test func `a value is read 96 levels deep, and no deeper`() throws {
  func nested(_ depth: Int) -> [UInt8] {
    Array((String(repeating: "[", count: depth) + String(repeating: "]", count: depth)).utf8)
  }
  _ = try JSONTree(reading: nested(96))
  #expect(throws: JSONProblem.self) { try JSONTree(reading: nested(97)) }
}

@Test func `nesting without end is refused, not followed`() {
  let text = String(repeating: "{\"a\":", count: 100_000)
  #expect(throws: IntakeProblem.self) { try medicines(text) }
}

@Test func `everything that an order says is kept as its source`() throws {
  let extra = #""extension": [{"url": "http://example.org/odd", "valueString": "tapers \"soon\""}],"#
  let found = try #require(try medicines(request(#"{"text": "1 tab bid"}"#, more: extra)).first)
  #expect(found.text.contains(#"tapers \"soon\""#) && !found.text.contains("\n"))
}
