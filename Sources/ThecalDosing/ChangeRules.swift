public import ThecalFormulary
public import ThecalQuantities

/// How far and how often a dose may be raised, and lowered, for one patient.
public struct ChangeRules: Hashable, Sendable {
  /// The largest increase.
  public enum Step: Hashable, Sendable {
    /// A share of the dose in force.
    case share(ExactNumber)
    /// An amount per day.
    case amount(DoseRate)
  }

  /// The largest increase.
  public let step: Step
  /// Whole days from one increase to the next, at least one.
  public let intervalDays: Int
  /// Increases in any seven days, at most.
  public let perWeek: Int?
  /// The first day on which the limit may be given.
  public let limitNotBefore: Int?
  /// The figures with what they act on.
  public let figures: [Figure]
  /// What the rules found on the way.
  public let findings: [Finding]

  /// A figure, and the part of the rules that it decides.
  public struct Figure: Hashable, Sendable {
    /// Where it stands.
    public let citation: Citation
    /// What it decides: `step`, `interval`, `day of the limit`.
    public let part: String
  }

  /// The dose that may follow `dose` at most.
  public func next(after dose: DoseRate) -> DoseRate {
    switch step {
    case .share(let share): (1 + share) * dose
    case .amount(let amount): dose + amount
    }
  }
}

/// The published steps and intervals of one drug.
struct ChangeTable: Sendable {
  let drug: String
  let screening: BaclofenScreening?
  let label: ZiconotideTitration.Rule?
  let slow: ZiconotideTitration.Rule?
  let panel: [CitedRange]
  let general: TitrationRules

  init(_ use: IntrathecalUse, of drug: String, _ titration: TitrationRules) {
    self.drug = drug
    screening = use.screening
    label = SourceChoice.protocolOfLabel(use.titration)
    slow = SourceChoice.slowProtocol(use.titration)
    panel = use.stepMaxPercent ?? []
    general = titration
  }
}

extension DosingRules {
  /// How far and how often the dose of `drug` may be changed; nil where neither step nor interval is on record.
  ///
  /// - Parameter isSlow: Whether the slowest protocol on record is asked for instead of the label's.
  public func changes(of drug: DrugUse, for patient: Patient, isSlow: Bool = false) -> ChangeRules? {
    guard let table = drug.intrathecal?.changes else { return nil }
    return ChangeReading(table, patient, isSlow: isSlow).rules
  }
}

/// Puts the rules of change together for one patient.
private struct ChangeReading {
  private(set) var rules: ChangeRules?
  private var figures: [ChangeRules.Figure] = []
  private var findings: [Finding] = []

  init(_ table: ChangeTable, _ patient: Patient, isSlow: Bool) {
    let own = isSlow ? table.slow : table.label
    guard let step = step(table, patient, own), let days = interval(table, patient, own) else { return }
    let setting = ChangeReading.setting(patient)
    let day = TitrationRules.figure(table.general.ceilingNotBefore, drug: table.drug, setting: setting)
    if let day { rest(day.citation, "the day of the limit") }
    rules = ChangeRules(
      step: step, intervalDays: days, perWeek: own?.perWeekMax?.floor, limitNotBefore: day?.low.floor,
      figures: figures, findings: findings)
  }

  private static func setting(_ patient: Patient) -> String { patient.indication?.rawValue ?? "any" }

  private mutating func rest(_ citation: Citation, _ part: String) {
    figures.append(ChangeRules.Figure(citation: citation, part: part))
  }

  private mutating func share(_ range: CitedRange) -> ChangeRules.Step {
    rest(range.citation, "the step")
    return .share(range.high / 100)
  }

  private mutating func step(_ table: ChangeTable, _ patient: Patient, _ own: ZiconotideTitration.Rule?)
    -> ChangeRules.Step?
  {
    if let screening = table.screening { return smallest(screening, patient) }
    if let own, let unit = DoseRate.unit(named: own.unit) {
      rest(own.citation, "the step")
      return .amount(DoseRate(own.stepMax, unit))
    }
    let population = patient.indication == .cancer ? "cancer" : "noncancer"
    if let panel = table.panel.first(where: { ($0.population ?? "").hasPrefix(population) }) {
      return share(panel)
    }
    return TitrationRules.figure(
      table.general.steps, drug: table.drug, setting: ChangeReading.setting(patient)
    ).map { share($0) }
  }

  /// A patient of whom setting or age is unknown gets the smallest step of all.
  private mutating func smallest(_ screening: BaclofenScreening, _ patient: Patient) -> ChangeRules.Step? {
    let adult = ExactNumber(18)
    let age = patient.ageYears.map { $0 < adult ? "child" : "adult" }
    let setting = ChangeReading.setting(patient)
    let steps = screening.steps.filter { $0.phase == "titration" }
    let fitting = steps.filter {
      ($0.age == age || $0.age == "any") && ($0.setting == setting || $0.setting == "any")
    }
    if age == nil || patient.indication == nil {
      findings.append(
        Finding(
          DosingTopic.smallestStep, .missingField, .review, [.text(age == nil ? "age_years" : "indication")]))
    }
    let candidates = age == nil || fitting.isEmpty ? steps : fitting
    return candidates.min { $0.range.high < $1.range.high }.map { share($0.range) }
  }

  /// Whole days from one increase to the next: the longest that any source asks for.
  private mutating func interval(_ table: ChangeTable, _ patient: Patient, _ own: ZiconotideTitration.Rule?)
    -> Int?
  {
    var hours: ExactNumber? = own?.minimumIntervalHours
    for entries in [table.general.intervals, table.general.recommendedIntervals] {
      if let entry = TitrationRules.figure(entries, drug: table.drug, setting: ChangeReading.setting(patient))
      {
        hours = max(hours ?? 0, entry.high)
        rest(entry.citation, "the interval between increases")
      }
    }
    return hours.map { max(1, ($0 / 24).ceiling) }
  }
}
