import Testing
import ThecalBatch
import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalPump
import ThecalQuantities
import ThecalStudy
import _ThecalTestSupport

@testable import ThecalReports

@Test func `an answer of a plan holds its parts in the order in which it is read`() throws {
  let report = try Sample.plan(WrittenFile.patient(more: "path: {length: 60 cm, per_length: 0.0022 mL/cm}"))
  let keys = report.parts.map(\.key)
  #expect(
    keys == ["conversion", "compound", "prime", "refill", "refill_at_start", "titration", "risk", "timeline"])
  let json = report.answer.json
  var rest = json[...]
  for key in ["patient_id", "start", "limit", "refill_by"] + keys + [
    "weaning", "emergency", "label", "record", "signatures",
  ] {
    let place = try #require(rest.firstRange(of: "\"\(key)\":"), "\(key)")
    rest = rest[place.upperBound...]
  }
  for part in report.parts where !["conversion", "timeline"].contains(part.key) {
    #expect(json.contains("\"\(part.key)\":\(part.answer.json)"))
  }
}

@Test func `the same file gives the same bytes`() throws {
  #expect(
    try Sample.plan(WrittenFile.patient()).answer.json == Sample.plan(WrittenFile.patient()).answer.json)
  #expect(
    try Sample.plan(WrittenFile.patient()).html(engine: "x")
      == Sample.plan(WrittenFile.patient()).html(engine: "x"))
}

@Test func `every source of a plan resolves, and every code of a part is one of the plan`() throws {
  let report = try Sample.plan(WrittenFile.patient())
  #expect(report.sources.count > 10)
  for id in report.sources { #expect(Formulary.embedded.source(id) != nil, "\(id)") }
  for part in report.parts { #expect(Set(part.answer.codes).isSubset(of: report.codes), "\(part.key)") }
}

@Test(arguments: [
  "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "a&b", "{{start}}", "\u{202E}abc",
  "' onclick='x",
])
func `whatever a patient is called stays a text of the page`(id: String) throws {
  let quoted = "'" + id.replacing("'", with: "''") + "'"
  let page = try Sample.plan(WrittenFile.patient(id: quoted)).html(engine: "test")
  #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("onclick='"))
  #expect(!page.contains("Patient 0.4") && page.contains("FOR INTRATHECAL USE ONLY"))
  if id.hasPrefix("<") { #expect(page.contains("&lt;script&gt;")) }
}

@Test func `a name of ten thousand letters is refused with its line, not cut`() {
  let long = String(repeating: "x", count: 10_000)
  #expect {
    _ = try PlanJob(
      yaml: WrittenFile.patient(id: long), named: "p", engine: "test", wording: ClinicalWording())
  } throws: { error in
    "\((error as? SimulationProblem)?.message ?? "")".contains("patient_id: this value is too long")
  }
}

@Test func `a page of a plan loads nothing and runs nothing`() throws {
  let page = try Sample.plan(WrittenFile.patient()).html(engine: "test")
  for word in ["<script", "<link", "<img", "src=", "@import", "url(", " style=", " onload"] {
    #expect(!page.contains(word), "\(word)")
  }
  #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>") && !page.contains("{{"))
  #expect(
    page.contains("counter(page)") && page.contains("table-header-group")
      && page.contains("prefers-color-scheme"))
  for tag in ["table", "thead", "tbody", "tr", "td", "ul", "div", "p"] {
    #expect(
      page.ranges(of: "<\(tag)>").count + page.ranges(of: "<\(tag) ").count
        == page.ranges(of: "</\(tag)>").count, "\(tag)")
  }
}

@Test func `the page and the text say what the answer says`() throws {
  let report = try Sample.plan(WrittenFile.patient(medications: "[oxycodone oral 20 mg q6h]"))
  let start = try #require(report.plan.start)
  let words = DoseUnit.milligrams.text(start)
  #expect(words == "0.2 mg/day")
  #expect(report.text.contains("Start: \(words)") && report.answer.json.contains(#""start":0.2,"#))
  #expect(try report.html(engine: "e").contains("Start: <b>\(words)</b>"))
  #expect(
    report.text.contains("oxyCODONE oral 20 mg q6h")
      && report.decisions.contains { $0.contains("cross-tolerance") })
}

