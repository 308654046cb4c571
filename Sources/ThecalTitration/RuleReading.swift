import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// Puts the rules for one plan together from what label and consensus say, and notes on what they rest.
struct RuleReading {
  let plan: TitrationRequest
  let formulary: Formulary
  let drug: Drug
  let use: IntrathecalUse
  let pumpDrug: PumpDrug
  var ledger = TitrationLedger()

  /// Nil where the drug is not known or not given intrathecally.
  init?(_ plan: TitrationRequest, _ formulary: Formulary) {
    guard let drug = formulary.drug(named: plan.drug), let use = drug.intrathecal else { return nil }
    self.plan = plan
    self.formulary = formulary
    self.drug = drug
    self.use = use
    pumpDrug = PumpDrug(drug, stopping: formulary.stopping)
  }

  private var setting: String { plan.indication ?? "any" }

  /// The rules; nil where the plan is refused, which the ledger explains.
  mutating func limits() -> TitrationLimits? {
    checkPatient()
    guard let step = step(), let interval = interval() else {
      ledger.add(
        .noProtocol, .blocked,
        "No titration of \(drug.tallMan) is on record: neither a step nor an interval. No schedule is made.")
      return nil
    }
    guard let first = firstDose(), let highest = highestDose() else { return nil }
    var limits = TitrationLimits(
      unit: pumpDrug.unit, first: min(first, highest), highest: highest, step: step, interval: interval)
    limits.perWeek = use.titration?.steps.first?.perWeekMax?.floor
    limits.largestDrop = largestDrop()
    if let day = TitrationRules.figure(formulary.titration.ceilingNotBefore, drug: drug.id, setting: setting)
    {
      limits.highestNotBefore = day.low.floor
      rest(on: day.citation, "The day of the ceiling")
    }
    readPump(&limits)
    return ledger.isBlocked ? nil : limits
  }

  mutating func rest(on citation: Citation, _ what: String) {
    ledger.rest(on: citation.source, isVerified: citation.verified, what)
  }

  mutating func checkPatient() {
    if let statement = use.contraindications.first(where: { $0.when == "psychosis_history" }),
      plan.psychosisHistory != false
    {
      rest(on: statement.citation, "The contraindication")
      if plan.psychosisHistory == true {
        ledger.add(.contraindicated, .blocked, "\(drug.tallMan): \(statement.text)")
      } else {
        ledger.add(.missingField, .review, "Not stated: psychosis_history, which excludes \(drug.tallMan).")
      }
    }
    if let age = plan.age_years, age < 18,
      let statement = use.contraindications.first(where: { $0.when == "age_below_18" })
    {
      ledger.add(.contraindicated, .blocked, statement.text)
      rest(on: statement.citation, "The contraindication")
    }
    let isSpastic = plan.indication?.hasPrefix("spasticity") ?? false
    if plan.indication != nil, isSpastic != (drug.kind == .antispastic) {
      ledger.add(
        .settingMismatch, .blocked, "\(drug.tallMan) is not for \(setting): check drug and indication.")
    }
  }

  /// The largest increase: from the drug's own label, its panel, or the table of titrations.
  private mutating func step() -> TitrationLimits.Step? {
    if let screening = use.screening {
      let age = plan.age_years.map { $0 < 18 ? "child" : "adult" }
      let steps = screening.steps.filter { $0.phase == "titration" }
      // A patient of whom setting or age is unknown gets the smallest step of all.
      let fitting = steps.filter {
        ($0.age == age || $0.age == "any") && ($0.setting == setting || $0.setting == "any")
      }
      if age == nil || plan.indication == nil {
        ledger.add(
          .missingField, .review,
          "Not stated: \(age == nil ? "age_years" : "indication"); the smallest step of the label is taken.")
      }
      guard
        let rule = (age == nil ? steps : fitting.isEmpty ? steps : fitting).min(by: {
          $0.range.high < $1.range.high
        })
      else { return nil }
      return share(rule.range)
    }
    if let rule = use.titration?.steps.first, let unit = DoseRate.unit(named: rule.unit) {
      rest(on: rule.citation, "The step")
      return .amount(DoseRate(rule.stepMax, unit))
    }
    if let panel = use.stepMaxPercent?.first(where: {
      ($0.population ?? "").hasPrefix(plan.indication == "cancer" ? "cancer" : "noncancer")
    }) {
      return share(panel)
    }
    return TitrationRules.figure(formulary.titration.steps, drug: drug.id, setting: setting).map { share($0) }
  }

