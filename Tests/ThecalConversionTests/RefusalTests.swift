import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalConversion

func intrathecal(_ drug: String, _ amount: ExactNumber, _ unit: DoseRate.Unit = .milligramsPerDay) -> Medicine
{
  Medicine(drug: drug, route: .intrathecal, amount: .rate(DoseRate(amount, unit)))
}

/// A request that is refused, and why.
struct RefusedRequest: Sendable {
  let medicines: [Medicine]
  let target: String
  let code: Code
  var evidence: Evidence?
}

let refusals = [
  RefusedRequest(
    medicines: [oral("morphine", 60, 2)], target: "fentanyl", code: .noConversion,
    evidence: .amount(75, "mcg/day")),
  RefusedRequest(
    medicines: [oral("morphine", 60, 2)], target: "sufentanil", code: .noConversion,
    evidence: .amount(20, "mcg/day")
  ),
  RefusedRequest(
    medicines: [oral("morphine", 60, 2)], target: "bupivacaine", code: .noConversion,
    evidence: .amount(4, "mg/day")),
  RefusedRequest(
    medicines: [oral("morphine", 60, 2)], target: "clonidine", code: .noConversion,
    evidence: .amount(100, "mcg/day")
  ),
  RefusedRequest(
    medicines: [oral("morphine", 60, 2)], target: "baclofen", code: .noConversion, evidence: .drug("morphine")
  ),
  RefusedRequest(
    medicines: [oral("baclofen", 20, 3)], target: "morphine", code: .noConversion, evidence: .drug("baclofen")
  ),
  RefusedRequest(medicines: [oral("methadone", 20, 3)], target: "morphine", code: .noConversion),
  RefusedRequest(
    medicines: [oral("methadone", 5, 1), oral("morphine", 60, 2)], target: "morphine", code: .noConversion),
  RefusedRequest(
    medicines: [
      Medicine(drug: "buprenorphine", route: .transdermal, amount: .rate(DoseRate(20, .microgramsPerHour)))
    ],
    target: "morphine", code: .noConversion, evidence: .text("cdc_2022")),
  RefusedRequest(
    medicines: [Medicine(drug: "morphine", route: .intravenous, amount: doses(10, 4))], target: "morphine",
    code: .noConversion, evidence: .text("iv")),
  RefusedRequest(
    medicines: [intrathecal("fentanyl", 400, .microgramsPerDay)], target: "morphine",
    code: .lipophilicRotation),
  RefusedRequest(
    medicines: [intrathecal("sufentanil", 50, .microgramsPerDay)], target: "hydromorphone",
    code: .lipophilicRotation),
  RefusedRequest(
    medicines: [intrathecal("morphine", 2)], target: "morphine", code: .alreadyIntrathecal,
    evidence: .drug("morphine")),
  RefusedRequest(
    medicines: [intrathecal("morphine", 2), intrathecal("hydromorphone", 1)], target: "hydromorphone",
    code: .noConversion),
  RefusedRequest(
    medicines: [intrathecal("morphine", 2), oral("morphine", 30, 2)], target: "morphine", code: .noConversion),
  RefusedRequest(medicines: [oral("morphine", 4_000, 4)], target: "morphine", code: .implausibleDose),
]

@Test(arguments: refusals) func `a refused request has its code, its reason and no dose anywhere`(
  request: RefusedRequest
) throws {
  let result = try convert(request.medicines, to: request.target)
  #expect(result.status == .blocked && result.codes.contains(request.code))
  #expect(result.estimate == nil && result.low == nil && result.high == nil && result.start == nil)
  #expect(result.startBasis == nil && result.unit == nil && result.limit == nil)
  let refusal = try #require(result.findings.all.first { $0.code == request.code && $0.severity == .blocked })
  if let evidence = request.evidence { #expect(refusal.evidence.contains(evidence), "\(refusal)") }
  #expect(result.derivation.allSatisfy { $0.topic == Topic(DosingTopic.stepEquivalents) })
}

@Test(arguments: ["vincristine", "potassium chloride", "tranexamic acid", "diatrizoate", "benzyl alcohol"])
func `what must never be intrathecal is refused as source and as target`(drug: String) throws {
  let medicine = Medicine(drug: drug, route: .intravenous, amount: doses(2, 1))
  #expect(try convert([medicine], to: drug).codes.contains(.neverIntrathecal))
  let result = try convert([oral("morphine", 60, 2), medicine])
  #expect(result.status == .blocked && result.codes.contains(.neverIntrathecal) && result.start == nil)
}

@Test func `the way back exists for morphine alone, and not by another table`() throws {
  let converter = try Converter()
  for (drug, target) in [
    ("hydromorphone", "hydromorphone"), ("morphine", "hydromorphone"), ("fentanyl", "morphine"),
  ] {
    let result = converter.convert(
      ConversionRequest(medicines: [intrathecal(drug, 1)], target: target, targetRoute: .oral))
    #expect(result.status == .blocked && result.codes.contains(.noConversion) && result.start == nil)
  }
  #expect(throws: Converter.Problem.wrongDirection(id: "sylvester_2004")) {
    try Converter(ratioTable: "sylvester_2004")
  }
  #expect(throws: Converter.Problem.self) { try Converter(equivalentTable: "cdc_1999") }
}

