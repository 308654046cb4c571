import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// The ratios between routes and drugs, laid out for use; a class, so that converters share them.
final class RatioBook: Sendable {
  /// The table for the estimate.
  let chosen: RatioRule
  /// By indication: what the tables say together from which an intrathecal opioid may be started.
  let spans: [Indication: RatioSpan]
  let baclofen: RatioRule
  let backToOral: RatioRule
  let rotations: Rotations
  /// By drug and route: the tables of equivalents that have a factor.
  let factors: [String: [String]]

  /// Looks up in `formulary` all that conversions by `ratioTable` need.
  init(_ formulary: Formulary, ratioTable: String) throws(Converter.Problem) {
    guard let chosen = formulary.ratios(ratioTable) else {
      throw .unknownTable(id: ratioTable, known: formulary.ratioIDs)
    }
    guard chosen.from == .oral, chosen.to == .intrathecal else { throw .wrongDirection(id: ratioTable) }
    guard
      let baclofen = formulary.ratioTables(from: .oral, to: .intrathecal, drug: "baclofen").first,
      let back = formulary.ratioTables(from: .intrathecal, to: .oral, drug: "morphine").first
    else { throw .incompleteData("a ratio table") }
    let inward = formulary.ratioTables(from: .oral, to: .intrathecal, drug: "morphine")
    self.chosen = RatioRule(chosen)
    spans = RatioSpan.byIndication(inward.filter(\.forStarting).map(RatioRule.init))
    self.baclofen = RatioRule(baclofen)
    backToOral = RatioRule(back)
    rotations = try Rotations(formulary.intrathecalRatios)
    factors = RatioBook.factors(formulary)
  }

  private static func factors(_ formulary: Formulary) -> [String: [String]] {
    var tables: [String: [String]] = [:]
    for id in formulary.oralEquivalentIDs {
      for row in formulary.oralEquivalents(id)?.rows ?? [] where row.factor != nil || row.tiers != nil {
        let key = RatioBook.key(row.drug, row.route)
        if !tables[key, default: []].contains(id) { tables[key, default: []].append(id) }
      }
    }
    return tables
  }

  private static func key(_ drug: String, _ route: AdministrationRoute) -> String {
    "\(drug) \(route.rawValue)"
  }

  /// The ids of the tables that have a factor for a drug by a route.
  func tables(with drug: String, _ route: AdministrationRoute) -> [String] {
    factors[RatioBook.key(drug, route)] ?? []
  }
}

/// What all the tables say together from which a dose may be started for an indication.
final class RatioSpan: Sendable {
  /// The largest ratio, which gives the lowest dose.
  let largest: Cited<ExactNumber>
  /// The id of its table.
  let table: String
  /// The smallest ratio, which gives the highest dose.
  let smallest: Cited<ExactNumber>

  /// The span of `tables`, of which there is at least one.
  init?(_ tables: [RatioRule]) {
    guard let top = tables.max(by: { $0.high.value < $1.high.value }),
      let bottom = tables.min(by: { $0.low.value < $1.low.value })
    else { return nil }
    let first = tables.first { $0.id == Converter.usualRatios && $0.high.value == top.high.value } ?? top
    largest = first.high
    smallest = bottom.low
    table = first.id
  }

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

/// A ratio table, from mg to mg; a class, so that a conversion counts one reference and not those of its figures.
final class RatioRule: Sendable {
  let id: String
  let low: Cited<ExactNumber>
  let high: Cited<ExactNumber>
  /// The ratio for an estimate; nil where the source gives a range only.
  let start: Cited<ExactNumber>?
  let settings: Set<String>
  let forStarting: Bool

  init(_ table: RatioTable) {
    id = table.id
    low = Cited(table.low, unit: "mg/mg", table.citation)
    high = Cited(table.high, unit: "mg/mg", table.citation)
    start =
      table.rangeOnly ? nil : (table.start ?? table.mid).map { Cited($0, unit: "mg/mg", table.citation) }
    settings = Set(table.settings)
    forStarting = table.forStarting
  }

  func admits(_ indication: Indication) -> Bool { settings.contains(indication.rawValue) }
}

/// What is known about changing from one intrathecal opioid to another.
struct Rotations: Sendable {
  /// A ratio between two intrathecal opioids, as mass of morphine for one of hydromorphone.
  struct Ratio: Sendable {
    let low: Cited<ExactNumber>
    let high: Cited<ExactNumber>

    init(_ ratio: IntrathecalRatios.Ratio) {
      low = Cited(ratio.low, unit: "mg/mg", ratio.citation)
      high = Cited(ratio.high, unit: "mg/mg", ratio.citation)
    }
  }

  let morphineToHydromorphone: Ratio
  let hydromorphoneToMorphine: Ratio
  /// Why there is no ratio from a lipophilic opioid.
  let refusal: IntrathecalRatios.Refusal

  /// The two ratios and the refusal, or what is missing.
  fileprivate init(_ table: IntrathecalRatios) throws(Converter.Problem) {
    guard let out = table.ratio(from: "morphine", to: "hydromorphone"),
      let back = table.ratio(from: "hydromorphone", to: "morphine"),
      let refusal = table.refusal(from: "fentanyl", to: "morphine")
    else { throw .incompleteData("the ratios between intrathecal opioids") }
    morphineToHydromorphone = Ratio(out)
    hydromorphoneToMorphine = Ratio(back)
    self.refusal = refusal
  }
}
