import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension ConversionCalculation {
  /// Baclofen: the ratio gives an estimate and nothing more; the start comes from the screening bolus.
  mutating func convertBaclofen() {
    for medicine in request.medicines where medicine.drug != "baclofen" {
      return find(.notBaclofen, .noConversion, [.drug(medicine.drug)])
    }
    guard request.medicines.allSatisfy({ $0.route == .oral }) else {
      return find(.alreadyIntrathecal, .alreadyIntrathecal, [.drug("baclofen")])
    }
    guard let target, let ratio = ratios.baclofen.start else { return }
    noteSingleDrug()
    let (start, finding) = rules.startFromScreening(target, patient, explaining: explaining)
    if let finding { result.add(finding) }
    if isRefused { return }
    let daily = result.oralMilligramsPerDay ?? .zero
    let estimate = daily * 1_000 / ratio.value
    (result.low, result.estimate, result.high, result.unit) = (estimate, estimate, estimate, .micrograms)
    (result.ratioTable, result.ratio) = (ratios.baclofen.id, ratio.value)
    step(
      ConversionTopic.stepEstimate,
      [
        .amount(daily * 1_000, DoseUnit.micrograms.daily), .number(ratio.value),
        .amount(estimate, DoseUnit.micrograms.daily),
      ], [ratio])
    find(.ruleOfThumb, .ruleOfThumb, [.number(ratio.value)], citing: [ratio.citation])
    if let start { take(start) }
  }

  /// Ziconotide has no conversion: it starts by label and consensus, whatever was taken before.
  mutating func startZiconotide() {
    guard !isRefused, let target, let rules = target.intrathecal else { return }
    var question = StartQuestion()
    question.explaining = explaining
    guard let start = self.rules.start(of: target, for: patient, nil, question) else { return }
    take(start)
    let ranges = [rules.labelNaive].compactMap { $0 } + rules.ceilings
    guard case .ceiling(_, let value) = start.basis.origin,
      let range = ranges.first(where: { $0.high.value == value })
    else { return }
    find(
      .ziconotideStart, .startByLabel,
      ConversionCalculation.evidence(range, rules.unit) + [.text(range.basis)],
      .review, citing: [range.high.citation])
  }
}