@Test func `a refused plan says why and keeps the card, without any dose`() throws {
  let report = try Sample.plan(WrittenFile.patient(medications: "[methadone oral 20 mg tid]"))
  #expect(report.isBlocked && report.codes.contains(.noConversion) && !report.decisions.isEmpty)
  let (text, page) = (report.text, try report.html(engine: "test"))
  #expect(text.contains("BLOCKED") && text.contains("naloxone") && !text.contains("mg/day\n"))
  #expect(page.contains("Emergency card") && !page.contains("Compounding record") && !page.contains("Start:"))
  let json = report.answer.json
  for key in ["start", "limit", "refill_by", "weaning", "label", "record"] {
    #expect(json.contains("\"\(key)\":null"), "\(key)")
  }
}

@Test func `a medicine is written as a plan reads it`() throws {
  func medicine(_ times: ExactNumber) -> Medicine {
    Medicine(
      drug: "morphine", route: .oral, amount: .doses(Mass(60, .milligrams), Frequency(timesPerDay: times)))
  }
  #expect(PlanReport.words(medicine(2)) == "morphine oral 60 mg q12h")
  #expect(PlanReport.words(medicine(5)) == "morphine oral 60 mg 5x daily")
  let patch = Medicine(drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(25, .microgramsPerHour)))
  #expect(PlanReport.words(patch) == "fentanyl transdermal 25 mcg/h")
  for words in [medicine(2), medicine(5), medicine(3)].map(PlanReport.words) {
    let read = DosingRules.standard.read(try #require(MedicineWords(words)), line: 1)
    #expect(read.medicine != nil && read.problems.isEmpty, "\(words)")
  }
}

@Test func `facts are entered or not stated, never both, and only what the drug asks for`() {
  var patient = Patient()
  let none = PatientWords(patient, drug: "morphine")
  #expect(
    none.entered.isEmpty && none.notStated.contains("sleep apnea")
      && !none.notStated.contains("psychosis history"))
  #expect(PatientWords(patient, drug: "ziconotide").notStated.contains("psychosis history"))
  #expect(PatientWords(patient, drug: "baclofen").notStated.contains("screening bolus"))
  (patient.ageYears, patient.frail, patient.allergy) = (80, true, "latex")
  patient.screening = Screening(bolus: Mass(50, .micrograms), effect: Time(6, .hours))
  let words = PatientWords(patient, drug: "baclofen")
  #expect(
    words.entered == [
      "age years 80", "frail yes", "screening bolus 50 mcg", "screening effect 6 h", "allergy latex",
    ])
  #expect(!words.notStated.contains("age years") && words.notStated.contains("indication"))
}

@Test func `a card of a conversion has figures, findings, facts and derivation, and a refused one no dose`()
  throws
{
  func card(_ words: String) throws -> [String: Any] {
    let made = try BatchRun(BatchOptions(), engine: "t").convert(
      InlinePatient(medications: [words], facts: ["opioid_days": "30", "age_years": "80"]))
    return ConversionCard(try #require(made.rows.first)).content
  }
  func labels(_ card: [String: Any]) -> [String] {
    (card["lines"] as? [[String: String]] ?? []).compactMap { $0["label"] }
  }
  let good = try card("morphine oral 60 mg bid")
  #expect(labels(good) == ["Takes", "Oral morphine", "Estimate", "Start on day 1", "Limit"])
  #expect((good["facts"] as? [String: String])?["text"] == "opioid days 30; age years 80")
  #expect((good["derivation"] as? [String: String])?["text"]?.contains("cdc2022") == true)
  let refused = try card("methadone oral 20 mg tid")
  #expect(refused["status"] as? String == "blocked" && !labels(refused).contains("Start on day 1"))
  #expect(!labels(refused).contains("Estimate") && (refused["notices"] as? [String: String]) != nil)
}
