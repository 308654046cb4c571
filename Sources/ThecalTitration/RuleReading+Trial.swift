import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalResponse

extension RuleReading {
  /// How relief or tone follows the level of the drug; nil where nothing is on record.
  mutating func effectModel() -> EffectModel? {
    let name = drug.kind == .antispastic ? "ashworth" : "relief"
    guard let model = EffectModel(name, of: drug.id, in: formulary) else {
      ledger.add(
        .noProtocol, .blocked,
        "How \(drug.kind == .antispastic ? "tone" : "relief") follows the level of \(drug.tallMan) is not on record: "
          + "no trial is simulated.")
      return nil
    }
    for figure in model.figures {
      ledger.rest(on: figure.source, isVerified: figure.isVerified, "The \(figure.name)")
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
    rest(on: figure.citation, "What counts as a success")
    return isTone ? figure.value.double : figure.value.double / 100
  }

  /// The injections of a trial, within what label and consensus say; nil where it is refused.
  mutating func injections(_ settings: TrialSettings, _ rules: TrialRules) -> Trial.InjectionSeries? {
    guard let share = share(settings.route, rules) else { return nil }
    guard let doses = settings.doses ?? usualDoses(rules), !doses.isEmpty else {
      ledger.add(
        .noProtocol, .blocked,
        "No series of injections of \(drug.tallMan) is on record: name the doses, or try a single injection.")
      return nil
    }
    let interval =
      settings.interval ?? Time(use.screening?.intervalHours.value ?? rules.intervalHours.value, .hours)
    if doses.count > 1 { checkInterval(interval, rules) }
    for dose in doses { checkBolus(share * dose) }
    if plan.isMonitored != true { noteMonitoring() }
    if ledger.isBlocked { return nil }
    let strength = rules.injectionStrengths.first { $0.drug == drug.id }
    let concentration: Concentration? = strength?.figure.quantity()
    if let strength { rest(on: strength.figure.citation, "The volume of an injection") }
    return Trial.InjectionSeries(
      doses: doses, share: share, volumes: doses.map { dose in concentration.map { dose / $0 } ?? .zero },
      interval: interval)
  }

  /// What of a dose by this route counts in the cerebrospinal fluid; nil where nobody says.
  private mutating func share(_ route: TrialSettings.Route, _ rules: TrialRules) -> ExactNumber? {
    guard route == .epidural else { return 1 }
    if plan.trial?.method == .continuous {
      ledger.add(.noProtocol, .blocked, "An infusion trial is planned for the intrathecal route only.")
      return nil
    }
    if let own = use.contraindications.first(where: { $0.when == "other_route" }) {
      ledger.add(.contraindicated, .blocked, "\(drug.tallMan): \(own.text)")
      rest(on: own.citation, "The contraindication")
      return nil
    }
    guard let factor = rules.epiduralFactors.first(where: { $0.drug == drug.id })?.figure else {
      ledger.add(
        .noProtocol, .blocked,
        "What an epidural dose of \(drug.tallMan) is worth intrathecally is not on record.")
      return nil
    }
    rest(on: factor.citation, "The intrathecal equivalent of an epidural dose")
    return factor.value
  }

  /// The doses of label or literature for this drug and method.
  private mutating func usualDoses(_ rules: TrialRules) -> [Mass]? {
    if let screening = use.screening {
      rest(on: screening.boluses[0].citation, "The injections")
      let series = screening.boluses.compactMap { $0.quantity(MassDimension.self) }
      return plan.trial?.method == .single
        ? plan.screening.map { [$0.bolus] } ?? Array(series.prefix(1)) : series
    }
    if plan.trial?.method == .multiple {
      guard let series = rules.series.first(where: { $0.drug == drug.id }) else { return nil }
      rest(on: series.citation, "The injections")
      return series.doses_mcg.map { Mass($0, .micrograms) }
    }
    if let named = plan.screening?.bolus { return [named] }
    if let own = rules.single.first(where: { $0.drug == drug.id })?.figure {
      rest(on: own.citation, "The injection")
      return own.quantity(MassDimension.self).map { [$0] }
    }
    let ranges = use.trialBolus.filter { $0.population == nil }
    guard let least = ranges.min(by: { $0.low < $1.low }) else { return nil }
    rest(on: least.citation, "The injection")
    return least.lowQuantity(MassDimension.self).map { [$0] }
  }

  private mutating func checkInterval(_ interval: Time, _ rules: TrialRules) {
    let figure = use.screening?.intervalHours ?? rules.intervalHours
    rest(on: figure.citation, "The time between injections")
    guard interval < Time(figure.value, .hours) else { return }
    ledger.add(
      .overLimit, .blocked,
      "Injections of \(drug.tallMan) follow each other after \(figure.value) h at the earliest "
        + "(\(figure.citation.source)).")
  }

  /// A dose in the cerebrospinal fluid against the label's test, the class of the patient and the consensus.
  private mutating func checkBolus(_ dose: Mass) {
    let words = ClinicalText.mass(dose)
    if let most = use.screening?.bolusMax, let limit: Mass = most.quantity(), dose > limit {
      rest(on: most.citation, "The largest screening bolus")
      return ledger.add(
        .noResponse, .blocked,
        "\(words) is beyond the label's test: no response to \(ClinicalText.mass(limit)) is no candidate for a pump."
      )
    }
    // What a label allows in a day, no injection passes.
    let patient = plan.isTolerant == true ? "tolerant" : "naive"
    let labels = use.start.filter {
      $0.basis == "label" && [patient, "any"].contains($0.patientClass ?? "any")
    }
    if let range = labels.min(by: { $0.high < $1.high }), let day: DoseRate = range.highQuantity(),
      dose > day * Time(1, .days)
    {
      rest(on: range.citation, "The most of a first day")
      return ledger.add(
        .overLimit, .blocked,
        "\(words) is more than the label's start of a whole day, \(pumpDrug.unit.words(day)), for this patient."
      )
    }
    if drug.kind == .opioid, plan.isTolerant != true {
      checkNaive(dose, words)
    }
    let consensus = use.trialBolus.filter { $0.population == nil }
    if let range = consensus.max(by: { $0.high < $1.high }), let high: Mass = range.highQuantity(),
      dose > high
    {
      rest(on: range.citation, "The range of trial doses")
      ledger.add(
        .overLimit, .review, "\(words) is above the trial doses on record, \(ClinicalText.mass(high)).")
    }
  }

  private mutating func checkNaive(_ dose: Mass, _ words: String) {
    if plan.isTolerant == nil {
      ledger.add(.toleranceUnknown, .review, "Not stated: opioid_tolerant; taken as not tolerant.")
    }
    let own = use.trialBolus.first { $0.population?.hasPrefix("opioid-naive") ?? false }
    guard let own, let ceiling: Mass = own.highQuantity(), dose > ceiling else { return }
    rest(on: own.citation, "The ceiling without tolerance")
    ledger.add(
      .opioidNaiveCap, .review,
      "Without tolerance, \(words) is above the ceiling of \(ClinicalText.mass(ceiling)).")
  }

  private mutating func noteMonitoring() {
    guard let watch = use.monitoring.first(where: { $0.hours != nil }) else { return }
    rest(on: watch.citation, "The watch")
    ledger.add(
      .notMonitored, .review,
      (plan.isMonitored == nil ? "Not stated: monitored. " : "The patient is not watched. ") + watch.text)
  }

  /// The steps of an infusion trial; nil where it is refused.
  mutating func ladder(_ settings: TrialSettings, _ rules: TrialRules) -> TrialLadder? {
    guard share(settings.route, rules) != nil, mayClimb(rules) else { return nil }
    guard let ceiling = plan.ceiling else {
      ledger.add(
        .missingField, .blocked,
        "An infusion trial in steps of hours needs a ceiling: it runs ahead of its effect. Write ceiling: 0.5 mg/day."
      )
      return nil
    }
    guard let day = firstDose() else { return nil }
    let total = min(settings.total ?? day * Time(1, .days), day * Time(1, .days))
    if let own = settings.total, own > total {
      ledger.add(
        .overLimit, .review,
        "The total of \(ClinicalText.mass(own)) is above \(pumpDrug.unit.words(day)), which holds for the first 24 h."
      )
    }
    rest(on: rules.ladderHours.citation, "The time between two steps")
    rest(on: rules.ladderWindowHours.citation, "The watch")
    let every = settings.every ?? Time(rules.ladderHours.value, .hours)
    let rows = Int((every.value(in: .hours) / UnitCourses.step).rounded())
    guard rows > 0 else {
      ledger.add(.overLimit, .blocked, "Steps come at least a quarter of an hour apart.")
      return nil
    }
    if settings.step == nil { rest(on: rules.ladderSteps.citation, "The size of a step") }
    let step = settings.step ?? 1 / rules.ladderSteps.value * min(ceiling, total / Time(1, .days))
    guard step > .zero, step <= ceiling else {
      ledger.add(.overLimit, .blocked, "A step is above zero and not above the ceiling.")
      return nil
    }
    return ledger.isBlocked
      ? nil : TrialLadder(step: step.base, rowsPerStep: rows, ceiling: ceiling.base, total: total.base)
  }

  /// Whether label and patient allow steps of hours.
  private mutating func mayClimb(_ rules: TrialRules) -> Bool {
    guard rules.ladderDrugs.contains(drug.id) else {
      ledger.add(
        .noProtocol, .blocked,
        "\(drug.tallMan) is not raised in steps of hours: try a single injection, or raise it by its own protocol."
      )
      return false
    }
    // Unknown is not no: the plan goes on within what a patient without tolerance may have, and must be confirmed.
    switch plan.isTolerant {
    case true?: break
    case false?:
      ledger.add(
        .opioidNaiveCap, .blocked,
        "Steps of hours run ahead of their effect: not for a patient without opioid tolerance.")
    case nil:
      ledger.add(
        .toleranceUnknown, .review,
        "Not stated: opioid_tolerant. Steps of hours are for tolerant patients only; the total is that of a first day "
          + "without tolerance.")
    }
    switch plan.isMonitored {
    case true?: break
    case false?: ledger.add(.notMonitored, .blocked, "Steps of hours need a watched patient.")
    case nil:
      ledger.add(.notMonitored, .review, "Not stated: monitored. Steps of hours need a watched patient.")
    }
    return !ledger.isBlocked
  }
}
