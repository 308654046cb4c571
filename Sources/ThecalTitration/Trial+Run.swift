import ThecalFormulary
import ThecalPump
import ThecalQuantities
import ThecalScenario
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
    _ series: InjectionSeries, _ plan: TitrationScenario, _ model: TrialEffectModel, _ rules: TrialRules,
    _ formulary: Formulary
  ) throws(ScenarioError) {
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
    try simulate(plan, model, rules, formulary, inputs: inputs, hours: hours) {
      $0.injected(injections, window: watched)
    }
  }

  mutating func infuse(
    _ ladder: TrialLadder, _ plan: TitrationScenario, _ model: TrialEffectModel, _ rules: TrialRules,
    _ formulary: Formulary
  ) throws(ScenarioError) {
    feltAtNextStep = model.middle.felt(after: Double(ladder.rowsPerStep) * UnitCourses.step)
    try simulate(
      plan, model, rules, formulary, inputs: [.rate], hours: rules.ladderWindowHours.value.double
    ) { $0.infused(ladder) }
  }

  private mutating func simulate(
    _ plan: TitrationScenario, _ model: TrialEffectModel, _ rules: TrialRules, _ formulary: Formulary,
    inputs: [UnitCourses.Input], hours: Double, _ run: (TrialPerson) -> TrialCourse
  ) throws(ScenarioError) {
    let goal = TrialCriterion(effect: criterion, sustainedHours: rules.sustainedHours.value.double)
    var population: VirtualPopulation?
    let courses = try UnitCourses(plan, inputs: inputs, hours: hours, formulary: formulary) { base in
      let drawn =
        population
        ?? VirtualPopulation(
          base: base, stated: plan.parameters, drug: plan.drug.value, count: plan.population,
          further: TrialEffectModel.dimensions, seed: plan.seed, formulary: formulary)
      population = drawn
      return drawn.people.map(\.parameters)
    }
    let people = population?.people ?? []
    let middle = run(TrialPerson(courses.middle, model.middle, goal))
    let others = zip(courses.people, people).map {
      run(TrialPerson($0, model.person($1.further), goal))
    }
    for source in courses.sources + (population?.sources ?? []) {
      ledger.rest(on: source, isVerified: true, "The model of transport")
    }
    ledger.rest(
      on: rules.sustainedHours.citation.source, isVerified: rules.sustainedHours.citation.verified,
      "What counts as sustained")
    self.middle = middle
    outcomes = others.map(\.outcome)
    self.hours = table(middle, others, hours: Int(hours))
  }

  private func table(_ middle: TrialCourse, _ others: [TrialCourse], hours: Int) -> [Hour] {
    let perHour = Int(1 / UnitCourses.step)
    func band(_ row: Int, _ values: (TrialCourse) -> [Double]) -> Band {
      let all = others.map { values($0)[row] }.sorted()
      guard !all.isEmpty else { return Band(middle: values(middle)[row], low: 0, high: 0) }
      func share(_ p: Double) -> Double { all[Int((p * Double(all.count - 1)).rounded())] }
      return Band(middle: values(middle)[row], low: share(1 / 20.0), high: share(19 / 20.0))
    }
    var before = 0.0
    return (0...hours).map { hour in
      let row = hour * perHour
      let given = middle.given[row]
      let bolus = method != .continuous && given > before ? Mass(base: given - before) : nil
      before = given
      return Hour(
        hour: hour, bolus: bolus,
        rate: method == .continuous ? DoseRate(base: middle.rate[row]) : nil, given: Mass(base: given),
        level: band(row) { $0.level }, effect: band(row) { $0.effect })
    }
  }

  /// What a reader must know of the result.
  mutating func conclude(_ rules: TrialRules) {
    guard let outcome = middle?.outcome else { return }
    ledger.add(
      .prediction, .review,
      "A prediction for \(outcomes.count) virtual people, not a promise: levels close to the tip are "
        + "under-predicted, and who needs how much is known from few.")
    if method == .continuous {
      let felt = Int(((feltAtNextStep ?? 0) * 100).rounded())
      ledger.add(
        .prediction, .review,
        "The steps run ahead of their effect: of a step in the level, \(felt) % is felt at the next. Watch for what "
          + "is still to come.")
    }
    if !outcome.isSuccess {
      ledger.add(
        .targetNotReached, .review,
        "The person in the middle does not reach the effect that counts as a success."
      )
    }
  }
}
