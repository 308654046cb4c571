import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension RuleReading {
  /// The most on the first day: what a conversion of the same patient gives, and the plan's own start where that is lower.
  /// Nil where the plan is refused.
  mutating func firstDose() -> DoseRate? {
    guard let rule = startByRules() else { return nil }
    guard let own = plan.start else { return rule }
    if own > rule {
      findings.add(
        Finding(DosingTopic.startAboveRule, .overLimit, .review, [.dose(own, unit), .dose(rule, unit)]))
    }
    return min(own, rule)
  }

  /// The first dose by the clinical rules: from screening, from what is taken, or from the ceilings alone.
  mutating func startByRules() -> DoseRate? {
    if intrathecal.screening != nil { return startFromScreening() }
    if ["morphine", "hydromorphone"].contains(drug.id), !plan.medicines.isEmpty || plan.oralMorphine != nil {
      return startFromRegimen()
    }
    noteClass()
    guard let start = rules.start(of: use, for: plan.patient, patientClass, StartQuestion()) else {
      findings.add(Finding(DosingTopic.noStart, .noProtocol, .blocked, [.drug(drug.id)]))
      return nil
    }
    take(start)
    return start.dose
  }

  private mutating func startFromScreening() -> DoseRate? {
    let (start, finding) = rules.startFromScreening(use, plan.patient)
    // Without a screening bolus an estimate may be shown elsewhere; a schedule has nothing to begin with.
    if let finding { findings.add(finding.weighing(.blocked)) }
    if let start { take(start) }
    return start?.dose
  }

  private mutating func take(_ start: StartDose) {
    for finding in start.findings { findings.add(finding) }
    for figure in start.figures { findings.rest(on: figure.citation, "the start") }
  }

  /// What the least regimen of somebody tolerant stands for by the ratio, where none is listed; nil without tolerance or ratio.
  func leastOfTolerant() -> DoseRate? {
    guard isTolerant == true, plan.medicines.isEmpty, plan.oralMorphine == nil,
      ["morphine", "hydromorphone"].contains(drug.id), let converter = try? Converter(formulary: formulary)
    else { return nil }
    var request = ConversionRequest(medicines: [], target: drug.id, patient: plan.patient)
    request.statedEquivalent = rules.toleranceEquivalent.value
    return converter.convert(request).estimate.map { DoseRate($0, unit.dailyDose) }
  }

  /// The start of `thecal convert` for the same patient.
  private mutating func startFromRegimen() -> DoseRate? {
    let converter: Converter
    do { converter = try Converter(formulary: formulary) } catch {
      findings.add(Finding(DosingTopic.noStart, .noProtocol, .blocked, [.drug(drug.id)]))
      return nil
    }
    var request = ConversionRequest(medicines: plan.medicines, target: drug.id, patient: plan.patient)
    if plan.medicines.isEmpty {
      request.statedEquivalent = plan.oralMorphine?.exactValue(in: .milligramsPerDay)
    }
    let result = converter.convert(request)
    standsFor = result.estimate.map { DoseRate($0, unit.dailyDose) }
    for finding in result.findings.all where finding.code != .unverifiedSource && finding.code != .ownCutoff {
      findings.add(finding)
    }
    for acted in result.unverified where acted.part != .estimate {
      findings.rest(on: acted.figure.citation, "the \(acted.part.rawValue)")
    }
    return result.start
  }
}
