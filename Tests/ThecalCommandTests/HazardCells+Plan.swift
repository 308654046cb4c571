/// The calls of `thecal plan`, which asks the rules of every command that it puts together.
extension DosingCommand {
  func patientCell(_ hazard: Hazard) -> HazardCell {
    let call = "plan patient.yaml --json"
    let slip = ["TYPO_SUSPECTED", "IMPLAUSIBLE_DOSE"]
    switch hazard {
    case .thousandfold, .perHour, .tenfold: return .call(call, codes: slip)
    case .overLimit: return .call(call, codes: ["OVER_LIMIT"])
    case .concentration: return .call(call, codes: ["OVER_CONCENTRATION"])
    case .neverIntrathecal: return .call(call, codes: ["NEVER_INTRATHECAL"])
    case .deviceRange: return .call(call, codes: ["FLOW_OUT_OF_RANGE", "BELOW_PUMP_MINIMUM"])
    case .reservoir: return .call(call, codes: ["RESERVOIR_TOO_SMALL"])
    case .dry: return .call(call, codes: ["RESIDUAL_ABOVE_FILL"])
    case .unitOfSize: return .call(call, codes: ["IMPLAUSIBLE_DOSE", "TYPO_SUSPECTED"])
    case .unreadable, .noUnit: return .call(call, codes: ["patient.yaml:"], exit: 65)
    case .unknownDrug: return .call(call, codes: ["UNKNOWN_DRUG", "BAD_VALUE"])
    }
  }

  /// A patient with one thing wrong.
  func patient(_ hazard: Hazard) -> String {
    var (drug, regimen, target) = ("morphine", "morphine oral 60 mg bid", "0.8 mg/day")
    var (strength, stock, volume, length, days) = ("2 mg/mL", "10 mg/mL", "20 mL", "60 cm", "30")
    switch hazard {
    case .thousandfold: regimen = "morphine oral 60000 mg bid"
    case .perHour: target = "20 mg/h"
    case .tenfold: regimen = "oxycodone oral 300 mg q6h"
    case .overLimit: target = "21 mg/day"
    case .concentration: (strength, stock) = ("50 mg/mL", "50 mg/mL")
    case .neverIntrathecal: drug = "vincristine"
    case .deviceRange: (strength, stock) = ("20 mg/mL", "25 mg/mL")
    case .reservoir: volume = "60 mL"
    case .dry: volume = "1 mL"
    case .unitOfSize: length = "60 m"
    case .unreadable: days = "1,500"
    case .noUnit: target = "0.8"
    case .unknownDrug: drug = "morphinol"
    }
    return """
      patient_id: A
      drug: \(drug)
      opioid_days: \(days)
      medications: [\(regimen)]
      concentration: \(strength)
      fill: {volume: \(volume), stock: \(stock), date: 2026-01-05}
      path: {length: \(length), per_length: 0.0022 mL/cm}
      target: {dose: \(target)}
      days: 10
      cells: 60

      """
  }
}
