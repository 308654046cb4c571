public import ThecalFormulary
package import ThecalQuantities

/// The clinical rules, looked up once and laid out for use: the only reader of doses, limits, steps and windows in the
/// formulary.
///
/// Every command that takes or prints a dose asks it, so that the same patient has the same start, limit and step everywhere.
public final class DosingRules: Sendable {
  /// The rules of each drug, by its id.
  let drugs: [String: DrugUse]
  /// The id of the table of oral equivalents.
  public let equivalentTable: String
  /// Whether a newer edition has replaced the table.
  public let isSuperseded: Bool
  let formulary: Formulary
  let toleranceDays: Cited<ExactNumber>
  package let toleranceEquivalent: Cited<ExactNumber>
  let crossTolerance: Cited<ExactNumber>
  let riskFactor: Cited<ExactNumber>
  let riskAge: Cited<ExactNumber>
  /// By drug: the facts that stop or flag it; those under an empty name hold for every drug.
  let flags: [String: [PatientFlag]]
  let forbidden: [String: ForbiddenDrug]
  /// Findings that come with most results, made once.
  let crossToleranceFinding: Finding
  let toleranceUnknownFinding: Finding
  /// By the reasons that hold, as `RiskReasons.rawValue`.
  let riskFindings: [Finding]

  /// The rules of the data that every command carries, with the default table of equivalents.
  public static let standard = DosingRules(.embedded)

  /// The rules of `formulary`; nil where it has no table of oral equivalents of that id.
  public convenience init?(_ formulary: Formulary, equivalentTable: String) {
    guard let table = formulary.oralEquivalents(equivalentTable) else { return nil }
    self.init(formulary, table)
  }

  /// The id of the table of oral equivalents that is used where none is named.
  public static let usualTable = "cdc_2022"

  private convenience init(_ formulary: Formulary) {
    let table = formulary.oralEquivalents(DosingRules.usualTable)
    precondition(table != nil, "the data carries its usual table")
    self.init(formulary, table)
  }

  private init(_ formulary: Formulary, _ table: OralEquivalentTable?) {
    self.formulary = formulary
    drugs = DosingRules.uses(formulary, table)
    equivalentTable = table?.id ?? ""
    isSuperseded = table?.status == "superseded"
    let tolerance = formulary.opioidTolerance
    toleranceDays = tolerance.minimumDays
    toleranceEquivalent = Cited(
      tolerance.otherOpioids.atLeast, unit: DailyAmount.perDay, tolerance.otherOpioids.citation)
    crossTolerance = formulary.crossTolerance.factor
    riskFactor = formulary.riskReduction.factor
    let riskAge = formulary.riskReduction.ageYears ?? formulary.riskReduction.factor
    self.riskAge = riskAge
    flags = formulary.flagsByDrug
    forbidden = formulary.forbiddenByName
    crossToleranceFinding = Finding(
      DosingTopic.crossTolerance, .crossTolerance, .review, [.number(crossTolerance.value)],
      citing: [crossTolerance.citation])
    toleranceUnknownFinding = Finding(
      DosingTopic.toleranceUnknown, .toleranceUnknown, .review, [.number(toleranceDays.value)],
      citing: [toleranceDays.citation])
    let factor = riskFactor
    riskFindings = (0..<16).map { reasons in
      Finding(
        DosingTopic.reducedForRisk, .reducedForRisk, .review,
        [.number(factor.value), .list(RiskReasons(rawValue: reasons).evidence(from: riskAge.value))],
        citing: [factor.citation])
    }
  }

  /// The rules of a drug by its id; nil where the formulary does not have it.
  public func drug(_ id: String) -> DrugUse? { drugs[id] }

  /// The rules of a drug by any of its names; nil where the formulary does not have it.
  public func drug(named name: String) -> DrugUse? {
    formulary.drug(named: name).flatMap { drugs[$0.id] }
  }

  /// The finding that `name` must never be given intrathecally; nil where nothing says so.
  public func neverIntrathecal(_ name: String) -> Finding? {
    guard let drug = forbidden[name] ?? formulary.neverIntrathecal(named: name) else { return nil }
    return Finding(
      DosingTopic.neverIntrathecal, .neverIntrathecal, .blocked, [.text(name), .text(drug.reason)],
      citing: [drug.citation])
  }

  /// The ages and the days on a dose at which results change; between two of them nothing depends on the number.
  package var thresholds: (ages: [ExactNumber], opioidDays: [ExactNumber]) {
    let flagged = flags.values.flatMap { $0.filter { $0.column == "age_years" }.compactMap(\.below) }
    return (Array(Set(flagged + [riskAge.value])).sorted(), [toleranceDays.value])
  }

  private static func uses(_ formulary: Formulary, _ table: OralEquivalentTable?) -> [String: DrugUse] {
    let thresholds = formulary.opioidTolerance.thresholds
    return Dictionary(
      uniqueKeysWithValues: formulary.drugs.map { drug in
        let use = DrugUse(
          drug, equivalents: byRoute { route in table?.row(drug.id, route).flatMap(EquivalentRule.init) },
          windows: byRoute { route in drug.window(route) },
          tolerance: byRoute { route in
            thresholds.first { $0.drug == drug.id && $0.route == route }.map {
              Cited($0.atLeast, unit: $0.unit, $0.citation)
            }
          }, stopping: formulary.stopping, titration: formulary.titration)
        return (drug.id, use)
      })
  }

  /// One entry a route, at the route's index.
  private static func byRoute<Entry>(_ entry: (AdministrationRoute) -> Entry?) -> [Entry?] {
    AdministrationRoute.allCases.sorted { $0.index < $1.index }.map(entry)
  }
}

extension Formulary {
  /// Facts about a patient, by the drugs they concern; those under an empty name concern every drug.
  fileprivate var flagsByDrug: [String: [PatientFlag]] {
    var flags = ["": patientFlags.filter { $0.drugs == nil }]
    for drug in drugs { flags[drug.id] = patientFlags.filter { $0.drugs?.contains(drug.id) ?? true } }
    return flags
  }

  /// What must never be given intrathecally, by its names in lower case.
  fileprivate var forbiddenByName: [String: ForbiddenDrug] {
    var drugs: [String: ForbiddenDrug] = [:]
    for group in neverIntrathecal { for name in group.names { drugs[name] = group } }
    return drugs
  }
}

extension AdministrationRoute {
  /// Where the route stands in tables that hold one entry a route.
  var index: Int {
    switch self {
    case .oral: 0
    case .transdermal: 1
    case .sublingual: 2
    case .buccal: 3
    case .nasal: 4
    case .intravenous: 5
    case .subcutaneous: 6
    case .epidural: 7
    case .intrathecal: 8
    case .rectal: 9
    case .intramuscular: 10
    }
  }
}
