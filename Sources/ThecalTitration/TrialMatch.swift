package import ThecalFormulary
import ThecalPump
package import ThecalQuantities
package import ThecalTransport

/// From a trial that worked to the first programme of the pump: the trial's own dose, and never more than screening
/// rule, label and consensus let a patient begin with.
package struct TrialMatch: Sendable {
  /// A dose that was considered.
  package struct Candidate: Hashable, Sendable {
    /// The dose.
    package let dose: DoseRate
    /// Why.
    package let reason: String
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
  package private(set) var ledger: TitrationLedger

  /// The programme that follows from the result of the trial in `plan`; nil where it has none.
  ///
  /// - Throws: `InputProblem` where the plan names no drug of a pump.
  package init?(_ plan: TitrationRequest, formulary: Formulary = .embedded) throws(InputProblem) {
    guard let settings = plan.trial, let finding = settings.outcome else { return nil }
    guard var reading = RuleReading(plan, formulary) else {
      throw InputProblem(.drug, "this is no drug of a pump")
    }
    unit = reading.pumpDrug.unit
    reading.checkPatient()
    let rules = formulary.trialRules
    reading.checkSuccess(finding, rules)
    var found = reading.ledger.isBlocked ? [] : reading.ownDose(finding, settings.route, rules)
    if !found.isEmpty { found += reading.startCeilings() }
    ledger = reading.ledger
    guard !ledger.isBlocked else { return }
    candidates = found.enumerated().sorted { ($0.element.dose, $0.offset) < ($1.element.dose, $1.offset) }
      .map(\.element)
    guard let least = candidates.first else { return }
    start = unit.rate(unit.perDay(least.dose).roundedDown(toSignificantDigits: Self.digits))
    for candidate in candidates where candidate.dose == least.dose || candidate.reason.isOwnDose {
      ledger.rest(on: candidate.source, isVerified: candidate.isVerified, candidate.reason)
    }
  }

  private static let digits = 3
}

extension String {
  /// Whether a reason speaks of the trial's own dose, on which every match rests.
  fileprivate var isOwnDose: Bool { hasPrefix(TrialMatch.ownDose) }
}

extension TrialMatch {
  /// How reasons begin that speak of the trial's own dose.
  static let ownDose = "The trial"
}

extension RuleReading {
  /// Refuses a match to a trial that did not work, and says so where nothing was measured.
  mutating func checkSuccess(_ finding: TrialSettings.Outcome, _ rules: TrialRules) {
    let isTone = drug.kind == .antispastic
    let wanted = isTone ? rules.ashworthDrop : rules.relief
    let needed = isTone ? wanted.value.double : wanted.value.double / 100
    rest(on: wanted.citation, "What counts as a success")
    guard let seen = isTone ? finding.ashworthDrop : finding.relief else {
      return ledger.add(
        .missingField, .blocked,
        "Not stated: \(isTone ? "the drop of the Ashworth score" : "the relief") in the trial; without a success "
          + "there is no first programme.")
    }
    if seen < needed {
      ledger.add(
        .noResponse, .blocked,
        "The trial did not reach \(wanted.value) \(isTone ? "points on Ashworth's scale" : "% relief"): no first "
          + "programme follows from it.")
    }
  }

  /// The daily dose that the trial itself speaks for.
  mutating func ownDose(
    _ finding: TrialSettings.Outcome, _ route: TrialSettings.Route, _ rules: TrialRules
  ) -> [TrialMatch.Candidate] {
    var factor: ExactNumber = 1
    if route == .epidural {
      guard let known = rules.epiduralFactors.first(where: { $0.drug == drug.id })?.figure else {
        ledger.add(
          .noProtocol, .blocked,
          "What an epidural dose of \(drug.tallMan) is worth intrathecally is not on record.")
        return []
      }
      rest(on: known.citation, "The intrathecal equivalent of an epidural dose")
      factor = known.value
    }
    if let rate = finding.rate {
      return [
        candidate(factor * rate, "\(TrialMatch.ownDose)'s rate, held for a day", rules.matchFactor.citation)
      ]
    }
    let mass = factor * (finding.bolus ?? .zero)
    return use.screening.map { screened(mass, finding.effect, $0) }
      ?? [repeated(mass, finding.effect, rules)]
  }

  /// Twice the bolus of baclofen, or once where its effect lasted long or nobody noted how long.
  private mutating func screened(
    _ bolus: Mass, _ effect: Time?, _ screening: BaclofenScreening
  ) -> [TrialMatch.Candidate] {
    if let most: Mass = screening.bolusMax.quantity(), bolus > most {
      rest(on: screening.bolusMax.citation, "The largest screening bolus")
      ledger.add(
        .noResponse, .blocked,
        "\(ClinicalText.mass(bolus)) is beyond the label's test of at most \(ClinicalText.mass(most)).")
      return []
    }
    let isShort = effect.map { $0 <= Time(screening.prolongedAboveHours.value, .hours) } ?? false
    if effect == nil {
      ledger.add(.missingField, .review, "Not stated: how long the effect lasted; the bolus is not doubled.")
    }
    let factor = isShort ? screening.startFactor : screening.startFactorProlonged
    return [
      candidate(
        factor.value * bolus / Time(1, .days), "\(TrialMatch.ownDose)'s bolus x \(factor.value)",
        factor.citation)
    ]
  }

  /// One bolus of an opioid a day, or less where it lasted longer than a day.
  private mutating func repeated(
    _ bolus: Mass, _ effect: Time?, _ rules: TrialRules
  ) -> TrialMatch.Candidate {
    let day = Time(1, .days)
    let span = max(effect ?? day, day)
    if effect == nil { ledger.add(.missingField, .review, "Not stated: how long the relief lasted.") }
    return candidate(
      rules.matchFactor.value * bolus / span,
      "\(TrialMatch.ownDose)'s bolus over \(ClinicalText.quantity(span, in: .hours))",
      rules.matchFactor.citation)
  }

  private func candidate(_ dose: DoseRate, _ reason: String, _ citation: Citation) -> TrialMatch.Candidate {
    TrialMatch.Candidate(
      dose: dose, reason: reason, source: citation.source, isVerified: citation.verified)
  }

  /// What label and consensus let this patient begin with; for baclofen the screening rule alone speaks.
  mutating func startCeilings() -> [TrialMatch.Candidate] {
    guard use.screening == nil else { return [] }
    let patient = plan.isTolerant == true ? "tolerant" : "naive"
    let named = use.start.filter {
      ["label", "consensus"].contains($0.basis ?? "") && [patient, "any"].contains($0.patientClass ?? "any")
    }
    var ceilings = named.compactMap { range in
      range.highQuantity(DoseRateDimension.self).map {
        candidate($0, "The upper end of the start by \(range.basis ?? "source")", range.citation)
      }
    }
    if drug.kind == .opioid, plan.isTolerant != true {
      if plan.isTolerant == nil {
        ledger.add(.toleranceUnknown, .review, "Not stated: opioid_tolerant; taken as not tolerant.")
      }
      if let cap = use.firstDayCap, let dose: DoseRate = cap.highQuantity() {
        ceilings.append(candidate(dose, "The cap of the first day without tolerance", cap.citation))
      }
    }
    if ceilings.isEmpty {
      ledger.add(
        .noProtocol, .blocked, "No start of \(drug.tallMan) is on record: no first programme is made.")
    }
    if let own = plan.ceiling {
      ceilings.append(
        TrialMatch.Candidate(dose: own, reason: "The plan's own ceiling", source: nil, isVerified: true))
    }
    return ceilings
  }
}
