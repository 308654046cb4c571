import Foundation
import ThecalDosing
import Testing
import _ThecalTestSupport

@testable import ThecalIntake

/// A resource of any kind with directions that would be read.
private func resource(
  _ type: String, status: String?, intent: String? = nil, dosage: String = #"{"text": "1 tab bid"}"#,
  medication: String = #""medicationCodeableConcept": {"text": "morphine 15 mg tablet"}"#, more: String = ""
) -> String {
  let key = type == "MedicationStatement" || type == "MedicationUsage" ? "dosage" : "dosageInstruction"
  let status = status.map { #""status": "\#($0)","# } ?? ""
  let intent = intent.map { #""intent": "\#($0)","# } ?? ""
  return
    #"{"resourceType": "\#(type)", \#(status) \#(intent) \#(more) "subject": {"reference": "Patient/p"}, \#(medication), "\#(key)": [\#(dosage)]}"#
}

/// Every status that R4 has for a request and for a statement, and what comes of the order.
let statuses: [(type: String, status: String?, outcome: SigReading.Outcome)] = [
  ("MedicationRequest", "active", .read), ("MedicationRequest", "on-hold", .read),
  ("MedicationRequest", "cancelled", .skip), ("MedicationRequest", "completed", .skip),
  ("MedicationRequest", "entered-in-error", .skip), ("MedicationRequest", "stopped", .skip),
  ("MedicationRequest", "draft", .skip), ("MedicationRequest", "unknown", .skip),
  ("MedicationRequest", "ended", .skip), ("MedicationRequest", nil, .ask),
  ("MedicationRequest", "Active", .ask),
  ("MedicationRequest", "ordered", .ask), ("MedicationStatement", "active", .read),
  ("MedicationStatement", "on-hold", .read), ("MedicationStatement", "completed", .skip),
  ("MedicationStatement", "entered-in-error", .skip), ("MedicationStatement", "intended", .skip),
  ("MedicationStatement", "stopped", .skip), ("MedicationStatement", "unknown", .skip),
  ("MedicationStatement", "not-taken", .skip), ("MedicationStatement", nil, .ask),
]

@Test(arguments: statuses.indices) func `every status of R4 is counted, skipped or asked`(index: Int) throws {
  let (type, status, outcome) = statuses[index]
  let found = try medicines(resource(type, status: status))
  #expect(found.map(\.outcome) == [outcome], "\(type) \(status ?? "none")")
  if outcome != .read { #expect(found[0].dose == nil && found[0].frequency.isEmpty) }
}

@Test(
  arguments: [
    (nil, SigReading.Outcome.read), ("order", .read), ("original-order", .read), ("reflex-order", .read),
    ("filler-order", .read), ("instance-order", .read), ("plan", .read), ("proposal", .ask), ("option", .ask),
    ("directive", .ask),
  ] as [(String?, SigReading.Outcome)])
func `an intent that is no order is asked, a plan is read and noted`(
  intent: String?, outcome: SigReading.Outcome
) throws {
  let found = try medicines(resource("MedicationRequest", status: "active", intent: intent))
  #expect(found.map(\.outcome) == [outcome])
  #expect(found[0].findings.contains { $0.isAbout(IntakeTopic.plannedOrder) } == (intent == "plan"))
}

@Test(arguments: ["MedicationDispense", "MedicationAdministration"])
func `what was handed out or given is no order`(type: String) throws {
  #expect(try medicines(resource(type, status: "completed")).map(\.outcome) == [.skip])
}

@Test(arguments: ["Observation", "Condition", "Encounter", "Practitioner", "AllergyIntolerance"])
func `resources that are no medicine make no row`(type: String) throws {
  #expect(try medicines(#"{"resourceType": "\#(type)", "id": "x"}"#).isEmpty)
}

/// Where the medication may stand, and what its reference may look like.
let references: [(reference: String, fullURL: String, isFound: Bool)] = [
  ("Medication/m", "http://example.org/Medication/m", true), ("Medication/m/_history/2", "urn:uuid:1", true),
  ("http://example.org/fhir/Medication/m", "urn:uuid:1", true), ("urn:uuid:1", "urn:uuid:1", true),
  ("https://other.example/base/Medication/m/_history/9", "urn:uuid:1", true),
  ("Medication/n", "urn:uuid:1", false), ("urn:uuid:2", "urn:uuid:1", false), ("#m", "urn:uuid:1", false),
  ("", "urn:uuid:1", false), ("Patient/m", "urn:uuid:1", false),
]

@Test(arguments: references.indices) func `a reference finds its medication or says that it is missing`(
  index: Int
) throws {
  let (reference, fullURL, isFound) = references[index]
  let request = resource(
    "MedicationRequest", status: "active",
    medication: #""medicationReference": {"reference": "\#(reference)"}"#)
  let medication = #"{"resourceType": "Medication", "id": "m", "code": {"text": "oxycodone 10 mg tablet"}}"#
  let bundle =
    #"{"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": \#(request)}, {"fullUrl": "\#(fullURL)", "resource": \#(medication)}]}"#
  let found = try medicines(bundle)
  #expect(found.map(summary) == [isFound ? "R oxycodone oral 10 mg bid" : "A"])
  if !isFound {
    #expect(
      found[0].codes == [.unknownDrug]
        && found[0].findings.contains { $0.isAbout(IntakeTopic.missingMedication) })
  }
}

@Test func `a display stands in for a medication that is not there`() throws {
  let found = try medicines(
    resource(
      "MedicationRequest", status: "active",
      medication:
        #""medicationReference": {"reference": "Medication/none", "display": "oxycodone 10 mg tablet"}"#))
  #expect(found.map(summary) == ["R oxycodone oral 10 mg bid"])
}

@Test(arguments: ["collection", "searchset", "document", "message", "transaction", "batch", "history"])
func `a bundle of every type carries its orders`(type: String) throws {
  let order = resource("MedicationRequest", status: "active")
  let bundle =
    #"{"resourceType": "Bundle", "type": "\#(type)", "entry": [{"resource": \#(order)}, {"resource": \#(order)}, {"request": {"method": "GET"}}]}"#
  #expect(try medicines(bundle).count == 2)
}

/// Dosages that are text alone, as most systems send them; the medicine is a tablet of 15 mg.
let textDosages: [(text: String, expected: String)] = [
  ("1 tablet twice daily", "R morphine oral 15 mg bid"),
  ("Take 2 tablets by mouth every 8 hours", "R morphine oral 30 mg tid"),
  ("15 mg PO q4h", "R morphine oral 15 mg q4h"), ("1 tab qam and 2 tabs qhs", "R morphine oral 45 mg/day"),
  ("1 tablet as needed", "A 15 mg/day"), ("1-2 tablets twice daily", "A 60 mg/day"), ("as directed", "A"),
  ("1-0-1-0", "R morphine oral 30 mg daily"), ("1 comprimé matin et soir", "R morphine oral 15 mg bid"),
  ("do not take", "S"),
]

@Test(arguments: textDosages) func `a dosage that is text alone is read as directions`(
  text: String, expected: String
) throws {
  for key in ["text", "patientInstruction"] {
    let found = try medicines(
      resource("MedicationRequest", status: "active", dosage: #"{"\#(key)": "\#(text)"}"#))
    #expect(found.map(summary) == [expected], "\(key)")
  }
}

/// `timing.repeat`, and what it comes to for one tablet of 15 mg.
let timings: [(timing: String, expected: String)] = [
  (#""timeOfDay": ["08:00:00"]"#, "R morphine oral 15 mg daily"),
  (#""timeOfDay": ["06:00:00", "14:00:00", "22:00:00"]"#, "R morphine oral 15 mg tid"),
  (
    #""timeOfDay": ["08:00:00", "20:00:00"], "frequency": 2, "period": 1, "periodUnit": "d""#,
    "R morphine oral 15 mg bid"
  ),
  (#""timeOfDay": ["08:00:00"], "frequency": 2, "period": 1, "periodUnit": "d""#, "A 30 mg/day"),
  (#""frequency": 1, "period": 6, "periodUnit": "h""#, "R morphine oral 15 mg qid"),
  (#""frequency": 1, "period": 360, "periodUnit": "min""#, "R morphine oral 15 mg qid"),
  (#""frequency": 1, "period": 21600, "periodUnit": "s""#, "R morphine oral 15 mg qid"),
  (#""frequency": 14, "period": 1, "periodUnit": "wk""#, "R morphine oral 15 mg bid"),
  (#""frequency": 3, "period": 1, "periodUnit": "wk""#, "A 15 mg/day"),
  (#""frequency": 1, "period": 1, "periodUnit": "mo""#, "A 15 mg/day"),
  (#""frequency": 1, "period": 1, "periodUnit": "a""#, "A 15 mg/day"),
  (#""frequency": 1, "period": 1, "periodUnit": "fortnight""#, "A 15 mg/day"),
  (#""frequency": 0, "period": 1, "periodUnit": "d""#, "A 15 mg/day"),
  (#""frequency": 1, "period": 0, "periodUnit": "d""#, "A 15 mg/day"),
  (#""frequency": 2, "period": 1, "periodMax": 2, "periodUnit": "d""#, "A 30 mg/day"),
  (#""when": ["MORN"]"#, "R morphine oral 15 mg daily"),
  (#""when": ["MORN", "NOON", "EVE", "NIGHT"]"#, "R morphine oral 15 mg qid"),
  (#""when": ["HS"]"#, "R morphine oral 15 mg daily"), (#""when": ["AC"]"#, "R morphine oral 15 mg tid"),
  (#""when": ["PCM", "PCV"]"#, "R morphine oral 15 mg bid"), (#""when": ["IMD"]"#, "A 15 mg/day"),
  (#""dayOfWeek": ["mon", "thu"]"#, "A 15 mg/day"),
  (#""count": 1, "frequency": 1, "period": 1, "periodUnit": "d""#, "A 15 mg/day"),
  (
    #""boundsDuration": {"value": 7, "unit": "d"}, "frequency": 2, "period": 1, "periodUnit": "d""#,
    "R morphine oral 15 mg bid"
  ),
  (
    #""boundsRange": {"low": {"value": 3}, "high": {"value": 7}}, "frequency": 2, "period": 1, "periodUnit": "d""#,
    "A 30 mg/day"
  ),
  (#""countMax": 4, "frequency": 2, "period": 1, "periodUnit": "d""#, "A 30 mg/day"),
]

@Test(arguments: timings) func `a timing gives how often, or a question`(timing: String, expected: String)
  throws
{
  let dosage =
    #"{"timing": {"repeat": {\#(timing)}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}"#
  let found = try medicines(resource("MedicationRequest", status: "active", dosage: dosage))
  #expect(found.map(summary) == [expected], "\(found.first?.codes.map(\.name) ?? [])")
}

/// Codes of `timing.code`, each alone, and what they come to for one tablet of 15 mg.
@Test(arguments: [
  ("QD", "R morphine oral 15 mg daily"), ("BID", "R morphine oral 15 mg bid"),
  ("TID", "R morphine oral 15 mg tid"),
  ("QID", "R morphine oral 15 mg qid"), ("AM", "R morphine oral 15 mg daily"),
  ("PM", "R morphine oral 15 mg daily"),
  ("Q4H", "R morphine oral 15 mg q4h"), ("Q6H", "R morphine oral 15 mg qid"),
  ("Q8H", "R morphine oral 15 mg tid"),
  ("BED", "R morphine oral 15 mg daily"), ("QOD", "A 15 mg/day"), ("WK", "A 15 mg/day"),
  ("MO", "A 15 mg/day"),
  ("XYZ", "A 15 mg/day"),
])
func `a code of the timing stands alone`(code: String, expected: String) throws {
  let dosage =
    #"{"timing": {"code": {"coding": [{"code": "\#(code)"}]}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}"#
  #expect(
    try medicines(resource("MedicationRequest", status: "active", dosage: dosage)).map(summary) == [expected])
}

/// Units of a dose, for a tablet of 15 mg taken twice a day.
@Test(arguments: [
  ("tablet", "R morphine oral 15 mg bid"), ("{tbl}", "R morphine oral 15 mg bid"),
  ("TAB", "R morphine oral 15 mg bid"),
  ("{Tablet}", "R morphine oral 15 mg bid"), ("1", "R morphine oral 15 mg bid"),
  ("", "R morphine oral 15 mg bid"),
  ("mg", "R morphine oral 1 mg bid"), ("ug", "R morphine oral 0.001 mg bid"),
  ("mcg", "R morphine oral 0.001 mg bid"),
  ("g", "R morphine oral 1000 mg bid"), ("mL", "A"), ("patch", "A"), ("[iU]", "A"), ("drop", "A"),
  ("{dose}", "A 30 mg/day"),
  ("furlong", "A"), ("meq", "A"),
])
func `a unit of a dose is known or asked`(unit: String, expected: String) throws {
  let dosage =
    #"{"timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "\#(unit)"}}]}"#
  let found = try medicines(resource("MedicationRequest", status: "active", dosage: dosage))
  if expected == "A" || expected.hasPrefix("A ") {
    #expect(found.map(\.outcome) == [.ask], "\(unit)")
  } else {
    #expect(found.map(summary) == [expected], "\(unit)")
  }
}

/// Rates of a solution of 1 mg/mL.
@Test(arguments: [
  (#""rateQuantity": {"value": 2, "unit": "mg/h"}"#, "R morphine iv 48 mg/day"),
  (#""rateQuantity": {"value": 2, "unit": "mL/h"}"#, "R morphine iv 48 mg/day"),
  (#""rateQuantity": {"value": 500, "unit": "mcg/h"}"#, "R morphine iv 12 mg/day"),
  (
    #""rateRatio": {"numerator": {"value": 3, "unit": "mL"}, "denominator": {"value": 1, "unit": "h"}}"#,
    "R morphine iv 72 mg/day"
  ),
  (#""rateRatio": {"numerator": {"value": 3, "unit": "mL"}, "denominator": {"value": 2, "unit": "h"}}"#, "A"),
  (
    #""rateRange": {"low": {"value": 1, "unit": "mg/h"}, "high": {"value": 2, "unit": "mg/h"}}"#,
    "A 48 mg/day"
  ),
  (#""rateQuantity": {"value": 2, "unit": "mcg/kg/min"}"#, "A"), (#""rateQuantity": {"unit": "mg/h"}"#, "A"),
])
func `a rate flows all day or is asked`(rate: String, expected: String) throws {
  let dosage =
    #"{"route": {"text": "IV"}, "doseAndRate": [{"doseQuantity": {"value": 250, "unit": "mL"}, \#(rate)}]}"#
  let found = try medicines(
    resource(
      "MedicationRequest", status: "active", dosage: dosage,
      medication: #""medicationCodeableConcept": {"text": "morphine 1 mg/mL injection"}"#))
  #expect(found.map(summary) == [expected])
}

@Test(arguments: [
  #""asNeededBoolean": true"#, #""asNeededCodeableConcept": {"text": "pain"}"#,
  #""asNeededCodeableConcept": {"coding": []}"#,
  #""asNeeded": true"#, #""asNeededFor": [{"text": "pain"}]"#,
])
func `as needed is asked in every way that FHIR says it`(asNeeded: String) throws {
  let dosage =
    #"{\#(asNeeded), "timing": {"code": {"coding": [{"code": "BID"}]}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}"#
  #expect(
    try medicines(resource("MedicationRequest", status: "active", dosage: dosage)).map(summary) == [
      "A 30 mg/day"
    ])
  let never = #"{"asNeededBoolean": false, "text": "1 tab bid"}"#
  #expect(
    try medicines(resource("MedicationRequest", status: "active", dosage: never)).map(\.outcome) == [.read])
}

@Test func `text that says more than the data opens the order again`() throws {
  for text in [
    "1 tablet twice daily as needed", "1-2 tablets twice daily", "1 tablet twice daily then stop",
    "2 tablets twice daily",
  ] {
    let dosage =
      #"{"text": "\#(text)", "timing": {"repeat": {"frequency": 2, "period": 1, "periodUnit": "d"}}, "doseAndRate": [{"doseQuantity": {"value": 1, "unit": "tablet"}}]}"#
    #expect(
      try medicines(resource("MedicationRequest", status: "active", dosage: dosage)).map(\.outcome) == [.ask],
      "\(text)")
  }
}

@Test func `subjects become patients, however they are named`() throws {
  for (subject, patient) in [
    (#"{"reference": "Patient/77"}"#, "77"), (#"{"reference": "urn:uuid:ab-1"}"#, "ab-1"),
    (##"{"reference": "#p1"}"##, "p1"),
    (#"{"identifier": {"value": "MRN9"}}"#, "MRN9"), (#"{"display": "Doe"}"#, "Doe"), ("{}", ""),
  ] {
    let order = resource("MedicationRequest", status: "active").replacing(
      #"{"reference": "Patient/p"}"#, with: subject)
    #expect(try medicines(order).map(\.patient) == [patient])
  }
}

// MARK: JSON

/// A random document, as text.
private func document(_ random: inout SeededGenerator, depth: Int = 0) -> String {
  switch Int.random(in: 0..<(depth > 3 ? 4 : 6), using: &random) {
  case 0: return ["true", "false", "null"].randomElement(using: &random)!
  case 1: return ["0", "-1", "2.5", "1e3", "-0.25E-2", "123456789"].randomElement(using: &random)!
  case 2, 3:
    return [#""""#, #""a b""#, #""\u00e9\n\t\"\\""#, #""é""#, #""\ud83d\ude00""#, #""{[,]}""#].randomElement(
      using: &random)!
  case 4:
    let elements = (0..<Int.random(in: 0...3, using: &random)).map { _ in document(&random, depth: depth + 1)
    }
    return "[" + elements.joined(separator: " , ") + "]"
  default:
    let members = (0..<Int.random(in: 0...3, using: &random)).map {
      #""k\#($0)" : \#(document(&random, depth: depth + 1))"#
    }
    return "{\n" + members.joined(separator: ",") + "}"
  }
}

/// The same value as Foundation's.
private func isEqual(_ tree: JSONTree, _ other: Any) -> Bool {
  switch tree {
  case .null: return other is NSNull
  case .flag(let flag): return (other as? NSNumber)?.boolValue == flag
  case .number(let digits): return (other as? NSNumber)?.doubleValue == Double(digits)
  case .text(let text): return other as? String == text
  case .array(let elements):
    guard let list = other as? [Any], list.count == elements.count else { return false }
    return zip(elements, list).allSatisfy { isEqual($0, $1) }
  case .object(let members, _):
    guard let table = other as? [String: Any], table.count == members.count else { return false }
    return members.allSatisfy { member in table[member.key].map { isEqual(member.value, $0) } ?? false }
  }
}

@Test(arguments: 0..<300 as Range<UInt64>) func `JSON is read as Foundation reads it`(seed: UInt64)
  throws
{
  var random = SeededGenerator(seed: seed)
  let text = document(&random)
  let tree = try JSONTree(reading: Array(text.utf8))
  let other = try JSONSerialization.jsonObject(with: Data(text.utf8), options: .fragmentsAllowed)
  #expect(isEqual(tree, other), "\(text)")
}

@Test func `a broken document is refused, never read as another one`() throws {
  var (refused, readByBoth) = (0, 0)
  for seed in 0..<400 as Range<UInt64> {
    var random = SeededGenerator(seed: seed &+ 10_000)
    var bytes = Array(document(&random).utf8)
    // Half a character is read leniently, which is not what is tested here.
    if bytes.isEmpty || !bytes.allSatisfy({ $0 < 128 }) || bytes.contains(Array("ud83d".utf8)) { continue }
    bytes.remove(at: Int.random(in: 0..<bytes.count, using: &random))
    let other = try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)
    guard let tree = try? JSONTree(reading: bytes) else {
      refused += 1
      continue
    }
    let known = try #require(other, "\(String(decoding: bytes, as: UTF8.self)) is JSON to one reader alone")
    #expect(isEqual(tree, known))
    readByBoth += 1
  }
  #expect(refused > 20 && readByBoth > 20, "\(refused) refused, \(readByBoth) read")
}
