import Testing
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import _ThecalTestSupport

@testable import ThecalTitration

/// A patient drawn at random, with what is taken and what is wanted: anything may be unknown.
struct RandomPatient {
  let request: ConversionRequest

  init(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    let drugs = ["morphine", "oxycodone", "hydromorphone", "codeine", "tramadol", "methadone", "oxymorphone"]
    let medicines = (0..<Int.random(in: 1...2, using: &random)).map { _ in
      Medicine(
        drug: drugs.randomElement(using: &random) ?? "morphine", route: .oral,
        amount: .doses(
          Mass(ExactNumber(Int.random(in: 1...120, using: &random)), .milligrams),
          Frequency(timesPerDay: ExactNumber(Int.random(in: 1...6, using: &random)))))
    }
    var patient = Patient()
    patient.indication = maybe(Bool.random(using: &random) ? .cancer : .noncancer)
    patient.opioidDays = maybe(ExactNumber(Int.random(in: 0...14, using: &random)))
    patient.ageYears = maybe(ExactNumber(Int.random(in: 16...95, using: &random)))
    patient.frail = maybe(Bool.random(using: &random))
    patient.sleepApnea = maybe(Bool.random(using: &random))
    patient.cnsDepressants = maybe(Bool.random(using: &random))
    patient.residualEquivalent = maybe(ExactNumber(Int.random(in: 0...60, using: &random)))
    request = ConversionRequest(
      medicines: medicines, target: Bool.random(using: &random) ? "morphine" : "hydromorphone",
      patient: patient)
  }

  /// The same patient as a plan of titration, with a target that no rule refuses by itself.
  var plan: TitrationRequest {
    var plan = TitrationRequest(drug: request.target)
    plan.patient = request.patient
    plan.medicines = request.medicines
    plan.target = .dose(DoseRate(request.target == "morphine" ? 2 : 1, .milligramsPerDay))
    plan.days = 10
    return plan
  }
}

@Suite struct `Convert and titrate agree` {
  @Test(arguments: 0..<20)
  func `on start, limit, class and refusal of a hundred patients each`(block: Int) throws {
    let converter = try Converter()
    var started = 0
    for seed in UInt64(block * 100)..<UInt64(block * 100 + 100) {
      let patient = RandomPatient(seed)
      let converted = converter.convert(patient.request)
      let reading = try #require(RuleReading(patient.plan, .embedded))
      var rules = reading
      let limits = rules.limits()
      #expect((limits == nil) == !converted.status.allowsDoses, "\(seed): \(converted.findings.codes.codes)")
      #expect(limits.map(\.first) == converted.start, "\(seed)")
      #expect(limits.map(\.highest) == (limits == nil ? nil : converted.limit), "\(seed)")
      if converted.status.allowsDoses { #expect(reading.patientClass == converted.opioidClass, "\(seed)") }
      if limits != nil { started += 1 }
    }
    #expect(started > 20, "the patients of a block are not all refused")
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `a plan begins with the dose of its conversion, and its first step is that of the rules`(seed: UInt64)
    throws
  {
    let patient = RandomPatient(seed)
    let converted = try Converter().convert(patient.request)
    let plan = try TitrationPlan(patient.plan)
    #expect(plan.days.first?.dose == converted.start)
    guard let start = converted.start, plan.days.count > 1 else { return }
    let use = try #require(DosingRules.standard.drug(patient.request.target))
    let changes = try #require(DosingRules.standard.changes(of: use, for: patient.request.patient))
    let rise = try #require(plan.days.first { $0.dose > start })
    #expect(rise.day == 1 + changes.intervalDays && rise.dose <= changes.next(after: start))
  }
}

/// Oxycodone 20 mg q6h, tolerant, 80 years: the patient who had two first doses from two commands.
@Test func `the patient with two first doses has one`() throws {
  var patient = Patient()
  (patient.opioidDays, patient.ageYears) = (60, 80)
  let oxycodone = Medicine(
    drug: "oxycodone", route: .oral,
    amount: .doses(Mass(20, .milligrams), Frequency(timesPerDay: 4)))
  for (target, start) in [("morphine", 0.1), ("hydromorphone", 0.0166)] as [(String, ExactNumber)] {
    let request = ConversionRequest(medicines: [oxycodone], target: target, patient: patient)
    #expect(try Converter().convert(request).start == DoseRate(start, .milligramsPerDay))
    var plan = TitrationRequest(drug: target)
    (plan.patient, plan.medicines) = (patient, [oxycodone])
    plan.target = .dose(DoseRate(1, .milligramsPerDay))
    #expect(try TitrationPlan(plan).days.first?.dose == DoseRate(start, .milligramsPerDay))
  }
}

@Test func `equivalents of an unknown opioid are halved and asked about`() throws {
  var plan = TitrationRequest(drug: "morphine")
  (plan.patient.opioidDays, plan.patient.ageYears) = (60, 80)
  plan.oralMorphine = DoseRate(120, .milligramsPerDay)
  plan.target = .dose(DoseRate(1, .milligramsPerDay))
  let made = try TitrationPlan(plan)
  #expect(made.days.first?.dose == DoseRate(0.1, .milligramsPerDay))
  #expect(made.findings.status == .review && made.findings.codes.contains(.crossTolerance))
}
