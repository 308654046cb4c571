public import ThecalDosing

/// What an assessment of risks has to say of an entry, beside its figures.
public enum RiskTopic: UInt8, FindingTopic {
  /// Nobody counted the effect with this drug given this way.
  case notCounted
  /// It was counted under another name: name.
  case countedAs
  /// The drug was given another way: route.
  case otherRoute
  /// A source says that it was not seen, without counts: definition.
  case notSeen
  /// A percentage at another dose, which is not carried over: definition.
  case percentElsewhere
  /// A source says that it occurs, without counts: definition.
  case documented
  /// A percentage without counts, at a dose that nobody names.
  case percentAlone
  /// A percentage without counts: dose.
  case percentAtDose
  /// Counts at other doses, which are not carried over: doses, share.
  case shareElsewhere
  /// Counts at all doses together.
  case pooledShare
  /// The dose lies outside those studied: doses.
  case outsideStudied
  /// No withdrawal is known: onset.
  case noWithdrawal
  /// Withdrawal is known from cases alone: onset, course.
  case casesAlone
  /// How long an interruption lasts was not stated: onset, course.
  case gapNotStated
  /// A share after a gap: hours of onset, source of the hours, course.
  case onsetsAndFall
  /// After so long a gap the restart is that of a patient without tolerance.
  case restartNaive
  /// Predicted: relief below half.
  case littleRelief
  /// Predicted: a score of spasticity above: score.
  case highAshworth
  /// The same at the end of an interruption.
  case littleReliefAfterGap
  /// The same at the end of an interruption: score.
  case highAshworthAfterGap
  /// Predicted after an injection without tolerance.
  case naiveInjection
  /// Predicted for the days after a start without tolerance.
  case naiveStart
  /// Predicted for people who are used to the dose.
  case usedToDose
  /// Predicted for the days after a change of the dose.
  case afterChange
  /// The level is beyond all that were counted without tolerance.
  case beyondCounts
  /// Tolerance follows the patient's own infusion, which was not stated.
  case previousNeeded
  /// Nobody counted people like these.
  case unchecked
  /// The figure lies in the interval of every count that matches.
  case agrees
  /// Counts contradict the figure: counts with their sources.
  case withheld
  /// Counts of which no source names the dose say otherwise: counts with their sources.
  case countsWithoutDose
  /// What the interval is.
  case intervalOfFit
  /// What raises the risk in this patient: reason.
  case raised
  /// What goes with masses at the tip: statement.
  case massFactor
  /// The same with the dose of this patient: statement, dose.
  case massDose
  /// The same with a strength at or above that of one guide: statement, strength, strength of the guide, source of it.
  case massStrengthAbove
  /// The same with a strength below it: statement, strength, strength of the guide, source of it.
  case massStrengthBelow
  /// The same with the yearly rise: statement, rise.
  case massRise
  /// The same with a rise that calls for a look: statement, rise.
  case massRiseFast
  /// The same with the time on the drug: statement, months.
  case massMonths
  /// What pooled trials say: statement.
  case comparison

  /// The room of response.
  public static var room: Room { .response }
}
