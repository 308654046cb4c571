public import ThecalFormulary
public import ThecalDosing
public import ThecalQuantities
import ThecalResponse
package import ThecalOptimization
public import ThecalTransport

/// A schedule of doses for one patient, what it is predicted to do, and on what it rests.
public struct TitrationPlan: Sendable {
  /// One day.
  public struct Day: Hashable, Sendable {
    /// The day, from 1.
    public let day: Int
    /// The daily dose, as the pump can deliver it.
    public let dose: DoseRate
    /// By which share it differs from the day before; nil on the first.
    public let step: ExactNumber?
    /// The level at the segment at the end of the day, ng/mL.
    public let level: Double
    /// The predicted effect then: relief as a share, or the Ashworth score; nil where nothing is on record.
    public let effect: Double?
    /// The share of patients like this one whose toxic effect passes its threshold; nil where none is on record.
    public let risk: Double?
  }

  /// What was asked.
  public let request: TitrationRequest
  /// The drug.
  package let drug: Drug
  /// The unit in which it is spoken of.
  public let unit: DoseUnit
  /// How the plan may be used, why, and who says so.
  public internal(set) var findings: PlanFindings
  /// The rules; nil where refused.
  package internal(set) var limits: TitrationLimits?
  /// The days; empty where refused.
  public internal(set) var days: [Day] = []
  /// The dose that holds the target, as the limits allow it; nil where refused.
  package internal(set) var goal: TitrationGoal?
  /// The first day at 95 % of the target; nil if none.
  public internal(set) var daysToTarget: Int?
  /// The proof of an optimal schedule; nil for the label's.
  package internal(set) var residual: KKTResidual?
  /// The daily dose that the regimen stands for by the ratio; nil where none is listed.
  let regimen: DoseRate?
  /// What tolerance alone stands for at least, where no regimen is listed; nil without tolerance.
  let leastRegimen: DoseRate?
  /// Whether the patient counts as opioid-tolerant; nil for a drug that is no opioid.
  public let opioidClass: OpioidClass?
  /// Whether the patient is used to opioids; nil where that is not known.
  let isTolerant: Bool?
  /// What stops the titration.
  package let stopRules: [Statement]
  /// How limits answer in many people; nil where the plan does not ask.
  package internal(set) var population: PopulationResponse?
  /// What observations say about the patient; nil without any.
  package internal(set) var learned: PatientFit?
  /// What may follow after the last observation; nil without any.
  package internal(set) var next: NextStep?
  /// A slower protocol beside the label's; nil where none is on record, or the plan asks for it itself.
  public internal(set) var slow: SlowCourse?
  /// How the patient's levels answer; nil where refused.
  package internal(set) var response: PatientResponse?

  /// The dose of the first day; nil where refused.
  public var start: DoseRate? { days.first?.dose }

  /// The most on any day; nil where refused.
  public var limit: DoseRate? { days.isEmpty ? nil : limits?.highest }

  /// The plan for `request`.
  ///
  /// - Throws: `InputProblem` where the file names a drug or a place that is not known.
  public init(_ request: TitrationRequest, formulary: Formulary = .embedded) throws(InputProblem) {
    guard var reading = RuleReading(request, formulary) else {
      let known = formulary.drugs.filter { $0.intrathecal != nil }.map(\.id)
      throw InputProblem(
        .drug,
        "'\(request.drug)' is no drug for a pump; \(suggestion(for: request.drug, among: known))"
      )
    }
    self.request = request
    drug = reading.drug
    unit = reading.unit
    opioidClass = reading.use.isOpioid ? reading.patientClass : nil
    isTolerant = reading.isTolerant
    let name = reading.drug.id
    stopRules = formulary.titration.stopRules.filter { $0.drugs?.contains(name) ?? true }
    limits = reading.limits()
    regimen = reading.standsFor
    leastRegimen = reading.leastOfTolerant()
    findings = reading.findings
    guard let limits else { return }
    try plan(within: limits, reading.slower(than: limits), formulary)
    if findings.isBlocked { (days, slow) = ([], nil) }
  }

