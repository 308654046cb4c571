public import ThecalFormulary
package import ThecalQuantities

extension DosingRules {
  /// What is known about the patient and stops or flags a start of `drug` by itself, and what matters and is not stated.
  public func check(_ patient: Patient, for drug: String) -> [Finding] {
    var findings: [Finding] = []
    if patient.mentionsFlags {
      for flag in flags[drug] ?? flags[""] ?? [] where holds(flag, patient) {
        findings.append(
          Finding(
            DosingTopic.patientFlag, Code(name: flag.code) ?? .contraindicated,
            flag.action == .stop ? .blocked : .review, [.text(flag.text)], citing: [flag.citation]))
      }
    }
    if let finding = allergy(patient, drug) { findings.append(finding) }
    if let residual = patient.residualEquivalent, residual > .zero {
      findings.append(Self.residualOpioid(residual))
    }
    if let finding = NotStated.finding(patient, for: drug) { findings.append(finding) }
    return findings
  }

  /// Opioids go on beside the pump: their oral morphine equivalent, mg/day.
  package static func residualOpioid(_ equivalent: ExactNumber) -> Finding {
    Finding(DosingTopic.residualOpioid, .residualOpioid, .review, [.number(equivalent)])
  }

  private func holds(_ flag: PatientFlag, _ patient: Patient) -> Bool {
    switch flag.column {
    case "anticoagulant": patient.anticoagulant ?? false
    case "pregnancy": patient.pregnancy ?? false
    case "renal", "renal_impairment": patient.renal ?? false
    case "psychosis_history": patient.psychosisHistory ?? false
    case "age_years": flag.below.flatMap { limit in patient.ageYears.map { $0 < limit } } ?? false
    default: false
    }
  }

  /// An allergy to the drug, or to something unnamed, stops; to another drug, it is shown.
  private func allergy(_ patient: Patient, _ drug: String) -> Finding? {
    guard let text = patient.allergy?.lowercased(), !text.isEmpty, !DosingRules.noAllergy.contains(text)
    else {
      return nil
    }
    let named = text.split { ",;/".contains($0) }.contains {
      formulary.drug(named: String($0))?.id == drug
    }
    let stops = ["yes", "y"].contains(text) || text.contains(drug) || named
    return Finding(
      stops ? DosingTopic.allergyToDrug : .allergyToOther, .allergy, stops ? .blocked : .review,
      [.text(text), .drug(drug)])
  }

  private static let noAllergy: Set<String> = ["no", "none", "n", "nkda"]
}

extension Patient {
  /// Whether anything is stated on which a flag may hang.
  fileprivate var mentionsFlags: Bool {
    anticoagulant ?? false || pregnancy ?? false || renal ?? false || psychosisHistory ?? false
      || ageYears != nil
  }
}

/// The finding for every combination of facts that are not stated, made once: a batch has millions of them.
private enum NotStated {
  static func finding(_ patient: Patient, for drug: String) -> Finding? {
    switch drug {
    case "ziconotide": return patient.psychosisHistory == nil ? psychosis : nil
    case "baclofen": return patient.ageYears == nil ? opioid[1] : nil
    default:
      let first =
        (patient.ageYears == nil ? 1 : 0) | (patient.frail == nil ? 2 : 0)
        | (patient.sleepApnea == nil ? 4 : 0)
      let more = (patient.cnsDepressants == nil ? 8 : 0) | (patient.residualEquivalent == nil ? 16 : 0)
      return opioid[first | more]
    }
  }

  private static let names = ["age_years", "frail", "sleep_apnea", "cns_depressants", "residual_mme"]
  private static let psychosis = Finding(
    DosingTopic.notStated, nil, .note, [.list([.text("psychosis_history")])])
  private static let opioid: [Finding?] = (0..<32).map { mask in
    let missing = names.enumerated().filter { mask & (1 << $0.offset) != 0 }.map { Evidence.text($0.element) }
    return missing.isEmpty ? nil : Finding(DosingTopic.notStated, nil, .note, [.list(missing)])
  }
}

extension DosingRules {
  /// The lines that belong to every first dose: how long to watch, and what to have at hand.
  public func monitoring(_ drug: DrugUse) -> [Finding] { drug.shared?.monitoring ?? [] }

  /// The findings that `statements` of one drug make.
  static func monitoring(_ statements: [Statement], isOpioid: Bool) -> [Finding] {
    guard isOpioid, statements.count > 1, let hours = statements[0].hours else {
      return statements.prefix(1).map {
        Finding(DosingTopic.statement, nil, .note, [.text($0.text)], citing: [$0.citation])
      }
    }
    return [
      Finding(DosingTopic.observeFirstDose, nil, .note, [.number(hours)], citing: [statements[0].citation]),
      Finding(DosingTopic.naloxoneAtHand, nil, .note, citing: [statements[1].citation]),
    ]
  }

  /// The one finding that figures acted which nobody has read in their source, or that are this project's own.
  ///
  /// - Parameter figures: What acted, each with the part of the result that it acted on.
  public static func unverified(_ figures: [(figure: Citation, part: String)]) -> [Finding] {
    func finding(_ topic: DosingTopic, _ code: Code, isOwn: Bool) -> Finding? {
      var (parts, citations): ([Evidence], [Citation]) = ([], [])
      for (figure, part) in figures where !figure.verified && figure.isOwn == isOwn {
        if !parts.contains(.text(part)) { parts.append(.text(part)) }
        citations.append(figure)
      }
      return parts.isEmpty ? nil : Finding(topic, code, .review, [.list(parts)], citing: citations)
    }
    var findings: [Finding] = []
    if let open = finding(.unverifiedFigures, .unverifiedSource, isOwn: false) { findings.append(open) }
    if let own = finding(.ownCutoffs, .ownCutoff, isOwn: true) { findings.append(own) }
    return findings
  }
}
