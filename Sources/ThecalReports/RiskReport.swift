import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTransport
public import ThecalStudy

/// The risks of a dose, as a table and one JSON object.
public struct RiskReport: Sendable {
  let assessment: RiskAssessment

  /// A report of `job`.
  public init(_ job: RiskJob) { assessment = job.assessment }

  /// A report on `assessment`.
  init(_ assessment: RiskAssessment) { self.assessment = assessment }

  /// Whether the dose is refused: no risk is printed.
  public var isBlocked: Bool { assessment.findings.isRefused }

  var status: Status { max(assessment.findings.status, assessment.isUnconditional ? .ok : .review) }

  var codes: [Code] {
    var codes = assessment.findings.codes.codes
    if isBlocked { return codes }
    codes += Set(assessment.entries.flatMap(\.codes)).sorted { $0.name < $1.name }
    if assessment.entries.contains(where: { !$0.isVerified }) { codes.append(.unverifiedSource) }
    if assessment.entries.contains(where: \.isExtrapolated) { codes.append(.extrapolated) }
    if assessment.request.residualMorphine.map({ $0 > .zero }) ?? false { codes.append(.residualOpioid) }
    if !assessment.raised.isEmpty { codes.append(.riskRaised) }
    if let window, !window.isOpen, window.low != nil, window.high != nil { codes.append(.noWindow) }
    return codes
  }

  var window: ExposureRisk.Window? { assessment.exposure?.window }

  var message: String {
    var parts = assessment.findings.all.map(\.text)
    if isBlocked { return parts.joined(separator: " ") }
    if isSingle { parts.append("Counts after single injections say little about infusions of months.") }
    parts += assessment.raised.map { "Raised: \($0.text)" }
    if !assessment.notOnRecord.isEmpty {
      parts.append(
        "No source on record: \(assessment.notOnRecord.map(\.replacingUnderscores).joined(separator: ", ")).")
    }
    return parts.joined(separator: " ")
  }

  var sources: [String] {
    var ids = Set(assessment.entries.flatMap(\.sources))
    ids.formUnion(assessment.findings.sources)
    let said = assessment.raised + assessment.massFactors + assessment.comparisons
    ids.formUnion(said.flatMap(\.citations).map(\.source))
    ids.formUnion(deviceEvents.map(\.citation.source))
    return ids.sorted()
  }

  /// The risks as text and as one JSON object.
  public var answer: Answer {
    Answer(
      text: text, status: status, codes: codes, message: message,
      sources: sources,
      fields: [
        AnswerField("drug", .text(assessment.drug.id)), AnswerField("dose", .text(doseWords)),
        AnswerField("regimen", .text(isSingle ? "single" : "continuous")),
        AnswerField("limit", isBlocked ? .null : limit.map { .number($0.number) } ?? .null),
        AnswerField("limit_unit", limit.map { .text($0.unit) } ?? .null),
        AnswerField("tolerance", .text(assessment.request.tolerance.rawValue)),
        AnswerField("effects", .list(assessment.entries.map(record))),
        AnswerField("window", window.map(record) ?? .null),
        AnswerField("device_events", .list(deviceEvents.map(record))),
        AnswerField("not_on_record", .list(assessment.notOnRecord.map { .text($0) })),
        AnswerField("raised_by", .list(assessment.raised.map { .text($0.text) })),
        AnswerField("inflammatory_mass_factors", stated(assessment.massFactors)),
        AnswerField("published_comparisons", stated(assessment.comparisons)),
      ])
  }

  private func stated(_ found: [Finding]) -> AnswerValue {
    .list(
      found.map { finding in
        .object([
          AnswerField("text", .text(finding.text)),
          AnswerField("source", finding.citations.first.map { .text($0.source) } ?? .null),
        ])
      })
  }

  var isSingle: Bool { assessment.request.dose.isSingle }

  /// The most in a day, by the rules that every command asks; nil for an injection, or where none is on record.
  private var limit: (number: ExactNumber, unit: String)? {
    guard !isSingle, let rules = DosingRules.standard.drug(assessment.drug.id)?.intrathecal else {
      return nil
    }
    return rules.limit.map { (rules.unit.perDay($0.value), rules.unit.daily) }
  }

