import Testing
import ThecalBatch
import ThecalDosing
import ThecalIntake
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import _ThecalTestSupport
import ThecalStudy

@testable import ThecalReports

/// Files as users write them, and what becomes of them: each is computed once for all tests.
enum Sample {
  /// Plans of a dose over time: titrations, trials, one that is refused.
  static let plans: [(name: String, yaml: String)] = [
    (
      "baclofen",
      """
      drug: baclofen
      indication: spasticity_spinal
      age_years: 40
      screening: {bolus: 50 mcg, effect: 6 h}
      target: {dose: 300 mcg/day}
      pump: SynchroMed II
      concentration: 500 mcg/mL
      first_day: 2026-02-26
      days: 10
      """
    ),
    ("morphine", "drug: morphine\nopioid_tolerant: yes\ntarget: {dose: 1 mg/day}\ndays: 40\n"),
    (
      "ziconotide",
      "drug: ziconotide\nindication: noncancer\npsychosis_history: no\ntarget: {dose: 4.8 mcg/day}\ndays: 30\n"
    ),
    ("refused", "drug: baclofen\ntarget: {dose: 300 mcg/day}\n"),
    (
      "observed",
      """
      drug: baclofen
      indication: spasticity_spinal
      age_years: 40
      screening: {bolus: 50 mcg, effect: 6 h}
      target: {dose: 300 mcg/day}
      baseline: 3.5
      observations:
        - {day: 1, dose: 100 mcg/day, ashworth: 3}
        - {day: 3, dose: 120 mcg/day, ashworth: 2.5}
      days: 10
      """
    ),
    ("injection", injection), ("infusion", infusion), ("screening", screening),
  ]

  private static let injection = """
    drug: morphine
    indication: noncancer
    opioid_tolerant: no
    monitored: yes
    trial: single
    screening: {bolus: 0.2 mg}
    population: {samples: 40, seed: 3}
    """
  private static let infusion = """
    drug: morphine
    indication: noncancer
    opioid_tolerant: yes
    monitored: yes
    catheter: {tip: L1}
    segment: T11
    ceiling: 0.5 mg/day
    population: {samples: 24, seed: 2}
    trial: {method: continuous, step: 0.1 mg/day}
    """
  private static let screening = """
    drug: baclofen
    indication: spasticity_spinal
    age_years: 45
    monitored: yes
    catheter: {tip: L3}
    segment: T12
    baseline: 3.3
    population: {samples: 24, seed: 2}
    trial: {method: multiple, result: {bolus: 50 mcg, ashworth_drop: 1.5, effect: 6 h}}
    """

  private static let reports: [String: any DoseReport] = Dictionary(
    uniqueKeysWithValues: plans.compactMap { plan in (try? report(yaml: plan.yaml)).map { (plan.name, $0) } })

