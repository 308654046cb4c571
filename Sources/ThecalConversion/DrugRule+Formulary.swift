import ThecalFormulary
import ThecalQuantities

extension DrugRule {
  /// The rule of every drug in the formulary, with the equivalents that `table` gives it.
  static func all(_ formulary: Formulary, equivalents table: OralEquivalentTable) -> [String: DrugRule] {
    let thresholds = formulary.opioidTolerance.thresholds
    return Dictionary(
      uniqueKeysWithValues: formulary.drugs.map { drug in
        let rule = DrugRule(
          drug,
          equivalents: byRoute { route in table.row(drug.id, route).flatMap(EquivalentRule.init) },
          windows: byRoute { route in drug.window(route).map(PlausibleWindow.init) },
          tolerance: byRoute { route in
            thresholds.first { $0.drug == drug.id && $0.route == route }.map {
              Figure($0.atLeast, $0.unit, $0.citation)
            }
          })
        return (drug.id, rule)
      })
  }

  /// One entry a route, at the route's index.
  private static func byRoute<Entry>(_ entry: (AdministrationRoute) -> Entry?) -> [Entry?] {
    AdministrationRoute.allCases.sorted { $0.index < $1.index }.map(entry)
  }
}

extension EquivalentRule {
  /// The rule of a row; nil where the table refuses a factor.
  init?(_ row: OralEquivalentTable.Row) {
    // Rows count per mg, per mcg or per mcg/h worn; daily amounts come in mg, or in mcg/h for a patch.
    let scale: ExactNumber = row.unit == "mcg" ? 1_000 : 1
    func figure(_ factor: ExactNumber) -> Figure {
      Figure(factor * scale, "mg/day MME per \(row.unit == "mcg" ? "mg" : row.unit)", row.citation)
    }
    if let tiers = row.tiers {
      self.tiers = tiers.map { EquivalentTier(above: $0.above, upTo: $0.upTo, factor: figure($0.factor)) }
    } else if let factor = row.factor {
      tiers = [EquivalentTier(above: .zero, upTo: nil, factor: figure(factor))]
    } else {
      return nil
    }
    overrides = (row.strengthOverrides ?? []).map { ($0.strength, figure($0.factor)) }
    refusal = row.convertible ? nil : row.reason ?? "The table does not convert it."
    source = row.citation.source
  }
}

extension PlausibleWindow {
  fileprivate init(_ window: PlausibilityWindow) {
    // Daily amounts come in mg, or in mcg/h for a patch.
    let scale = ExactNumber(1, over: window.unit == "mcg" ? 1_000 : 1)
    impossibleBelow = window.impossibleBelow * scale
    oddBelow = window.oddBelow * scale
    oddAbove = window.oddAbove * scale
    impossibleAbove = window.impossibleAbove * scale
    unit = window.unit == "mcg/h" ? "mcg/h" : "mg/day"
    source = window.citation.source
  }
}

extension IntrathecalRule {
  /// What acts on a start or is printed as a limit; nil for a drug without a daily limit in a known unit.
  init?(_ use: IntrathecalUse, of drug: Drug) {
    let limits = use.maxDaily.filter { $0.basis == "label" } + use.maxDaily.filter { $0.basis == "consensus" }
    let spelled = limits.first?.unit ?? use.start.first?.unit ?? ""
    guard let unit = DoseRate.unit(named: spelled) else { return nil }
    func range(_ range: CitedRange) -> StartRange {
      StartRange(
        low: range.low, high: Figure(range.high, range.unit, range.citation), basis: range.basis ?? "")
    }
    let labels = use.start.filter { $0.basis == "label" }
    self.unit = unit
    labelNaive = labels.first { $0.patientClass != "tolerant" }.map(range)
    labelTolerant = labels.first { $0.patientClass != "naive" }.map(range)
    consensus = (use.start.filter { $0.basis == "consensus" } + (use.startCap ?? [])).map(range)
    firstDayCap = use.firstDayCap.map { Figure($0.high, $0.unit, $0.citation) }
    limit = limits.first.map { Figure($0.high, $0.unit, $0.citation) }
    monitoring = Notice.monitoring(use.monitoring, isOpioid: drug.kind == .opioid)
  }
}
