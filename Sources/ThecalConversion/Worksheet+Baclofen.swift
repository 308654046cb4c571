import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// Baclofen: the ratio gives an estimate and nothing more; the start comes from the screening bolus.
  mutating func convertBaclofen() {
    for medicine in request.medicines where medicine.drug != "baclofen" {
      return result.add(.notBaclofen(medicine.drug))
    }
    guard request.medicines.allSatisfy({ $0.route == .oral }) else {
      return result.add(.alreadyThere("baclofen"))
    }
    guard let rule = rules.drugs["baclofen"]?.intrathecal, let ratio = rules.baclofenRatio.start else {
      return
    }
    noteSingleDrug()
    checkScreening()
    if isRefused { return }
    let daily = result.oralMilligramsPerDay ?? .zero
    let estimate = daily * 1_000 / ratio.value
    (result.low, result.estimate, result.high, result.unit) = (estimate, estimate, estimate, "mcg/day")
    (result.ratioTable, result.ratio) = (rules.baclofenRatio.id, ratio.value)
    step("estimate", "\(shown(daily)) mg/day x 1,000 / \(ratio.value) = \(shown(estimate)) mcg/day", [ratio])
    result.add(.ruleOfThumb(ratio))
    startFromScreening(rule)
    finish(rule)
  }

  /// A bolus that did not work, or was larger than the protocol has it, refuses before anything is computed.
  private mutating func checkScreening() {
    let largest = rules.screening.largestBolus
    if facts.screeningResponse == false {
      result.add(.noResponse(largest))
    } else if let bolus = facts.screening?.bolus, bolus.exactValue(in: .micrograms) > largest.value {
      result.add(.bolusTooLarge(bolus, largest))
    }
  }

  private mutating func startFromScreening(_ rule: IntrathecalRule) {
    let protocolRule = rules.screening
    guard let screening = facts.screening else {
      return result.add(.screeningRequired(protocolRule.largestBolus))
    }
    let bolus = screening.bolus.exactValue(in: .micrograms)
    let factor: Figure
    if let effect = screening.effect {
      let prolonged = effect.exactValue(in: .hours) > protocolRule.prolongedAboveHours.value
      factor = prolonged ? protocolRule.prolongedFactor : protocolRule.factor
    } else {
      factor = protocolRule.prolongedFactor
      result.add(.effectUnknown())
    }
    let start = (bolus * factor.value).roundedDown(toSignificantDigits: 3)
    step(
      "start",
      "effective bolus \(shown(bolus)) mcg x \(factor.value) = \(ClinicalText.number(start)) mcg/day",
      [factor])
    result.start = DoseRate(start, rule.unit)
    result.startUnit = rule.unit
    result.startBasis = "screening bolus x \(factor.value.plainText)"
  }

  /// Ziconotide has no conversion: it starts by label and consensus, whatever was taken before.
  mutating func startZiconotide() {
    guard !isRefused, let rule = rules.drugs["ziconotide"]?.intrathecal else { return }
    let ranges = [rule.labelNaive].compactMap { $0 } + rule.consensus.filter(\.high.verified)
    guard let lowest = ranges.min(by: { $0.high.value < $1.high.value }) else { return }
    for range in ranges {
      step("ceiling of the start", "\(range.basis): \(range.high.value) \(rule.unit.symbol)", [range.high])
    }
    result.start = DoseRate(lowest.high.value.roundedDown(toSignificantDigits: 3), rule.unit)
    result.startUnit = rule.unit
    result.startBasis = "\(lowest.basis) maximum \(lowest.high.value.plainText)"
    result.add(.ziconotide(lowest, rule))
    finish(rule)
  }
}
