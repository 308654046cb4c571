import ThecalPump

extension PumpTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .flowAboveMinimum: "{0} {1} is not below the minimum of {2} ({3})."
    case .flowBelowMinimum: "{0} {1} is below the minimum of {2} ({3})."
    case .flowBelowMaximum: "{0} {1} is not above the maximum of {2} ({3})."
    case .flowAboveMaximum: "{0} {1} is above the maximum of {2} ({3})."
    case .factoryFlow: "{0} {1} is a flow that {2} is made with."
    case .otherFlow: "{0} {1} cannot be set: {2} is made with {3}."
    case .flowLimitUnknown: "The {0} flow of {1} is unknown; state it."
    case .strokeRounding: "{0} {1} is {2} strokes a day; {3} give {4}."
    case .slipOfFlow: "{0} would empty the filling in {1}; one slip would explain it: {2}."
    case .bolusRateWithin: "A bolus at {0} is not faster than {1}."
    case .bolusRateAbove: "A bolus at {0} is faster than {1}."
    case .fillingFits: "{0} fits the reservoir of {1} ({2})."
    case .fillingTooLarge: "{0} does not fit: the largest reservoir of {1} holds {2}."
    case .slipOfSize: "The {0} cannot be {1}; one slip would explain it: {2}."
    case .impossibleSize: "The {0} cannot be {1}: more than {2} was never meant."
    case .alarmBelowFilling: "The alarm at {0} lies below the filling of {1}."
    case .alarmAboveFilling: "The alarm at {0} does not lie below the filling of {1}."
    case .fillingAboveResidual: "The filling of {1} exceeds the residual volume of {0}."
    case .nothingToDeliver: "Nothing can be delivered: {0} of {1} stay in the reservoir."
    case .alarmBelowResidual:
      "The alarm at {0} lies below the residual volume of {1}: it would sound after delivery has ended."
    case .bolusNotCounted: "A bolus is given without a number a day: none is counted."
    case .impossiblePump:
      "The pump columns need dose, concentration and volumes above zero and within reason."
    case .accuracyUnknown: "The accuracy of {0} is unknown; state it."
    case .alarmFirst: "The alarm ({2}) comes before the earliest time at which the pump may be empty ({1})."
    case .emptyBeforeAlarm:
      "The alarm is computed, not measured: a pump {0} fast is empty after {1}, before its alarm at {2}. Plan on the early date."
    case .alarmMeasures: "The alarm of {0} measures the volume; the date given is for a pump on time."
    case .stabilityShown: "{0} was shown to keep in a pump for {1}."
    case .stabilityUnknown: "How long {0} keeps in a pump is not on record; state the longest interval."
    case .stabilityByCondition:
      "The shortest time that {0} keeps was taken; on record are {1}. State which filling it is."
    case .keepsTooShort: "{0} keeps for {1}, less than the interval."
    case .reserveKept: "{0} of {1} stay in reserve: withdrawal has begun above the alarm volume."
    case .intervalFeasible: "From {0} up the filling lasts {1}."
    case .intervalNotFeasible: "{0} need {1}, above the strongest that is allowed and runs, {2}."
    case .limitUnknownOfStrength: "No strongest solution is on record for {0}."
    case .figuresNotRead:
      "Some figures were not read in their source; they are listed apart: compare or state them."
    case .drugNotNamed: "No drug is named: its limits were not checked."
    case .drugNotOnLabel: "{0} is not on the label of {1}."
    case .stallsReported, .controllerLabel, .causeFirst, .oneVisit, .watchForWithdrawal, .scan, .restartWords:
      "{0}"
    case .deviceDecides:
      "The pump's own software decides the volume it gives; compare it with this one before starting."
    case .primeOnlyIfEmpty:
      "Into a path that is already full the whole {0} reaches the patient: prime the empty system, or the catheter alone after it was drawn empty, or not at all."
    case .aspirateFirst:
      "Draw back at least twice the volume of the path first; if nothing comes back, inject nothing."
    case .pathWithinDailyDose: "The path holds {0} of a daily dose."
    case .pathAboveDailyDose: "The path holds {0} daily doses: given at once, they may be lethal."
    case .drugChange:
      "The path still holds the old drug: its limits hold until the bridge ends, and the two doses do not compare."
    case .bridgeNeeded: "Without a bridge the patient receives {0}, {1} % of the new dose, for {2}."
    case .bolusDuringBridge:
      "A patient bolus during the bridge gives the old strength and shortens it: switch boluses off, or recompute."
    case .mixingPeak:
      "If {2} of the path mixes, which is an assumption, the dose peaks at {0}, {1} after the start of the bridge."
    case .washed: "At most 1 % of the old drug is left."
    case .oldDrugLeft: "{0} % of the old drug is left; {1} rinses leave at most 1 %."
    case .pocketFill:
      "{1} outside the pump act at once and for hours: stop, draw back, watch, treat as overdose. It is reported of about 1 refill in {0}."
    case .besidePump:
      "Drug outside the pump acts at once and for hours: stop, draw back, watch, treat as overdose. It is reported of about 1 refill in {0}."
    case .drawBack:
      "While filling, draw back part of the new drug to prove that the needle lies in the pump."
    case .stocksFit: "The stocks fit: {0} of diluent."
    case .stocksTooLarge: "The stocks alone need {0}, more than the {1} to be made."
    case .belowSyringeMark: "{0}: less than half a mark of the syringe; predilute the stock."
    case .roundingSmall: "{0}: rounding to the syringe moves the strength by at most 1 %."
    case .roundingLarge: "{0}: rounding to the syringe gives {1} instead of {2}; programme the real strength."
    case .vialUnknown: "{0}: the vial size is unknown; state it to count vials."
    case .slipOfStock: "{0}: no stock of {1} is sold; one slip would explain it: {2}."
    case .impossibleStock: "{0}: no stock can be {1}; more than {2} is beyond belief."
    case .tooConcentrated: "{0} would need {1}, above {2}."
    case .stopped: "Step {0}: the pump stands still."
    case .stepsWithin: "{0} steps: at most {1} ({2})."
    case .tooManySteps: "{0} steps: at most {1} in a day ({2})."
    case .dayCovered: "The steps cover 24 h without gap or overlap."
    case .stepsOverlap: "Two steps begin at the same time."
    case .daysNotCovered: "Nothing is programmed for the other days; the week counts the days given."
    case .lockoutLongEnough: "A bolus of {0} ends before its lockout of {1}."
    case .lockoutTooShort: "A bolus of {0} outlasts its lockout of {1}."
    case .worstDay: "{0} boluses fit into 24 h that begin with one; limits were checked against them."
    case .lockoutLimits: "The lockout leaves {0} in a day, fewer than the {1} allowed."
    case .controllerNotLabeled: "The patient's controller of {0} is labeled for {1}, not for {2}."
    case .wholeStrokes: "One bolus is {0} strokes."
    case .bolusRounded: "The pump gives whole strokes: {0} instead of {1}."
    case .volumeAsExpected: "The volume is within {0} of the one expected."
    case .tooMuchLeft: "{0} found, {1} expected: {2} too much is left."
    case .tooLittleLeft: "{0} found, {1} expected: {2} too little is left."
    case .ratioWithinAccuracy: "The ratio {0} lies within 1 +/- {1}, the accuracy of the pump."
    case .ratioOutsideAccuracy: "The ratio {0} lies outside 1 +/- {1}, the accuracy of the pump."
    case .foundAboveFilling: "{0} was found where {1} was filled: check the volumes."
    case .shouldBeDry:
      "By its programme the pump has been empty since day {0} after the filling, and {1} is hardly more than the {2} that cannot be delivered: it may be dry."
    case .ranDry:
      "{0} found, and {1} cannot be delivered: the pump has been dry since some day between day {2} and day {3} after the filling. This is an interruption."
    case .overInfusion:
      "More has left the reservoir than was programmed: look at the patient first, for overdose and for drug beside the pump."
    case .noDrift: "No drift over {0} visits."
    case .driftHigh: "Over {0} visits the pump drifts towards giving too much."
    case .driftLow: "Over {0} visits the pump drifts towards giving too little."
    case .withdrawal: "{0}: withdrawal may have begun (from {1} on; the gap is {2})."
    case .primeAfterEmpty:
      "After running dry, tubing and catheter may hold air or stale drug: count the path."
    case .restartAssess: "Look at patient, pump and catheter before anything runs again."
    case .taperFalls: "The last dose is below the first."
    case .notATaper: "The last dose is not below the first: nothing to wean."
    case .neverZero: "Steps that take a share of the dose in force never reach zero."
    case .lastStepIsAll: "{0} is not stopped by a taper alone: the last step would be all of it."
    case .dropWithin: "{0} falls by at most {2} % in a day."
    case .dropTooLarge: "{0} would fall by {1} % in a day; more than {2} % risks withdrawal that can kill."
    case .taperEnds: "The taper ends in {0} steps."
    case .taperTooLong: "The last dose is not reached in {0} steps: make them larger."
    case .weakerSolution: "From day {0} on the flow is below {1}: refill with {2} or weaker before."
    case .flowNotChecked: "Without a concentration the flow was not checked against the pump."
    case .stepByCaller:
      "The size of the steps is the caller's; published tapers do not agree with each other."
    case .presetUsed: "The taper {0} was written for: {1}."
    case .replaceNow:
      "The replacement alarm has sounded, and how long {0} then runs is not on record: replace it now."
    case .lifeUnknown: "The life of {0} is not on record; ask its maker."
    case .replacementOverdue: "It had to be replaced by {0}: replace it now."
    case .alarmBeforeImplant: "The alarm of {0} lies before the implantation of {1}: check the dates."
    case .lifeByFlow:
      "The life falls with the flow; no table of it could be read, so the pump's own forecast goes first."
    case .fastFlowShortensLife:
      "{0} is above {1}, and the life falls with the flow: planning counts from the shortest stated life."
    case .strongestThatRuns: "The strongest solution that runs at the minimum flow is {0}."
    case .weakestThatRuns: "The weakest solution that runs at the maximum flow is {0}."
    case .strengthsForFactoryFlows: "{0} at {1}, in this order."
    case .fillAtMost: "Fill {0}."
    case .alarmAt: "Set the alarm at {0}."
    case .fillMoreThan: "Fill more than {0}."
    case .bridgeAtLeast:
      "Bridge at the minimum flow of {0} if the dose that it gives is right, or rinse the path."
    case .bridgeAtMost: "Bridge at the maximum flow of {0}."
    case .longestInterval: "{0} days at {1}."
    case .longestIntervals: "{0} days at {1}, or {2} days with a reservoir of {3}."
    case .intervalThatKeeps: "An interval of {0}."
    case .flowAndInterval: "A flow of {0}, and the interval that it leaves."
    case .strengthsFromStocks: "{0} from the same stocks, undiluted; or stronger stocks."
    case .finerMarks: "A syringe with finer marks, or a stock that was diluted before."
    case .stepsBetween: "Steps between {0} and {1}."
    case .longerBolus: "A bolus that runs longer."
    case .fewerSteps: "{0} steps; join neighbors whose flows are closest."
    case .oneStepEach: "One step for each time of day."
    case .slowerBolus:
      "The bolus over {0} or longer, a lockout longer than that, and a base flow within the range of the pump."
    case .longerLockout: "A lockout longer than the bolus."
    case .lowerBase: "A base flow below the maximum of the pump."
    case .findCause:
      "Look at the patient, stop the pump, study catheter and rotor, and restart as after an interruption, with the volume of the path counted."
    case .lastDoseAboveZero: "A last dose above zero, or for an opioid steps of equal size."
    case .lastDoseBelow: "A last dose below the first."
    case .smallerSteps: "Steps of {0} % a day or less."
    case .largerSteps: "Larger steps."
    case .datesInOrder: "Dates in their order."
    }
  }
}
