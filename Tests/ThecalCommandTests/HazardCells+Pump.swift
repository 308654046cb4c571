/// The pump's calls of the table: one template a command, with the hazard in the place where it can stand.
extension DosingCommand {
  /// The words of a call: everything is in order but what a hazard puts in its place.
  private struct Words {
    var drug = "baclofen"
    var dose = "400 mcg/day"
    var concentration = "2000 mcg/mL"
    var fill = "40 mL"
  }

  func pump(_ hazard: Hazard) -> HazardCell {
    var words = Words()
    let codes: [String]
    var exit: Int32 = 1
    switch hazard {
    case .thousandfold:
      words.dose = "400 mg/day"
      codes = ["TYPO_SUSPECTED", "IMPLAUSIBLE_DOSE"]
    case .perHour:
      words.dose = "400 mcg/h"
      codes = [self == .battery ? "FLOW_OUT_OF_RANGE" : "TYPO_SUSPECTED"]
    case .tenfold:
      words.dose = "4000 mcg/day"
      codes = ["TYPO_SUSPECTED"]
    case .overLimit:
      words.dose = "1001 mcg/day"
      codes = ["OVER_LIMIT"]
    case .concentration:
      words.concentration = "2001 mcg/mL"
      codes = ["OVER_CONCENTRATION"]
    case .neverIntrathecal:
      words.drug = "vincristine"
      codes = ["NEVER_INTRATHECAL"]
    case .deviceRange:
      words.dose = "40 mcg/day"
      codes = ["FLOW_OUT_OF_RANGE", "BELOW_PUMP_MINIMUM", "NOT_FEASIBLE"]
    case .reservoir:
      words.fill = "41 mL"
      codes = ["RESERVOIR_TOO_SMALL"]
    case .dry:
      words.fill = "1 mL"
      codes = self == .choose ? ["ALARM_ABOVE_FILL"] : ["RESIDUAL_ABOVE_FILL"]
      if self == .discrepancy { return .flagged("pump \(line(words, hazard)) --json", codes: ["RAN_DRY"]) }
    case .unitOfSize:
      words.fill = "40 L"
      codes = ["RESERVOIR_TOO_SMALL", "TYPO_SUSPECTED"]
    case .unreadable:
      words.dose = "1,500 mcg/day"
      (codes, exit) = (["1,500"], 64)
    case .noUnit:
      words.dose = "400"
      (codes, exit) = (["400"], 64)
    case .unknownDrug:
      words.drug = "morphinol"
      codes = ["UNKNOWN_DRUG"]
    }
    if let reason = absent(hazard) { return .cannotOccur(reason) }
    return .call("pump \(line(words, hazard)) --json", codes: codes, exit: exit)
  }

  /// Why a pair cannot occur: the command does not take what the hazard stands in.
  private func absent(_ hazard: Hazard) -> String? {
    let dose: Set<Hazard> = [.thousandfold, .perHour, .tenfold, .overLimit, .unreadable, .noUnit]
    switch (self, hazard) {
    case (.compound, _) where dose.contains(hazard), (.prime, _) where dose.contains(hazard),
      (.flush, _) where dose.contains(hazard), (.washout, _) where dose.contains(hazard),
      (.discrepancy, .thousandfold), (.discrepancy, .tenfold), (.discrepancy, .overLimit),
      (.discrepancy, .unreadable), (.discrepancy, .noUnit), (.battery, .thousandfold), (.battery, .tenfold),
      (.battery, .overLimit):
      return "the command takes no daily dose: \(rawValue)"
    case (.battery, .concentration), (.battery, .neverIntrathecal), (.battery, .unknownDrug):
      return "a battery knows nothing of what the pump holds"
    case (.flex, .unreadable), (.flex, .noUnit), (.flex, .thousandfold), (.flex, .tenfold),
      (.flex, .overLimit):
      return "the command takes flows, and the dose follows: see per hour and device range"
    case (.wean, .concentration), (.wean, .deviceRange), (.interruption, .concentration),
      (.interruption, .deviceRange),
      (.choose, .concentration), (.discrepancy, .concentration):
      return "the command takes no solution: \(rawValue)"
    case (.choose, .deviceRange), (.compound, .deviceRange), (.prime, .deviceRange), (.admix, .deviceRange),
      (.flush, .deviceRange), (.washout, .deviceRange), (.pocketFill, .deviceRange):
      return "the command chooses its own flow or has none: \(rawValue)"
    case (.refill, .reservoir), (.choose, .reservoir), (.refill, .unitOfSize), (.choose, .unitOfSize),
      (.prime, .unitOfSize), (.bridge, .unitOfSize), (.flush, .unitOfSize), (.washout, .reservoir),
      (.washout, .unitOfSize), (.pocketFill, .reservoir), (.pocketFill, .unitOfSize),
      (.compound, .unitOfSize),
      (.discrepancy, .unitOfSize), (.discrepancy, .reservoir):
      return nil
    case (.washout, .dry), (.pocketFill, .dry):
      return "the volume of a rinse or beside the pump is not what the pump delivers"
    case (.refill, .dry), (.choose, .dry), (.discrepancy, .dry): return nil
    case (_, .reservoir), (_, .unitOfSize), (_, .dry): return "the command takes no filling: \(rawValue)"
    case (.discrepancy, .neverIntrathecal), (.discrepancy, .unknownDrug):
      return nil
    default: return nil
    }
  }

