import Glibc
import ThecalFormulary
import ThecalQuantities
import ThecalStatistics
import ThecalTransport

/// What the models of transport and effect say of many people who receive one dose.
///
/// Levels are linear in the dose, so each person is computed once for a unit, and any dose and the window of
/// doses follow. The interval of a share is that of drawing this many people; that the models themselves may be
/// wrong is not in it.
package struct ExposureRisk: Sendable {
  /// One person.
  struct Person: Sendable {
    /// The level that counts for the wanted effect, ng/mL per unit of dose, and the curve.
    let wanted: (level: Double, curve: SigmoidEffect)?
    /// The same after the interruption.
    let afterGap: Double?
    /// The level that counts for the toxic effect, and the one that is toxic for this person.
    let toxic: (level: Double, threshold: Double)?
  }

  /// A window of doses.
  package struct Window: Hashable, Sendable {
    /// Below it too many lack the wanted effect; above it too many have a toxic level; in the unit of the request.
    package let low: Double?, high: Double?
    /// Whether some dose is both enough and not too much.
    package var isOpen: Bool { low.flatMap { low in high.map { low <= $0 } } ?? false }
  }

  let people: [Person]
  let request: RiskRequest
  /// The wanted effect; nil where none is on record.
  package let effect: EffectModel?
  /// The toxic effect; nil where none is on record.
  package let toxic: EffectModel?
  let limits: HarmRecords.Window
  /// Number of people.
  package var count: Int { people.count }
  /// The seed.
  package var seed: UInt64 { request.seed }

  /// The people of `request`; nil where no effect is on record for the drug.
  ///
  /// - Throws: Where one of the people cannot be computed.
  init?(_ request: RiskRequest, drug: Drug, _ formulary: Formulary) throws(SimulationError) {
    effect = EffectModel(drug.kind == .antispastic ? "ashworth" : "relief", of: drug.id, in: formulary)
    toxic = EffectModel("respiratory_depression", of: drug.id, in: formulary)
    guard effect != nil || toxic != nil, let study = ExposureStudy(request, drug.id, formulary) else {
      return nil
    }
    self.request = request
    limits = formulary.harms.window
    people = try study.people(effect: effect, toxic: toxic, formulary)
  }

  /// The dose in µg (single) or µg/h (continuous).
  private var dose: Double {
    switch request.dose {
    case .single(let mass): mass.base
    case .continuous(let rate): rate.base
    }
  }

  /// The least effect that is enough: half of the pain, or the points down to the score aimed at.
  private var enough: Double {
    guard let effect else { return 0 }
    return effect.record.effect == "relief"
      ? limits.reliefPercent.value.double / 100 : effect.baseline - limits.ashworth.value.double
  }

  /// The share of people without enough effect, with its interval.
  package func inadequate(afterGap: Bool = false) -> ClosedEstimate? {
    guard effect != nil else { return nil }
    return share { person in
      guard let wanted = person.wanted, let gap = afterGap ? person.afterGap : wanted.level else {
        return false
      }
      return wanted.curve.effect(at: gap * dose) < enough
    }
  }

  /// The share of people with a toxic level, with its interval.
  package func toxicShare() -> ClosedEstimate? {
    guard toxic != nil else { return nil }
    return share { $0.toxic.map { $0.level * dose >= $0.threshold } ?? false }
  }

  private func share(_ holds: (Person) -> Bool) -> ClosedEstimate {
    let events = Double(people.count(where: holds))
    let range = BetaDistribution.jeffreys(events: events, of: Double(people.count))
    // Half an event is added on both sides: nobody of 400 is not nobody.
    return ClosedEstimate(
      value: (events + 0.5) / (Double(people.count) + 1), low: range.lowerBound, high: range.upperBound)
  }

  /// A share with its interval.
  package struct ClosedEstimate: Hashable, Sendable {
    package let value: Double, low: Double, high: Double
  }

  /// The doses at which both shares stay below their limits, in µg or µg/h.
  package var window: Window {
    let needed = people.compactMap { person in
      person.wanted.flatMap { wanted in wanted.curve.level(for: enough).map { $0 / wanted.level } }
    }.sorted()
    let toxicDoses = people.compactMap { person in person.toxic.map { $0.threshold / $0.level } }.sorted()
    return Window(
      low: quantile(needed, 1 - mostInadequate),
      high: quantile(toxicDoses, mostToxic))
  }

  /// The limits of the window, as shares.
  package var mostToxic: Double { request.mostToxic ?? limits.toxicPercent.value.double / 100 }
  /// The other one.
  package var mostInadequate: Double { request.mostInadequate ?? limits.inadequatePercent.value.double / 100 }

  private func quantile(_ sorted: [Double], _ share: Double) -> Double? {
    guard sorted.count == people.count else { return nil }
    return sorted[min(sorted.count - 1, Int(share * Double(sorted.count)))]
  }

  /// The share of people with too little and with too much at a dose, for a curve over doses.
  package func shares(at dose: Double) -> Shares {
    let n = Double(people.count)
    let few = effect.map { _ in
      Double(people.count { ($0.wanted?.curve.effect(at: ($0.wanted?.level ?? 0) * dose) ?? 0) < enough }) / n
    }
    let much = toxic.map { _ in
      Double(people.count { $0.toxic.map { $0.level * dose >= $0.threshold } ?? false }) / n
    }
    return Shares(inadequate: few, toxic: much)
  }

  /// Shares of the people, nil where no effect is on record.
  package struct Shares: Hashable, Sendable {
    /// With too little effect.
    package let inadequate: Double?
    /// With a toxic level.
    package let toxic: Double?
  }
}

