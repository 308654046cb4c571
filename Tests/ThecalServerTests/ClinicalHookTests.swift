import Foundation
import Testing
@testable import ThecalServer

private func order(_ name: String, _ dose: Double, _ unit: String, perDay: Int) -> String {
  """
  {"resource":{"resourceType":"MedicationRequest","status":"active","intent":"order",
   "medicationCodeableConcept":{"text":"\(name)"},"subject":{"reference":"Patient/p1"},
   "dosageInstruction":[{"timing":{"repeat":{"frequency":\(perDay),"period":1,"periodUnit":"d"}},
    "route":{"text":"oral"},"doseAndRate":[{"doseQuantity":{"value":\(dose),"unit":"\(unit)"}}]}]}}
  """
}

private func request(_ entries: [String], drafts: [String] = []) -> String {
  """
  {"hook":"order-select","hookInstance":"d1577c69-dfbe-44ad-ba6d-3e05e953b2ea","fhirServer":"http://elsewhere.example",
   "context":{"userId":"Practitioner/x","patientId":"p1","draftOrders":{"resourceType":"Bundle","entry":[\(drafts.joined(separator: ","))]}},
   "prefetch":{"medications":{"resourceType":"Bundle","type":"searchset","entry":[\(entries.joined(separator: ","))]}}}
  """
}

private func cards(_ answer: HTTPAnswer) throws -> [[String: Any]] {
  let object = try #require(try JSONSerialization.jsonObject(with: Data(answer.body)) as? [String: Any])
  return try #require(object["cards"] as? [[String: Any]])
}

@Test func `the service says what it is and what it needs`() async throws {
  let server = try await RunningServer()
  let answer = await server.ask("GET", "/cds-services")
  #expect(answer.status == 200 && answer.headers["content-type"] == ServedType.json)
  #expect(answer.text.contains(#""hook":"order-select","id":"thecal-pump-dose""#))
  #expect(answer.text.contains("MedicationRequest?patient={{context.patientId}}"))
}

@Test func `a card states the daily dose, the morphine equivalent and what needs a decision`() async throws {
  let server = try await RunningServer()
  let body = request([order("Oxycodone hydrochloride 20 mg oral tablet", 20, "mg", perDay: 4)])
  let answer = await server.post("/cds-services/thecal-pump-dose", ServedType.json, body)
  #expect(answer.status == 200, "\(answer.text)")
  let card = try #require(try cards(answer).first)
  let summary = try #require(card["summary"] as? String)
  #expect(
    summary.contains("mg/day") && summary.contains("MME 120 mg/day") && summary.contains("review"),
    "\(summary)")
  #expect(summary.count <= 140)
  #expect(card["indicator"] as? String == "warning")
  #expect(
    (card["detail"] as? String)?.contains("Status") == true
      || (card["detail"] as? String)?.contains("status") == true)
  #expect((card["source"] as? [String: Any])?["label"] as? String != nil)
}

@Test func `a draft order counts with what is taken`() async throws {
  let server = try await RunningServer()
  let one = order("Morphine sulfate 60 mg oral tablet", 60, "mg", perDay: 2)
  let two = order("Hydromorphone 4 mg oral tablet", 4, "mg", perDay: 4)
  let alone = try cards(await server.post("/cds-services/thecal-pump-dose", ServedType.json, request([one])))
  let both = try cards(
    await server.post("/cds-services/thecal-pump-dose", ServedType.json, request([one], drafts: [two])))
  #expect((alone.first?["summary"] as? String)?.contains("MME 120") == true, "\(alone)")
  #expect((both.first?["summary"] as? String)?.contains("MME 200") == true, "\(both)")
}

@Test func `no medicines are no cards, and medicines that settle nothing are a card that says so`()
  async throws
{
  let server = try await RunningServer()
  let none = await server.post("/cds-services/thecal-pump-dose", ServedType.json, request([]))
  #expect(none.text == "{\"cards\":[]}\n")
  let vague =
    #"{"resource":{"resourceType":"MedicationRequest","status":"active","medicationCodeableConcept":{"text":"Oxycodone 5 mg tablet"},"subject":{"reference":"Patient/p1"},"dosageInstruction":[{"text":"take as needed","asNeededBoolean":true}]}}"#
  let asked = try cards(
    await server.post("/cds-services/thecal-pump-dose", ServedType.json, request([vague])))
  #expect(asked.first?["indicator"] as? String == "critical")
}
