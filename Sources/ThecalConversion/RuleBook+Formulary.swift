import ThecalFormulary
import ThecalQuantities

extension RuleBook {
  /// Looks up in `formulary` all that conversions by these tables need.
  convenience init(_ formulary: Formulary, equivalentTable: String, ratioTable: String) throws(Converter
    .Problem)
  {
    guard let equivalents = formulary.oralEquivalents(equivalentTable) else {
      throw .unknownTable(id: equivalentTable, known: formulary.oralEquivalentIDs)
    }
    guard let chosen = formulary.ratios(ratioTable) else {
      throw .unknownTable(id: ratioTable, known: formulary.ratioIDs)
    }
    guard chosen.from == .oral, chosen.to == .intrathecal else { throw .wrongDirection(id: ratioTable) }
    let inward = formulary.ratioTables(from: .oral, to: .intrathecal, drug: "morphine")
    guard
      let baclofen = formulary.ratioTables(from: .oral, to: .intrathecal, drug: "baclofen").first,
      let back = formulary.ratioTables(from: .intrathecal, to: .oral, drug: "morphine").first,
      let screening = formulary.drug(named: "baclofen")?.intrathecal?.screening
    else { throw .incompleteData("a ratio table or the baclofen screening protocol") }
    let rotations = try Rotations(formulary.intrathecalRatios)
    let tolerance = formulary.opioidTolerance
    self.init(
      drugs: DrugRule.all(formulary, equivalents: equivalents), equivalentTable: equivalents.id,
      ratioTable: RatioRule(chosen),
      spans: RatioSpan.byIndication(inward.filter(\.forStarting).map(RatioRule.init)),
      baclofenRatio: RatioRule(baclofen),
      backToOral: RatioRule(back), rotations: rotations,
      toleranceDays: Figure(tolerance.minimumDays),
      toleranceEquivalent: Figure(tolerance.otherOpioids.atLeast, "mg/day", tolerance.otherOpioids.citation),
      crossTolerance: Figure(formulary.crossTolerance.factor),
      riskReduction: RiskRule(formulary.riskReduction), screening: ScreeningRule(screening),
      flags: formulary.flagsByTarget, neverIntrathecal: Refusal.byName(formulary.neverIntrathecal),
      formulary: formulary, isSuperseded: equivalents.status == "superseded")
  }
}

extension Formulary {
  /// Facts about a patient, by the drugs they concern; those under an empty name concern every drug.
  fileprivate var flagsByTarget: [String: [PatientFlag]] {
    var flags = ["": patientFlags.filter { $0.drugs == nil }]
    for drug in drugs { flags[drug.id] = patientFlags.filter { $0.drugs?.contains(drug.id) ?? true } }
    return flags
  }
}

extension Rotations {
  /// The two ratios and the refusal, or what is missing.
  fileprivate init(_ table: IntrathecalRatios) throws(Converter.Problem) {
    guard let out = table.ratio(from: "morphine", to: "hydromorphone"),
      let back = table.ratio(from: "hydromorphone", to: "morphine"),
      let refusal = table.refusal(from: "fentanyl", to: "morphine")
    else { throw .incompleteData("the ratios between intrathecal opioids") }
    morphineToHydromorphone = IntrathecalRatio(out)
    hydromorphoneToMorphine = IntrathecalRatio(back)
    lipophilicRefusal = Refusal(reason: refusal.reason, source: refusal.citation.source)
  }
}

extension IntrathecalRatio {
  fileprivate init(_ ratio: IntrathecalRatios.Ratio) {
    low = Figure(ratio.low, "mg/mg", ratio.citation)
    high = Figure(ratio.high, "mg/mg", ratio.citation)
  }
}

extension Refusal {
  fileprivate static func byName(_ groups: [ForbiddenDrug]) -> [String: Refusal] {
    var refusals: [String: Refusal] = [:]
    for group in groups {
      for name in group.names {
        refusals[name] = Refusal(reason: group.reason, source: group.citation.source)
      }
    }
    return refusals
  }
}

extension RatioSpan {
  /// The span for each indication that any table speaks for.
  fileprivate static func byIndication(_ tables: [RatioRule]) -> [Indication: RatioSpan] {
    var spans: [Indication: RatioSpan] = [:]
    for indication in Indication.allCases {
      let admitted = tables.filter { $0.admits(indication) }
      if !admitted.isEmpty { spans[indication] = RatioSpan(admitted) }
    }
    return spans
  }
}

extension RatioRule {
  init(_ table: RatioTable) {
    id = table.id
    low = Figure(table.low, "mg/mg", table.citation)
    high = Figure(table.high, "mg/mg", table.citation)
    start = table.rangeOnly ? nil : (table.start ?? table.mid).map { Figure($0, "mg/mg", table.citation) }
    settings = Set(table.settings)
    forStarting = table.forStarting
  }
}

extension RiskRule {
  fileprivate init(_ reduction: DoseReduction) {
    factor = Figure(reduction.factor)
    ageYears = reduction.ageYears.map { Figure($0) } ?? factor
  }
}

extension ScreeningRule {
  fileprivate init(_ screening: BaclofenScreening) {
    largestBolus = Figure(screening.bolusMax)
    factor = Figure(screening.startFactor)
    prolongedFactor = Figure(screening.startFactorProlonged)
    prolongedAboveHours = Figure(screening.prolongedAboveHours)
  }
}
