package import ThecalFormulary
import ThecalDosing
package import ThecalQuantities
package import ThecalResponse
package import ThecalTransport

extension TrialSettings {
  /// The name under which the data list results.
  var kind: String { route == .epidural ? "epidural" : method.rawValue }
}

/// A trial before the pump, simulated before the first injection: for the median person hour by hour, and
/// for a virtual population with the probability that it succeeds.
package struct Trial: Sendable {
  /// How the trial stands at an hour: the median person, and the range of nine in ten of the population.
  package struct Hour: Sendable {
    /// The hour, from the first dose.
    package let hour: Int
    /// What is injected at this hour.
    package let bolus: Mass?
    /// The rate from this hour on; nil for injections.
    package let rate: DoseRate?
    /// All that was given before this hour, injections of this hour included.
    package let given: Mass
    /// The level at the target.
    package let level: Band
    /// Relief, 0 … 1, or points on Ashworth's scale; nil where counts contradict it.
    package let effect: Band?
    /// The share of the population whose breathing is depressed at this hour; nil where no model is on record.
    package let risk: Double?
  }

  /// A figure of the median person, with the range of the population.
  package struct Band: Hashable, Sendable {
    /// The median person.
    package let middle: Double
    /// One in twenty is below.
    package let low: Double
    /// One in twenty is above.
    package let high: Double

    /// A figure with its range.
    package init(middle: Double, low: Double, high: Double) {
      (self.middle, self.low, self.high) = (middle, low, high)
    }
  }

  /// What is tried.
  package let settings: TrialSettings
  /// The drug.
  package let drug: Drug
  /// The unit in which the drug is spoken of.
  package let unit: DoseUnit
  /// What there is to say.
  package internal(set) var findings: PlanFindings
  /// The effect that counts as a success: relief, 0 … 1, or points on Ashworth's scale.
  package let criterion: Double
  /// The effect by which real trials were counted.
  let usualCriterion: Double
  /// Whether it is about muscle tone rather than pain.
  package let isTone: Bool
  /// The score without drug.
  package let baseline: Double
  /// How such trials went for real patients.
  package let seen: [TrialRules.Seen]
  /// The factors by which a share of success may move, given what is known of those who do not respond.
  var responding = (low: 1.0, high: 1.0)
  private(set) var isTolerant = false
  /// Whether the counts allow what is predicted.
  var allowsSuccess = true, allowsToxic = true
  /// What stops the trial.
  package let stopRules: [Statement]
  /// The injections that were simulated; empty for an infusion or a refusal.
  package internal(set) var doses: [Mass] = []
  /// The course of the median person; nil in a refusal.
  package internal(set) var middle: TrialCourse?
  /// The effect that is feared; nil where no model is on record.
  package let feared: EffectModel?
  /// How it went for each of the population.
  package internal(set) var outcomes: [TrialCourse.Outcome] = []
  /// Hour by hour; empty in a refusal.
  package internal(set) var hours: [Hour] = []
  /// The share of a step of an infusion that is felt at the next; nil for injections.
  package internal(set) var feltAtNextStep: Double?

  /// The trial of `plan`, which names its method; another model of the effect than that on record may be given.
  ///
  /// - Throws: `InputProblem` where the plan names a drug or a place that is not known.
  package init(
    _ plan: TitrationRequest, model: EffectModel? = nil, formulary: Formulary = .embedded
  ) throws(InputProblem) {
    guard var reading = RuleReading(plan, formulary) else {
      let known = formulary.drugs.filter { $0.intrathecal != nil }.map(\.id)
      throw InputProblem(
        .drug,
        "'\(plan.drug)' is no drug for a pump; \(suggestion(for: plan.drug, among: known))")
    }
    guard let settings = plan.trial else {
      throw InputProblem(.whole, "a trial needs 'trial: single', 'multiple' or 'continuous'")
    }
    self.settings = settings
    drug = reading.drug
    unit = reading.unit
    isTone = reading.drug.kind == .antispastic
    feared = EffectModel("respiratory_depression", of: reading.drug.id, in: formulary)
    reading.checkPatient()
    let rules = formulary.trialRules
    criterion = reading.criterion(rules)
    usualCriterion = rules.success(isTone: isTone)
    seen = rules.results.filter { $0.drug == reading.drug.id && $0.method == settings.kind }
    stopRules = formulary.titration.stopRules.filter { $0.drugs?.contains(reading.drug.id) ?? true }
    var series: InjectionSeries?
    var ladder: TrialLadder?
    if settings.method == .continuous {
      ladder = reading.ladder(settings, rules)
    } else {
      series = reading.injections(settings, rules)
    }
    // What is refused anyway needs no word on the model.
    let wanted = reading.findings.isBlocked ? nil : model ?? reading.effectModel()
    baseline = plan.baseline ?? wanted?.baseline ?? 0
    findings = reading.findings
    guard let wanted, !findings.isBlocked else { return }
    isTolerant = reading.isTolerant == true
    responding = wanted.responding(.single)
    if let series { try inject(series, plan, wanted, rules, formulary) }
    if let ladder { try infuse(ladder, plan, wanted, rules, formulary) }
    gate(formulary)
    conclude()
  }

  /// The share of the population for whom the trial succeeds, with the interval of the sampling and of the share who do not respond;
  /// nil where counts contradict it.
  package var success: PopulationShare? { allowsSuccess ? share(\.isSuccess) : nil }

  /// The share whose breathing is depressed at any time; nil where no model is on record, tolerance is not known to the model, or
  /// counts contradict it.
  package var toxic: PopulationShare? {
    feared.flatMap { _ in
      allowsToxic ? PopulationShare(outcomes.count(where: \.isToxic), of: outcomes.count) : nil
    }
  }

  /// How the median person's effect goes; nil where counts contradict what is predicted of it.
  package var median: TrialCourse.Outcome? { allowsSuccess ? middle?.outcome : nil }

  /// The share for whom the effect also lasts; nil where counts contradict that it comes.
  package var sustained: PopulationShare? { allowsSuccess ? share(\.isSustained) : nil }
}
