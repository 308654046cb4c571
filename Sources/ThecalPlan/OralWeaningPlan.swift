public import ThecalDosing
public import ThecalFormulary
import ThecalQuantities
import ThecalTitration

/// What is taken beside a pump from its start on, how it is taken back, and what to watch meanwhile.
///
/// A start counts on the regimen stopping, but for what is stated to go on. So a medicine that the pump's drug replaces stops when the
/// pump starts; the share of it that goes on is taken back by a published schedule; every other medicine goes on. What the request
/// itself says of a medicine comes first, and is held against what the start counts on.
public struct OralWeaningPlan: Sendable {
  /// What is taken from the start of the pump on.
  public let courses: [MedicineCourse]
  /// The schedule behind a course, in the order of the courses; nil where the request states it, or nothing changes.
  public let schedules: [OralWeaning?]
  /// Medicines that stop when the pump starts.
  public let stopped: [Medicine]
  /// All of them over time, in the order of the request: the level of what stops falls from the start on.
  let axis: [MedicineCourse]
  /// What may be taken when pain breaks through, at most this often.
  public let breakthrough: [Medicine]
  /// What to watch for while medicines are taken back or stopped.
  public let watch: [Statement]
  /// What panels and series say.
  public let advice: [Statement]
  /// What was found.
  public let findings: [Finding]

  /// The plan beside the pump of `request`.
  public init(_ request: PatientPlanRequest, _ rules: DosingRules = .standard) {
    var draft = Draft(request, rules)
    for course in request.timeline.medicines { draft.take(course) }
    draft.count(request.breakthrough)
    (courses, schedules, stopped) = (draft.courses, draft.schedules, draft.stopped)
    axis = draft.axis
    breakthrough = request.breakthrough
    let changing =
      draft.stopped
      + zip(draft.courses, draft.schedules).filter { $0.weaning != nil || $1 != nil }
      .map(\.0.medicine)
    watch = rules.weaningWatch(of: changing)
    advice = rules.drug(named: request.titration.drug).map { rules.weaningAdvice(beside: $0) } ?? []
    findings = draft.findings
  }
}

/// Decides for one medicine after another.
private struct Draft {
  private let rules: DosingRules
  private let patient: Patient
  private let replaced: DrugUse?
  /// The share of the opioids that goes on beside the pump.
  private let share: ExactNumber
  private(set) var courses: [MedicineCourse] = []
  private(set) var schedules: [OralWeaning?] = []
  private(set) var stopped: [Medicine] = []
  private(set) var axis: [MedicineCourse] = []
  private(set) var findings: [Finding] = []

  init(_ request: PatientPlanRequest, _ rules: DosingRules) {
    self.rules = rules
    patient = request.titration.patient
    replaced = rules.drug(named: request.titration.drug)
    let opioids = request.timeline.medicines.map(\.medicine).filter { rules.drug($0.drug)?.isOpioid ?? false }
    let residual = patient.residualEquivalent ?? .zero
    let total = rules.equivalents(of: opioids).total
    share = total.map { $0 > .zero ? min(residual / $0, 1) : .zero } ?? .zero
  }

  /// Whether the drug of the pump is given in place of `medicine`.
  private func isReplaced(_ medicine: Medicine) -> Bool {
    guard let replaced else { return false }
    return replaced.isOpioid ? rules.drug(medicine.drug)?.isOpioid ?? false : medicine.drug == replaced.id
  }

  private func add(_ topic: PlanTopic, _ medicine: Medicine, _ more: [Evidence] = [], citing: [Citation] = [])
    -> Finding
  {
    Finding(topic, nil, .note, [.drug(medicine.drug), .text(medicine.route.rawValue)] + more, citing: citing)
  }

  private mutating func go(_ course: MedicineCourse, by schedule: OralWeaning?) {
    courses.append(course)
    schedules.append(schedule)
    axis.append(course)
  }

  mutating func take(_ course: MedicineCourse) {
    let medicine = course.medicine
    guard course.weaning == nil, course.end == nil, isReplaced(medicine) else {
      go(course, by: nil)
      if course.weaning == nil, course.end == nil { findings.append(add(.goesOn, medicine)) }
      return
    }
    let isOpioid = replaced?.isOpioid ?? false
    guard !isOpioid || share > .zero else {
      stopped.append(medicine)
      axis.append(
        MedicineCourse(
          medicine, before: course.before, from: course.start, until: course.start, person: course.person))
      return findings.append(add(.stopsAtStart, medicine))
    }
    guard let schedule = rules.oralWeaning(of: medicine, for: patient) else {
      go(course, by: nil)
      return findings.append(add(.goesOn, medicine))
    }
    go(
      MedicineCourse(
        isOpioid ? medicine.scaled(by: share) : medicine, before: course.before, from: course.start,
        weaning: .init(
          by: schedule.share.value, every: schedule.interval, from: course.start + schedule.interval),
        person: course.person), by: schedule)
    findings.append(
      add(
        .takenBack, medicine,
        [
          .share(Ratio(schedule.share.value, .one)), .time(schedule.interval),
          .text(schedule.share.population ?? ""),
        ],
        citing: [schedule.share.citation]))
  }

  /// Holds what goes on at the start against what the start counts on.
  mutating func count(_ breakthrough: [Medicine]) {
    guard replaced?.isOpioid ?? false else { return }
    for medicine in breakthrough {
      let most = rules.equivalents(of: [medicine]).total
      findings.append(
        add(.breakthrough, medicine, [most.map { .amount($0, DailyAmount.perDay) } ?? .text("?")]))
    }
    if breakthrough.isEmpty { findings.append(Finding(PlanTopic.noBreakthrough)) }
    let atStart = courses.compactMap { $0.stages(until: Time(1, .hours)).first?.medicine }
    let opioids = (atStart + breakthrough).filter { rules.drug($0.drug)?.isOpioid ?? false }
    guard let goesOn = rules.equivalents(of: opioids).total else { return }
    let stated = patient.residualEquivalent ?? .zero
    // A thousandth is what rounding of the shares may leave.
    if goesOn > stated + ExactNumber(1, over: 1_000) {
      findings.append(
        Finding(
          PlanTopic.moreGoesOn, .residualOpioid, .review,
          [.amount(goesOn, DailyAmount.perDay), .amount(stated, DailyAmount.perDay)]))
    }
  }
}