/// A fact about a patient, what it does to a request for morphine, and its code; nil where it does nothing.
let facts: [(@Sendable (inout Patient) -> Void, Status, Code?)] = [
  ({ $0.anticoagulant = true }, .review, .anticoagulant), ({ $0.anticoagulant = false }, .ok, nil),
  ({ $0.pregnancy = true }, .review, .pregnancy), ({ $0.renal = true }, .review, .renal),
  ({ $0.allergy = "morphine" }, .blocked, .allergy),
  ({ $0.allergy = "Morphine sulfate" }, .blocked, .allergy),
  ({ $0.allergy = "yes" }, .blocked, .allergy), ({ $0.allergy = "latex" }, .review, .allergy),
  ({ $0.allergy = "no" }, .ok, nil), ({ $0.allergy = "" }, .ok, nil), ({ $0.ageYears = 17 }, .blocked, .age),
  ({ $0.ageYears = 18 }, .ok, nil), ({ $0.ageYears = 64 }, .ok, nil),
  ({ $0.ageYears = 65 }, .review, .reducedForRisk),
  ({ $0.frail = true }, .review, .reducedForRisk), ({ $0.sleepApnea = true }, .review, .reducedForRisk),
  ({ $0.cnsDepressants = true }, .review, .reducedForRisk),
  ({ $0.residualEquivalent = 30 }, .review, .residualOpioid),
  ({ $0.residualEquivalent = 0 }, .ok, nil), ({ $0.psychosisHistory = true }, .ok, nil),
  ({ $0.opioidDays = 6 }, .review, .opioidNaiveCap), ({ $0.opioidDays = 7 }, .ok, nil),
]

@Test(arguments: facts.indices) func `a fact stops, flags or does nothing, as the rules say`(index: Int)
  throws
{
  let (change, status, code) = facts[index]
  var patient = Patient()
  change(&patient)
  let result = try convert([oral("morphine", 60, 2)], patient)
  #expect(result.status == status, "\(patient)")
  #expect(code.map(result.codes.contains) ?? result.codes.isEmpty, "\(result.codes.codes)")
}

@Test func `a fact that nobody stated is named, and is no reason for a review`() throws {
  let result = try convert([oral("morphine", 60, 2)])
  let names = ["age_years", "frail", "sleep_apnea", "cns_depressants", "residual_mme"]
  let finding = try #require(result.findings.all.first { $0.isAbout(DosingTopic.notStated) })
  #expect(result.status == .ok && finding.evidence == [.list(names.map { .text($0) })])
}

@Test func `days that nobody stated are a reason for a review`() throws {
  let request = ConversionRequest(medicines: [oral("morphine", 60, 4)], target: "morphine")
  let result = try Converter().convert(request)
  #expect(result.status == .review && result.codes.codes == [.toleranceUnknown, .opioidNaiveCap])
  #expect(result.opioidClass == .unknown && result.start == DoseRate(0.2, .milligramsPerDay))
}

@Test func `psychosis stops ziconotide and nothing else`() throws {
  var patient = Patient()
  #expect(try convert([oral("morphine", 60, 2)], to: "ziconotide").start == DoseRate(1.2, .microgramsPerDay))
  patient.psychosisHistory = true
  let result = try convert([oral("morphine", 60, 2)], to: "ziconotide", patient)
  #expect(
    result.status == .blocked && result.start == nil
      && result.codes.contains(.psychosisHistory))
}
