import Testing
import Thecal

/// The lines of the README, so that they compile and say what it says.
@Test func `the example of the README starts at 0.2 mg a day once the days are known`() throws {
  let oxycodone = Medicine(
    drug: "oxycodone", route: .oral,
    amount: .doses(Mass(20, .milligrams), Frequency(timesPerDay: 4)))
  var request = ConversionRequest(medicines: [oxycodone], target: "morphine")
  // Tolerance unknown: 0.4 x 0.5 for another opioid meets the first-day cap of 0.2, and asks for the days.
  #expect(try Converter().convert(request).codes.contains(.toleranceUnknown))
  request.patient.opioidDays = 30
  let result = try Converter().convert(request)
  #expect(result.status == .review && result.start == DoseRate(0.2, .milligramsPerDay))
}

@Test func `the example of risks in the README prints counts with their studies`() throws {
  var asked = RiskRequest(drug: "morphine", dose: .continuous(DoseRate(1, .milligramsPerDay)))
  asked.tolerance = .tolerant
  let counted = try RiskAssessment(asked)?.entries.filter { $0.kind == .counts } ?? []
  let told = counted.filter { $0.probability != nil && $0.low != nil }
  #expect(!told.isEmpty && told.allSatisfy { !$0.sources.isEmpty })
}

@Test func `every source that a result names can be cited`() throws {
  let medicine = Medicine(
    drug: "baclofen", route: .oral, amount: .doses(Mass(20, .milligrams), Frequency(timesPerDay: 3)))
  let result = try Converter().convert(
    ConversionRequest(medicines: [medicine], target: "baclofen"), explaining: true)
  #expect(!result.sources.isEmpty)
  for id in result.sources { #expect(Formulary.embedded.source(id) != nil, "\(id)") }
}
