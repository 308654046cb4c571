import ThecalDosing
import ThecalTitration

extension TitrationTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .concentrationNotStated: "Not stated: concentration, so the pump's flow is not checked."
    case .pumpUnknown: "The pump '{0}' is not known: its flow cannot be checked."
    case .pumpGivesAtMost:
      "At this concentration the pump gives at most {0}; a stronger solution is needed for more."
    case .firstDoseBelowPump:
      "The first dose of {0} is below what the pump can give at this concentration, {1}: a weaker solution is needed."
    case .pastAboveLimit:
      "What was given before lies above a limit: the dose comes down as fast as the rules allow."
    case .rulesConflict: "No schedule satisfies all rules at once. No schedule is made."
    case .populationPasses: "{0} % of {1} virtual patients (seed {2}) pass a limit with these doses."
    case .targetAboveLimits: "The target would take {0}; the limits allow {1}."
    case .targetTooFar: "The target is not reached within {0} days."
    case .noTarget:
      "Not stated: target. Name under target a dose: 400 mcg/day, a relief: 50 %, or a level: 600 ng/mL with at: T10."
    case .doseFromPrediction:
      "The dose follows from a predicted level, and levels near the tip are under-predicted: check against the patient."
    case .levelAllows: "{0} at {1} allows no more than {2}."
    case .nothingWithinLimits: "No dose that the pump can give stays within the limits: {0} is the most."
    case .noEffectForTarget:
      "How {0} follows the level of {1} is not on record: name a dose or a level as target."
    case .effectTooLarge: "No level gives an effect of that size: the largest is {0}."
    case .noImprovement: "The target is no improvement on the baseline."
    case .noEffectToLearn: "No effect of {0} is on record: the scores teach nothing about it."
    case .noScores: "No {0} score among the observations: nothing is learned about the patient."
    case .fitFailed: "The scores could not be fitted: the medians are used."
    case .stopRule: "{0}"
    case .gapBefore:
      "Nothing was given on day {0}: after a gap of more than 24 h the restart is that of a patient without tolerance."
    case .lastAboveLimit: "The dose observed last, {0}, is above {1}."
    case .targetFarBelowRegimen:
      "The target of {0} stands for far less than what is taken, {1} by the ratio: no goal is made of it."
    case .targetFarBelowTolerant:
      "Not stated: what is taken. The target of {0} stands for far less than anybody tolerant takes, at least {1} by the ratio: no goal is made of it. Name medications or oral_mme."
    case .slowerProtocol:
      "The label's steps are the fastest on record. A slower protocol, at most {0} every {1} days, stands beside them and comes to {2} on day {3}: it is for the prescriber to choose."
    case .reasonRules: "The rules allow {0} to {1} from day {2} on."
    case .reasonPatient:
      "With 90 % probability the target takes {0} to {1} in this patient, from {2} of the scores."
    case .reasonStop: "A stop rule holds: no increase."
    case .noEffectForTrial: "How {0} follows the level of {1} is not on record: no trial is simulated."
    case .noSeries:
      "No series of injections of {0} is on record: name the doses, or try a single injection."
    case .infusionIntrathecalOnly: "An infusion trial is planned for the intrathecal route only."
    case .notThisRoute: "{0}: {1}"
    case .noEpiduralFactor: "What an epidural dose of {0} is worth intrathecally is not on record."
    case .injectionsTooSoon: "Injections of {0} follow each other after {1} h at the earliest ({2})."
    case .beyondScreening:
      "{0} is beyond the label's test: no response to {1} is no candidate for a pump."
    case .bolusAboveDay: "{0} is more than the label's start of a whole day, {1}, for this patient."
    case .bolusAboveRange: "{0} is above the trial doses on record, {1}."
    case .bolusAboveNaive: "Without tolerance, {0} is above the ceiling of {1}."
    case .watchNotStated: "Not stated: monitored. {0}"
    case .notWatched: "The patient is not watched. {0}"
    case .ladderNeedsCeiling:
      "An infusion trial in steps of hours needs a ceiling: it runs ahead of its effect. Write ceiling: 0.5 mg/day."
    case .totalAboveDay: "The total of {0} is above {1}, which holds for the first 24 h."
    case .stepsTooClose: "Steps come at least a quarter of an hour apart."
    case .stepOutOfRange: "A step is above zero and not above the ceiling."
    case .noLadder:
      "{0} is not raised in steps of hours: try a single injection, or raise it by its own protocol."
    case .ladderNeedsTolerance:
      "Steps of hours run ahead of their effect: not for a patient without opioid tolerance."
    case .ladderToleranceUnknown:
      "Not stated: opioid_tolerant. Steps of hours are for tolerant patients only; the total is that of a first day without tolerance."
    case .ladderNeedsWatch: "Steps of hours need a watched patient."
    case .ladderWatchUnknown: "Not stated: monitored. Steps of hours need a watched patient."
    case .trialPrediction:
      "A prediction for {0} virtual people, not a promise: levels close to the tip are under-predicted, and who needs how much is known from few. The share who do not answer at any dose is that of the trials on record."
    case .stepsAheadOfEffect:
      "The steps run ahead of their effect: of a step in the level, {0} % is felt at the next. After the last step the effect of the median person still goes from {1} to {2}: watch for it."
    case .medianFails: "The median person does not reach the effect that counts as a success."
    case .successNotStated:
      "Not stated: {0} in the trial; without a success there is no first programme."
    case .trialFailed: "The trial did not reach {0}: no first programme follows from it."
    case .predictionContradicted:
      "The predicted {0} is left out where counts contradict it: {1}. The counts stand alone."
    case .predictionUnchecked: "The predicted {0} is unchecked: nobody counted patients like this one."
    case .scoresMisfit:
      "The scores lie {0} about the model, where {1} is usual: the model does not fit this patient. Believe the patient."
    case .trialContradicted: "No success is predicted: {0} % would contradict {1}. The counts stand alone."
    case .nothingArrives: "Nothing of the dose arrives where the target is to be reached."
    case .trialEffectUnknown: "Not stated: how long the effect lasted; the bolus is not doubled."
    case .trialReliefUnknown: "Not stated: how long the relief lasted."
    case .excludes: "Excludes a pump as things stand: {0}. {1}"
    case .excludesNotHolding: "Excludes a pump as things stand: {0}. This does not hold: {1}"
    case .excludesHolding: "Excludes a pump as things stand: {0}. This holds: {1}"
    case .toWeigh: "To be weighed: {0}. {1}"
    case .toWeighNotHolding: "To be weighed: {0}. This does not hold: {1}"
    case .toWeighHolding: "To be weighed: {0}. This holds: {1}"
    case .notKnown: "Not known yet: {0}."
    case .noDrugOfPump: "No drug is named: what its label asks was not asked."
    case .notAsked: "Answered, but not asked here: {0}."
    case .itemsNotRead: "Of what decides, some was not read in its source: it is marked."
    case .nothingAgainst: "No item of the checklist stands against a pump; the decision is the team's."
    }
  }
}

extension TrialMatch.Candidate.Reason {
  /// The reason as a person reads it.
  var text: String {
    switch self {
    case .rate: "The trial's rate, held for a day"
    case .bolus(let factor): "The trial's bolus x \(factor)"
    case .bolusOver(let span): "The trial's bolus over \(EvidenceText.text(.time(span)))"
    case .rules: "The start of label, consensus and regimen for this patient"
    case .ceiling: "The plan's own ceiling"
    }
  }
}
