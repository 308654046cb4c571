public import ThecalDosing
import ThecalFormulary
import ThecalKinetics
import ThecalQuantities
public import ThecalTransport

/// What a timeline shows: what the pump gives and what is taken beside it.
public struct TimelineRequest: Hashable, Sendable {
  /// The pump, the person, and what is to be shown of the CSF. What it names as systemic is added to the medicines.
  public var input: TransportInput
  /// What is taken beside the pump.
  public var medicines: [MedicineCourse]
  /// What could not be read of them: a timeline with any of these leaves no levels.
  public var problems: [Finding]

  /// A pump with medicines beside it.
  public init(input: TransportInput, medicines: [MedicineCourse], problems: [Finding] = []) {
    self.input = input
    self.medicines = medicines
    self.problems = problems
  }
}

/// Oral, transdermal, intravenous and intrathecal drug on one axis of time: what is given, what stands in plasma, and
/// what reaches the CSF.
public struct Timeline: Sendable {
  /// The drug of the pump.
  public let drug: String
  /// Times of the rows, h.
  public let times_h: [Double]
  /// What is taken beside the pump, as oral morphine, mg/day; nil where a medicine has no factor.
  public let oralMorphine_mg_per_day: [Double?]
  /// What the pump gives by its rate, mg/day.
  public let intrathecal_mg_per_day: [Double]
  /// Levels of the pump's drug, ng/mL: at the sites asked for, in the order of `siteNames`.
  public let levels: SimulationResult
  /// Levels in plasma of the other drugs, ng/mL, by the name of the drug, in its order.
  public let plasma: [(drug: String, levels_ng_per_mL: [Double])]
  /// When the amount of a medicine changes.
  public let changes: [(day: Double, medicine: Medicine)]
  /// What the rules found: a dose that is refused leaves no levels.
  public let findings: Findings
  /// What a reader should know beside them; what the levels say for themselves is in `levels.remarks`.
  public let remarks: [Finding]

  /// The timeline that `request` describes.
  ///
  /// - Throws: `InputProblem` where drug or places are unknown; what the rules refuse is a finding instead.
  public init(_ request: TimelineRequest, rules: DosingRules = .standard) throws(InputProblem) {
    var request = request
    let horizon = request.input.until
    let known = rules.drug(named: request.input.drug)?.id ?? request.input.drug
    let findings = Self.findings(request, of: known, rules)
    var others: [String: [SystemicDosing]] = [:]
    var remarks: [Finding] = []
    for course in request.medicines where course.hasLevels(until: horizon) {
      let records = course.records(until: horizon)
      guard let person = course.person, !records.isEmpty else {
        if course.person == nil {
          remarks.append(
            Finding(
              PlanTopic.noModel, nil, .note,
              [.text(course.medicine.drug), .text(course.medicine.route.rawValue)]))
        }
        continue
      }
      let dosing = SystemicDosing(person: person, records: records)
      if course.medicine.drug == known {
        request.input.systemic.append(dosing)
      } else {
        others[course.medicine.drug, default: []].append(dosing)
      }
    }
    let simulation = try Simulation(request.input)
    do throws(SimulationError) { levels = try simulation.run() } catch {
      throw InputProblem(.whole, "\(error)")
    }
    drug = simulation.drug
    let times = levels.times_h
    times_h = times
    let sampled = Self.equivalents(request.medicines, until: horizon, at: times, rules)
    oralMorphine_mg_per_day = sampled
    if sampled.contains(where: { $0 == nil }) {
      remarks.append(Finding(PlanTopic.noFactor, nil, .note, [.text(rules.equivalentTable)]))
    }
    intrathecal_mg_per_day = Self.rates(request.input.schedule, at: times)
    plasma = try Self.plasma(others, at: times)
    changes = request.medicines.flatMap { course in
      course.stages(until: horizon).map { ($0.start.value(in: .days), $0.medicine) }
    }.sorted { $0.0 < $1.0 }.map { (day: $0.0, medicine: $0.1) }
    self.findings = findings
    self.remarks = remarks
  }

  /// What the rules say of every dose.
  private static func findings(_ request: TimelineRequest, of drug: String, _ rules: DosingRules) -> Findings
  {
    var findings = Findings(request.problems)
    for rate in request.input.schedule.rates where rate.rate > .zero {
      findings.add(rules.check(rate.rate, of: drug))
    }
    for bolus in request.input.schedule.boluses {
      findings.add(rules.check(bolus: bolus.mass, of: drug))
    }
    for course in request.medicines { findings.add(rules.check(course.medicine)) }
    return findings
  }

  /// What is taken at each time, as oral morphine. Medicines that are no opioids count nothing.
  private static func equivalents(
    _ courses: [MedicineCourse], until horizon: Time, at times: [Double], _ rules: DosingRules
  ) -> [Double?] {
    let opioids = courses.filter { rules.drug($0.medicine.drug)?.isOpioid ?? false }
    // What goes on goes on at the last row too.
    let stages = opioids.map { $0.stages(until: horizon + Time(1, .hours)) }
    var values = Array(repeating: Double?.some(0), count: times.count)
    var (before, last): ([Medicine], Double?) = ([], 0)
    for (row, time) in times.enumerated() {
      let taken = stages.compactMap { list in
        list.first { $0.start.base <= time && time < $0.end.base }?.medicine
      }
      if taken != before { (before, last) = (taken, rules.equivalents(of: taken).total?.double) }
      values[row] = last
    }
    return values
  }

  private static func rates(_ schedule: DeliverySchedule, at times: [Double]) -> [Double] {
    times.map { time in
      schedule.rates.last { $0.start.base <= time }?.rate.value(in: .milligramsPerDay) ?? 0
    }
  }

  private static func plasma(
    _ others: [String: [SystemicDosing]], at times: [Double]
  ) throws(InputProblem) -> [(drug: String, levels_ng_per_mL: [Double])] {
    var columns: [(drug: String, levels_ng_per_mL: [Double])] = []
    for (drug, dosings) in others.sorted(by: { $0.key < $1.key }) {
      var sum = Array(repeating: 0.0, count: times.count)
      do throws(DosingError) {
        for dosing in dosings {
          for (row, level) in try dosing.levels(at: times).enumerated() { sum[row] += 1_000 * level }
        }
      } catch {
        throw InputProblem(.whole, "\(drug): a dose cannot be followed")
      }
      guard sum.allSatisfy(\.isFinite) else {
        throw InputProblem(.whole, "\(drug): a level in plasma is no number: its dose is too extreme")
      }
      columns.append((drug, sum))
    }
    return columns
  }
}
