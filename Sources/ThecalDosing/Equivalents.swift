public import ThecalFormulary
public import ThecalQuantities

/// What the medicines of a patient are worth in oral morphine.
public struct Equivalents: Hashable, Sendable {
  /// One medicine's share.
  public struct Part: Hashable, Sendable {
    /// The medicine.
    public let medicine: Medicine
    /// The factor of the table; nil where it has none.
    public let factor: Cited<ExactNumber>?
    /// What it is worth, mg/day; nil where the table has no factor.
    public let value: ExactNumber?
    /// Why no dose may be derived from it although there is a factor: what the table says, and where.
    public let refusal: Refusal?
  }

  /// Why no dose may be derived.
  public struct Refusal: Hashable, Sendable {
    /// The reason in the words of the table.
    public let reason: String
    /// Where it stands.
    public let citation: Citation
  }

  /// The medicines with their shares, in order.
  public let parts: [Part]

  /// Σ factor × daily amount, mg/day; nil where a medicine has no factor.
  public var total: ExactNumber? {
    var sum = ExactNumber.zero
    for part in parts {
      guard let value = part.value else { return nil }
      sum = sum + value
    }
    return sum
  }

  /// Whether a dose may be derived from the total.
  public var isConvertible: Bool { parts.allSatisfy { $0.value != nil && $0.refusal == nil } }
}

extension DosingRules {
  /// What `medicines` are worth in oral morphine by the table of these rules.
  public func equivalents(of medicines: [Medicine]) -> Equivalents {
    Equivalents(
      parts: medicines.map { medicine in
        let amount = DailyAmount(of: medicine)
        guard let rule = drugs[medicine.drug]?.equivalents[medicine.route.index],
          let factor = rule.factor(for: tierAmount(of: medicine, amount, among: medicines))
        else { return Equivalents.Part(medicine: medicine, factor: nil, value: nil, refusal: nil) }
        return Equivalents.Part(
          medicine: medicine, factor: factor, value: factor.value * amount.value,
          refusal: rule.refusal.map { Equivalents.Refusal(reason: $0, citation: rule.citation) })
      })
  }

  /// Tiers go by the whole daily amount of a drug, however many lines it stands on; a patch by its own strength.
  private func tierAmount(of medicine: Medicine, _ amount: DailyAmount, among all: [Medicine]) -> ExactNumber
  {
    if all.count == 1 || medicine.route == .transdermal { return amount.value }
    return all.filter { $0.drug == medicine.drug && $0.route == medicine.route }
      .reduce(.zero) { $0 + DailyAmount(of: $1).value }
  }
}

extension DosingRules {
  /// Whether the patient counts as opioid-tolerant: the threshold dose, for long enough.
  ///
  /// - Parameters:
  ///   - medicines: What is taken; its own threshold makes a drug count although its equivalents would not.
  ///   - equivalent: Oral morphine equivalents, mg/day; nil where they are not known.
  /// - Returns: The class, and the finding that something decisive is not stated.
  public func opioidClass(
    of patient: Patient, taking medicines: [Medicine], equivalent: ExactNumber?
  ) -> (patientClass: OpioidClass, finding: Finding?) {
    let reaches =
      equivalent.map { $0 >= toleranceEquivalent.value } ?? false
      || medicines.contains(where: reachesOwnThreshold)
    let isStated = equivalent != nil || !medicines.isEmpty
    if !isStated, let tolerant = patient.isStatedTolerant {
      return (tolerant ? .tolerant : .notTolerant, nil)
    }
    guard isStated, let days = patient.opioidDays else {
      if patient.isStatedTolerant == false { return (.notTolerant, nil) }
      if isStated, reaches, patient.isStatedTolerant == true { return (.tolerant, nil) }
      return (isStated && !reaches ? .notTolerant : .unknown, toleranceUnknownFinding)
    }
    let tolerant = reaches && days >= toleranceDays.value && patient.isStatedTolerant != false
    return (tolerant ? .tolerant : .notTolerant, nil)
  }

  /// The class of a patient whose opioid is intrathecal already: a week of it is taken as tolerance, because nobody has
  /// published a threshold.
  public func opioidClassInPump(of patient: Patient) -> (patientClass: OpioidClass, finding: Finding?) {
    guard let days = patient.opioidDays else { return (.unknown, toleranceUnknownFinding) }
    return (days >= toleranceDays.value ? .tolerant : .notTolerant, nil)
  }

  private func reachesOwnThreshold(_ medicine: Medicine) -> Bool {
    guard let threshold = drugs[medicine.drug]?.tolerance[medicine.route.index] else { return false }
    return DailyAmount(of: medicine).value >= threshold.value
  }
}