  private mutating func plan(
    within limits: TitrationLimits, _ slower: SlowCourse?, _ formulary: Formulary
  ) throws(InputProblem) {
    var response = try PatientResponse(request, drug: drug, formulary: formulary)
    for source in response.sources { findings.rest(on: source, isVerified: true, "the level") }
    var limits = limits
    var past: [DoseRate] = []
    if !request.observations.isEmpty {
      learned = PatientFit(request, response, &findings)
      if let learned { response.take(learned) }
      past = continueTreatment(&limits)
      self.limits = limits
    }
    if request.isRobust, !request.limits.isEmpty {
      let columns = Array(response.unitDose.columns.dropFirst(3))
      let people = try PopulationResponse(
        request, response.unitDose.simulation, columns: columns, drug: drug.id, formulary)
      response.takeCaps(people)
      population = people
    }
    guard let goal = TitrationGoal(request, response, limits, &findings) else { return }
    if learned == nil, isFarBelowRegimen(goal.wanted) { return }
    self.response = response
    self.goal = goal
    let rules = formulary.titration
    findings.rest(
      on: rules.reachedPercent.citation.source, isVerified: true, "the share at which a target is reached")
    var task = OptimalSchedule.Task(
      limits: limits, days: request.days, goal: goal.goal, response: goal.response)
    task.caps = zip(response.caps, request.limits).map {
      ($0, $1.level.value(in: .nanogramsPerMilliliter))
    }
    task.past = past
    task.reached = rules.reachedPercent.value.double / 100
    task.overshoot = rules.overshootPercent.value.double / 100
    let current = request.observations.last.flatMap { $0.dose > .zero ? $0.dose : nil }
    var doses = LabelSchedule(to: goal.goal, over: request.days, within: limits, from: current).doses
    if request.method == .optimal {
      do {
        let optimal = try OptimalSchedule(task, label: doses)
        residual = optimal.residual
        doses = optimal.doses
      } catch .infeasible where !past.isEmpty {
        findings.add(
          .overLimit, .review, .pastAboveLimit)
      } catch {
        findings.add(
          .conflictingValues, .blocked, .rulesConflict)
        return
      }
    }
    if let smallest = doses.min(), smallest <= .zero {
      // A day of nothing is no step of a titration: what was given last is less than one stroke.
      findings.add(
        .belowPumpMinimum, .blocked, .firstDoseBelowPump,
        [.dose(current ?? limits.first, unit), .dose(limits.least, unit)])
      return
    }
    let shown = table(doses, after: past, response, formulary)
    days = shown.days
    findings.add(shown.gate, isObserved: learned != nil)
    if let population {
      let levels = request.limits.map { $0.level.value(in: .nanogramsPerMilliliter) }
      let share = population.exceeding((past + doses).map(\.base), levels)
      let percent = ExactNumber(share * 100).rounded(toSignificantDigits: 2)
      findings.add(
        .population, .review, .populationPasses,
        [.number(percent), .number(ExactNumber(request.population)), .text(String(request.seed))])
    }
    if let learned { next = NextStep(request, learned, response, goal, limits, &findings, formulary) }
    rest(response, formulary)
    var wanted = task
    wanted.goal = goal.wanted
    daysToTarget = OptimalSchedule.arrival(doses, wanted).map { $0 + past.count }
    putBeside(slower, wanted, response, formulary)
    if daysToTarget == nil {
      if goal.goal < goal.wanted {
        findings.add(
          .targetNotReached, .review, .targetAboveLimits, [.dose(goal.wanted, unit), .dose(goal.goal, unit)])
      } else {
        findings.add(.targetNotReached, .review, .targetTooFar, [.number(ExactNumber(request.days))])
      }
    }
  }

