/// The calls of the table, command by command. A pair that cannot occur says why.
extension DosingCommand {
  private static let slip = ["TYPO_SUSPECTED", "IMPLAUSIBLE_DOSE"]

  func cell(for hazard: Hazard) -> HazardCell {
    switch self {
    case .batch, .inline: regimen(hazard)
    case .titrate: titration(hazard)
    case .trial: trialCell(hazard)
    case .riskContinuous, .riskSingle: risk(hazard)
    case .simulate, .sweep, .timeline, .fit: scenarioCell(hazard)
    case .list: listCell(hazard)
    case .patient: patientCell(hazard)
    default: pump(hazard)
    }
  }

  private func regimen(_ hazard: Hazard) -> HazardCell {
    func call(_ words: String, _ codes: [String]) -> HazardCell {
      self == .batch
        ? .call("convert in.csv --format jsonl --quiet", codes: codes)
        : .call("convert --medication '\(words)' --opioid-days 30 --json --quiet", codes: codes)
    }
    switch hazard {
    case .thousandfold: return call("morphine oral 60000 mg bid", Self.slip)
    case .perHour: return call("morphine intrathecal 4 mg/h", Self.slip)
    case .tenfold: return call("oxycodone oral 300 mg q6h", Self.slip)
    case .overLimit:
      return self == .batch
        ? call("", Self.slip)
        : .call(
          "convert --medication 'morphine intrathecal 25 mg/day' --to hydromorphone --json --quiet",
          codes: Self.slip)
    case .neverIntrathecal: return call("vincristine iv 2 mg daily", ["NEVER_INTRATHECAL"])
    case .unreadable: return call("morphine oral 1,500 mg daily", ["AMBIGUOUS_NUMBER"])
    case .noUnit: return call("morphine oral 60 tablet bid", ["BAD_UNIT"])
    case .unknownDrug: return call("morphinol oral 60 mg bid", ["UNKNOWN_DRUG"])
    case .concentration, .deviceRange, .reservoir, .dry, .unitOfSize:
      return .cannotOccur(
        "a regimen has no solution, pump or volume; the pump columns are those of pump list")
    }
  }

  private func titration(_ hazard: Hazard) -> HazardCell {
    let call = "titrate plan.yaml --json"
    switch hazard {
    case .thousandfold, .perHour, .tenfold: return .call(call, codes: Self.slip)
    case .overLimit: return .call(call, codes: ["OVER_LIMIT"])
    case .concentration: return .call(call, codes: ["OVER_CONCENTRATION"])
    case .deviceRange: return .call(call, codes: ["BELOW_PUMP_MINIMUM"])
    case .neverIntrathecal: return .call(call, codes: ["NEVER_INTRATHECAL"])
    case .unknownDrug: return .call(call, codes: ["is no drug for a pump"], exit: 65)
    case .unreadable, .noUnit: return .call(call, codes: ["plan.yaml:"], exit: 65)
    case .reservoir, .dry, .unitOfSize: return .cannotOccur("a plan names no volume")
    }
  }

  private func trialCell(_ hazard: Hazard) -> HazardCell {
    let call = "titrate plan.yaml --json"
    switch hazard {
    case .thousandfold: return .call(call, codes: ["TYPO_SUSPECTED"])
    case .tenfold, .overLimit: return .call(call, codes: ["NO_RESPONSE"])
    case .neverIntrathecal: return .call(call, codes: ["NEVER_INTRATHECAL"])
    case .unknownDrug: return .call(call, codes: ["is no drug for a pump"], exit: 65)
    case .noUnit: return .call(call, codes: ["plan.yaml:"], exit: 65)
    case .perHour: return .cannotOccur("an injection has no rate")
    case .unreadable: return .cannotOccur("numbers of a plan have one reading: YAML has no separators")
    case .concentration, .deviceRange, .reservoir, .dry, .unitOfSize:
      return .cannotOccur("a trial by injection names no pump, solution or volume")
    }
  }

