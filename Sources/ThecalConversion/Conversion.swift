public import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

/// What a conversion found: four quantities that are never confused, and why.
public struct Conversion: Hashable, Sendable {
  /// The parts of a result that a figure may act on.
  public enum Part: String, CaseIterable, Hashable, Sendable {
    case start, limit, estimate, equivalents
  }

  /// A figure that nobody has compared with its source, and what it acted on.
  public struct Unverified: Hashable, Sendable {
    /// The figure.
    public let figure: Cited<ExactNumber>
    /// The part of the result.
    public let part: Part
  }

  /// Every finding, in the order in which they were made.
  public internal(set) var findings = Findings()
  /// Figures that acted although nobody has read them in their source.
  public internal(set) var unverified: [Unverified] = []
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
  /// The lowest dose that a published ratio gives, in `unit` per day.
  public internal(set) var low: ExactNumber?
  /// What the chosen ratio gives, in `unit` per day: no dose to start with.
  public internal(set) var estimate: ExactNumber?
  /// The highest dose that a published ratio gives, in `unit` per day.
  public internal(set) var high: ExactNumber?
  /// The unit of estimate and range.
  public internal(set) var unit: DoseUnit?
  /// What label, consensus or screening allow on day 1.
  public internal(set) var start: DoseRate?
  /// What made the start as low as it is.
  public internal(set) var startBasis: StartBasis?
  /// The most in a day.
  public internal(set) var limit: DoseRate?
  /// The unit in which start and limit are printed.
  public internal(set) var startUnit: DoseUnit?
  /// Whether the patient counts as opioid-tolerant.
  public internal(set) var opioidClass: OpioidClass?
  /// The calculation step by step, where asked for.
  public internal(set) var derivation: [DerivationStep] = []

  /// A result without findings.
  init() {}

  /// What may be done with the result; the gravest of the findings.
  public var status: Status { findings.status }

  /// The reasons for the status.
  public var codes: CodeSet { findings.codes }

  /// Adds a finding, which can only make the status graver.
  public mutating func add(_ finding: Finding) { findings.add(finding) }

  /// The sources of everything in the result, each once.
  public var sources: [String] {
    let all =
      derivation.flatMap { $0.figures.map(\.source) } + unverified.map(\.figure.source) + findings.sources
    return all.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The result without its doses, as a refusal leaves it.
  mutating func withholdDoses() {
    (low, estimate, high, unit, start, startBasis) = (nil, nil, nil, nil, nil, nil)
    derivation.removeAll { $0.figures.isEmpty || !$0.isOfEquivalents }
  }
}

extension DerivationStep {
  /// Whether the step says what the medicines are worth, which a refusal leaves standing.
  fileprivate var isOfEquivalents: Bool { topic == Topic(DosingTopic.stepEquivalents) }
}

extension Conversion {
  /// The result for an input that could not be read: its problems, and nothing else.
  public init(unreadable problems: [Finding]) {
    self.init()
    for problem in problems { add(problem) }
  }
}
