import Thecal
import _ThecalTestSupport

/// A patient drawn at random, as each way into the engine has it: values, lines of a table, a plan in YAML.
///
/// Anything that need not be known may be unknown.
struct DrawnPatient {
  /// What is taken, in the words of a table.
  private let taken: [(medicine: Medicine, cells: String, words: String)]
  /// The drug of the pump.
  let target: String
  private(set) var patient = Patient()
  let id: String

  init(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
    func number(_ range: ClosedRange<Int>) -> ExactNumber {
      ExactNumber(Int.random(in: range, using: &random))
    }
    id = "P\(seed)"
    let targets = ["morphine", "morphine", "hydromorphone", "hydromorphone", "ziconotide", "baclofen"]
    let target = targets.randomElement(using: &random) ?? "morphine"
    let isTone = target == "baclofen"
    self.target = target
    let opioids = [
      "morphine", "oxycodone", "hydromorphone", "codeine", "tramadol", "methadone", "oxymorphone",
    ]
    let names =
      isTone
      ? ["baclofen"] : Array(opioids.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random)))
    var taken = names.map { Self.oral($0, number(isTone ? 5...30 : 1...120), number(1...6)) }
    if !isTone, number(1...4) == 1 { taken[0] = Self.patch(25 * number(1...4)) }
    self.taken = taken
    let settings: [Indication] = isTone ? [.spasticitySpinal, .spasticityCerebral] : [.cancer, .noncancer]
    patient.indication = isTone ? settings.randomElement(using: &random) : maybe(settings[Int(seed % 2)])
    patient.opioidDays = maybe(number(0...14))
    patient.ageYears = maybe(number(18...95))
    patient.frail = maybe(Bool.random(using: &random))
    patient.sleepApnea = maybe(Bool.random(using: &random))
    patient.cnsDepressants = maybe(Bool.random(using: &random))
    patient.psychosisHistory = target == "ziconotide" ? maybe(number(1...5) == 1) : nil
    if isTone {
      patient.screening = Screening(bolus: Mass(5 * number(4...22), .micrograms), effect: nil)
      patient.screening?.effect = maybe(Time(number(2...12), .hours))
    } else if target != "ziconotide" {
      patient.residualEquivalent = maybe(number(0...60))
    }
  }

  private static func oral(_ drug: String, _ milligrams: ExactNumber, _ times: ExactNumber) -> (
    Medicine, String, String
  ) {
    let medicine = Medicine(
      drug: drug, route: .oral,
      amount: .doses(Mass(milligrams, .milligrams), Frequency(timesPerDay: times)))
    return (
      medicine, "\(drug),oral,\(milligrams.plainText),mg,\(times.plainText)x daily",
      "\(drug) oral \(milligrams.plainText) mg \(times.plainText)x daily"
    )
  }

  private static func patch(_ strength: ExactNumber) -> (Medicine, String, String) {
    let medicine = Medicine(
      drug: "fentanyl", route: .transdermal, amount: .rate(DoseRate(strength, .microgramsPerHour)))
    return (
      medicine, "fentanyl,transdermal,\(strength.plainText),mcg/h,q72h",
      "fentanyl transdermal \(strength.plainText) mcg/h q72h"
    )
  }

  /// As values.
  var request: ConversionRequest {
    ConversionRequest(medicines: taken.map(\.medicine), target: target, patient: patient)
  }

  /// As a plan of values, with a target that no rule refuses by itself.
  var titration: TitrationRequest {
    var plan = TitrationRequest(drug: target)
    plan.patient = patient
    plan.medicines = taken.map(\.medicine)
    plan.target = .dose(goal)
    plan.days = Self.days
    return plan
  }

  private static let days = 9

  private var goal: DoseRate {
    switch target {
    case "morphine": DoseRate(2, .milligramsPerDay)
    case "hydromorphone": DoseRate(0.5, .milligramsPerDay)
    case "ziconotide": DoseRate(5, .microgramsPerDay)
    default: DoseRate(300, .microgramsPerDay)
    }
  }

  /// The columns of `lines`.
  static let header =
    "patient_id,drug,route,dose,unit,frequency,target_drug,indication,opioid_days,age_years,frail,sleep_apnea,"
    + "cns_depressants,psychosis_history,residual_mme,screening_bolus,screening_effect\n"

  /// As lines of a table.
  var lines: String {
    let facts = [
      target, patient.indication?.rawValue ?? "", text(patient.opioidDays), text(patient.ageYears),
      text(patient.frail), text(patient.sleepApnea), text(patient.cnsDepressants),
      text(patient.psychosisHistory), text(patient.residualEquivalent), bolus ?? "", effect ?? "",
    ]
    return taken.map { "\(id),\($0.cells),\(facts.joined(separator: ","))\n" }.joined()
  }

  /// As a plan that a person writes.
  var yaml: String {
    var lines = ["drug: \(target)", "days: \(Self.days)"]
    lines.append("medications: [\(taken.map { "\"\($0.words)\"" }.joined(separator: ", "))]")
    let goal =
      target == "morphine" || target == "hydromorphone"
      ? "\(goal.exactValue(in: .milligramsPerDay).plainText) mg/day"
      : "\(goal.exactValue(in: .microgramsPerDay).plainText) mcg/day"
    lines.append("target: {dose: \(goal)}")
    let facts = [
      ("indication", patient.indication?.rawValue ?? ""), ("opioid_days", text(patient.opioidDays)),
      ("age_years", text(patient.ageYears)), ("frail", text(patient.frail)),
      ("sleep_apnea", text(patient.sleepApnea)), ("cns_depressants", text(patient.cnsDepressants)),
      ("psychosis_history", text(patient.psychosisHistory)),
      ("residual_mme", text(patient.residualEquivalent)),
    ]
    lines += facts.filter { !$0.1.isEmpty }.map { "\($0.0): \($0.1)" }
    if let bolus { lines.append("screening: {bolus: \(bolus)\(effect.map { ", effect: \($0)" } ?? "")}") }
    return lines.joined(separator: "\n") + "\n"
  }

  private var bolus: String? {
    patient.screening.map { "\($0.bolus.exactValue(in: .micrograms).plainText) mcg" }
  }
  private var effect: String? {
    patient.screening?.effect.map { "\($0.exactValue(in: .hours).plainText) h" }
  }
  private func text(_ number: ExactNumber?) -> String { number?.plainText ?? "" }
  private func text(_ flag: Bool?) -> String { flag.map { $0 ? "yes" : "no" } ?? "" }
}
