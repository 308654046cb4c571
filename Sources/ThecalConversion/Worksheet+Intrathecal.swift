import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// From one intrathecal opioid to another: only morphine and hydromorphone have a ratio, and it has a direction.
  mutating func rotate() {
    let sources = Set(request.medicines.map(\.drug))
    guard sources.count == 1, let source = sources.first else { return result.add(.severalIntrathecal()) }
    if source == request.target { return result.add(.alreadyThere(source)) }
    if rules.drugs[source]?.isLipophilic ?? false {
      let rule = rules.drugs[request.target]?.intrathecal
      return result.add(
        .lipophilic(
          source, request.target, rules.rotations.lipophilicRefusal, range: rule?.consensus.first,
          unit: rule?.unit))
    }
    let daily = request.medicines.reduce(ExactNumber.zero) { $0 + DailyAmount(of: $1).value }
    guard let rule = rules.drugs[request.target]?.intrathecal else { return refuseRotation(source) }
    if isRefused { return }
    switch (source, request.target) {
    case ("morphine", "hydromorphone"):
      let ratio = rules.rotations.morphineToHydromorphone
      rotate(daily, low: daily / ratio.high.value, high: daily / ratio.low.value, by: ratio.high, sign: "/")
    case ("hydromorphone", "morphine"):
      let ratio = rules.rotations.hydromorphoneToMorphine
      rotate(daily, low: daily * ratio.low.value, high: daily * ratio.high.value, by: ratio.low, sign: "x")
    default: return refuseRotation(source)
    }
    classifyIntrathecal()
    start(
      result.estimate ?? .zero, basis: "ratio \(result.ratio?.plainText ?? "") of intrathecal_ratios",
      rule: rule)
    finish(rule)
  }

  private mutating func refuseRotation(_ source: String) {
    result.add(.noIntrathecalRatio(source, request.target))
  }

  private mutating func rotate(
    _ daily: ExactNumber, low: ExactNumber, high: ExactNumber, by ratio: Figure, sign: String
  ) {
    (result.low, result.estimate, result.high, result.unit) = (low, low, high, "mg/day")
    (result.ratioTable, result.ratio) = ("intrathecal_ratios", ratio.value)
    step("estimate", "\(shown(daily)) mg/day \(sign) \(ratio.value) = \(shown(low)) mg/day", [ratio])
    acted(ratio, on: .estimate)
    result.add(.rotation())
  }

  /// Nobody has published a tolerance threshold for intrathecal doses; a week of them is taken as tolerance.
  private mutating func classifyIntrathecal() {
    guard let days = facts.opioidDays else {
      result.opioidClass = .unknown
      return result.add(rules.toleranceUnknownNotice)
    }
    result.opioidClass = days >= rules.toleranceDays.value ? .tolerant : .notTolerant
  }

  /// From the pump back to tablets: the smallest ratio, which rests on one patient.
  mutating func convertToOral() {
    let table = rules.backToOral
    guard request.target == "morphine",
      request.medicines.allSatisfy({ $0.drug == "morphine" && $0.route == .intrathecal })
    else { return result.add(.noWayBack(request.medicines.first?.drug ?? "", request.target)) }
    if isRefused { return }
    let daily = request.medicines.reduce(ExactNumber.zero) { $0 + DailyAmount(of: $1).value }
    let oral = daily * table.low.value
    (result.low, result.estimate, result.high, result.unit) = (oral, oral, oral, "mg/day")
    (result.ratioTable, result.ratio) = (table.id, table.low.value)
    step(
      "estimate", "\(shown(daily)) mg/day intrathecal x \(table.low.value) = \(shown(oral)) mg/day oral",
      [table.low])
    result.add(.oneCase(table))
    result.add(.oralMonitoring(rules.drugs["morphine"]?.intrathecal))
    var start = oral
    let reasons = riskReasons
    if !reasons.isEmpty {
      start = start * rules.riskReduction.factor.value
      result.add(rules.riskNotices[reasons.rawValue])
      acted(rules.riskReduction.factor, on: .start)
    }
    result.start = DoseRate(start.roundedDown(toSignificantDigits: 3), .milligramsPerDay)
    result.startUnit = .milligramsPerDay
    result.startBasis =
      "ratio \(table.low.value.plainText) of \(table.id)\(reasons.isEmpty ? "" : " x \(rules.riskReduction.factor.value.plainText) risk")"
  }
}
