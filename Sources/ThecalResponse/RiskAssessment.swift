import Glibc
package import ThecalFormulary
import ThecalQuantities
package import ThecalTransport

/// How likely too much and too little are, effect by effect and population by population, with the sources.
package struct RiskAssessment: Sendable {
  /// One effect in one population.
  package struct Entry: Sendable {
    /// The id of the effect.
    package let effect: String
    /// `over`, `under` or `either`.
    package let direction: String
    /// The probability; nil where a source documents only that the effect occurs.
    package var probability: Double?
    /// The ends of its interval of 95 %; nil where counts are missing.
    package var low: Double?, high: Double?
    /// Whom it was seen in.
    package let population: String
    /// `single`, `screening`, `titration`, `maintenance`, `continuous`, or `model`.
    package let regimen: String
    /// Number of studies.
    package var studies = 0
    /// Events and patients.
    package var events: Int?, n: Int?
    /// Whether the probability follows the dose.
    package var hasDoseResponse = false
    /// Whether the dose lies outside those studied.
    package var isExtrapolated = false
    /// What to know about it.
    package var message = ""
    /// The ids of the sources.
    package var sources: [String] = []
    /// Whether every figure was read in its source.
    package var isVerified = true
    /// The curve behind it; nil where there is none.
    package var curve: IncidenceCurve?
    /// The unit of the curve's doses.
    package var unit: String?
  }

  /// What was asked.
  package let request: RiskRequest
  /// The drug.
  package let drug: Drug
  /// The entries, most harmful first.
  package internal(set) var entries: [Entry] = []
  /// Effects for which no source was found with this drug and regimen.
  package internal(set) var notOnRecord: [String] = []
  /// What raises the risk in this patient beyond the counts, with its source.
  package internal(set) var raised: [(text: String, source: String, isVerified: Bool)] = []
  /// What is known of masses at the tip; empty where the drug is not known for them.
  package internal(set) var massFactors: [(text: String, source: String)] = []
  /// What the models say of many patients; nil where they do not apply.
  package internal(set) var exposure: ExposureRisk?

  /// The assessment of `request`; nil where the drug is not known or not given intrathecally.
  ///
  /// - Throws: Where one of the people of the models cannot be computed.
  package init?(_ request: RiskRequest, formulary: Formulary = .embedded) throws(SimulationError) {
    guard let drug = formulary.drug(named: request.drug), drug.intrathecal != nil else { return nil }
    self.request = request
    self.drug = drug
    exposure = request.patients > 0 ? try ExposureRisk(request, drug: drug, formulary) : nil
    for effect in formulary.harms.effects {
      var found = counted(effect, formulary)
      if effect.id == "withdrawal" { found += withdrawal(formulary) }
      found += exposure?.entries(effect, of: self) ?? []
      if found.isEmpty { notOnRecord.append(effect.id) }
      entries += found
    }
    raised = Self.raised(request, drug, formulary)
    if entries.contains(where: { $0.effect == "inflammatory_mass" && $0.probability != 0 }) {
      massFactors = Self.massFactors(request, formulary)
    }
  }

  /// Whether every figure that acts was read, and no dose is beyond those studied.
  package var isUnconditional: Bool {
    entries.allSatisfy { $0.isVerified && !$0.isExtrapolated } && raised.isEmpty
  }

  private func counted(_ effect: HarmRecords.Effect, _ formulary: Formulary) -> [Entry] {
    let ids = [effect.id] + (effect.together ?? [])
    let rows = formulary.incidence.filter { row in
      row.drug == drug.id && ids.contains(row.effect) && Self.fits(row.regimen, request.dose)
    }
    // One entry per population, regimen and way of counting; the order of the data is kept.
    var keys: [String] = []
    var groups: [String: [IncidenceCount]] = [:]
    for row in rows {
      let key =
        row.group.map { "\($0) \(row.effect)" }
        ?? "\(row.population)|\(row.regimen)|\(row.effect)|\(row.route)"
      if groups[key] == nil { keys.append(key) }
      groups[key, default: []].append(row)
    }
    return keys.compactMap { groups[$0] }.map { Entry(effect, $0, request) }
  }

  /// A single injection and a screening bolus are one thing; an infusion goes through titration and maintenance.
  private static func fits(_ regimen: IncidenceCount.Regimen, _ dose: RiskRequest.Dose) -> Bool {
    switch dose {
    case .single: regimen == .single || regimen == .screening
    case .continuous: regimen == .continuous || regimen == .titration || regimen == .maintenance
    }
  }

  private func withdrawal(_ formulary: Formulary) -> [Entry] {
    guard case .continuous = request.dose, let known = formulary.stopping.withdrawal(from: drug.id) else {
      return []
    }
    var entry = Entry(
      effect: "withdrawal", direction: "under", population: "after an abrupt stop", regimen: "continuous")
    entry.sources = [known.citation.source]
    entry.isVerified = known.citation.verified
    entry.studies = 1
    guard known.danger, let earliest = known.earliestHours else {
      entry.message = "None is known (\(known.onset))."
      return [entry]
    }
    let from = "withdrawal from \(ClinicalText.number(earliest)) h on: \(known.course)"
    if let gap = request.interruption {
      let hours = gap.exactValue(in: .hours)
      let naive = formulary.stopping.naiveAfterHours
      entry.message =
        (hours >= earliest
          ? "A gap of \(ClinicalText.number(hours)) h is long enough for \(from)."
          : "A gap of \(ClinicalText.number(hours)) h is shorter than the earliest \(from).")
        + (hours > naive.value ? " The restart is that of a patient without tolerance." : "")
      entry.sources.append(naive.citation.source)
    } else {
      entry.message = "After an interruption: \(from). No incidence is known."
    }
    return [entry]
  }
}

