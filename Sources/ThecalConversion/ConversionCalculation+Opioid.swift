import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension ConversionCalculation {
  /// Opioids to intrathecal morphine or hydromorphone.
  mutating func convertOpioid() {
    for medicine in request.medicines where !(rules.drug(medicine.drug)?.isOpioid ?? false) {
      return find(.notAnOpioid, .noConversion, [.drug(medicine.drug), .drug(request.target)])
    }
    if request.medicines.contains(where: { $0.route == .intrathecal }) {
      return request.medicines.allSatisfy { $0.route == .intrathecal }
        ? rotate() : find(.mixedRoutes, .noConversion)
    }
    guard let equivalent = countEquivalents(), !isRefused, let stops = takeOffResidual(equivalent) else {
      return
    }
    guard let span = ratios.spans[indication] else {
      return find(.noRatioFor, .noConversion, [.text(indication.rawValue)])
    }
    estimate(from: stops, span)
    classify(equivalent)
    let isHydromorphone = request.target == "hydromorphone"
    let potency = isHydromorphone ? ratios.rotations.morphineToHydromorphone.high.value : nil
    let share = stops / span.largest.value / (potency ?? 1)
    start(
      StartQuestion(
        share: share, origin: .ratio(span.largest.value, table: span.table, potency: potency),
        crosses: request.statedEquivalent != nil || request.medicines.contains { $0.drug != request.target }))
    noteWhatGoesOn(stops, share)
  }

  /// The class of the patient, and what is not stated for it.
  private mutating func classify(_ equivalent: ExactNumber) {
    let (patientClass, finding) = rules.opioidClass(
      of: patient, taking: request.medicines, equivalent: equivalent)
    result.opioidClass = patientClass
    if let finding { result.add(finding) }
  }

  /// Asks the clinical rules for the first dose.
  mutating func start(_ question: StartQuestion) {
    guard let target else { return }
    var question = question
    question.explaining = explaining
    guard let start = rules.start(of: target, for: patient, result.opioidClass, question) else { return }
    take(start)
  }

  mutating func take(_ start: StartDose) {
    for finding in start.findings { result.add(finding) }
    for figure in start.figures { acted(figure, on: .start) }
    result.derivation += start.steps
    result.start = start.dose
    result.startUnit = start.unit
    result.startBasis = start.basis
  }

  /// Σ factor × daily amount; nil where a drug has no factor, or where no dose may come from it.
  private mutating func countEquivalents() -> ExactNumber? {
    if let stated = request.statedEquivalent {
      result.equivalent = stated
      return stated
    }
    let equivalents = rules.equivalents(of: request.medicines)
    result.equivalentTable = rules.equivalentTable
    if rules.isSuperseded { find(.supersededTable, .staleTable, [.text(rules.equivalentTable)]) }
    for part in equivalents.parts { note(part) }
    result.equivalent = equivalents.total
    noteSingleDrug()
    for part in equivalents.parts {
      guard let refusal = part.refusal else { continue }
      find(
        .notConvertible, .noConversion, [.text(refusal.reason), .drug(part.medicine.drug)],
        citing: [refusal.citation])
    }
    return equivalents.isConvertible ? equivalents.total : nil
  }

  private mutating func note(_ part: Equivalents.Part) {
    let medicine = part.medicine
    guard let factor = part.factor, let value = part.value else {
      let tables = ratios.tables(with: medicine.drug, medicine.route)
      let evidence: [Evidence] = [
        .text(medicine.route.rawValue), .drug(medicine.drug), .text(rules.equivalentTable),
      ]
      if tables.isEmpty {
        find(.noFactor, .noConversion, evidence)
      } else {
        find(.noFactorButOthers, .noConversion, evidence + [.list(tables.map { .text($0) })])
      }
      return
    }
    acted(factor, on: .equivalents)
    if ConversionCalculation.mixedMechanism.contains(medicine.drug) {
      find(.mixedMechanism, nil, [.drug(medicine.drug)], .note, citing: [factor.citation])
    }
    step(
      DosingTopic.stepEquivalents,
      [
        .drug(medicine.drug), .text(medicine.route.rawValue), DailyAmount(of: medicine).evidence,
        .number(factor.value), .number(value),
      ], [factor])
  }

  /// Opioids of which a part of the effect is not opioid, so that their equivalents say less.
  private static let mixedMechanism: Set<String> = ["tramadol", "tapentadol"]

  /// Fills the daily amount where all of it is one oral drug.
  mutating func noteSingleDrug() {
    guard let first = request.medicines.first,
      request.medicines.allSatisfy({ $0.drug == first.drug && $0.route == .oral })
    else { return }
    result.oralMilligramsPerDay = request.medicines.reduce(.zero) { $0 + DailyAmount(of: $1).value }
  }

  /// What stops when the pump starts: the total without what goes on beside it; nil where nothing is left or it cannot be.
  private mutating func takeOffResidual(_ equivalent: ExactNumber) -> ExactNumber? {
    guard let residual = patient.residualEquivalent, residual > .zero else { return equivalent }
    if residual > equivalent {
      find(
        .residualAboveTotal, .conflictingValues, [.number(residual), .number(equivalent)],
        at: Place(field: "residual_mme"))
      return nil
    }
    if residual == equivalent {
      find(.nothingStops, .noConversion)
      return nil
    }
    let rest = equivalent - residual
    step(ConversionTopic.stepResidual, [.number(equivalent), .number(residual), .number(rest)])
    return rest
  }

  /// What the published ratios give: the chosen one in the middle, all that speak for the patient around it.
  private mutating func estimate(from equivalent: ExactNumber, _ span: RatioSpan) {
    let table = ratios.chosen
    let potency = request.target == "hydromorphone" ? ratios.rotations.morphineToHydromorphone : nil
    result.unit = .milligrams
    result.ratioTable = table.id
    result.ratio = table.start?.value
    result.low = equivalent / span.largest.value / (potency?.high.value ?? 1)
    result.high = equivalent / span.smallest.value / (potency?.low.value ?? 1)
    if let ratio = table.start {
      let middle = equivalent / ratio.value / (potency?.high.value ?? 1)
      result.estimate = middle
      let ends: (Evidence, Evidence) = (
        .amount(equivalent, DailyAmount.perDay), .amount(middle, DailyAmount.perDay)
      )
      if let potency {
        step(
          ConversionTopic.stepEstimatePotency,
          [ends.0, .number(ratio.value), .number(potency.high.value), ends.1], [ratio, potency.high])
      } else {
        step(ConversionTopic.stepEstimate, [ends.0, .number(ratio.value), ends.1], [ratio])
      }
      acted(ratio, on: .estimate)
    } else {
      find(.rangeOnly, .rangeOnly, [.text(table.id)], citing: [table.low.citation])
    }
    if !table.admits(indication) {
      find(
        .settingMismatch, .settingMismatch, [.text(table.id), .text(indication.rawValue)],
        citing: [table.low.citation])
    }
    if !table.forStarting {
      find(.notForStarting, .notForStarting, [.text(table.id)], citing: [table.low.citation])
    }
    if let potency { find(.offLabel, .offLabel, [.drug("hydromorphone")], citing: [potency.high.citation]) }
  }

  /// A start far below what the ratio gives replaces only a part of what is taken: the rest has to go on.
  private mutating func noteWhatGoesOn(_ stops: ExactNumber, _ share: ExactNumber) {
    guard let start = result.start, let unit = result.startUnit, share > .zero else { return }
    let replaced = unit.perDay(start) / share
    guard replaced < ConversionCalculation.farBelow else { return }
    find(.startFarBelow, nil, [.number(replaced * stops), .number(stops)], .note)
  }

  /// From which part of the ratio's share a start is called far below it: this project's own cut-off, which only adds a line.
  private static let farBelow = ExactNumber(1, over: 2)
}