  var doseWords: String {
    switch assessment.request.dose {
    case .single(let mass): ClinicalText.mass(mass)
    case .continuous(let rate):
      ClinicalText.quantity(
        rate, in: rate < DoseRate(1, .milligramsPerDay) && !isMorphine ? .microgramsPerDay : .milligramsPerDay
      )
    }
  }

  private var isMorphine: Bool { assessment.drug.units[.intrathecal]?.first == "mg" }

  private func record(_ entry: RiskAssessment.Entry) -> AnswerValue {
    .object([
      AnswerField("effect", .text(entry.effect)), AnswerField("direction", .text(entry.direction)),
      AnswerField("severity", .text(entry.severity.rawValue)),
      AnswerField("probability", .shown(entry.probability)), AnswerField("low", .shown(entry.low)),
      AnswerField("high", .shown(entry.high)), AnswerField("kind", .text(entry.kind.rawValue)),
      AnswerField("population", .text(entry.population.words)),
      AnswerField("regimen", .text(entry.regimenName)),
      AnswerField("tolerance", entry.tolerance.map { .text($0.rawValue) } ?? .null),
      AnswerField("studies", .number(ExactNumber(entry.studies))),
      AnswerField("counts", .list(entry.counts.map(record))),
      AnswerField("codes", .list(entry.codes.map { .text($0.name) })),
      AnswerField("dose_response", .flag(entry.hasDoseResponse)),
      AnswerField("extrapolated", .flag(entry.isExtrapolated)),
      AnswerField("verified", .flag(entry.isVerified)),
      AnswerField("message", .text(entry.message)),
      AnswerField("sources", .list(entry.sources.map { .text($0) })),
    ])
  }

  private func record(_ count: RiskAssessment.Entry.Count) -> AnswerValue {
    .object([
      AnswerField("events", .number(ExactNumber(count.events))),
      AnswerField("n", .number(ExactNumber(count.n))),
      AnswerField("source", .text(count.source)),
    ])
  }

  private func counts(_ events: Int, _ n: Int) -> AnswerValue {
    .object([AnswerField("events", .number(ExactNumber(events))), AnswerField("n", .number(ExactNumber(n)))])
  }

  /// What device and procedure bring, for as long as a pump is carried; nothing for a single injection.
  var deviceEvents: [Device.EventRate] { isSingle || isBlocked ? [] : Formulary.embedded.eventRates }

  private func record(_ rate: Device.EventRate) -> AnswerValue {
    .object([
      AnswerField("event", .text(rate.event)), AnswerField("value", .number(rate.value)),
      AnswerField("low", rate.low.map { .number($0) } ?? .null),
      AnswerField("high", rate.high.map { .number($0) } ?? .null), AnswerField("unit", .text(rate.unit)),
      AnswerField("counts", rate.events.flatMap { events in rate.n.map { counts(events, $0) } } ?? .null),
      AnswerField("population", .text(rate.population)), AnswerField("source", .text(rate.citation.source)),
      AnswerField("verified", .flag(rate.citation.verified)),
    ])
  }

  private func record(_ window: ExposureRisk.Window) -> AnswerValue {
    .object([
      AnswerField("low", .shown(window.low.map(shown))), AnswerField("high", .shown(window.high.map(shown))),
      AnswerField("unit", .text(unit)), AnswerField("open", .flag(window.isOpen)),
    ])
  }

  /// The unit in which the drug is spoken of.
  var unit: String { (isMorphine ? "mg" : "mcg") + (isSingle ? "" : "/day") }

  /// A dose in µg or µg/h in that unit.
  func shown(_ base: Double) -> Double { base * (isSingle ? 1 : 24) / (isMorphine ? 1_000 : 1) }

  /// The dose in µg or µg/h.
  var baseDose: Double { assessment.request.dose.base }

  /// The reverse of `shown`.
  func base(_ shown: Double) -> Double { shown / (isSingle ? 1 : 24) * (isMorphine ? 1_000 : 1) }
}
