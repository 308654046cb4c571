import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse

extension RiskTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .notCounted:
      "Nobody counted it with this drug given this way: that is no evidence that it does not occur."
    case .countedAs: "Counted as {0}."
    case .otherRoute: "Given by the {0} route."
    case .notSeen: "Documented as not seen, without counts: {0}."
    case .percentElsewhere: "A percentage at another dose, which is not carried to this one: {0}."
    case .documented: "Documented, without counts: {0}."
    case .percentAlone: "A percentage without counts: no interval can be given."
    case .percentAtDose: "A percentage at {0} without counts: no interval can be given."
    case .shareElsewhere: "Counted at {0}; the share there, {1}, is not carried to this dose."
    case .pooledShare: "A pooled share: no dose-response is known."
    case .outsideStudied: "The dose lies outside those studied, {0}."
    case .noWithdrawal: "None is known ({0})."
    case .casesAlone: "Only cases are published ({0}: {1}): no figure for a gap."
    case .gapNotStated: "After an interruption ({0}): {1}. State how long it lasts."
    case .onsetsAndFall: "From onsets of {0} ({1}) and the fall of the level: {2}."
    case .restartNaive: "The restart is that of a patient without tolerance."
    case .littleRelief: "Predicted: relief below half, or no response at any dose."
    case .highAshworth: "Predicted: Ashworth score above {0}, or no response at any dose."
    case .littleReliefAfterGap: "Predicted at the end of the interruption: relief below half."
    case .highAshworthAfterGap: "Predicted at the end of the interruption: Ashworth score above {0}."
    case .naiveInjection: "Predicted from the level in the cranial pool of people without tolerance."
    case .naiveStart:
      "Predicted for the days after a start in people without tolerance, who become used to it within days."
    case .usedToDose: "Predicted for people used to this dose: tolerance follows their own dose."
    case .afterChange: "Predicted for the days after a change from the dose to which people are used."
    case .beyondCounts:
      "No figure: the level is beyond all at which people without tolerance were counted. Take it as dangerous."
    case .previousNeeded:
      "No figure: tolerance follows the patient's own infusion; state it as the previous dose."
    case .unchecked: "Nobody has counted people like these: unchecked."
    case .agrees: "It lies in the interval of every count that matches."
    case .withheld: "Withheld: the model's figure is contradicted by {0}. The counts stand alone."
    case .countsWithoutDose:
      "Series of which no source names the dose say otherwise: {0}."
    case .intervalOfFit: "The interval is that of what the counts leave open."
    case .raised, .massFactor, .comparison: "{0}"
    case .massDose: "{0} Here: {1}."
    case .massStrengthAbove: "{0} Here: {1}, at or above the {2} that one guide names ({3})."
    case .massStrengthBelow: "{0} Here: {1}, below the {2} that one guide names ({3})."
    case .massRise: "{0} Here: {1} a year."
    case .massRiseFast:
      "{0} Here: {1} a year: more than doubling, so look for tolerance, a mass or a leak."
    case .massMonths: "{0} Here: {1} months."
    }
  }
}

extension RiskAssessment.Entry.Population {
  /// Whom it was seen in, as a person reads it.
  var words: String {
    switch self {
    case .counted(let words): words
    case .virtual(let count, let seed, let isInjected, let level):
      "\(count) virtual patients, seed \(seed), \(isInjected ? "injected" : "catheter") at \(level)"
    case .afterStop: "after an abrupt stop"
    case .nobody: "nobody"
    }
  }
}

extension RiskAssessment.Entry {
  /// What to know about it, as a person reads it; empty where the figure speaks for itself.
  var message: String { notes.map(\.text).joined(separator: " ") }

  /// How the drug was given to those counted, or `model` where nobody counted.
  var regimenName: String { regimen?.rawValue ?? "model" }

  /// The entry as a cell of a batch.
  var cell: String {
    func percent(_ value: Double) -> String {
      ClinicalText.number(ExactNumber(value * 100).rounded(toSignificantDigits: 3))
    }
    let name = effect.replacingUnderscores
    guard let probability else { return "\(name): no figure; \(message)" }
    let interval = low.flatMap { low in high.map { " (\(percent(low)) to \(percent($0)) %)" } } ?? ""
    let marks = (isVerified ? "" : ", not verified") + (isExtrapolated ? ", extrapolated" : "")
    return
      "\(name) \(percent(probability)) %\(interval) in: \(population.words)\(marks) [\(sources.joined(separator: ", "))]"
  }
}