  /// What the plan called `name` comes to.
  static func report(_ name: String) throws -> any DoseReport { try #require(reports[name], "\(name)") }

  /// What a plan comes to.
  static func report(yaml: String) throws -> any DoseReport {
    try TitrationFile(yaml: yaml, named: "plan.yaml", NamedTexts([:])).course().report
  }

  static func titration(_ name: String) throws -> TitrationReport {
    try #require(report(name) as? TitrationReport)
  }

  static func trial(_ name: String) throws -> TrialReport { try #require(report(name) as? TrialReport) }

  /// One patient converted; facts by the names of a clinic's columns.
  static func conversion(_ medications: String..., facts: [String: String] = ["opioid_days": "30"]) throws
    -> ReportRow
  {
    let made = try BatchRun(BatchOptions(), engine: "test").convert(
      InlinePatient(medications: medications, facts: facts))
    return try #require(made.rows.first)
  }

  /// Conversions of every status, by a name.
  static let conversions: [(name: String, row: ReportRow)] = [
    ("morphine", "morphine oral 60 mg bid", [:]), ("oxycodone", "oxycodone oral 20 mg q6h", [:]),
    ("patch", "fentanyl transdermal 50 mcg/h q72h", ["age_years": "80"]),
    ("hydromorphone", "morphine oral 60 mg bid", ["target_drug": "hydromorphone"]),
    ("baclofen", "baclofen oral 20 mg tid", ["screening_bolus": "50 mcg", "screening_effect": "6 h"]),
    ("unscreened", "baclofen oral 20 mg tid", [:]), ("methadone", "methadone oral 20 mg tid", [:]),
    ("unread", "morphine oral 1O mg bid", [:]),
    ("ziconotide", "morphine oral 30 mg bid", ["target_drug": "ziconotide"]),
    ("back", "morphine intrathecal 1 mg/day", ["target_route": "oral"]),
  ].compactMap { name, words, facts in
    (try? conversion(words, facts: facts.merging(["opioid_days": "30"]) { own, _ in own })).map { (name, $0) }
  }

  static func conversion(named name: String) throws -> ReportRow {
    try #require(conversions.first { $0.name == name }?.row, "\(name)")
  }

  /// A batch of `lines` below the usual header, with its results and the page of them.
  static func batch(_ lines: String...) throws -> (summary: BatchSummary, rows: [ReportRow]) {
    let folder = Folder()
    let collector = ReportCollector()
    var run = BatchRun(BatchOptions(), engine: "test")
    run.visitor = { collector.add($0) }
    let header = "patient_id,drug,route,dose,unit,frequency,target_drug,opioid_days"
    let input = folder.write("in.csv", ([header] + lines).joined(separator: "\n") + "\n")
    return (try run.convert(input: input, output: folder.file("out.csv")), collector.rows)
  }

  /// The table of an export.
  static func table(_ export: [UInt8], asJSON: Bool = false) throws -> IntakeTable {
    try IntakeTable(asJSON: asJSON) { each throws(IntakeProblem) in
      try IntakeRun().read(bytes: export, name: "x", each: each)
    }
  }

  /// The page of an export.
  static func intakePage(_ export: String, engine: String) throws -> String {
    let page = IntakePage(engine: engine)
    let summary = try IntakeRun().read(bytes: Array(export.utf8), name: "x") { page.add($0) }
    return try page.html(summary)
  }

  /// A quantity as it is written.
  static func q<D>(_ text: String) throws -> Quantity<D> { try Quantity<D>(reading: text) }

  static func device(_ name: String = PumpDevice.usual) throws -> PumpDevice {
    try #require(PumpDevice(named: name))
  }

  /// A refill of 40 mL of morphine 10 mg/mL on 2026-01-01 with an alarm at 2 mL.
  static func refill(
    _ dose: String = "4 mg/day", drug: String? = "morphine", device: String = PumpDevice.usual
  )
    throws -> RefillPlan
  {
    var request = RefillPlan.Request(
      device: try Self.device(device), fill: try q("40 mL"), concentration: try q("10 mg/mL"),
      dose: try q(dose), date: try CalendarDate(reading: "2026-01-01"))
    request.alarm = try q("2 mL")
    request.drug = drug.map { PumpDrug(named: $0) }
    return RefillPlan(request)
  }

  static func plan(_ yaml: String) throws -> PlanReport {
    PlanReport(try PlanJob(yaml: yaml, named: "p", engine: "test", wording: ClinicalWording()))
  }

  /// A plan with a path, and one that is refused: methadone is never converted.
  static let wholePlan = try? plan(
    WrittenFile.patient(more: "path: {length: 60 cm, per_length: 0.0022 mL/cm}"))
  static let refusedPlan = try? plan(WrittenFile.patient(medications: "[methadone oral 20 mg tid]"))

  /// The risks of a dose, by few virtual people.
  static func risk(
    _ request: RiskRequest, tolerance: RiskRequest.Tolerance = .unknown
  ) throws -> RiskReport {
    var request = request
    (request.tolerance, request.patients) = (tolerance, 24)
    return RiskReport(try #require(try RiskJob(request)))
  }

  /// Risks of injections and infusions, and of a dose that is refused.
  static let risks: [(name: String, report: RiskReport)] = {
    func infusion(_ drug: String, _ rate: DoseRate) -> RiskRequest {
      RiskRequest(drug: drug, dose: .continuous(rate))
    }
    let asked: [(name: String, request: RiskRequest, tolerance: RiskRequest.Tolerance)] = [
      ("injection", RiskRequest(drug: "morphine", dose: .single(Mass(0.3, .milligrams))), .naive),
      ("infusion", infusion("morphine", DoseRate(1, .milligramsPerDay)), .tolerant),
      ("baclofen", infusion("baclofen", DoseRate(200, .microgramsPerDay)), .unknown),
      ("clonidine", infusion("clonidine", DoseRate(100, .microgramsPerDay)), .unknown),
      ("refused", infusion("baclofen", DoseRate(400, .milligramsPerDay)), .unknown),
    ]
    return asked.compactMap { name, request, tolerance in
      (try? risk(request, tolerance: tolerance)).map { (name, $0) }
    }
  }()

  static func risk(named name: String) throws -> RiskReport {
    try #require(risks.first { $0.name == name }?.report, "\(name)")
  }

  /// Fourteen scores of eight days, one of them without an entry: mornings 6 down to 1, evenings 2 above them.
  static let diary = """
    Date,Time,Pain,Dose,Side effect
    2026-01-01,08:00,6,0.2 mg/day,
    2026-01-01,20:00,8,,itch
    2026-01-02,08:00,5,,
    2026-01-02,20:00,7,,
    2026-01-04,08:00,4,0.4 mg/day,
    2026-01-04,20:00,6,,itch
    2026-01-05,08:00,3,,
    2026-01-05,20:00,5,,
    2026-01-06,08:00,2,,
    2026-01-06,20:00,4,,
    2026-01-07,08:00,1,,
    2026-01-07,20:00,3,,
    2026-01-08,08:00,1,,
    2026-01-08,20:00,3,,

    """

  static func diary(_ text: String = diary, baseline: DiarySummary.Baseline? = .score(8)) throws
    -> DiarySummary
  {
    let folder = Folder()
    return try DiarySummary(path: folder.write("d.csv", text), baseline: baseline)
  }

  /// Morphine at T10 over four days, with a new rate after two.
  static let simulation = """
    drug: morphine
    catheter: {tip: T10}
    program: [{at: 0 h, bolus: 0.1 mg}, {at: 0 h, rate: 0.4 mg/day}, {at: 48 h, rate: 0.5 mg/day}]
    cells: 60
    output: {every: 12 h, until: 4 day, at: [tip, L4, cranial]}
    """

  static func simulation(_ yaml: String = simulation, isSteady: Bool = false) throws -> SimulationJob {
    try SimulationJob(yaml: yaml, named: "s.yaml", isSteady: isSteady)
  }

  /// Morphine by mouth, taken back by half on day 1 and on day 3, beside a pump.
  static let timeline = """
    drug: morphine
    program: [{at: 0 h, rate: 0.4 mg/day}, {at: 48 h, rate: 0.5 mg/day}]
    medications: [{take: morphine oral 60 mg bid, wean: {by: 50 %, every: 2 day, from: 1 day}}]
    cells: 60
    output: {every: 12 h, until: 4 day, at: [tip, plasma]}
    """
}
