import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// A conversion as far as it has come: the request, the rules, and the result.
struct ConversionCalculation {
  let request: ConversionRequest
  let rules: DosingRules
  let ratios: RatioBook
  let explaining: Bool
  /// The rules of the drug wanted; nil for one that the formulary does not have.
  let target: DrugUse?
  var result = Conversion()

  init(_ request: ConversionRequest, _ converter: Converter, explaining: Bool) {
    self.request = request
    rules = converter.rules
    ratios = converter.ratios
    self.explaining = explaining
    target = converter.rules.drug(request.target)
  }

  var patient: Patient { request.patient }
  var indication: Indication { patient.decisiveIndication }

  /// Whether no dose may come out any more: then none is computed, so that neither a finding nor the derivation has one.
  var isRefused: Bool { result.findings.isRefused }

  mutating func run() {
    for finding in rules.check(patient, for: request.target) { result.add(finding) }
    for medicine in request.medicines { for finding in rules.check(medicine) { result.add(finding) } }
    convert()
    if !request.continuing.isEmpty {
      find(.othersContinue, nil, [.list(request.continuing.map { .drug($0) })])
    }
    if !isRefused { holdStart() }
    if isRefused {
      result.withholdDoses()
    } else {
      finish()
    }
  }

  /// Holds a start against what every command asks of a dose in the pump: one that would be refused there is none here.
  private mutating func holdStart() {
    guard request.targetRoute == .intrathecal, let start = result.start else { return }
    for finding in rules.checkWindow(start, of: request.target, at: Place(line: 0, field: "start")) {
      result.add(finding)
    }
  }

  mutating func find(
    _ topic: ConversionTopic, _ code: Code?, _ evidence: [Evidence] = [], _ severity: Severity? = nil,
    citing citations: [Citation] = [], at place: Place? = nil
  ) {
    result.add(Finding(topic, code, severity, evidence, citing: citations, at: place))
  }

  /// Adds a step of the derivation, if anyone asked; its evidence is not even made otherwise.
  mutating func step(
    _ topic: some FindingTopic, _ evidence: @autoclosure () -> [Evidence],
    _ figures: @autoclosure () -> [Cited<ExactNumber>] = []
  ) {
    if explaining { result.derivation.append(DerivationStep(topic, evidence(), figures())) }
  }

  /// Notes that `figure` acted on the result: an unverified one asks for a review.
  mutating func acted(_ figure: Cited<ExactNumber>, on part: Conversion.Part) {
    if !figure.verified { result.unverified.append(Conversion.Unverified(figure: figure, part: part)) }
  }

  /// Chooses the conversion that the target asks for.
  private mutating func convert() {
    if let refusal = neverIntrathecal() { return result.add(refusal) }
    if request.targetRoute == .oral { return convertToOral() }
    guard request.targetRoute == .intrathecal else {
      return find(.noRoute, .noConversion, [.text(request.targetRoute.rawValue)])
    }
    let inPump = request.medicines.filter { $0.route == .intrathecal && $0.drug == request.target }
    if !inPump.isEmpty, inPump.count == request.medicines.count {
      return find(.alreadyIntrathecal, .alreadyIntrathecal, [.drug(request.target)])
    }
    switch request.target {
    case "baclofen": convertBaclofen()
    case "morphine", "hydromorphone": convertOpioid()
    case "ziconotide": startZiconotide()
    default: refuseTarget()
    }
  }

  /// A drug that must never be intrathecal and would be, by this request.
  private func neverIntrathecal() -> Finding? {
    // What the formulary knows is on no list of forbidden drugs; the data's own check proves it.
    for medicine in request.medicines where rules.drug(medicine.drug) == nil {
      if let never = rules.neverIntrathecal(medicine.drug) { return never }
    }
    return target == nil ? rules.neverIntrathecal(request.target) : nil
  }

  /// Targets for which nobody has published a conversion: the published start stands beside the refusal.
  private mutating func refuseTarget() {
    guard let range = target?.intrathecal?.ceilings.first, let unit = target?.intrathecal?.unit else {
      return find(.noTarget, .noConversion, [.drug(request.target)])
    }
    find(
      .noTargetWithStart, .noConversion,
      [.drug(request.target)] + ConversionCalculation.evidence(range, unit),
      citing: [range.high.citation])
  }

  /// Lower end, upper end and source of a published start.
  static func evidence(_ range: StartRange, _ unit: DoseUnit) -> [Evidence] {
    [.number(range.low), .amount(range.high.value, unit.daily), .text(range.high.source)]
  }

  /// What belongs to every result with a dose: the unverified figures, the limit, what is close to it or above, what to watch.
  private mutating func finish() {
    if request.targetRoute == .intrathecal, let (figure, limit, unit) = target?.limitPerDay {
      result.limit = limit.value
      result.startUnit = unit
      step(DosingTopic.stepLimit, [.dose(limit.value, unit)], [figure])
      acted(figure, on: .limit)
      compare(to: limit, figure.value, unit)
    }
    if request.targetRoute == .intrathecal, let target {
      for finding in rules.monitoring(target) { result.add(finding) }
    }
    let figures = result.unverified.map { (figure: $0.figure.citation, part: $0.part.rawValue) }
    for finding in DosingRules.unverified(figures) { result.add(finding) }
  }

  private mutating func compare(to limit: Cited<DoseRate>, _ most: ExactNumber, _ unit: DoseUnit) {
    guard let estimate = result.estimate, estimate >= DosingRules.nearShare * most else { return }
    let evidence: [Evidence] = [.amount(estimate, unit.daily), .dose(limit.value, unit)]
    if estimate > most {
      find(.estimateOverLimit, .overLimit, evidence, .review, citing: [limit.citation])
    } else {
      find(.estimateNearLimit, .nearLimit, evidence, .note, citing: [limit.citation])
    }
  }
}
