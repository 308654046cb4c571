import ThecalFormulary
import ThecalDosing
import ThecalQuantities
import ThecalResponse

extension RuleReading {
  /// How relief or tone follows the level of the drug; nil where nothing is on record.
  mutating func effectModel() -> EffectModel? {
    let name = drug.kind == .antispastic ? "ashworth" : "relief"
    guard let model = EffectModel(name, of: drug.id, in: formulary) else {
      findings.add(
        .noProtocol, .blocked, .noEffectForTrial,
        [.text(drug.kind == .antispastic ? "tone" : "relief"), .drug(drug.id)])
      return nil
    }
    for figure in model.figures {
      findings.rest(on: figure.source, isVerified: figure.isVerified, "the \(figure.name)")
    }
    return model
  }

  /// The effect that counts as a success: the plan's own target, or what most ask for.
  mutating func criterion(_ rules: TrialRules) -> Double {
    let isTone = drug.kind == .antispastic
    switch plan.target {
    case .relief(let share) where !isTone: return share
    case .ashworth(let score) where isTone && (plan.baseline ?? 0) > score:
      return (plan.baseline ?? 0) - score
    default: break
    }
    let figure = isTone ? rules.ashworthDrop : rules.relief
    rest(on: figure.citation, "what counts as a success")
    return rules.success(isTone: isTone)
  }

  /// The injections of a trial, within what label and consensus say; nil where it is refused.
  mutating func injections(_ settings: TrialSettings, _ rules: TrialRules) -> Trial.InjectionSeries? {
    guard let share = share(settings.route, rules) else { return nil }
    guard let doses = settings.doses ?? usualDoses(rules), !doses.isEmpty else {
      findings.add(
        .noProtocol, .blocked, .noSeries, [.drug(drug.id)])
      return nil
    }
    let interval =
      settings.interval ?? intrathecal.screening?.interval.value ?? Time(rules.intervalHours.value, .hours)
    if doses.count > 1 { checkInterval(interval, rules) }
    for dose in doses { checkBolus(share * dose) }
    if plan.patient.isMonitored != true { noteMonitoring() }
    if findings.isBlocked { return nil }
    let strength = rules.injectionStrengths.first { $0.drug == drug.id }
    let concentration: Concentration? = strength?.figure.quantity()
    if let strength { rest(on: strength.figure.citation, "the volume of an injection") }
    return Trial.InjectionSeries(
      doses: doses, share: share, volumes: doses.map { dose in concentration.map { dose / $0 } ?? .zero },
      interval: interval)
  }

  /// What of a dose by this route counts in the cerebrospinal fluid; nil where nobody says.
  private mutating func share(_ route: TrialSettings.Route, _ rules: TrialRules) -> ExactNumber? {
    guard route == .epidural else { return 1 }
    if plan.trial?.method == .continuous {
      findings.add(.noProtocol, .blocked, .infusionIntrathecalOnly)
      return nil
    }
    if let own = intrathecal.contraindications.first(where: { $0.when == "other_route" }) {
      findings.add(.contraindicated, .blocked, .notThisRoute, [.drug(drug.id), .text(own.text)])
      rest(on: own.citation, "the contraindication")
      return nil
    }
    guard let factor = rules.epiduralFactors.first(where: { $0.drug == drug.id })?.figure else {
      findings.add(
        .noProtocol, .blocked, .noEpiduralFactor, [.drug(drug.id)])
      return nil
    }
    rest(on: factor.citation, "the intrathecal equivalent of an epidural dose")
    return factor.value
  }

  /// The doses of label or literature for this drug and method.
  private mutating func usualDoses(_ rules: TrialRules) -> [Mass]? {
    if let screening = intrathecal.screening {
      rest(on: screening.boluses[0].citation, "the injections")
      let series = screening.boluses.map(\.value)
      return plan.trial?.method == .single
        ? plan.patient.screening.map { [$0.bolus] } ?? Array(series.prefix(1)) : series
    }
    if plan.trial?.method == .multiple {
      guard let series = rules.series.first(where: { $0.drug == drug.id }) else { return nil }
      rest(on: series.citation, "the injections")
      return series.doses_mcg.map { Mass($0, .micrograms) }
    }
    if let named = plan.patient.screening?.bolus { return [named] }
    if let own = rules.single.first(where: { $0.drug == drug.id })?.figure {
      rest(on: own.citation, "the injection")
      return own.quantity(MassDimension.self).map { [$0] }
    }
    guard let least = intrathecal.smallestTrialBolus else { return nil }
    rest(on: least.citation, "the injection")
    return [least.value]
  }

  private mutating func checkInterval(_ interval: Time, _ rules: TrialRules) {
    let figure = intrathecal.screening?.interval ?? rules.intervalHours.map { Time($0, .hours) }
    rest(on: figure.citation, "the time between injections")
    guard interval < figure.value else { return }
    findings.add(
      .overLimit, .blocked, .injectionsTooSoon,
      [.drug(drug.id), .number(figure.value.exactValue(in: .hours)), .text(figure.source)])
  }

