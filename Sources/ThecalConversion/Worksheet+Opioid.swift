import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// Opioids to intrathecal morphine or hydromorphone.
  mutating func convertOpioid() {
    for (medicine, rule) in zip(request.medicines, medicineRules) where !(rule?.isOpioid ?? false) {
      return result.add(.notAnOpioid(medicine.drug, target: request.target))
    }
    if request.medicines.contains(where: { $0.route == .intrathecal }) {
      return request.medicines.allSatisfy { $0.route == .intrathecal } ? rotate() : result.add(.mixedRoutes())
    }
    guard let equivalent = sumEquivalents(), !isRefused else { return }
    let target = request.target
    guard let span = rules.spans[indication] else { return result.add(.noRatioFor(indication)) }
    estimate(from: equivalent, span)
    guard let rule = rules.drugs[target]?.intrathecal else {
      return result.add(.noTarget(target, range: nil, unit: nil))
    }
    classify(equivalent)
    let divisor = target == "hydromorphone" ? rules.rotations.morphineToHydromorphone.high.value : 1
    let basis = divisor == 1 ? span.basis : "\(span.basis) / \(divisor) (morphine to hydromorphone)"
    start(equivalent / span.largest.value / divisor, basis: basis, rule: rule)
    finish(rule)
  }

  /// Σ factor × daily amount; nil where a drug has no factor, or where no dose may come from it.
  private mutating func sumEquivalents() -> ExactNumber? {
    var sum = ExactNumber.zero
    var complete = true
    var refusals: [Notice] = []
    for (medicine, drug) in zip(request.medicines, medicineRules) {
      guard let (part, rule) = equivalents(of: medicine, drug) else {
        complete = false
        continue
      }
      sum = sum + part
      if let refusal = rule.refusal {
        refusals.append(.notConvertible(medicine.drug, refusal, source: rule.source))
      }
    }
    result.equivalentTable = rules.equivalentTable
    if rules.isSuperseded { result.add(.superseded(rules.equivalentTable)) }
    if complete { result.equivalent = sum }
    noteSingleDrug()
    for refusal in refusals { result.add(refusal) }
    return complete && refusals.isEmpty ? sum : nil
  }

  /// The oral morphine that one medicine is worth, with the rule that says so.
  private mutating func equivalents(of medicine: Medicine, _ drug: DrugRule?) -> (
    ExactNumber, EquivalentRule
  )? {
    let amount = DailyAmount(of: medicine)
    guard let rule = drug?.equivalents[medicine.route.index],
      let figure = rule.factor(for: tierAmount(of: medicine, amount))
    else {
      result.add(.noFactor(medicine.drug, medicine.route, table: rules.equivalentTable))
      return nil
    }
    acted(figure, on: .equivalents)
    let part = figure.value * amount.value
    step(
      "oral morphine equivalents of \(medicine.drug) \(medicine.route.rawValue)",
      "\(amount.text) x \(figure.value) = \(ClinicalText.number(part.rounded(toSignificantDigits: 6))) mg/day",
      [figure])
    return (part, rule)
  }

  /// Tiers go by the whole daily amount of a drug, however many lines it stands on; a patch by its own strength.
  private func tierAmount(of medicine: Medicine, _ amount: DailyAmount) -> ExactNumber {
    if request.medicines.count == 1 || medicine.route == .transdermal { return amount.value }
    return request.medicines.filter { $0.drug == medicine.drug && $0.route == medicine.route }
      .reduce(.zero) { $0 + DailyAmount(of: $1).value }
  }

  /// Fills the daily amount where all of it is one oral drug.
  mutating func noteSingleDrug() {
    guard let first = request.medicines.first,
      request.medicines.allSatisfy({ $0.drug == first.drug && $0.route == .oral })
    else { return }
    result.oralMilligramsPerDay = request.medicines.reduce(.zero) { $0 + DailyAmount(of: $1).value }
  }

  /// What the published ratios give: the chosen one in the middle, all that speak for the patient around it.
  private mutating func estimate(from equivalent: ExactNumber, _ span: RatioSpan) {
    let table = rules.ratioTable
    let toHydromorphone = request.target == "hydromorphone"
    let least = toHydromorphone ? rules.rotations.morphineToHydromorphone.high.value : 1
    let most = toHydromorphone ? rules.rotations.morphineToHydromorphone.low.value : 1
    result.unit = "mg/day"
    result.ratioTable = table.id
    result.ratio = table.start?.value
    result.low = equivalent / span.largest.value / least
    result.high = equivalent / span.smallest.value / most
    if let ratio = table.start {
      let potency = rules.rotations.morphineToHydromorphone.high
      let middle = equivalent / ratio.value / least
      result.estimate = middle
      let division = toHydromorphone ? " / \(least) (intrathecal morphine to hydromorphone)" : ""
      step(
        "estimate",
        "\(equivalent.rounded(toSignificantDigits: 6)) mg/day / \(ratio.value)\(division) = \(ClinicalText.number(middle.rounded(toSignificantDigits: 3))) mg/day",
        toHydromorphone ? [ratio, potency] : [ratio])
      acted(ratio, on: .estimate)
    } else {
      result.add(.rangeOnly(table))
    }
    if !table.admits(indication) { result.add(.settingMismatch(table, indication)) }
    if !table.forStarting { result.add(.notForStarting(table)) }
    if toHydromorphone {
      result.add(.offLabel("hydromorphone", source: rules.rotations.morphineToHydromorphone.high.source))
    }
  }
}