/// A unit dose in many people.
struct ExposureStudy {
  private let simulation: Simulation
  private let request: RiskRequest
  private let drug: String
  private let isSingle: Bool
  private let gap: Int?

  /// Days after which an infusion has settled in nearly everybody.
  private static let settled = 10
  /// Hours after an injection by which every level has passed its peak.
  private static let single = 24

  init?(_ request: RiskRequest, _ drug: String, _ formulary: Formulary) {
    let schedule: DeliverySchedule
    let hours: Int
    switch request.dose {
    case .single:
      isSingle = true
      schedule = DeliverySchedule(rates: [], boluses: [.init(time: .zero, mass: Mass(base: 1))])
      hours = Self.single
    case .continuous:
      isSingle = false
      schedule = DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(base: 1))])
      hours = 24 * Self.settled
    }
    let input = TransportInput(
      drug: drug, tip: .level(request.tip.uppercased()), schedule: schedule, every: Time(1, .hours),
      until: Time(ExactNumber(hours), .hours), sites: [.tip, .cranial])
    guard let simulation = try? Simulation(input, formulary: formulary) else { return nil }
    self.simulation = simulation
    self.request = request
    self.drug = drug
    gap = request.interruption.map { min(hours, max(0, $0.exactValue(in: .hours).floor)) }
  }

  /// The people, in the order of their numbers.
  ///
  /// - Throws: Where one of them cannot be computed: a share must not be one of those who were easy to compute.
  func people(
    effect: EffectModel?, toxic: EffectModel?, _ formulary: Formulary
  ) throws(SimulationError) -> [ExposureRisk.Person] {
    let patients = VirtualPatients(
      around: simulation.parameters, drug: drug, seed: request.seed, in: formulary)
    var people: [ExposureRisk.Person] = []
    var batch = SimulationBatch(simulation, tolerance: Self.tolerance)
    for start in stride(from: 0, to: request.patients, by: SimulationBatch.width) {
      let indices = Array(start..<min(start + SimulationBatch.width, request.patients))
      let sets = indices.map(patients.parameters)
      try batch.run(sets.span)
      for (lane, index) in indices.enumerated() {
        let levels = (0..<2).map { site in
          simulation.times.indices.map { batch.concentration(site: site, time: $0, set: lane) }
        }
        people.append(person(index, levels, effect, toxic, patients))
      }
    }
    return people
  }

  /// An error in time that is far below what separates two people.
  private static let tolerance = 1e-5

  private func person(
    _ index: Int, _ levels: [[Double]], _ effect: EffectModel?, _ toxic: EffectModel?,
    _ patients: VirtualPatients
  ) -> ExposureRisk.Person {
    var wanted: (Double, SigmoidEffect)?
    var afterGap: Double?
    if let effect {
      let own = effect.patient(lag: patients.trait(0, of: index), sensitivity: patients.trait(1, of: index))
      let course = felt(levels[0], own.site)
      wanted = (isSingle ? course.max() ?? 0 : course.last ?? 0, own.curve)
      // After a stop a linear system falls as it rose: what is left is what has not risen yet.
      if let gap, !isSingle { afterGap = (course.last ?? 0) - course[gap] }
    }
    var above: (Double, Double)?
    if let toxic, let threshold = toxic.toxic {
      let own = toxic.patient(lag: patients.trait(2, of: index), sensitivity: patients.trait(3, of: index))
      let course = felt(levels[1], own.site)
      above = own.curve.level(for: threshold).map { ((isSingle ? course.max() : course.last) ?? 0, $0) }
    }
    return ExposureRisk.Person(wanted: wanted, afterGap: afterGap, toxic: above)
  }

  private func felt(_ levels: [Double], _ site: EffectSite) -> [Double] {
    var inside = levels
    site.apply(&inside, at: simulation.times)
    return inside
  }
}
