import ThecalFormulary
public import ThecalQuantities

extension DosingRules {
  /// From which share of a limit a dose is near it: this project's own cut-off, which only informs.
  public static let nearShare = ExactNumber(8, over: 10)

  /// What is wrong with what a patient takes: amounts beyond belief, and the slips that explain them.
  public func check(_ medicine: Medicine) -> [Finding] {
    checkAmount(medicine) + checkInterval(medicine)
  }

  /// How often a dose may be taken by mouth before it is no regimen: a source of 24 doses a day is a lost q.
  public static let mostOralDosesPerDay = ExactNumber(8)

  private func checkInterval(_ medicine: Medicine) -> [Finding] {
    guard case .doses(_, let frequency) = medicine.amount else { return [] }
    let place = Place(line: medicine.line, field: "frequency")
    let times = frequency.timesPerDay
    let hours = ExactNumber(24) / times
    if medicine.route == .oral, times > DosingRules.mostOralDosesPerDay {
      let meant = Frequency.isUsual(everyHours: times) ? times : Frequency.likelyInterval(hours)
      return [
        Finding(
          meant == nil ? DosingTopic.tooManyDoses : .tooManyDosesMeant, .typoSuspected, .blocked,
          [.number(times), meant.map { .number($0) }].compactMap { $0 }, at: place)
      ]
    }
    if Frequency.isUsual(everyHours: hours) { return [] }
    guard let meant = Frequency.likelyInterval(hours) else {
      return [Finding(DosingTopic.unusualInterval, .unusualInterval, .review, [.number(hours)], at: place)]
    }
    return [
      Finding(
        DosingTopic.unusualIntervalMeant, .typoSuspected, .blocked, [.number(hours), .number(meant)],
        at: place)
    ]
  }

  private func checkAmount(_ medicine: Medicine) -> [Finding] {
    guard let use = drugs[medicine.drug], let window = use.windows[medicine.route.index] else { return [] }
    var isRate = false
    var times: ExactNumber?
    switch medicine.amount {
    case .rate: isRate = true
    case .doses(_, let frequency): times = frequency.timesPerDay
    }
    let limited =
      medicine.route == .intrathecal
      ? window.limited(to: use.intrathecal?.limit?.value.exactValue(in: .milligramsPerDay)) : window
    return plausibility(
      DailyAmount(of: medicine), use, medicine.route, limited, isRate: isRate, timesPerDay: times,
      at: Place(line: medicine.line, field: "dose"))
  }

  /// What is wrong with a daily dose that is asked for in the cerebrospinal fluid: a drug that must never be there, a slip of the
  /// pen, an amount beyond belief, the limit passed or near.
  ///
  /// - Parameter keepsPassed: Whether a limit that holds is a finding too.
  public func check(_ dose: DoseRate, of drug: String, keepsPassed: Bool = false, at place: Place? = nil)
    -> [Finding]
  {
    guard let use = drugs[drug] else { return [unknown(drug)] }
    guard let rules = use.intrathecal else { return [noUse(use)] }
    var findings = checkWindow(dose, of: drug, at: place)
    guard let limit = rules.limit else {
      return findings + [
        Finding(DosingTopic.limitUnknown, .limitUnknown, .review, [.drug(use.id)], at: place)
      ]
    }
    let evidence: [Evidence] = [.dose(dose, rules.unit), .dose(limit.value, rules.unit)]
    if dose > limit.value {
      findings.append(
        Finding(
          DosingTopic.doseOverLimit, .overLimit, .blocked, evidence, citing: [limit.citation], at: place))
    } else if dose >= DosingRules.nearShare * limit.value {
      findings.append(
        Finding(DosingTopic.doseNearLimit, .nearLimit, .note, evidence, citing: [limit.citation], at: place))
    } else if keepsPassed {
      findings.append(
        Finding(DosingTopic.doseWithinLimit, .limit, .passed, evidence, citing: [limit.citation], at: place))
    }
    return findings
  }

  /// What is wrong with a daily dose in the cerebrospinal fluid beside its limit: an amount that is odd or beyond belief, and the
  /// slips that explain it.
  public func checkWindow(_ dose: DoseRate, of drug: String, at place: Place? = nil) -> [Finding] {
    guard let use = drugs[drug], let window = use.windows[AdministrationRoute.intrathecal.index] else {
      return []
    }
    let limit = use.intrathecal?.limit?.value.exactValue(in: .milligramsPerDay)
    return plausibility(
      DailyAmount(dose), use, .intrathecal, window.limited(to: limit), isRate: true, timesPerDay: nil,
      at: place)
  }

  /// What is wrong with a solution.
  public func check(
    _ strength: Concentration, of drug: String, keepsPassed: Bool = false, at place: Place? = nil
  )
    -> [Finding]
  {
    guard let use = drugs[drug] else { return [unknown(drug)] }
    guard let rules = use.intrathecal, let most = rules.strongest else { return [] }
    let evidence: [Evidence] = [.strength(strength, rules.unit), .strength(most.value, rules.unit)]
    guard strength > most.value else {
      return keepsPassed
        ? [
          Finding(
            DosingTopic.strengthWithinLimit, .concentration, .passed, evidence, citing: [most.citation],
            at: place)
        ] : []
    }
    // A figure that nobody has read flags a solution, and a label's refuses it; what is sold is no slip.
    var findings = [
      Finding(
        DosingTopic.strengthOverLimit, .overConcentration, most.verified ? .blocked : .review, evidence,
        citing: [most.citation], at: place)
    ]
    let isSold = rules.marketed.contains(strength)
    // Ten times too strong is a slip beside a label's figure; beside one that nobody has read only a thousand times is.
    let all =
      isSold ? [] : self.slips(strength / most.value, from: strength.exactValue(in: rules.unit.concentration))
    let slips = most.verified ? all : all.filter { $0.slip != .tenfold }
    if !slips.isEmpty {
      findings.append(
        Finding(
          DosingTopic.slipOfStrength, .typoSuspected, .blocked,
          [
            .strength(strength, rules.unit),
            .either(slips.map { .slip($0.slip, $0.meant, rules.unit.concentration.symbol) }),
          ], at: place))
    }
    return findings
  }

