import ArgumentParser
import Thecal

/// The columns about a patient, as options: the same names, with hyphens.
struct InlineFacts: ParsableArguments {
  @Option(name: .customLong("to"), help: "Drug of the pump: morphine, hydromorphone, ziconotide, baclofen, …")
  var target: String?
  @Option(help: "intrathecal, or oral for the way back.")
  var targetRoute: String?
  @Option(help: "cancer, noncancer, spasticity_spinal or spasticity_cerebral.")
  var indication: String?
  @Option(help: "Days on the present opioid dose.")
  var opioidDays: String?
  @Option(help: "Age in years.")
  var ageYears: String?
  @Option(help: "Weight in kg.")
  var weightKg: String?
  @Option(help: "yes or no.")
  var frail: String?
  @Option(help: "yes or no.")
  var sleepApnea: String?
  @Option(help: "yes or no.")
  var cnsDepressants: String?
  @Option(help: "yes or no.")
  var psychosisHistory: String?
  @Option(help: "The baclofen screening bolus: \"50 mcg\".")
  var screeningBolus: String?
  @Option(help: "How long it worked: \"6 h\".")
  var screeningEffect: String?
  @Option(help: "Whether it worked: yes or no.")
  var screeningResponse: String?
  @Option(help: "Oral morphine equivalent that goes on beside the pump, mg/day.")
  var residualMme: String?
  @Option(help: "The device: \"SynchroMed II\".")
  var pump: String?
  @Option(help: "Volume of the reservoir: \"40 mL\".")
  var reservoir: String?
  @Option(help: "Concentration in the reservoir: \"10 mg/mL\".")
  var concentration: String?
  @Option(help: "Day of the fill: 2026-01-31.")
  var fillDate: String?
  @Option(help: "Volume at which the alarm sounds: \"2 mL\".")
  var alarmVolume: String?
  @Option(help: "yes or no.")
  var anticoagulant: String?
  @Option(help: "yes or no.")
  var pregnancy: String?
  @Option(help: "no, or the name of what the patient is allergic to.")
  var allergy: String?
  @Option(help: "Renal impairment: yes or no.")
  var renal: String?

  /// What was given, by the name of the input column.
  var columns: [String: String] {
    let all: [(String, String?)] = [
      ("target_drug", target), ("target_route", targetRoute), ("indication", indication),
      ("opioid_days", opioidDays),
      ("age_years", ageYears), ("weight_kg", weightKg), ("frail", frail), ("sleep_apnea", sleepApnea),
      ("cns_depressants", cnsDepressants), ("psychosis_history", psychosisHistory),
      ("screening_bolus", screeningBolus),
      ("screening_effect", screeningEffect), ("screening_response", screeningResponse),
      ("residual_mme", residualMme),
      ("pump", pump), ("reservoir", reservoir), ("concentration", concentration), ("fill_date", fillDate),
      ("alarm_volume", alarmVolume), ("anticoagulant", anticoagulant), ("pregnancy", pregnancy),
      ("allergy", allergy),
      ("renal", renal),
    ]
    return Dictionary(uniqueKeysWithValues: all.compactMap { name, value in value.map { (name, $0) } })
  }
}
