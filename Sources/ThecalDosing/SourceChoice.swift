import ThecalFormulary
import ThecalQuantities

/// Which source holds where they disagree: the one place where that is decided.
enum SourceChoice {
  /// The kinds of authority that may limit a dose; what a series reports as survived is no limit.
  static let authorities: Set<String> = ["label", "consensus"]

  /// The most in a day: the label's largest, else the consensus's, and of a range its lower end.
  ///
  /// A lower figure of a consensus beside a label's acts on the start alone.
  static func limit(_ ranges: [CitedRange]) -> CitedRange? {
    let limits = ranges.filter { limitMeanings.contains($0.meaning ?? "") }
    return limits.filter { $0.basis == "label" }.max { $0.high < $1.high }
      ?? limits.filter { $0.basis == "consensus" }.max { $0.high < $1.high }
  }

  private static let limitMeanings: Set<String> = [
    "ceiling", "maximum", "caution", "limited experience above",
  ]

  /// The strongest solution: the lowest that a label or consensus names.
  static func strongest(_ ranges: [CitedRange]) -> CitedRange? {
    ranges.filter { authorities.contains($0.basis ?? "") }.min { $0.high < $1.high }
  }

  /// The largest single dose: the lowest upper end that a label or consensus names for patients as a whole.
  static func largestBolus(_ ranges: [CitedRange]) -> CitedRange? {
    ranges.filter { authorities.contains($0.basis ?? "") && $0.population == nil }.min { $0.high < $1.high }
  }

  /// The range of trial doses that begins lowest.
  static func smallestTrialBolus(_ ranges: [CitedRange]) -> CitedRange? {
    ranges.filter { $0.population == nil }.min { $0.low < $1.low }
  }

  /// The range of trial doses that reaches highest.
  static func widestTrialBolus(_ ranges: [CitedRange]) -> CitedRange? {
    ranges.filter { $0.population == nil }.max { $0.high < $1.high }
  }

  /// The largest single dose without tolerance, where a consensus names one.
  static func largestNaiveBolus(_ ranges: [CitedRange]) -> CitedRange? {
    ranges.first { $0.population?.hasPrefix("opioid-naive") ?? false }
  }

  /// The label's range for a start: `naive` or `tolerant`, where a range for any class speaks for both.
  static func labelStart(_ use: IntrathecalUse, excluding other: String) -> CitedRange? {
    use.start.first { $0.basis == "label" && $0.patientClass != other }
  }

  /// The ceilings of a start: every upper end of a consensus, verified or not, and national caps.
  static func ceilings(_ use: IntrathecalUse) -> [CitedRange] {
    use.start.filter { ($0.basis ?? "").hasPrefix("consensus") } + (use.startCap ?? [])
  }

  /// The largest fall in a day: the drug's own, else that of the stopping rules, else that of the titration rules.
  static func largestDrop(
    _ use: IntrathecalUse, of drug: String, _ stopping: StoppingRules, _ titration: TitrationRules
  )
    -> Cited<Ratio>?
  {
    if let own = use.maxStepDownPercentPerDay {
      return Cited(Ratio(own.low, .percent), unit: own.unit, own.citation)
    }
    if let figure = stopping.maxStepDownPercentPerDay.first(where: { $0.drug == drug })?.figure {
      return figure.map { Ratio($0, .percent) }
    }
    return TitrationRules.figure(titration.decreases, drug: drug, setting: "any").map {
      Cited(Ratio($0.low, .percent), unit: $0.unit, $0.citation)
    }
  }

  /// The steps of an increase, the longest interval, the fewest a week: those of the label that the drug is used under.
  static func protocolOfLabel(_ titration: ZiconotideTitration?) -> ZiconotideTitration.Rule? {
    titration?.steps.first
  }

  /// A slower protocol than the label's, where a consensus names one.
  static func slowProtocol(_ titration: ZiconotideTitration?) -> ZiconotideTitration.Rule? {
    titration?.steps.min { $0.stepMax / $0.minimumIntervalHours < $1.stepMax / $1.minimumIntervalHours }
  }
}
