public import ThecalConversion
public import ThecalDosing
import ThecalFormulary
public import ThecalPump
public import ThecalQuantities
package import ThecalResponse
public import ThecalTitration
public import ThecalTransport

/// One patient from regimen to refill: the answers of the other rooms side by side, each as its own command gives it.
///
/// Nothing is computed here that another room computes: a plan asks them in order, hands the dose of one to the next, and stops
/// where one of them refuses.
public struct PatientPlan: Sendable {
  /// What was asked.
  public let request: PatientPlanRequest
  /// From the regimen to a start.
  public let conversion: Conversion
  /// The trial before the pump; nil where none is planned, or the conversion is refused.
  package private(set) var trial: Trial?
  /// The programme that follows from the trial's result; nil where none is stated.
  package private(set) var match: TrialMatch?
  /// The doses from the first day on; nil where the conversion is refused.
  public private(set) var titration: TitrationPlan?
  /// How the filling is made.
  public let compounding: CompoundingSheet
  /// What fills the path; nil where the path is not stated.
  public private(set) var priming: PrimingBolus?
  /// The first refill at the highest dose of the schedule, which is never late; nil where there is no schedule.
  public private(set) var refill: RefillPlan?
  /// The same at the first dose, whose flow is the lowest; nil where there is no schedule.
  public private(set) var refillAtStart: RefillPlan?
  /// What is taken beside the pump, and how it is taken back.
  public let weaning: OralWeaningPlan
  /// Everything on one axis of time; nil where there is no schedule.
  public private(set) var timeline: Timeline?
  /// The risks of the first dose; nil where there is none.
  package private(set) var risk: RiskAssessment?
  /// What to do when too much or nothing arrives; nil for an unknown drug.
  public let emergency: EmergencyRules?
  /// What was found on the way, beside what the parts found.
  public private(set) var findings: Findings

  /// The plan for `request`.
  ///
  /// - Parameter conversion: The conversion of the same patient, where it has been made; else it is made here.
  /// - Throws: `InputProblem` where the request names a drug or a place that is not known.
  public init(_ request: PatientPlanRequest, conversion: Conversion? = nil) throws(InputProblem) {
    let (rules, filling, wanted) = (DosingRules.standard, request.filling, request.titration)
    let drug = PumpDrug(named: wanted.drug)
    self.request = request
    let conversion = conversion ?? Self.conversion(of: wanted)
    self.conversion = conversion
    weaning = OralWeaningPlan(request, rules)
    emergency = drug.use.map { rules.emergency(of: $0) }
    findings = Findings(weaning.findings)
    let part = Admixture.Part(drug, filling.concentration, unit: filling.unit)
    compounding = CompoundingSheet(
      [.init(part, from: filling.stock, vial: filling.vial ?? drug.vial(of: filling.stock))],
      making: .init(filling: filling.volume, overfill: filling.overfill, sample: filling.sample),
      device: filling.device)
    guard conversion.status.allowsDoses else { return }
    if wanted.trial != nil {
      trial = try Trial(wanted)
      match = try TrialMatch(wanted)
    }
    var daily = wanted
    daily.trial = nil
    let titration = try TitrationPlan(daily)
    self.titration = titration
    if filling.path == nil { findings.add(Finding(PlanTopic.noPath)) }
    guard let first = titration.start, let highest = titration.days.map(\.dose).max() else { return }
    priming = filling.path.map { path in
      PrimingBolus(
        .prime, path: path, concentration: filling.concentration, unit: filling.unit, daily: first, drug: drug
      )
    }
    refillAtStart = RefillPlan(Self.refill(filling, first, drug))
    refill = RefillPlan(Self.refill(filling, highest, drug))
    findings.add(Finding(PlanTopic.refillAtHighest, nil, .note, [.dose(highest, titration.unit)]))
    var axis = request.timeline
    axis.medicines = weaning.axis
    timeline = try Timeline(axis, following: titration)
    do throws(SimulationError) {
      risk = try RiskAssessment(Self.risk(wanted, first, conversion, filling))
    } catch {
      throw InputProblem(.whole, "\(error)")
    }
  }

  private static func conversion(of wanted: TitrationRequest) -> Conversion {
    guard let converter = try? Converter() else { preconditionFailure("the data carries its usual tables") }
    let target = DosingRules.standard.drug(named: wanted.drug)?.id ?? wanted.drug
    return converter.convert(
      ConversionRequest(medicines: wanted.medicines, target: target, patient: wanted.patient),
      explaining: true)
  }

  private static func refill(
    _ filling: PatientPlanRequest.Filling, _ dose: DoseRate, _ drug: PumpDrug
  ) -> RefillPlan.Request {
    var request = RefillPlan.Request(
      device: filling.device, fill: filling.volume, concentration: filling.concentration, dose: dose,
      date: filling.date)
    (request.unit, request.alarm, request.drug) = (filling.unit, filling.alarm, drug)
    (request.isFirstFilling, request.longestInterval) = (true, filling.longestInterval)
    return request
  }

  private static func risk(
    _ wanted: TitrationRequest, _ dose: DoseRate, _ conversion: Conversion,
    _ filling: PatientPlanRequest.Filling
  ) -> RiskRequest {
    var request = RiskRequest(drug: wanted.drug, dose: .continuous(dose))
    let patient = wanted.patient
    request.tolerance =
      switch conversion.opioidClass {
      case .tolerant: .tolerant
      case .notTolerant: .naive
      case .unknown, nil: .unknown
      }
    request.residualMorphine = patient.residualEquivalent.map { DoseRate($0, .milligramsPerDay) }
    let facts = [
      ("cns_depressants", patient.cnsDepressants), ("sleep_apnea", patient.sleepApnea),
      ("frail", patient.frail),
    ]
    request.facts = Set(facts.filter { $0.1 == true }.map(\.0))
    request.age_years = patient.ageYears?.double
    request.concentration = filling.concentration
    if case .level(let name) = wanted.tip { request.tip = name }
    return request
  }
}

extension PatientPlan {
  /// The status of every part that was asked.
  private var statuses: [Status] {
    [conversion.status, compounding.outcome.status, findings.status]
      + [trial?.findings.status, match?.findings.status, titration?.findings.status].compactMap(\.self)
      + [priming?.outcome.status, refill?.outcome.status, refillAtStart?.outcome.status].compactMap(\.self)
      + [timeline?.findings.status, risk?.findings.status].compactMap(\.self)
  }

  /// The gravest of the parts and of what was found on the way.
  public var status: Status { statuses.max() ?? .ok }

  /// Whether no dose may come out.
  public var isRefused: Bool { !status.allowsDoses }

  /// The dose of the first day; nil where refused.
  public var start: DoseRate? { isRefused ? nil : titration?.start }

  /// The most on any day; nil where refused.
  public var limit: DoseRate? { isRefused ? nil : conversion.limit }

  /// The last day on which to refill; nil where refused.
  public var refillBy: CalendarDate? {
    isRefused ? nil : [refill?.refillBy, refillAtStart?.refillBy].compactMap(\.self).min()
  }
}
