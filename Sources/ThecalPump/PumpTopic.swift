public import ThecalDosing

/// What the arithmetic around a pump finds; behind each topic stands the evidence that its sentence names, in order.
public enum PumpTopic: UInt8, FindingTopic {
  /// A flow is not below the least: which, flow, least, pump.
  case flowAboveMinimum
  /// A flow is below the least: which, flow, least, pump.
  case flowBelowMinimum
  /// A flow is not above the most: which, flow, most, pump.
  case flowBelowMaximum
  /// A flow is above the most: which, flow, most, pump.
  case flowAboveMaximum
  /// A flow is one that the pump is made with: which, flow, pump.
  case factoryFlow
  /// A flow is none that the pump is made with: which, flow, pump, flows.
  case otherFlow
  /// A limit of the flow is not on record: which side, pump.
  case flowLimitUnknown
  /// A flow in whole strokes: which, flow, strokes, whole strokes, flow that they give.
  case strokeRounding
  /// A flow that empties the filling within a week, and one slip explains it: flow, how long the filling lasts, slips.
  case slipOfFlow
  /// A bolus is not faster than the pump gives: rate, most.
  case bolusRateWithin
  /// A bolus is faster than the pump gives: rate, most.
  case bolusRateAbove

  // Volumes, lengths, and the time from filling to filling.
  /// A filling fits the reservoir: filling, reservoir.
  case fillingFits
  /// A filling does not fit: filling, pump, reservoir.
  case fillingTooLarge
  /// A size that cannot be meant, and one slip explains it: which, size, slips.
  case slipOfSize
  /// A size that cannot be meant: which, size, largest.
  case impossibleSize
  /// The alarm lies below the filling: alarm, filling.
  case alarmBelowFilling
  /// The alarm does not lie below the filling: alarm, filling.
  case alarmAboveFilling
  /// The filling exceeds what stays in the reservoir: residual.
  case fillingAboveResidual
  /// Nothing can be delivered: residual, filling.
  case nothingToDeliver
  /// The alarm would sound after delivery has ended: alarm, residual.
  case alarmBelowResidual
  /// A bolus without a number a day.
  case bolusNotCounted
  /// A row without a dose or strength that can be meant.
  case impossiblePump
  /// The accuracy of the pump is not on record: pump.
  case accuracyUnknown
  /// The alarm comes before the earliest empty day.
  case alarmFirst
  /// The earliest empty day comes before the alarm: accuracy, earliest empty, alarm.
  case emptyBeforeAlarm
  /// The alarm measures: pump.
  case alarmMeasures
  /// What keeps in a pump: drugs, time.
  case stabilityShown
  /// How long a filling keeps is not on record: drugs.
  case stabilityUnknown
  /// The shortest of several times was taken: drug, the times with their conditions.
  case stabilityByCondition
  /// The interval is longer than the drug keeps: drug, time.
  case keepsTooShort
  /// A volume stays in reserve: volume, drug.
  case reserveKept
  /// From a strength up the filling lasts: strength, interval.
  case intervalFeasible
  /// The interval needs more than the strongest that is allowed and runs: interval, strength needed, strongest.
  case intervalNotFeasible
  /// No strongest solution is on record: drug.
  case limitUnknownOfStrength

  // What a result rests on.
  /// Figures of pump or drug that nobody has read acted.
  case figuresNotRead
  /// No drug is named: its limits were not checked.
  case drugNotNamed
  /// A drug is not on the label of the pump: drug, pump.
  case drugNotOnLabel
  /// How often pumps with drugs beside the label stopped: the sentence of the data.
  case stallsReported

  // Paths, bridges, rinses.
  /// The pump's own software decides the volume.
  case deviceDecides
  /// A path that is full gives all of it to the patient: mass.
  case primeOnlyIfEmpty
  /// Draw back before anything is injected.
  case aspirateFirst
  /// What a path holds, in daily doses: number.
  case pathWithinDailyDose
  /// What a path holds is more than a daily dose: number.
  case pathAboveDailyDose
  /// The path holds another drug.
  case drugChange
  /// What a patient receives without a bridge: dose, percent of the new dose, time.
  case bridgeNeeded
  /// A bolus of the patient during the bridge.
  case bolusDuringBridge
  /// The highest rate where old and new mix: dose, when, share of the path that mixes.
  case mixingPeak
  /// At most one percent of the old drug is left.
  case washed
  /// More is left: percent, rinses that leave at most one percent.
  case oldDrugLeft
  /// Drug beside the pump: refills among which one is reported, mass.
  case pocketFill
  /// Drug beside the pump, of which no mass is known: refills among which one is reported.
  case besidePump
  /// Draw part of the new drug back while filling.
  case drawBack

  // Mixtures.
  /// The stocks fit: diluent.
  case stocksFit
  /// The stocks alone need more than is made: stocks, volume made.
  case stocksTooLarge
  /// Less than half a mark of the syringe: drug.
  case belowSyringeMark
  /// Rounding to the syringe moves a strength by less than one percent: drug.
  case roundingSmall
  /// Rounding to the syringe moves a strength: drug, real strength, wanted strength.
  case roundingLarge
  /// The size of the vial is not on record: drug.
  case vialUnknown
  /// A stock that nobody sells, and one slip explains it: drug, stock, slips.
  case slipOfStock
  /// A stock stronger than can be made: drug, stock, strongest.
  case impossibleStock
  /// A wanted dose needs a solution above the strongest: drug, strength, strongest.
  case tooConcentrated

