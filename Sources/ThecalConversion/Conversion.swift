public import ThecalQuantities

/// What a conversion found: four quantities that are never confused, and why.
public struct Conversion: Hashable, Sendable {
  /// What may be done with the result; the gravest of the notices.
  public internal(set) var status = Status.ok
  /// The reasons for the status.
  public internal(set) var codes = CodeSet()
  /// Every finding, in the order in which they were made.
  public internal(set) var notices: [Notice] = []
  /// Daily amount of the one oral drug that is taken, mg/day; nil with several drugs or routes.
  public internal(set) var oralMilligramsPerDay: ExactNumber?
  /// Oral morphine equivalents, mg/day.
  public internal(set) var equivalent: ExactNumber?
  /// The table of oral equivalents that was used.
  public internal(set) var equivalentTable: String?
  /// The ratio table that the estimate rests on.
  public internal(set) var ratioTable: String?
  /// The ratio of that table, from mg : mg.
  public internal(set) var ratio: ExactNumber?
  /// The lowest dose that a published ratio gives, in `unit`.
  public internal(set) var low: ExactNumber?
  /// What the chosen ratio gives, in `unit`: no dose to start with.
  public internal(set) var estimate: ExactNumber?
  /// The highest dose that a published ratio gives, in `unit`.
  public internal(set) var high: ExactNumber?
  /// The unit of estimate and range.
  public internal(set) var unit: String?
  /// What label, consensus or screening allow on day 1, in `startUnit`.
  public internal(set) var start: DoseRate?
  /// The unit in which start and limit are printed.
  public internal(set) var startUnit: DoseRate.Unit?
  /// What made the start as low as it is.
  public internal(set) var startBasis: String?
  /// The limit of the daily dose.
  public internal(set) var limit: DoseRate?
  /// Whether the patient counts as opioid-tolerant.
  public internal(set) var opioidClass: OpioidClass?
  /// The calculation step by step, where asked for.
  public internal(set) var derivation: [DerivationStep] = []

  /// A result without findings.
  init() {}

  /// Adds a finding, which can only make the status graver.
  public mutating func add(_ notice: Notice) {
    notices.append(notice)
    if let code = notice.code { codes.insert(code) }
    status = max(status, notice.status)
  }

  /// The sources of everything in the result, each once.
  public var sources: [String] {
    let all = derivation.flatMap { $0.figures.map(\.source) } + notices.compactMap(\.source)
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The result without its doses, as a refusal leaves it.
  mutating func withholdDoses() {
    (low, estimate, high, unit, start, startUnit, startBasis) = (nil, nil, nil, nil, nil, nil, nil)
  }
}

extension Conversion {
  /// The result for an input that could not be read: its problems, and nothing else.
  public init(unreadable problems: [Notice]) {
    self.init()
    for problem in problems { add(problem) }
  }
}
