import ThecalFormulary
import ThecalQuantities

/// Why a patient gets half of a start.
struct RiskReasons: OptionSet {
  let rawValue: Int
  static let frail = RiskReasons(rawValue: 1)
  static let age = RiskReasons(rawValue: 2)
  static let sleepApnea = RiskReasons(rawValue: 4)
  static let depressants = RiskReasons(rawValue: 8)

  /// The reasons as evidence; `older` is the age from which age is one.
  func evidence(from older: ExactNumber) -> [Evidence] {
    let all: [(RiskReasons, Evidence)] = [
      (.frail, .text("frail")), (.age, .text("age \(older) or above")),
      (.sleepApnea, .text("sleep apnea")), (.depressants, .text("CNS depressants")),
    ]
    return all.filter { contains($0.0) }.map(\.1)
  }
}

extension DosingRules {
  /// Why this patient gets half; empty where nothing speaks for it.
  func riskReasons(_ patient: Patient) -> RiskReasons {
    var reasons: RiskReasons = []
    if patient.frail == true { reasons.insert(.frail) }
    if let age = patient.ageYears, age >= riskAge.value { reasons.insert(.age) }
    if patient.sleepApnea == true { reasons.insert(.sleepApnea) }
    if patient.cnsDepressants == true { reasons.insert(.depressants) }
    return reasons
  }
}
