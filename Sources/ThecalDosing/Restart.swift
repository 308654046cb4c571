public import ThecalFormulary
public import ThecalQuantities

/// How a drug is taken up again after a gap, with what is known about it.
public struct Restart: Hashable, Sendable {
  /// What is done.
  public let kind: RestartRule.Kind
  /// What is known, each sentence with its source.
  public let words: [Statement]
  /// The most that someone new may be started on; nil unless the restart is one of someone new.
  public let firstDose: DoseRate?

  /// A look at patient, pump and catheter first, whatever the drug.
  public static let assessment = Restart(kind: .assessFirst, words: [], firstDose: nil)
  /// The programme goes on: nothing speaks for a gap.
  public static let unchanged = Restart(kind: .asProgrammed, words: [], firstDose: nil)
}

extension DosingRules {
  /// How `drug` is taken up again after `gap`: by the rule with the longest gap that was passed.
  ///
  /// - Parameter dose: The dose before the gap; a start as in someone new is never above it.
  /// - Returns: A look at the patient first for a drug of which nothing is on record.
  public func restart(of drug: DrugUse, after gap: Time, dose: DoseRate? = nil) -> Restart {
    let rules = formulary.pumpRules.restarts.filter { rule in
      rule.drugs.contains(drug.id) && gap > Time(rule.afterHours, .hours)
    }
    guard let rule = rules.max(by: { $0.afterHours < $1.afterHours }) else { return .assessment }
    return Restart(
      kind: rule.kind, words: rule.words,
      firstDose: rule.kind == .asNew ? firstDose(of: drug, atMost: dose) : nil)
  }

  /// How `drug` is taken up again where only the ends of the gap are known: where they differ, after a look at the patient.
  public func restart(of drug: DrugUse, after gap: ClosedRange<Time>, dose: DoseRate? = nil) -> Restart {
    let (short, long) = (
      restart(of: drug, after: gap.lowerBound), restart(of: drug, after: gap.upperBound, dose: dose)
    )
    return short.kind != long.kind
      ? Restart(kind: .assessFirst, words: long.words, firstDose: nil) : long
  }

  private func firstDose(of drug: DrugUse, atMost dose: DoseRate?) -> DoseRate? {
    guard drug.intrathecal?.screening == nil else { return nil }
    let start = start(of: drug, for: Patient(), .notTolerant, StartQuestion())?.dose
    return start.map { most in dose.map { min($0, most) } ?? most }
  }
}