  // Programmes.
  /// A step without flow: when.
  case stopped
  /// The number of steps is not above the most: steps, most, pump.
  case stepsWithin
  /// More steps than the pump holds: steps, most, pump.
  case tooManySteps
  /// The steps cover the day.
  case dayCovered
  /// Two steps begin at the same time.
  case stepsOverlap
  /// Nothing is programmed for the other days.
  case daysNotCovered
  /// A bolus ends before its lockout: bolus, lockout.
  case lockoutLongEnough
  /// A bolus outlasts its lockout: bolus, lockout.
  case lockoutTooShort
  /// More boluses fit a day that begins with one: number.
  case worstDay
  /// The lockout leaves fewer than are allowed: number, allowed.
  case lockoutLimits
  /// The patient's controller is not labeled for the drug: pump, drugs, drug.
  case controllerNotLabeled
  /// What the label of the controller says: sentence.
  case controllerLabel
  /// A bolus of whole strokes: number.
  case wholeStrokes
  /// A bolus that is rounded to strokes: volume given, volume wanted.
  case bolusRounded

  // Visits, gaps, tapers, batteries.
  /// The volume is near the one expected: allowance.
  case volumeAsExpected
  /// More is left than expected: found, expected, difference.
  case tooMuchLeft
  /// Less is left than expected: found, expected, difference.
  case tooLittleLeft
  /// The ratio lies within the accuracy: ratio.
  case ratioWithinAccuracy
  /// The ratio lies outside the accuracy: ratio, accuracy.
  case ratioOutsideAccuracy
  /// More was found than was filled: found, filled.
  case foundAboveFilling
  /// Nothing that can be delivered is left: found, residual, earliest and latest day since when.
  case ranDry
  /// By its programme the pump should be empty, and hardly more is found: day, found, residual.
  case shouldBeDry
  /// Too much has left the reservoir: look at the patient first.
  case overInfusion
  /// A cause comes before any restart: sentence of the data.
  case causeFirst
  /// One visit says little: sentence of the data.
  case oneVisit
  /// No drift over the visits: number.
  case noDrift
  /// The visits drift towards too much: number.
  case driftHigh
  /// The visits drift towards too little: number.
  case driftLow
  /// Delivery stopped for a time after which withdrawal may have begun: drug, onset, gap.
  case withdrawal
  /// What withdrawal from the drug looks like: sentence of the data.
  case watchForWithdrawal
  /// What a scan does to the pump: sentence of the data.
  case scan
  /// A path that ran dry may hold air.
  case primeAfterEmpty
  /// Patient, pump and catheter are looked at before anything runs.
  case restartAssess
  /// How to take the drug up again: sentence of the data.
  case restartWords
  /// The last dose lies below the first.
  case taperFalls
  /// The last dose does not lie below the first.
  case notATaper
  /// Shares of the dose in force never reach zero.
  case neverZero
  /// A taper alone does not stop the drug: drug.
  case lastStepIsAll
  /// The drug falls by no more than is allowed in a day: drug, percent.
  case dropWithin
  /// The drug would fall by more than is allowed in a day: drug, percent, largest percent.
  case dropTooLarge
  /// The taper ends: steps.
  case taperEnds
  /// The last dose is not reached: steps.
  case taperTooLong
  /// From a day on the flow is below the least: day, least flow, strongest solution.
  case weakerSolution
  /// Without a strength the flow was not checked.
  case flowNotChecked
  /// The size of the steps is the caller's.
  case stepByCaller
  /// A published taper: id, whom it was written for.
  case presetUsed
  /// The replacement alarm has sounded and the time that is left is not on record: pump.
  case replaceNow
  /// The life of the pump is not on record: pump.
  case lifeUnknown
  /// The day by which it must be replaced has passed: day.
  case replacementOverdue
  /// The alarm lies before the implantation: alarm, implantation.
  case alarmBeforeImplant
  /// The life falls with the flow.
  case lifeByFlow
  /// A flow above the band that suits life: plan from the shortest life: flow, band's end.
  case fastFlowShortensLife

  // What would work instead.
  /// The strongest solution at the least flow: strength.
  case strongestThatRuns
  /// The weakest solution at the highest flow: strength.
  case weakestThatRuns
  /// The strengths that give the dose at the flows that the pump is made with: strengths, flows.
  case strengthsForFactoryFlows
  /// A filling of at most: volume.
  case fillAtMost
  /// An alarm at: volume.
  case alarmAt
  /// A filling of more than: volume.
  case fillMoreThan
  /// A bridge at the least flow, or a rinse of the path: flow.
  case bridgeAtLeast
  /// A bridge at the highest flow: flow.
  case bridgeAtMost
  /// The longest interval at a strength: days, strength.
  case longestInterval
  /// The longest interval at a strength, and with a larger reservoir: days, strength, days, reservoir.
  case longestIntervals
  /// An interval that the drug keeps: time.
  case intervalThatKeeps
  /// A flow, and the interval that it leaves: flow.
  case flowAndInterval
  /// Strengths from the same stocks: drugs with strengths.
  case strengthsFromStocks
  /// Finer marks or a diluted stock.
  case finerMarks
  /// Flows of the steps between: least, most.
  case stepsBetween
  /// A bolus that runs longer.
  case longerBolus
  /// So many steps: number.
  case fewerSteps
  /// One step for each time of day.
  case oneStepEach
  /// A bolus over at least so long, and a longer lockout: minutes.
  case slowerBolus
  /// A lockout longer than the bolus.
  case longerLockout
  /// A base flow below the most of the pump.
  case lowerBase
  /// The pump is stopped, the cause found and stated, the restart as after a gap.
  case findCause
  /// A last dose above zero, or steps of equal size.
  case lastDoseAboveZero
  /// A last dose below the first.
  case lastDoseBelow
  /// Steps of a share a day or less: percent.
  case smallerSteps
  /// Larger steps.
  case largerSteps
  /// Dates in their order.
  case datesInOrder
}
