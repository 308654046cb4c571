import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension ConversionCalculation {
  /// From one intrathecal opioid to another: only morphine and hydromorphone have a ratio, and it has a direction.
  mutating func rotate() {
    let sources = Set(request.medicines.map(\.drug))
    guard sources.count == 1, let source = sources.first else {
      return find(.severalIntrathecal, .noConversion)
    }
    if source == request.target { return find(.alreadyIntrathecal, .alreadyIntrathecal, [.drug(source)]) }
    if rules.drug(source)?.isLipophilic ?? false { return refuseLipophilic(source) }
    if isRefused { return }
    let daily = request.medicines.reduce(ExactNumber.zero) { $0 + DailyAmount(of: $1).value }
    switch (source, request.target) {
    case ("morphine", "hydromorphone"):
      let ratio = ratios.rotations.morphineToHydromorphone
      take(daily, daily / ratio.high.value, daily / ratio.low.value, by: ratio.high, isDivision: true)
    case ("hydromorphone", "morphine"):
      let ratio = ratios.rotations.hydromorphoneToMorphine
      take(daily, daily * ratio.low.value, daily * ratio.high.value, by: ratio.low, isDivision: false)
    default: return find(.noIntrathecalRatio, .noConversion, [.drug(source), .drug(request.target)])
    }
    startRotation()
  }

  private mutating func refuseLipophilic(_ source: String) {
    let refusal = ratios.rotations.refusal
    let evidence: [Evidence] = [.drug(source), .drug(request.target), .text(refusal.reason)]
    if let range = target?.intrathecal?.ceilings.first, let unit = target?.intrathecal?.unit {
      find(
        .lipophilicRotationWithStart, .lipophilicRotation,
        evidence + ConversionCalculation.evidence(range, unit),
        citing: [refusal.citation, range.high.citation])
    } else {
      find(.lipophilicRotation, .lipophilicRotation, evidence, citing: [refusal.citation])
    }
  }

  private mutating func take(
    _ daily: ExactNumber, _ low: ExactNumber, _ high: ExactNumber, by ratio: Cited<ExactNumber>,
    isDivision: Bool
  ) {
    (result.low, result.estimate, result.high, result.unit) = (low, low, high, .milligrams)
    (result.ratioTable, result.ratio) = ("intrathecal_ratios", ratio.value)
    step(
      isDivision ? ConversionTopic.stepEstimate : .stepEstimateBack,
      [.amount(daily, DailyAmount.perDay), .number(ratio.value), .amount(low, DailyAmount.perDay)], [ratio])
    acted(ratio, on: .estimate)
    find(.rotation, .offLabel, citing: [ratio.citation])
  }

  /// Half of the low end for cross-tolerance; the ceilings of a first pump dose do not act, the limit does.
  private mutating func startRotation() {
    let (patientClass, finding) = rules.opioidClassInPump(of: patient)
    result.opioidClass = patientClass
    if let finding { result.add(finding) }
    guard let low = result.low, let high = result.high, let ratio = result.ratio else { return }
    var question = StartQuestion(
      share: low, origin: .ratio(ratio, table: "intrathecal_ratios", potency: nil), crosses: true)
    question.isFirstPumpDose = false
    start(question)
    noteFall(from: high)
  }

  /// By how much the opioid effect may change: from the start against the largest dose that would be its equal.
  private mutating func noteFall(from equal: ExactNumber) {
    guard let start = result.start, let unit = result.startUnit, let low = result.low, low > .zero else {
      return
    }
    let least = 1 - unit.perDay(start) / low
    let most = 1 - unit.perDay(start) / equal
    let half = ExactNumber(1, over: 2)
    find(
      .effectFalls, most > half ? .underdoseRisk : nil,
      [.number((100 * least).rounded(toPlaces: 0)), .number((100 * most).rounded(toPlaces: 0))],
      most > half ? .review : .note)
  }

  /// From the pump back to tablets: the smallest ratio, which rests on one patient.
  mutating func convertToOral() {
    let table = ratios.backToOral
    guard request.target == "morphine",
      request.medicines.allSatisfy({ $0.drug == "morphine" && $0.route == .intrathecal })
    else {
      return find(
        .noWayBack, .noConversion, [.drug(request.medicines.first?.drug ?? ""), .drug(request.target)])
    }
    let daily = request.medicines.reduce(ExactNumber.zero) { $0 + DailyAmount(of: $1).value }
    let dose = DoseRate(daily, .milligramsPerDay)
    if let limit = target?.intrathecal?.limit, dose > limit.value {
      find(
        .tooMuchForTablets, .overLimit, [.dose(dose, .milligrams), .dose(limit.value, .milligrams)],
        citing: [limit.citation])
    }
    if isRefused { return }
    let oral = daily * table.low.value
    (result.low, result.estimate, result.high, result.unit) = (oral, oral, oral, .milligrams)
    (result.ratioTable, result.ratio) = (table.id, table.low.value)
    step(
      ConversionTopic.stepEstimateBack,
      [.amount(daily, DailyAmount.perDay), .number(table.low.value), .amount(oral, DailyAmount.perDay)],
      [table.low])
    find(.oneCase, .oneCase, citing: [table.low.citation])
    find(.oralMonitoring, nil, citing: [target?.intrathecal?.monitoring.first?.citation].compactMap { $0 })
    var question = StartQuestion(
      share: oral, origin: .ratio(table.low.value, table: table.id, potency: nil), crosses: false)
    question.isFirstPumpDose = false
    start(question)
  }
}
