/// What the clinical rules find.
public enum DosingTopic: UInt8, FindingTopic {
  /// The drug must never reach the cerebrospinal fluid: drug, reason.
  case neverIntrathecal
  /// No drug of that name: name.
  case unknownDrug
  /// No label or consensus speaks of it in the cerebrospinal fluid: drug.
  case noIntrathecalUse
  /// Beyond what anybody can mean: amount, route, drug, lowest and highest possible.
  case implausibleDose
  /// Outside what is usual: amount, route, drug, lowest and highest usual.
  case unusualDose
  /// One slip explains the dose: the slips.
  case slipOfDose
  /// One slip explains the strength of a solution: strength, the slips.
  case slipOfStrength
  /// One slip explains a bolus: bolus, the slips.
  case slipOfBolus
  /// More doses a day than any regimen has: how many.
  case tooManyDoses
  /// As `tooManyDoses`, where an interval in hours explains it: how many, the interval.
  case tooManyDosesMeant
  /// An interval that clinics do not use: hours.
  case unusualInterval
  /// As `unusualInterval`, where a digit explains it: hours, hours meant.
  case unusualIntervalMeant
  /// A dose that is asked for is above the limit: dose, limit.
  case doseOverLimit
  /// A dose that is asked for is near the limit: dose, limit.
  case doseNearLimit
  /// A dose that is asked for is not above the limit: dose, limit.
  case doseWithinLimit
  /// No limit is on record: drug.
  case limitUnknown
  /// A solution is stronger than the strongest on record: strength, limit.
  case strengthOverLimit
  /// A solution is not stronger than the strongest on record: strength, limit.
  case strengthWithinLimit
  /// A single dose is larger than those on record: bolus, limit.
  case bolusOverLimit
  /// Dose or days on the present opioid are not stated: days needed.
  case toleranceUnknown
  /// The first day without tolerance is capped: cap.
  case naiveCap
  /// Another opioid before: factor.
  case crossTolerance
  /// A patient at risk: factor, reasons.
  case reducedForRisk
  /// Figures that nobody has read in their source acted: on what.
  case unverifiedFigures
  /// Cut-offs of this project's own acted: on what.
  case ownCutoffs
  /// A start needs a screening bolus: the boluses.
  case screeningRequired
  /// The screening bolus did not work: largest bolus.
  case noResponse
  /// The screening bolus is above the protocol's largest: bolus, largest.
  case screeningTooLarge
  /// How long the bolus worked is not stated: hours beyond which it is not doubled.
  case effectUnknown
  /// A fact about the patient, in the words of the data: statement.
  case patientFlag
  /// An allergy that may be to the drug itself: what is stated, drug.
  case allergyToDrug
  /// An allergy to something else: what is stated, drug.
  case allergyToOther
  /// Facts that matter and are not stated: names of the fields.
  case notStated
  /// Systemic opioid goes on: equivalents in mg/day.
  case residualOpioid
  /// How long to watch after a first opioid dose: hours.
  case observeFirstDose
  /// What to have at hand with a first opioid dose.
  case naloxoneAtHand
  /// A sentence of the data about the drug: statement.
  case statement
  /// Neither step nor interval of a titration is on record: drug.
  case noTitration
  /// The smallest step is taken because something is not stated: field.
  case smallestStep
  /// No start is on record: drug.
  case noStart
  /// The drug is not for this indication: drug, indication.
  case wrongIndication
  /// A lower ceiling asked for by the caller is above the limit, which holds: ceiling, limit.
  case ceilingAboveLimit
  /// A start asked for by the caller is above the one that the rules allow, which holds: asked, allowed.
  case startAboveRule

  /// Step: the start that a published ratio gives: numerator, divisor, unit.
  case stepRatioStart
  /// Step: a ceiling lowers the start: basis, ceiling, what it was.
  case stepCeiling
  /// Step: a factor lowers the start: reason, before, factor, after.
  case stepFactor
  /// Step: the start rounded down: before, after.
  case stepRounded
  /// Step: the limit: limit.
  case stepLimit
  /// Step: the start from a screening bolus: bolus, factor, start.
  case stepScreening
  /// Step: equivalents of a medicine: drug, route, amount, factor, equivalents.
  case stepEquivalents

  /// The room of the clinical rules.
  public static var room: Room { .dosing }
}
