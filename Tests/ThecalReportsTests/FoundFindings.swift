import Testing
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import ThecalTitration

@testable import ThecalReports

/// What the engine finds over a broad set of requests, and the steps that it writes down.
enum Found {
  /// Every finding of the calculations below, each once.
  static let findings: [Finding] = {
    var all: [Finding] = conversions.flatMap(\.findings.all)
    all += pump.flatMap(\.findings.all)
    all += pump.compactMap(\.alternative)
    all += doses + plans + readings + risks
    return Array(Set(all))
  }()

  /// What stands beside the figures of the sampled risks.
  private static let risks: [Finding] = {
    var all: [Finding] = []
    for (_, report) in Sample.risks {
      for entry in report.assessment.entries { all += entry.notes }
      all += report.assessment.raised
      all += report.assessment.massFactors
      all += report.assessment.comparisons
    }
    return all
  }()

  /// Every step of the conversions below.
  static let steps: [DerivationStep] = Array(Set(conversions.flatMap(\.derivation)))

  static let conversions: [Conversion] = {
    var results: [Conversion] = []
    for (ratios, equivalents) in [
      ("leaflet_300", "cdc_2022"), ("label_fr", "cdc_2017"), ("huntsman_2021", "uk_2025"),
      ("japan_2023", "anzca_fpm_2021"),
    ] {
      guard let converter = try? Converter(equivalentTable: equivalents, ratioTable: ratios) else { continue }
      for target in [
        "morphine", "hydromorphone", "baclofen", "ziconotide", "fentanyl", "clonidine", "ropivacaine",
        "oxycodone", "vincristine",
      ] {
        for medicines in regimens {
          for patient in patients {
            let request = ConversionRequest(medicines: medicines, target: target, patient: patient)
            results.append(converter.convert(request, explaining: true))
          }
          results.append(
            converter.convert(
              ConversionRequest(medicines: medicines, target: target, targetRoute: .oral), explaining: true))
          results.append(
            converter.convert(
              ConversionRequest(medicines: medicines, target: target, targetRoute: .epidural),
              explaining: true))
        }
      }
    }
    return results
  }()

  private static func taken(
    _ drug: String, _ milligrams: ExactNumber, _ times: ExactNumber, _ route: AdministrationRoute = .oral
  ) -> Medicine {
    Medicine(
      drug: drug, route: route, amount: .doses(Mass(milligrams, .milligrams), Frequency(timesPerDay: times)),
      line: 3)
  }

  private static func pumped(_ drug: String, _ rate: ExactNumber, _ unit: DoseRate.Unit = .milligramsPerDay)
    -> Medicine
  {
    Medicine(drug: drug, route: .intrathecal, amount: .rate(DoseRate(rate, unit)), line: 3)
  }

