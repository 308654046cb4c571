import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalTransport

extension Trial {
  /// Injections as they reach the cerebrospinal fluid.
  struct InjectionSeries {
    /// What is injected, in order.
    let doses: [Mass]
    /// What of a dose counts in the cerebrospinal fluid.
    let share: ExactNumber
    /// In which volume, per dose.
    let volumes: [Volume]
    /// From one to the next.
    let interval: Time
  }

  mutating func inject(
    _ series: InjectionSeries, _ plan: TitrationRequest, _ wanted: EffectModel, _ rules: TrialRules,
    _ formulary: Formulary
  ) throws(InputProblem) {
    doses = series.doses
    let window = rules.windowHours.value.double
    let gap = series.interval.value(in: .hours)
    let hours = (Double(series.doses.count - 1) * gap + window).rounded(.up)
    var inputs: [UnitCourses.Input] = []
    let injections = series.doses.indices.map { index in
      let input = UnitCourses.Input.bolus(series.volumes[index])
      if !inputs.contains(input) { inputs.append(input) }
      return TrialPerson.Injection(
        row: Int((Double(index) * gap / UnitCourses.step).rounded()),
        mass: (series.share * series.doses[index]).base, input: inputs.firstIndex(of: input) ?? 0)
    }
    let watched = Int(min(gap, window) / UnitCourses.step)
    let courses = try simulate(plan, wanted, rules, formulary, inputs: inputs, hours: hours) {
      $0.injected(injections, window: watched)
    }
    tabulate(courses, hours: Int(hours))
  }

  mutating func infuse(
    _ ladder: TrialLadder, _ plan: TitrationRequest, _ wanted: EffectModel, _ rules: TrialRules,
    _ formulary: Formulary
  ) throws(InputProblem) {
    let hours = rules.ladderWindowHours.value.double
    feltAtNextStep = wanted.site.felt(after: Double(ladder.rowsPerStep) * UnitCourses.step)
    let courses = try simulate(plan, wanted, rules, formulary, inputs: [.rate], hours: hours) {
      $0.infused(ladder)
    }
    tabulate(courses, hours: Int(hours))
  }

  /// The courses of the population; the median person's is kept.
  private mutating func simulate(
    _ plan: TitrationRequest, _ wanted: EffectModel, _ rules: TrialRules, _ formulary: Formulary,
    inputs: [UnitCourses.Input], hours: Double, _ run: (TrialPerson) -> TrialCourse
  ) throws(InputProblem) -> [TrialCourse] {
    var patients: VirtualPatients?
    let drug = formulary.drug(named: plan.drug)?.id ?? plan.drug
    let courses = try UnitCourses(plan, inputs: inputs, hours: hours, formulary: formulary) { center in
      let drawn = VirtualPatients(around: center, drug: drug, seed: plan.seed, in: formulary)
      patients = drawn
      return (0..<plan.population).map(drawn.parameters)
    }
    func person(_ levels: [UnitCourses.Levels], _ traits: (TrialTrait) -> Double) -> TrialCourse {
      let response = TrialResponse(
        wanted, feared, criterion: criterion, sustainedHours: rules.sustainedHours.value.double,
        traits: traits)
      return run(TrialPerson(levels, times: courses.times, response))
    }
    middle = person(courses.middle) { _ in 1 / 2.0 }
    let others = courses.people.enumerated().map { index, levels in
      person(levels) { patients?.trait($0.rawValue, of: index) ?? 1 / 2.0 }
    }
    outcomes = others.map(\.outcome)
    for source in courses.sources { findings.rest(on: source, isVerified: true, "the model of transport") }
    let sustained = rules.sustainedHours.citation
    findings.rest(on: sustained, "what counts as sustained")
    return others
  }

  private mutating func tabulate(_ others: [TrialCourse], hours: Int) {
    guard let middle else { return }
    let perHour = Int(1 / UnitCourses.step)
    func band(_ row: Int, _ values: (TrialCourse) -> [Double]) -> Band {
      let all = others.map { values($0)[row] }.sorted()
      func share(_ p: Double) -> Double { all[Int((p * Double(all.count - 1)).rounded())] }
      return Band(middle: values(middle)[row], low: share(1 / 20.0), high: share(19 / 20.0))
    }
    var before = 0.0
    self.hours = (0...hours).map { hour in
      let row = hour * perHour
      let given = middle.given[row]
      let bolus = settings.method != .continuous && given > before ? Mass(base: given - before) : nil
      before = given
      let toxic = others.count { $0.isToxic[row] }
      return Hour(
        hour: hour, bolus: bolus,
        rate: settings.method == .continuous ? DoseRate(base: middle.rate[row]) : nil,
        given: Mass(base: given), level: band(row) { $0.level }, effect: band(row) { $0.effect },
        risk: feared.map { _ in Double(toxic) / Double(others.count) })
    }
  }

  /// What a reader must know of the result.
  mutating func conclude() {
    guard let outcome = middle?.outcome else { return }
    findings.add(
      .prediction, .review, .trialPrediction, [.number(ExactNumber(outcomes.count))])
    if settings.method == .continuous, allowsSuccess {
      let felt = Int(((feltAtNextStep ?? 0) * 100).rounded())
      findings.add(
        .prediction, .review, .stepsAheadOfEffect,
        [
          .number(ExactNumber(felt)), .text(words(outcome.effectThen)), .text(words(outcome.effectToCome)),
        ])
    }
    for result in seen {
      findings.rest(on: result.citation, "what was seen")
    }
    if !outcome.isSuccess, allowsSuccess {
      findings.add(
        .targetNotReached, .review, .medianFails)
    }
  }

  /// An effect as a person reads it.
  package func words(_ effect: Double) -> String {
    isTone
      ? "\(ClinicalText.number(ExactNumber(effect).rounded(toPlaces: 1))) of Ashworth's points"
      : "\(ClinicalText.number(ExactNumber(effect * 100).rounded(toPlaces: 0))) %"
  }
}