  private func line(_ words: Words, _ hazard: Hazard) -> String {
    let drug = "--drug \(words.drug)"
    switch self {
    case .refill:
      return
        "refill --fill '\(words.fill)' --concentration '\(words.concentration)' --dose '\(words.dose)' --alarm '2 mL' --date 2026-01-01 \(drug)"
    case .choose:
      return "choose \(drug) --dose '\(words.dose)' --interval '60 day' --reservoir '\(words.fill)'"
    case .bridge:
      let path = hazard == .unitOfSize ? "331 mL" : "0.331 mL"
      return
        "bridge --old '500 mcg/mL' --new '\(words.concentration)' --old-dose '\(words.dose)' --new-dose '\(words.dose)' --path '\(path)' \(drug)"
    case .admix:
      return
        "admix --drug '\(words.drug) \(words.concentration)' --primary \(words.drug) --dose '\(words.dose)'"
    case .compound:
      let volume = hazard == .unitOfSize ? words.fill : "20 mL"
      return "compound --volume '\(volume)' --drug '\(words.drug) \(words.concentration) from 2001 mcg/mL'"
    case .washout:
      return
        "washout --residual '1.4 mL' --rinse '2 mL' --times 3 --old '500 mcg/mL' --new '\(words.concentration)' --fill '\(words.fill)' \(drug)"
    case .pocketFill:
      return
        "pocket-fill --volume '\(words.fill)' --concentration '\(words.concentration)' --dose '\(words.dose)' \(drug)"
    case .prime, .flush:
      let length = hazard == .unitOfSize ? "60 m" : "60 cm"
      return
        "\(rawValue) --tubing '0.199 mL' --length '\(length)' --per-length '0.0022 mL/cm' --concentration '\(words.concentration)' \(drug)"
    case .flex:
      let flow = hazard == .perHour ? "1 mL/h" : hazard == .deviceRange ? "0.0001 mL/h" : "0.01 mL/h"
      return "flex \(drug) --concentration '\(words.concentration)' --step '00:00 \(flow)'"
    case .ptm:
      return
        "ptm --drug '\(words.drug) \(words.concentration)' --dose '\(words.dose)' --concentration '\(words.concentration)' --bolus '10 mcg' --lockout '4 h' --max-per-day 2 --duration '10 min'"
    case .discrepancy:
      let flow = hazard == .perHour ? "0.25 mL/h" : hazard == .deviceRange ? "0.0001 mL/day" : "0.25 mL/day"
      let found = hazard == .dry ? "0 mL" : "8.5 mL"
      let previous = [.unitOfSize, .reservoir].contains(hazard) ? words.fill : "20 mL"
      return "discrepancy --previous '\(previous)' --flow '\(flow)' --days 60 --found '\(found)' \(drug)"
    case .wean:
      return "wean \(drug) --from '\(words.dose)' --to '100 mcg/day' --per-step '10 %' --every '7 day'"
    case .battery:
      let flow =
        switch hazard {
        case .perHour: "25 mL/h"
        case .unreadable: "1,500 mL/day"
        case .noUnit: "400"
        default: "25 mL/day"
        }
      return "battery --implanted 2020-03-01 --as-of 2026-01-01 --flow '\(flow)'"
    case .interruption: return "interruption \(drug) --dose '\(words.dose)' --for '25 h'"
    default: return ""
    }
  }
}