  /// A dose in the cerebrospinal fluid against the label's test, the class of the patient and the consensus.
  private mutating func checkBolus(_ dose: Mass) {
    for finding in rules.check(bolus: dose, of: drug.id, at: Place(field: "trial.doses"))
    where finding.code == .typoSuspected { findings.add(finding) }
    if let most = intrathecal.screening?.largest, dose > most.value {
      rest(on: most.citation, "the largest screening bolus")
      return findings.add(
        .noResponse, .blocked, .beyondScreening, [.mass(dose, nil), .mass(most.value, nil)])
    }
    // What a label allows in a day, no injection passes.
    if let label = intrathecal.label(for: patientClass) {
      let day = unit.rate(label.high.value)
      if dose > day * Time(1, .days) {
        rest(on: label.high.citation, "the most of a first day")
        return findings.add(.overLimit, .blocked, .bolusAboveDay, [.mass(dose, nil), .dose(day, unit)])
      }
    }
    if use.isOpioid, isTolerant != true { checkNaive(dose) }
    if let most = intrathecal.widestTrialBolus, dose > most.value {
      rest(on: most.citation, "the range of trial doses")
      findings.add(.overLimit, .review, .bolusAboveRange, [.mass(dose, nil), .mass(most.value, nil)])
    }
  }

  private mutating func checkNaive(_ dose: Mass) {
    noteClass()
    guard let ceiling = intrathecal.largestNaiveBolus, dose > ceiling.value else { return }
    rest(on: ceiling.citation, "the ceiling without tolerance")
    findings.add(.opioidNaiveCap, .review, .bolusAboveNaive, [.mass(dose, nil), .mass(ceiling.value, nil)])
  }

  private mutating func noteMonitoring() {
    guard let watch = intrathecal.monitoring.first(where: { $0.hours != nil }) else { return }
    rest(on: watch.citation, "the watch")
    findings.add(
      .notMonitored, .review, plan.patient.isMonitored == nil ? .watchNotStated : .notWatched,
      [.text(watch.text)])
  }

  /// The steps of an infusion trial; nil where it is refused.
  mutating func ladder(_ settings: TrialSettings, _ rules: TrialRules) -> TrialLadder? {
    guard share(settings.route, rules) != nil, mayClimb(rules) else { return nil }
    guard let ceiling = plan.ceiling else {
      findings.add(
        .missingField, .blocked, .ladderNeedsCeiling)
      return nil
    }
    guard let day = firstDose() else { return nil }
    let total = min(settings.total ?? day * Time(1, .days), day * Time(1, .days))
    if let own = settings.total, own > total {
      findings.add(
        .overLimit, .review, .totalAboveDay, [.mass(own, nil), .dose(day, unit)])
    }
    rest(on: rules.ladderHours.citation, "the time between two steps")
    rest(on: rules.ladderWindowHours.citation, "the watch")
    let every = settings.every ?? Time(rules.ladderHours.value, .hours)
    let rows = Int((every.value(in: .hours) / UnitCourses.step).rounded())
    guard rows > 0 else {
      findings.add(.overLimit, .blocked, .stepsTooClose)
      return nil
    }
    if settings.step == nil { rest(on: rules.ladderSteps.citation, "the size of a step") }
    let step = settings.step ?? 1 / rules.ladderSteps.value * min(ceiling, total / Time(1, .days))
    guard step > .zero, step <= ceiling else {
      findings.add(.overLimit, .blocked, .stepOutOfRange)
      return nil
    }
    return findings.isBlocked
      ? nil : TrialLadder(step: step.base, rowsPerStep: rows, ceiling: ceiling.base, total: total.base)
  }

  /// Whether label and patient allow steps of hours.
  private mutating func mayClimb(_ rules: TrialRules) -> Bool {
    guard rules.ladderDrugs.contains(drug.id) else {
      findings.add(
        .noProtocol, .blocked, .noLadder, [.drug(drug.id)])
      return false
    }
    // Unknown is not no: the plan goes on within what a patient without tolerance may have, and must be confirmed.
    switch isTolerant {
    case true?: break
    case false?:
      findings.add(
        .opioidNaiveCap, .blocked, .ladderNeedsTolerance)
    case nil:
      findings.add(
        .toleranceUnknown, .review, .ladderToleranceUnknown)
    }
    switch plan.patient.isMonitored {
    case true?: break
    case false?: findings.add(.notMonitored, .blocked, .ladderNeedsWatch)
    case nil:
      findings.add(.notMonitored, .review, .ladderWatchUnknown)
    }
    return !findings.isBlocked
  }
}

extension TrialRules {
  /// What most count as a success: relief, 0 … 1, or points on Ashworth's scale.
  func success(isTone: Bool) -> Double {
    isTone ? ashworthDrop.value.double : relief.value.double / 100
  }
}