  private static let regimens: [[Medicine]] = [
    [taken("oxycodone", 20, 4)], [taken("morphine", 60, 2), taken("hydromorphone", 4, 4)],
    [taken("morphine", 10, 2)], [taken("methadone", 20, 3)],
    [taken("tramadol", 100, 4)], [taken("morphine", 4_000, 4)], [taken("morphine", 600, 4)],
    [taken("morphine", 0.06, 4)], [taken("morphine", 1, 60)],
    [taken("morphine", 10, 9)], [taken("morphine", 10, ExactNumber(24, over: 5))],
    [taken("hydromorphone", 2, 0.4, .intravenous)],
    [taken("hydromorphone", 2, ExactNumber(24, over: 7), .intravenous)],
    [taken("morphine", 10, 4, .intravenous)], [taken("levorphanol", 2, 3)],
    [taken("baclofen", 20, 3)], [pumped("morphine", 4)], [pumped("morphine", 25)],
    [pumped("hydromorphone", 1)], [pumped("fentanyl", 400, .microgramsPerDay)],
    [pumped("morphine", 2), taken("morphine", 30, 2)], [pumped("morphine", 2), pumped("hydromorphone", 1)],
    [taken("morphine", 3_000, 2)],
    [Medicine(drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(100, .microgramsPerHour)))],
  ]

  private static let patients: [Patient] = {
    var known = Patient()
    (known.opioidDays, known.indication) = (30, .cancer)
    (known.screening, known.psychosisHistory) = (
      Screening(bolus: Mass(50, .micrograms), effect: Time(6, .hours)), false
    )
    var frail = known
    (frail.frail, frail.ageYears, frail.sleepApnea, frail.anticoagulant, frail.renal, frail.pregnancy) = (
      true, 80, true, true, true, true
    )
    (frail.residualEquivalent, frail.allergy, frail.screening) = (
      30, "latex", Screening(bolus: Mass(75, .micrograms))
    )
    var refused = known
    (refused.ageYears, refused.allergy, refused.psychosisHistory, refused.screeningResponse) = (
      12, "morphine", true, false
    )
    (refused.residualEquivalent, refused.indication) = (10_000, .spasticitySpinal)
    var large = Patient()
    large.screening = Screening(bolus: Mass(150, .micrograms))
    return [Patient(), known, frail, refused, large]
  }()

  /// What the rules say of doses, solutions and boluses at the borders of every drug.
  static let doses: [Finding] = {
    let rules = DosingRules.standard
    var found: [Finding] = []
    for drug in [
      "morphine", "hydromorphone", "fentanyl", "baclofen", "clonidine", "ziconotide", "bupivacaine",
      "ropivacaine", "oxycodone", "exampline", "vincristine",
    ] {
      for value in [0.00001, 0.001, 0.1, 1, 9, 19, 40, 1_000, 400_000] as [ExactNumber] {
        found += rules.check(
          DoseRate(value, .milligramsPerDay), of: drug, keepsPassed: true, at: Place(field: drug))
        found += rules.check(Concentration(value, .milligramsPerMilliliter), of: drug, keepsPassed: true)
        found += rules.check(bolus: Mass(value, .milligrams), of: drug, .notTolerant)
      }
      found += rules.drug(drug).map(rules.monitoring) ?? []
      found += rules.drug(drug).flatMap { rules.changes(of: $0, for: Patient()) }?.findings ?? []
    }
    return found
  }()

  /// What is found where words cannot be read.
  static let readings: [Finding] = [
    "exampline oral 20 mg q6h", "Percocet oral 5 mg q6h", "oxycodone oral 0 mg q6h",
    "oxycodone oral 1,500 mg q6h", "oxycodone oral 20 ml q6h",
    "oxycodone oral 20 drops q6h", "fentanyl transdermal 25 mcg q72h", "oxycodone oral 20 mg",
    "oxycodone oral 20 mg prn", "morphine iv 2 mg/h q6h",
  ].compactMap { MedicineWords($0) }.flatMap { DosingRules.standard.read($0, line: 4).problems }

  /// Plans and scenarios as users write them.
  static let plans: [Finding] = {
    let plans = [
      "drug: baclofen\ntarget: {dose: 300 mcg/day}",
      "drug: baclofen\nscreening: {bolus: 50 mcg}\ntarget: {dose: 300 mcg/day}",
      "drug: morphine\nopioid_tolerant: yes\ntarget: {dose: 30 mg/day}",
      "drug: fentanyl\ntarget: {dose: 100 mcg/day}",
      "drug: ziconotide\npsychosis_history: no\ntarget: {relief: 50 %}",
      "drug: morphine\nconcentration: 25 mg/mL\ntarget: {dose: 1 mg/day}",
      "drug: morphine\nopioid_tolerant: yes",
      "drug: morphine\nopioid_tolerant: yes\ntarget: {relief: 50 %}",
      "drug: ziconotide\npsychosis_history: no\ntarget: {dose: 19.2 mcg/day}",
      "drug: morphine\nmedications: [\"oxycodone oral 20 mg q6h\"]\nopioid_days: 30\nage_years: 80\ntarget: {dose: 2 mg/day}",
    ]
    return plans.compactMap { try? TitrationPlan(TitrationScenario(yaml: $0, file: "plan.yaml")) }.flatMap(
      \.findings.all)
  }()
}
