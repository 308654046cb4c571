package import ThecalDosing

/// What the planning of titrations and trials finds.
package enum TitrationTopic: UInt8, FindingTopic {
  /// A pump is named without what is in it.
  case concentrationNotStated
  /// No pump of that name: name.
  case pumpUnknown
  /// The pump gives at most: dose.
  case pumpGivesAtMost
  /// The first dose is below what the pump can give: dose, least.
  case firstDoseBelowPump
  /// What was given before lies above a limit.
  case pastAboveLimit
  /// No schedule satisfies all rules at once.
  case rulesConflict
  /// A share of virtual patients passes a limit: percent, patients, seed.
  case populationPasses
  /// The target takes more than the limits allow: wanted, allowed.
  case targetAboveLimits
  /// The target is not reached in time: days.
  case targetTooFar
  /// No target is stated.
  case noTarget
  /// The dose follows from a predicted level.
  case doseFromPrediction
  /// A level allows no more than a dose: level in ng/mL, site, dose.
  case levelAllows
  /// No dose that the pump can give stays within the limits: dose.
  case nothingWithinLimits
  /// How relief or tone follows the level is not on record: drug; name a dose or a level.
  case noEffectForTarget
  /// No level gives an effect of that size: the largest.
  case effectTooLarge
  /// The target is no improvement.
  case noImprovement
  /// No effect is on record, so that scores teach nothing: drug.
  case noEffectToLearn
  /// No score among the observations: name of the score.
  case noScores
  /// The scores could not be fitted.
  case fitFailed
  /// A stop rule, in the words of the data: statement.
  case stopRule
  /// Nothing was given on a day, so that the restart is that of someone new: day.
  case gapBefore
  /// The dose observed last is above the limit: dose, limit.
  case lastAboveLimit
  /// The dose wanted stands for far less than what is taken: dose, dose that the regimen stands for.
  case targetFarBelowRegimen
  /// The target stands for far less than any regimen of somebody tolerant: wanted, what that one stands for at least.
  case targetFarBelowTolerant
  /// A slower protocol stands beside the label's: step, days, last dose, its day.
  case slowerProtocol

  /// Reason: what the rules allow from a day on: lowest, highest, day.
  case reasonRules
  /// Reason: what the target takes in this patient with 90 % probability: lowest, highest, scores.
  case reasonPatient
  /// Reason: a stop rule holds.
  case reasonStop

  /// How an effect follows the level is not on record, so that no trial is simulated: drug.
  case noEffectForTrial
  /// No series of injections is on record: drug.
  case noSeries
  /// An infusion trial by another route.
  case infusionIntrathecalOnly
  /// Not by this route, in the words of the data: drug, statement.
  case notThisRoute
  /// What an epidural dose is worth is not on record: drug.
  case noEpiduralFactor
  /// Injections follow too soon: drug, hours, source.
  case injectionsTooSoon
  /// A bolus beyond the label's test: bolus, largest.
  case beyondScreening
  /// A bolus above the label's start of a whole day: bolus, dose.
  case bolusAboveDay
  /// A bolus above the trial doses on record: bolus, largest.
  case bolusAboveRange
  /// Without tolerance a bolus is above the ceiling: bolus, ceiling.
  case bolusAboveNaive
  /// Whether the patient is watched is not stated, and what the data say: statement.
  case watchNotStated
  /// The patient is not watched, and what the data say: statement.
  case notWatched
  /// An infusion trial needs a ceiling.
  case ladderNeedsCeiling
  /// The total of a trial is above the first day's dose: total, dose.
  case totalAboveDay
  /// Steps come too close.
  case stepsTooClose
  /// A step is zero or above the ceiling.
  case stepOutOfRange
  /// The drug is not raised in steps of hours: drug.
  case noLadder
  /// Steps of hours are not for a patient without tolerance.
  case ladderNeedsTolerance
  /// Whether the patient is tolerant is not stated for steps of hours.
  case ladderToleranceUnknown
  /// Steps of hours need a watched patient.
  case ladderNeedsWatch
  /// Whether the patient is watched is not stated for steps of hours.
  case ladderWatchUnknown
  /// A trial is a prediction: people.
  case trialPrediction
  /// Steps run ahead of their effect: percent felt, effect then, effect to come.
  case stepsAheadOfEffect
  /// The median person does not reach success.
  case medianFails
  /// The success of a trial is not stated: name of the score.
  case successNotStated
  /// The trial did not reach success: needed, unit.
  case trialFailed
  /// How long the effect of the trial lasted is not stated, so that the bolus is not doubled.
  case trialEffectUnknown
  /// How long the relief of the trial lasted is not stated.
  case trialReliefUnknown
  /// Counts contradict a predicted column, which is left empty: name, counts.
  case predictionContradicted
  /// Nobody counted what a predicted column says: name.
  case predictionUnchecked
  /// Scores lie about their model by more than scores do: standard deviation, that of scores.
  case scoresMisfit
  /// The success of a trial is not predicted where counts contradict it: share in percent, counts.
  case trialContradicted
  /// The level that is wanted stands where nothing of the dose arrives.
  case nothingArrives

  /// An item of the checklist excludes a pump as things stand: item, advice.
  case excludes
  /// The same without advice, where what should hold does not: item, what is asked.
  case excludesNotHolding
  /// The same where what should not hold does: item, what is asked.
  case excludesHolding
  /// An item is to be weighed: item, advice.
  case toWeigh
  /// The same without advice, where what should hold does not: item, what is asked.
  case toWeighNotHolding
  /// The same where what should not hold does: item, what is asked.
  case toWeighHolding
  /// Items without an answer: items.
  case notKnown
  /// No drug of the pump is named.
  case noDrugOfPump
  /// Answers that nobody asked for: items.
  case notAsked
  /// Some of what decides was not read in its source.
  case itemsNotRead
  /// Nothing of the checklist stands against a pump.
  case nothingAgainst

  /// The room of titration.
  package static var room: Room { .titration }
}
