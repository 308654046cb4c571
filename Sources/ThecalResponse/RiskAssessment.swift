public import ThecalDosing
public import ThecalFormulary
import ThecalQuantities
public import ThecalTransport

/// How likely too much and too little are, effect by effect and population by population, with the sources.
public struct RiskAssessment: Sendable {
  /// What was asked.
  public let request: RiskRequest
  /// The drug.
  public let drug: Drug
  /// What the rules of dosing say of the dose.
  public let findings: Findings
  /// The entries, most harmful first; none where the dose is refused.
  public internal(set) var entries: [Entry] = []
  /// Effects for which no source was found with this drug and regimen.
  public internal(set) var notOnRecord: [String] = []
  /// What raises the risk in this patient beyond the counts.
  public internal(set) var raised: [Finding] = []
  /// What is known of masses at the tip; empty where the drug is not known for them.
  public internal(set) var massFactors: [Finding] = []
  /// What pooled trials and dose findings say after an injection; it changes no figure.
  public internal(set) var comparisons: [Finding] = []
  /// What the models say of many patients; nil where they do not apply.
  public internal(set) var exposure: ExposureRisk?

  /// The assessment of `request`; nil where the drug is not known or not given intrathecally.
  ///
  /// People who were made for another question are used again where they are those of this one.
  ///
  /// - Throws: Where one of the people of the models cannot be computed.
  public init?(
    _ request: RiskRequest, reusing people: ExposureRisk? = nil, formulary: Formulary = .embedded,
    rules: DosingRules = .standard
  ) throws(SimulationError) {
    guard let drug = formulary.drug(named: request.drug), drug.intrathecal != nil else { return nil }
    self.request = request
    self.drug = drug
    findings = Self.checked(request, drug, rules)
    if findings.isRefused { return }
    if let people, people.answers(request) {
      exposure = people.asking(request)
    } else {
      exposure = request.patients > 0 ? try ExposureRisk(request, drug: drug, formulary) : nil
    }
    for effect in formulary.harms.effects {
      var found = counted(effect, formulary)
      if effect.id == "withdrawal" { found += withdrawal(effect, formulary) }
      found += exposure?.entries(effect) ?? []
      if found.isEmpty {
        notOnRecord.append(effect.id)
        found = [Entry(notCounted: effect, isSingle: request.dose.isSingle)]
      }
      entries += found
    }
    raised = Self.raised(request, drug, formulary)
    if request.dose.isSingle {
      comparisons = formulary.harms.comparisons.filter { $0.drug == drug.id }.map {
        Finding(RiskTopic.comparison, nil, .note, [.text($0.statement.text)], citing: [$0.statement.citation])
      }
    }
    if entries.contains(where: {
      $0.effect == "inflammatory_mass" && !$0.sources.isEmpty && $0.probability != 0
    }) {
      massFactors = Self.massFactors(request, formulary)
    }
  }

  /// What the rules say of the dose and of that before it. A dose above its limit is not asked for here, only looked at: its risks are
  /// what somebody must see before it is given.
  private static func checked(_ request: RiskRequest, _ drug: Drug, _ rules: DosingRules) -> Findings {
    var all: [Finding]
    switch request.dose {
    case .single(let mass): all = rules.check(bolus: mass, of: drug.id)
    case .continuous(let rate): all = rules.check(rate, of: drug.id)
    }
    if let previous = request.previous {
      all += rules.check(previous, of: drug.id, at: Place(field: "previous-dose"))
    }
    let isSlip = all.contains { $0.code == .typoSuspected }
    return Findings(
      all.map { finding in
        finding.code == .overLimit && !isSlip ? finding.weighing(.review) : finding
      })
  }

  /// Whether every figure that acts was read, and no dose is beyond those studied.
  public var isUnconditional: Bool {
    findings.status == .ok && entries.allSatisfy { $0.isVerified && !$0.isExtrapolated } && raised.isEmpty
  }

  private func counted(_ effect: HarmRecords.Effect, _ formulary: Formulary) -> [Entry] {
    let ids = [effect.id] + (effect.together ?? [])
    let states = request.tolerance.states
    let rows = formulary.incidence.filter { row in
      guard row.drug == drug.id, ids.contains(row.effect), row.regimen.isOf(request.dose) else {
        return false
      }
      return row.tolerance.map { $0 == .mixed || states.contains($0) } ?? true
    }
    // One entry per population, regimen and way of counting; the order of the data is kept.
    var keys: [String] = []
    var groups: [String: [IncidenceCount]] = [:]
    for row in rows {
      let key =
        row.group.map { "\($0) \(row.effect)" }
        ?? "\(row.population)|\(row.regimen)|\(row.effect)|\(row.route)|\(row.severity)|\(row.definition)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(row)
    }
    return keys.compactMap { groups[$0] }.map { Entry(effect, $0, request) }
  }

  private func withdrawal(_ effect: HarmRecords.Effect, _ formulary: Formulary) -> [Entry] {
    guard !request.dose.isSingle, let known = formulary.stopping.withdrawal(from: drug.id) else { return [] }
    var entry = Entry(
      effect: effect.id, direction: effect.direction, population: .afterStop, regimen: .continuous)
    // The words have a source of their own, and so have the hours, where the share follows from them.
    let figures = [known.citation] + (known.timing.map { [$0.citation] } ?? [])
    entry.sources = figures.map(\.source).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    entry.isVerified = figures.allSatisfy(\.verified)
    entry.studies = 1
    guard known.danger else {
      entry.kind = .model
      (entry.probability, entry.low, entry.high) = (0, 0, 0)
      entry.note(.noWithdrawal, .text(known.onset))
      return [entry]
    }
    guard let curve = WithdrawalCurve(known, falls: exposure?.people.compactMap(\.fall) ?? []),
      let timing = known.timing, let ends = timing.onsetHours, let first = ends.first, let last = ends.last
    else {
      entry.note(.casesAlone, .text(known.onset), .text(known.course))
      return [entry]
    }
    entry.kind = .model
    entry.codes = [.modelUnchecked]
    guard let gap = request.interruption else {
      entry.note(.gapNotStated, .text(known.onset), .text(known.course))
      return [entry]
    }
    let share = curve.share(after: gap.exactValue(in: .hours).double)
    (entry.probability, entry.low, entry.high) = (share.value, share.low, share.high)
    entry.hasDoseResponse = false
    let naive = formulary.stopping.naiveAfterHours
    entry.note(
      .onsetsAndFall, .range(first, last, "h"), .text(timing.citation.source), .text(known.course))
    if gap.exactValue(in: .hours) > naive.value { entry.note(.restartNaive) }
    entry.sources.append(naive.citation.source)
    return [entry]
  }
}