  private mutating func share(_ range: CitedRange) -> TitrationLimits.Step {
    rest(on: range.citation, "The step")
    return .share(range.high / 100)
  }

  /// Whole days from one increase to the next.
  private mutating func interval() -> Int? {
    var hours: ExactNumber?
    if let rule = use.titration?.steps.first { hours = rule.minimumIntervalHours }
    let tables = [formulary.titration.intervals, formulary.titration.recommendedIntervals]
    for table in tables {
      if let entry = TitrationRules.figure(table, drug: drug.id, setting: setting) {
        hours = max(hours ?? 0, entry.high)
        rest(on: entry.citation, "The interval between increases")
      }
    }
    return hours.map { max(1, ($0 / 24).ceiling) }
  }

  private mutating func largestDrop() -> ExactNumber? {
    if let own = pumpDrug.largestDrop {
      ledger.rest(on: own.source, isVerified: own.isVerified, "The largest decrease")
      return own.value > .zero ? own.value.exactValue(in: .one) : nil
    }
    guard let entry = TitrationRules.figure(formulary.titration.decreases, drug: drug.id, setting: setting)
    else { return nil }
    rest(on: entry.citation, "The largest decrease")
    return entry.high / 100
  }

  /// The least of what label and consensus name as a limit, and of the plan's own ceiling.
  private mutating func highestDose() -> DoseRate? {
    let kinds = ["ceiling", "maximum", "caution", "limited experience above"]
    let named = use.maxDaily.filter { range in
      kinds.contains(range.meaning ?? "") && (range.basis == "label" || range.basis == "consensus")
    }
    guard
      let least = named.min(by: { ($0.lowQuantity() ?? DoseRate.zero) < ($1.lowQuantity() ?? DoseRate.zero) }
      ),
      let dose: DoseRate = least.lowQuantity()
    else {
      ledger.add(.noProtocol, .blocked, "No limit of the daily dose of \(drug.tallMan) is on record.")
      return nil
    }
    rest(on: least.citation, "The limit of \(pumpDrug.unit.words(dose))")
    guard let ceiling = plan.ceiling else { return dose }
    if ceiling > dose {
      ledger.add(
        .overLimit, .review,
        "The plan's ceiling of \(pumpDrug.unit.words(ceiling)) is above \(pumpDrug.unit.words(dose)) "
          + "(\(least.citation.source)), which holds.")
    }
    return min(ceiling, dose)
  }

  private mutating func readPump(_ limits: inout TitrationLimits) {
    guard let concentration = plan.concentration else {
      if plan.pump != nil {
        ledger.add(.missingField, .review, "Not stated: concentration, so the pump's flow is not checked.")
      }
      return
    }
    guard let device = PumpDevice(named: plan.pump ?? PumpDevice.usual, in: formulary) else {
      ledger.add(
        .missingField, .blocked,
        "The pump '\(plan.pump ?? "")' is not known: its flow cannot be checked.")
      return
    }
    if let slowest = device.minimumFlow {
      ledger.rest(on: slowest.source, isVerified: slowest.isVerified, "The pump's lowest flow")
      limits.lowest = concentration * slowest.value
    }
    if let fastest = device.maximumFlow {
      ledger.rest(on: fastest.source, isVerified: fastest.isVerified, "The pump's highest flow")
      let most = concentration * fastest.value
      if most < limits.highest {
        ledger.add(
          .flowOutOfRange, .review,
          "At this concentration the pump gives at most \(limits.unit.words(most)); a stronger solution is needed "
            + "for more.")
        limits.highest = most
        limits.first = min(limits.first, most)
      }
    }
    if let stroke = device.stroke { limits.stroke = concentration * stroke.value / Time(1, .days) }
    if limits.deliverable(limits.first) < limits.lowest {
      ledger.add(
        .belowPumpMinimum, .blocked,
        "The first dose of \(limits.unit.words(limits.first)) is below what the pump can give at this "
          + "concentration, \(limits.unit.words(limits.lowest)): a weaker solution is needed.")
    }
  }
}

extension DoseUnit {
  /// `rate` as a person reads it: `0.4 mg/day`.
  func words(_ rate: DoseRate) -> String {
    "\(ClinicalText.number(perDay(rate).rounded(toSignificantDigits: 4))) \(daily)"
  }
}