  /// Whether a goal made of an effect is far below what the regimen stands for: the level at which others were relieved does not
  /// speak for somebody who takes so much.
  private mutating func isFarBelowRegimen(_ wanted: DoseRate) -> Bool {
    guard case .relief? = request.target, let least = regimen ?? leastRegimen,
      wanted < ExactNumber(1, over: 2) * least
    else { return false }
    findings.add(
      .targetNotReached, .blocked, regimen == nil ? .targetFarBelowTolerant : .targetFarBelowRegimen,
      [.dose(wanted, unit), .dose(least, unit)])
    return true
  }

  /// The predictions in the table rest on these.
  private mutating func rest(_ response: PatientResponse, _ formulary: Formulary) {
    for figure in response.effect?.figures ?? [] {
      findings.rest(on: figure.source, isVerified: figure.isVerified, "the \(figure.name)")
    }
    for figure in response.toxic?.figures ?? [] {
      findings.rest(on: figure.source, isVerified: figure.isVerified, "the risk's \(figure.name)")
    }
    for rule in stopRules { findings.rest(on: rule.citation.source, isVerified: true, "a stop rule") }
  }

  /// The days of `doses`, and what the counts say of their predictions.
  func table(
    _ doses: [DoseRate], after past: [DoseRate], _ response: PatientResponse, _ formulary: Formulary
  ) -> (days: [Day], gate: DailyGate) {
    var gate = DailyGate(
      effect: response.effect, toxic: response.toxic, of: drug.id, isTolerant: isTolerant, in: formulary)
    let rates = (past + doses).map(\.base)
    let levels = response.segment.levels(rates)
    let felt = response.effectSite.levels(rates)
    let toxic = response.toxicSite.levels(rates)
    let moderated = response.moderated.levels(rates)
    // Somebody tolerant is used to no less than the first dose.
    let used = isTolerant == true ? (rates.first ?? 0) * response.toxicSite.gain : 0
    let days = doses.indices.map { index in
      let before = index > 0 ? doses[index - 1] : past.last
      let day = past.count + index
      return Day(
        day: day + 1, dose: doses[index],
        step: before.map { $0 > .zero ? doses[index] / $0 - 1 : 0 }, level: levels[day],
        // What scores have taught about this patient stands above what was counted in others.
        effect: learned != nil || gate.showsEffect(at: doses[index]) ? response.shownEffect(felt[day]) : nil,
        risk: gate.risk(at: doses[index], level: toxic[day], seen: max(moderated[day], used)))
    }
    return (days, gate)
  }
}

extension PlanFindings {
  /// Notes what counts say of the predictions of a table.
  mutating func add(_ gate: DailyGate, isObserved: Bool) {
    for (effect, name) in [("inadequate_relief", "effect"), ("respiratory_depression", "risk")] {
      guard let verdict = gate.verdicts[effect], !(isObserved && name == "effect") else { continue }
      if name == "effect", !gate.means.isEmpty {
        let means = gate.means.map {
          Evidence.text("a mean of \(ClinicalText.number($0.mean.value)) % (\($0.mean.citation.source))")
        }
        add(.modelContradicted, .review, .predictionContradicted, [.text(name), .list(means)])
        for row in gate.means { rest(on: row.mean.citation, "the mean relief") }
        if case .contradicted = verdict {} else { continue }
      }
      switch verdict {
      case .agrees: break
      case .unchecked: add(.modelUnchecked, .review, .predictionUnchecked, [.text(name)])
      case .contradicted(let rows):
        let counts = rows.map { Evidence.text($0.standing) }
        add(.modelContradicted, .review, .predictionContradicted, [.text(name), .list(counts)])
      }
    }
  }
}

extension PatientResponse {
  /// Relief as a share, or the Ashworth score, at a level of the effect site.
  func shownEffect(_ level: Double) -> Double? {
    guard let curve, let effect else { return nil }
    let size = curve.effect(at: level)
    return effect.record.effect == "relief" ? size : max(0, baseline - size)
  }
}
