import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// What is known about the patient and stops or flags a start by itself.
  mutating func checkFacts() {
    if facts.mentionsFlags {
      for flag in rules.flags(for: request.target) where holds(flag) { result.add(.flag(flag)) }
    }
    checkAllergy()
    if let residual = facts.residualEquivalent, residual > .zero { result.add(.residual(residual)) }
    let unknown = unknownFacts
    if !unknown.isEmpty { result.add(Notice(.ok, nil, unknown)) }
  }

  private func holds(_ flag: PatientFlag) -> Bool {
    switch flag.column {
    case "anticoagulant": facts.anticoagulant ?? false
    case "pregnancy": facts.pregnancy ?? false
    case "renal", "renal_impairment": facts.renal ?? false
    case "psychosis_history": facts.psychosisHistory ?? false
    case "age_years": flag.below.flatMap { limit in facts.ageYears.map { $0 < limit } } ?? false
    default: false
    }
  }

  /// An allergy to the target, or to something unnamed, stops; to another drug, it is shown.
  private mutating func checkAllergy() {
    guard let text = facts.allergy?.lowercased(), !text.isEmpty, !["no", "none", "n", "nkda"].contains(text)
    else { return }
    let named = text.split { ",;/".contains($0) }.contains {
      rules.formulary.drug(named: String($0))?.id == request.target
    }
    let stops = text == "yes" || text == "y" || text.contains(request.target) || named
    result.add(.allergy(text, target: request.target, stops: stops))
  }

  /// Names the facts that matter for this target and are not stated.
  private var unknownFacts: String {
    let missing =
      (facts.ageYears == nil ? 1 : 0) | (facts.frail == nil ? 2 : 0) | (facts.sleepApnea == nil ? 4 : 0)
    let more = (facts.cnsDepressants == nil ? 8 : 0) | (facts.residualEquivalent == nil ? 16 : 0)
    switch request.target {
    case "ziconotide": return facts.psychosisHistory == nil ? "Not stated: psychosis_history." : ""
    case "baclofen": return facts.ageYears == nil ? "Not stated: age_years." : ""
    default: return UnknownFacts.sentences[missing | more]
    }
  }
}

extension PatientFacts {
  /// Whether anything is stated on which a flag may hang.
  fileprivate var mentionsFlags: Bool {
    anticoagulant ?? false || pregnancy ?? false || renal ?? false || psychosisHistory ?? false
      || ageYears != nil
  }
}

/// The sentence for every combination of unknown facts, written once: a batch prints millions of them.
private enum UnknownFacts {
  static let names = ["age_years", "frail", "sleep_apnea", "cns_depressants", "residual_mme"]
  static let sentences = (0..<32).map { mask in
    let missing = names.enumerated().filter { mask & (1 << $0.offset) != 0 }.map(\.element)
    return missing.isEmpty ? "" : "Not stated: \(missing.joined(separator: ", "))."
  }
}
