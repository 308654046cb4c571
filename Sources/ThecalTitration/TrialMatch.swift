package import ThecalFormulary
import ThecalDosing
package import ThecalQuantities
package import ThecalTransport

/// From a trial that worked to the first programme of the pump: the trial's own dose, and never more than screening
/// rule, label and consensus let a patient begin with.
package struct TrialMatch: Sendable {
  /// A dose that was considered.
  package struct Candidate: Hashable, Sendable {
    /// Why a dose is considered.
    package enum Reason: Hashable, Sendable {
      /// The trial's rate, held for a day.
      case rate
      /// The trial's bolus times a factor.
      case bolus(times: ExactNumber)
      /// The trial's bolus over a time.
      case bolusOver(Time)
      /// The start of the clinical rules for this patient.
      case rules
      /// The plan's own ceiling.
      case ceiling

      /// Whether it is the trial's own dose, on which every match rests.
      var isOwnDose: Bool { self != .rules && self != .ceiling }
    }

    /// The dose.
    package let dose: DoseRate
    /// Why.
    package let reason: Reason
    /// The id of the source; nil for what the plan itself says.
    package let source: String?
    /// Whether somebody read it there.
    package let isVerified: Bool
  }

  /// The first daily dose, rounded down; nil in a refusal.
  package private(set) var start: DoseRate?
  /// The unit in which the drug is spoken of.
  package let unit: DoseUnit
  /// What was considered, the lowest first; it decided.
  package private(set) var candidates: [Candidate] = []
  /// What there is to say.
  package private(set) var findings: PlanFindings

  /// The programme that follows from the result of the trial in `plan`; nil where it has none.
  ///
  /// - Throws: `InputProblem` where the plan names no drug of a pump.
  package init?(_ plan: TitrationRequest, formulary: Formulary = .embedded) throws(InputProblem) {
    guard let settings = plan.trial, let finding = settings.outcome else { return nil }
    guard var reading = RuleReading(plan, formulary) else {
      throw InputProblem(.drug, "this is no drug of a pump")
    }
    unit = reading.unit
    reading.checkPatient()
    let rules = formulary.trialRules
    reading.checkSuccess(finding, rules)
    var found = reading.findings.isBlocked ? [] : reading.ownDose(finding, settings.route, rules)
    if !found.isEmpty { found += reading.startCeilings() }
    findings = reading.findings
    guard !findings.isBlocked else { return }
    candidates = found.enumerated().sorted { ($0.element.dose, $0.offset) < ($1.element.dose, $1.offset) }
      .map(\.element)
    guard let least = candidates.first else { return }
    start = unit.rate(unit.perDay(least.dose).roundedDown(toSignificantDigits: Self.digits))
    for candidate in candidates where candidate.dose == least.dose || candidate.reason.isOwnDose {
      findings.rest(on: candidate.source, isVerified: candidate.isVerified, "the first programme")
    }
  }

  private static let digits = 3
}

extension RuleReading {
  /// Refuses a match to a trial that did not work, and says so where nothing was measured.
  mutating func checkSuccess(_ finding: TrialSettings.Outcome, _ rules: TrialRules) {
    let isTone = drug.kind == .antispastic
    let wanted = isTone ? rules.ashworthDrop : rules.relief
    let needed = isTone ? wanted.value.double : wanted.value.double / 100
    rest(on: wanted.citation, "what counts as a success")
    guard let seen = isTone ? finding.ashworthDrop : finding.relief else {
      return findings.add(
        .missingField, .blocked, .successNotStated,
        [.text(isTone ? "the drop of the Ashworth score" : "the relief")])
    }
    if seen < needed {
      findings.add(
        .noResponse, .blocked, .trialFailed,
        [.amount(wanted.value, isTone ? "points on Ashworth's scale" : "% relief")])
    }
  }

  /// The daily dose that the trial itself speaks for.
  mutating func ownDose(
    _ finding: TrialSettings.Outcome, _ route: TrialSettings.Route, _ rules: TrialRules
  ) -> [TrialMatch.Candidate] {
    var factor: ExactNumber = 1
    if route == .epidural {
      guard let known = rules.epiduralFactors.first(where: { $0.drug == drug.id })?.figure else {
        findings.add(
          .noProtocol, .blocked, .noEpiduralFactor, [.drug(drug.id)])
        return []
      }
      rest(on: known.citation, "the intrathecal equivalent of an epidural dose")
      factor = known.value
    }
    if let rate = finding.rate {
      return [
        candidate(factor * rate, .rate, rules.matchFactor.citation)
      ]
    }
    let mass = factor * (finding.bolus ?? .zero)
    return intrathecal.screening.map { screened(mass, finding.effect, $0) }
      ?? [repeated(mass, finding.effect, rules)]
  }

  /// Twice the bolus of baclofen, or once where its effect lasted long or nobody noted how long.
  private mutating func screened(
    _ bolus: Mass, _ effect: Time?, _ screening: ScreeningRules
  ) -> [TrialMatch.Candidate] {
    if bolus > screening.largest.value {
      rest(on: screening.largest.citation, "the largest screening bolus")
      findings.add(
        .noResponse, .blocked, .beyondScreening, [.mass(bolus, nil), .mass(screening.largest.value, nil)])
      return []
    }
    if effect == nil { findings.add(.missingField, .review, .trialEffectUnknown) }
    let factor = screening.factor(for: Screening(bolus: bolus, effect: effect))
    return [
      candidate(factor.value * bolus / Time(1, .days), .bolus(times: factor.value), factor.citation)
    ]
  }

  /// One bolus of an opioid a day, or less where it lasted longer than a day.
  private mutating func repeated(
    _ bolus: Mass, _ effect: Time?, _ rules: TrialRules
  ) -> TrialMatch.Candidate {
    let day = Time(1, .days)
    let span = max(effect ?? day, day)
    if effect == nil { findings.add(.missingField, .review, .trialReliefUnknown) }
    return candidate(
      rules.matchFactor.value * bolus / span, .bolusOver(span), rules.matchFactor.citation)
  }

  private func candidate(_ dose: DoseRate, _ reason: TrialMatch.Candidate.Reason, _ citation: Citation)
    -> TrialMatch.Candidate
  {
    TrialMatch.Candidate(
      dose: dose, reason: reason, source: citation.source, isVerified: citation.verified)
  }

  /// What the clinical rules let this patient begin with; for baclofen the screening rule alone speaks.
  mutating func startCeilings() -> [TrialMatch.Candidate] {
    guard intrathecal.screening == nil, let dose = startByRules() else { return [] }
    var ceilings = [
      TrialMatch.Candidate(dose: dose, reason: .rules, source: nil, isVerified: true)
    ]
    if let own = plan.ceiling {
      ceilings.append(TrialMatch.Candidate(dose: own, reason: .ceiling, source: nil, isVerified: true))
    }
    return ceilings
  }
}