  /// What is wrong with a single dose, for a patient of whom the class may be known.
  public func check(bolus: Mass, of drug: String, _ patientClass: OpioidClass? = nil, at place: Place? = nil)
    -> [Finding]
  {
    guard let use = drugs[drug] else { return [unknown(drug)] }
    guard let rules = use.intrathecal else { return [noUse(use)] }
    let isNaive = use.isOpioid && patientClass != nil && patientClass != .tolerant
    guard let most = (isNaive ? rules.largestNaiveBolus : nil) ?? rules.largestBolus, bolus > most.value
    else {
      return []
    }
    let evidence: [Evidence] = [.mass(bolus, rules.unit), .mass(most.value, rules.unit)]
    let beyondDay = rules.limit.map { bolus > $0.value * Time(1, .days) } ?? false
    var findings = [
      Finding(
        DosingTopic.bolusOverLimit, .overLimit, beyondDay ? .blocked : .review, evidence,
        citing: [most.citation],
        at: place)
    ]
    let slips = beyondDay ? self.slips(bolus / most.value, from: bolus.exactValue(in: rules.unit.mass)) : []
    if !slips.isEmpty {
      findings.append(
        Finding(
          DosingTopic.slipOfBolus, .typoSuspected, .blocked,
          [.mass(bolus, rules.unit), .either(slips.map { .slip($0.slip, $0.meant, rules.unit.rawValue) })],
          at: place))
    }
    return findings
  }

  /// From how many times the largest on g may have been typed for mcg: less would leave nothing that anybody gives.
  private static let fewestGrams = ExactNumber(10_000)

  /// The slips that bring `excess`, a multiple of the largest, to at most one; the value is `shown` before.
  private func slips(_ excess: ExactNumber, from shown: ExactNumber) -> [(slip: Slip, meant: ExactNumber)] {
    if excess >= DosingRules.fewestGrams, excess <= 1_000_000 {
      return [(.gramsForMicrograms, shown / 1_000_000)]
    }
    let all: [(slip: Slip, meant: ExactNumber, by: ExactNumber)] = [
      (.milligramsForMicrograms, shown / 1_000, 1_000), (.tenfold, shown / 10, 10),
    ]
    return all.filter { excess / $0.by <= 1 }.map { ($0.slip, $0.meant) }
  }

  private func unknown(_ drug: String) -> Finding {
    neverIntrathecal(drug) ?? Finding(DosingTopic.unknownDrug, .unknownDrug, .error, [.text(drug)])
  }

  private func noUse(_ drug: DrugUse) -> Finding {
    Finding(DosingTopic.noIntrathecalUse, .noConversion, .blocked, [.drug(drug.id)])
  }

  /// Holds an amount against the window of its drug, and names the slips that would explain it.
  private func plausibility(
    _ amount: DailyAmount, _ use: DrugUse, _ route: AdministrationRoute, _ window: PlausibleWindow,
    isRate: Bool,
    timesPerDay: ExactNumber?, at place: Place?
  ) -> [Finding] {
    if window.isOrdinary(amount.value) { return [] }
    let isPossible = window.isPossible(amount.value)
    let slips = window.slips(explaining: amount.value, isRate: isRate, timesPerDay: timesPerDay)
    // A dose of the pump is spoken of in the drug's own unit; what is taken as the table of its route has it.
    let unit = route == .intrathecal ? use.intrathecal?.unit : nil
    func shown(_ value: ExactNumber) -> Evidence {
      unit.map { .dose(DoseRate(value, .milligramsPerDay), $0) } ?? .amount(value, window.unit)
    }
    let bounds =
      isPossible ? (window.oddBelow, window.oddAbove) : (window.impossibleBelow, window.impossibleAbove)
    var findings = [
      Finding(
        isPossible ? DosingTopic.unusualDose : .implausibleDose, isPossible ? .unusualDose : .implausibleDose,
        nil,
        [shown(amount.value), .text(route.rawValue), .drug(use.id), shown(bounds.0), shown(bounds.1)],
        citing: use.windowCitations[route.index].map { [$0] } ?? [], at: place)
    ]
    if !slips.isEmpty {
      let meant = slips.map { slip, value -> Evidence in
        guard let unit else { return .slip(slip, value, window.unit) }
        return .slip(slip, unit.perDay(DoseRate(value, .milligramsPerDay)), unit.daily)
      }
      findings.append(Finding(DosingTopic.slipOfDose, .typoSuspected, .blocked, [.either(meant)], at: place))
    }
    return findings
  }
}

extension Frequency {
  /// Whether doses come at an interval that clinics use.
  static func isUsual(everyHours hours: ExactNumber) -> Bool { usualHours.contains(hours) }

  /// The interval that loses a digit, or gains one, to become usual: 6 h for 60 h.
  static func likelyInterval(_ hours: ExactNumber) -> ExactNumber? {
    [hours / 10, hours * 10].first { $0 >= 1 && isUsual(everyHours: $0) }
  }

  private static let usualHours: Set<ExactNumber> = [
    1, 2, 3, 4, 6, 8, 12, 24, 48, 72, 84, 96, 168, ExactNumber(24, over: 5),
  ]
}