  private func risk(_ hazard: Hazard) -> HazardCell {
    let single = self == .riskSingle
    func call(_ drug: String, _ dose: String, _ codes: [String], exit: Int32 = 1) -> HazardCell {
      .call(
        "risk --drug \(drug) --dose '\(dose)' --regimen \(single ? "single" : "continuous") --json",
        codes: codes,
        exit: exit)
    }
    switch hazard {
    case .thousandfold: return call("baclofen", single ? "50 mg" : "400 mg/day", Self.slip)
    case .perHour:
      return single ? .cannotOccur("an injection has no rate") : call("baclofen", "400 mcg/h", Self.slip)
    case .tenfold:
      return single
        ? call("morphine", "25 mg", Self.slip) : call("baclofen", "4000 mcg/day", Self.slip)
    case .overLimit:
      return single
        ? call("morphine", "21 mg", ["OVER_LIMIT"]) : call("baclofen", "1001 mcg/day", ["OVER_LIMIT"])
    case .neverIntrathecal:
      return call("vincristine", single ? "1 mg" : "1 mg/day", ["NEVER_INTRATHECAL"])
    case .unreadable: return call("baclofen", single ? "1,500 mcg" : "1,500 mcg/day", ["1,500"], exit: 64)
    case .noUnit: return call("baclofen", "50", ["'50' has no unit"], exit: 64)
    case .unknownDrug: return call("morphinol", single ? "1 mg" : "1 mg/day", ["morphinol"], exit: 65)
    case .concentration, .deviceRange, .reservoir, .dry, .unitOfSize:
      return .cannotOccur("a risk is one of a dose: it names no pump and no volume")
    }
  }

  private func scenarioCell(_ hazard: Hazard) -> HazardCell {
    let call =
      switch self {
      case .sweep: "sweep sweep.yaml -o out.nc --quiet"
      case .fit: "fit fit.yaml --quiet"
      default: "\(rawValue) s.yaml --json --quiet"
      }
    func refused(_ codes: [String]) -> HazardCell { .call(call, codes: codes) }
    switch hazard {
    case .thousandfold, .perHour, .tenfold: return refused(Self.slip)
    case .overLimit: return refused(["OVER_LIMIT"])
    case .neverIntrathecal: return refused(["NEVER_INTRATHECAL"])
    case .unitOfSize: return refused(["IMPLAUSIBLE_DOSE"])
    case .noUnit: return .call(call, codes: ["s.yaml"], exit: 65)
    case .unknownDrug: return .call(call, codes: ["morphinol"], exit: 65)
    case .unreadable: return .cannotOccur("numbers of a scenario have one reading: YAML has no separators")
    case .concentration, .deviceRange, .reservoir, .dry:
      return .cannotOccur("a scenario names no pump and no solution")
    }
  }

  private func listCell(_ hazard: Hazard) -> HazardCell {
    let call = "pump list clinic.csv --as-of 2026-01-10 --json"
    switch hazard {
    case .thousandfold, .perHour, .tenfold: return .call(call, codes: Self.slip)
    case .overLimit: return .call(call, codes: ["OVER_LIMIT"])
    case .concentration: return .call(call, codes: ["OVER_CONCENTRATION"])
    case .neverIntrathecal: return .call(call, codes: ["NEVER_INTRATHECAL"])
    case .deviceRange: return .call(call, codes: ["FLOW_OUT_OF_RANGE"])
    case .reservoir: return .call(call, codes: ["RESERVOIR_TOO_SMALL"])
    case .dry: return .call(call, codes: ["RESIDUAL_ABOVE_FILL"])
    case .unitOfSize: return .call(call, codes: ["RESERVOIR_TOO_SMALL", "TYPO_SUSPECTED"])
    case .unreadable: return .call(call, codes: ["AMBIGUOUS_NUMBER", "BAD_NUMBER"])
    case .noUnit: return .call(call, codes: ["BAD_UNIT", "BAD_NUMBER"])
    case .unknownDrug: return .call(call, codes: ["UNKNOWN_DRUG"])
    }
  }
}