extension RiskAssessment.Entry {
  /// What the counts `rows` of one population say.
  init(_ effect: HarmRecords.Effect, _ rows: [IncidenceCount], _ request: RiskRequest) {
    self.init(
      effect: effect.id, direction: effect.direction, population: rows[0].population,
      regimen: rows[0].regimen.rawValue)
    sources = Set(rows.map(\.citation.source)).sorted()
    studies = sources.count
    isVerified = rows.allSatisfy(\.citation.verified)
    var notes: [String] = []
    if rows[0].effect != effect.id { notes.append("Counted as \(rows[0].effect.replacingUnderscores).") }
    if rows[0].route != "intrathecal" { notes.append("Given by the \(rows[0].route) route.") }
    let counted = rows.compactMap { row in row.events.flatMap { events in row.n.map { (row, events, $0) } } }
    guard !counted.isEmpty else {
      let nearest = rows.filter { ($0.percent ?? 0) > .zero }.min {
        $0.distance(to: request) < $1.distance(to: request)
      }
      probability = nearest?.percent.map { $0.double / 100 }
      let at =
        nearest?.dose.flatMap { dose in dose.standing.map { " at \(ClinicalText.number($0)) \(dose.unit)" } }
        ?? ""
      notes.append(
        nearest == nil
          ? rows[0].percent == .zero
            ? "Documented as not seen, without counts: \(rows[0].definition)."
            : "Documented, without counts: \(rows[0].definition)."
          : "A percentage\(at) without counts: no interval can be given.")
      message = notes.joined(separator: " ")
      return
    }
    (events, n) = (counted.reduce(0) { $0 + $1.1 }, counted.reduce(0) { $0 + $1.2 })
    unit = counted[0].0.dose?.unit
    let points = counted.map { row, events, n in
      IncidenceCurve.Point(
        source: row.citation.source, dose: row.dose?.standing?.double, events: Double(events), n: Double(n))
    }
    let ends = counted.flatMap { [$0.0.dose?.low, $0.0.dose?.standing, $0.0.dose?.high] }.compactMap {
      $0?.double
    }
    let studied = ends.min().flatMap { low in ends.max().map { low...$0 } }
    let curve = IncidenceCurve(points, studied: studied, fits: rows.allSatisfy(\.fit))
    self.curve = curve
    hasDoseResponse = curve.fit != nil
    let estimate = curve.estimate(at: request.amount(in: unit))
    (probability, low, high) = (estimate.probability, estimate.low, estimate.high)
    isExtrapolated = estimate.isExtrapolated
    if !hasDoseResponse { notes.append("A pooled share: no dose-response is known.") }
    if isExtrapolated, let studied, let unit {
      notes.append(
        "The dose lies outside those studied, \(words(studied, unit))"
          + (hasDoseResponse ? "." : ", and the share is that of those."))
    }
    message = notes.joined(separator: " ")
  }

  private func words(_ studied: ClosedRange<Double>, _ unit: String) -> String {
    let ends = [studied.lowerBound, studied.upperBound].map {
      ClinicalText.number(ExactNumber($0).rounded(toSignificantDigits: 4))
    }
    return ends[0] == ends[1] ? "\(ends[0]) \(unit)" : "\(ends[0]) to \(ends[1]) \(unit)"
  }
}

extension IncidenceCount {
  /// How far the dose of the count is from the one asked for, in logarithms; far where one of them is unknown.
  fileprivate func distance(to request: RiskRequest) -> Double {
    guard let taken = dose?.standing?.double, let asked = request.amount(in: dose?.unit), taken > 0 else {
      return .greatestFiniteMagnitude
    }
    return abs(log(asked / taken))
  }
}

extension RiskRequest {
  /// The dose as a number in a unit of the counts; nil where the unit is of another kind.
  func amount(in unit: String?) -> Double? {
    guard let unit else { return nil }
    switch dose {
    case .single(let mass): return Mass.unit(named: unit).map { mass.value(in: $0) }
    case .continuous(let rate): return DoseRate.unit(named: unit).map { rate.value(in: $0) }
    }
  }
}

extension String {
  /// An id as words.
  package var replacingUnderscores: String { String(map { $0 == "_" ? " " : $0 }) }
}
