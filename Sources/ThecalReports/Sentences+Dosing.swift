import ThecalDosing

extension DosingTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .neverIntrathecal: "{0} must never be given intrathecally. {1}"
    case .unknownDrug: "'{0}' is not known: enter a drug by its generic name."
    case .noIntrathecalUse: "No intrathecal use of {0} is on record."
    case .implausibleDose: "{0} of {1} {2} is beyond belief ({3} to {4}): confirm with the prescription."
    case .unusualDose: "{0} of {1} {2} is unusual ({3} to {4}): confirm with the prescription."
    case .slipOfDose: "One slip would explain it: {0}."
    case .slipOfStrength: "{0} is no strength of this drug; one slip would explain it: {1}."
    case .slipOfBolus: "{0} is no single dose of this drug; one slip would explain it: {1}."
    case .tooManyDoses: "{0} doses a day are no regimen: enter the interval that the patient keeps."
    case .tooManyDosesMeant: "{0} doses a day are no regimen: was q{1}h meant?"
    case .unusualInterval: "a dose every {0} h is unusual; confirm it."
    case .unusualIntervalMeant: "a dose every {0} h is unusual; was q{1}h meant?"
    case .doseOverLimit: "{0} is above the limit of {1}."
    case .doseNearLimit: "{0} is near the limit of {1}."
    case .doseWithinLimit: "{0} is not above the limit of {1}."
    case .limitUnknown: "No limit of the daily dose of {0} is on record."
    case .strengthOverLimit: "{0} is stronger than the strongest solution on record, {1}."
    case .strengthWithinLimit: "{0} is not stronger than the strongest solution on record, {1}."
    case .bolusOverLimit: "{0} is above the largest single dose on record, {1}."
    case .toleranceUnknown:
      "opioid_days is blank: tolerance needs at least {0} days on the present dose and is not assumed."
    case .naiveCap: "Not opioid-tolerant: the first day is capped at {0}."
    case .crossTolerance: "Another opioid before: cross-tolerance is incomplete, start x {0}."
    case .reducedForRisk: "Start x {0}, once, for {1}."
    case .unverifiedFigures: "Rests on figures that nobody has read in their source: {0}."
    case .ownCutoffs: "Rests on this project's own cut-offs: {0}."
    case .screeningRequired:
      "No start without a screening bolus: give the boluses of {0} 24 h apart until one works, none after that."
    case .noResponse: "No response to screening: who does not respond to {0} is no candidate for a pump."
    case .screeningTooLarge:
      "The screening bolus {0} is above {1}, the largest of the protocol: no start follows from it. Check mg and mcg."
    case .effectUnknown:
      "screening_effect is blank: the bolus is taken once, not twice, as if it had lasted more than {0}."
    case .patientFlag: "{0}"
    case .allergyToDrug: "allergy '{0}': an allergy to {1} is not excluded. Name the drug, or enter no."
    case .allergyToOther: "allergy '{0}': check it against {1} and what it is mixed with."
    case .notStated: "Not stated: {0}."
    case .residualOpioid:
      "Systemic opioid goes on beside the pump ({0} mg/day MME): both add up; watch sedation and breathing."
    case .observeFirstDose: "First intrathecal opioid dose: observe for at least {0} h."
    case .naloxoneAtHand: "Have naloxone and resuscitation at hand."
    case .statement: "{0}"
    case .noTitration: "No titration of {0} is on record: neither a step nor an interval."
    case .smallestStep: "Not stated: {0}; the smallest step of the label is taken."
    case .noStart: "No start of {0} is on record."
    case .wrongIndication: "{0} is not for {1}: check drug and indication."
    case .ceilingAboveLimit: "The ceiling of {0} is above {1}, which holds."
    case .startAboveRule: "The start of {0} is above {1}, which holds."
    case .stepRatioStart: "start by ratio: {0}"
    case .stepCeiling: "ceiling of the start: {0}, below {1}"
    case .stepFactor: "reduction for {0}: {1} x {2} = {3}"
    case .stepRounded: "start: {0} rounded down = {1}"
    case .stepLimit: "limit of the daily dose: {0}"
    case .stepScreening: "start: effective bolus {0} x {1} = {2}"
    case .stepEquivalents: "oral morphine equivalents of {1} {0}: {2} x {3} = {4} mg/day"
    }
  }
}
