import Glibc
import ThecalFormulary
import ThecalQuantities
import ThecalTransport

/// What a unit of dose does in one person: ng/mL per µg given once, or per µg/h.
struct UnitExposure: Hashable, Sendable {
  /// At the site of the wanted effect: the largest level after an injection, the settled one of an infusion.
  var wanted: Double?
  /// The settled level less what is gone at the end of the gap.
  var afterGap: Double?
  /// Hours in which the settled level falls to a tenth.
  var fall: Double?
  /// At the site of the feared effect, as `wanted`.
  var toxic: Double?
  /// The feared level of an infusion from its start, every `UnitStudy.step` hours.
  var rise: [Double] = []
  /// What a moderator has seen of it by then, for each half-life of tolerance.
  var moderated: [[Double]] = []
}

/// A unit dose in many people.
struct UnitStudy {
  private let simulation: Simulation
  private let isSingle: Bool
  private let gap: Int?
  private let patients: VirtualPatients
  private let effect: EffectModel?
  private let toxic: EffectModel?

  /// Days after which an infusion has settled in nearly everybody.
  private static let settled = 10
  /// Hours after an injection by which every level has passed its peak.
  private static let single = 24
  /// Hours between two points of a course of risk.
  static let step = 6
  /// What is left when a level has fallen.
  private static let fallen = 0.1

  /// A study of `drug` at the catheter tip `tip`; nil where its transport is not known.
  init?(
    drug: String, isSingle: Bool, tip: String, gap: Time?, seed: UInt64, effect: EffectModel?,
    toxic: EffectModel?,
    _ formulary: Formulary
  ) {
    let hours = isSingle ? Self.single : 24 * Self.settled
    let schedule =
      isSingle
      ? DeliverySchedule(rates: [], boluses: [.init(time: .zero, mass: Mass(base: 1))])
      : DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(base: 1))])
    let input = TransportInput(
      drug: drug, tip: .level(tip.uppercased()), schedule: schedule, every: Time(1, .hours),
      until: Time(ExactNumber(hours), .hours), sites: [.tip, .cranial])
    guard let simulation = try? Simulation(input, formulary: formulary) else { return nil }
    self.simulation = simulation
    self.isSingle = isSingle
    self.gap = gap.map { min(hours, max(0, $0.exactValue(in: .hours).floor)) }
    self.effect = effect
    self.toxic = toxic
    patients = VirtualPatients(around: simulation.parameters, drug: drug, seed: seed, in: formulary)
  }

  /// The first `count` people, in the order of their numbers.
  ///
  /// - Throws: Where one of them cannot be computed: a share must not be one of those who were easy to compute.
  func people(_ count: Int) throws(SimulationError) -> [UnitExposure] {
    var people: [UnitExposure] = []
    var batch = SimulationBatch(simulation, tolerance: Self.tolerance)
    for start in stride(from: 0, to: count, by: SimulationBatch.width) {
      let indices = Array(start..<min(start + SimulationBatch.width, count))
      let sets = indices.map(patients.parameters)
      try batch.run(sets.span)
      for (lane, index) in indices.enumerated() {
        let levels = (0..<2).map { site in
          simulation.times.indices.map { batch.concentration(site: site, time: $0, set: lane) }
        }
        people.append(person(index, levels))
      }
    }
    return people
  }

  /// An error in time that is far below what separates two people.
  private static let tolerance = 1e-5

  private func person(_ index: Int, _ levels: [[Double]]) -> UnitExposure {
    var person = UnitExposure()
    if let effect {
      let course = felt(levels[0], effect.patient(lag: patients.trait(0, of: index), sensitivity: 0.5).site)
      let top = course.last ?? 0
      person.wanted = isSingle ? course.max() ?? 0 : top
      if !isSingle {
        // After a stop a linear system falls as it rose: what is left is what has not risen yet.
        if let gap { person.afterGap = top - course[gap] }
        person.fall = course.firstIndex { $0 >= (1 - Self.fallen) * top }.map { simulation.times[$0] }
      }
    }
    if let toxic {
      let course = felt(levels[1], toxic.patient(lag: patients.trait(2, of: index), sensitivity: 0.5).site)
      person.toxic = isSingle ? course.max() : course.last
      if !isSingle {
        person.rise = thinned(course)
        person.moderated = toxic.moderators.map { thinned(felt(course, $0)) }
      }
    }
    return person
  }

  private func thinned(_ course: [Double]) -> [Double] {
    stride(from: 0, to: course.count, by: Self.step).map { course[$0] }
  }

  private func felt(_ levels: [Double], _ site: EffectSite) -> [Double] {
    var inside = levels
    site.apply(&inside, at: simulation.times)
    return inside
  }
}

extension EffectFits.Exposure {
  /// The spread of `levels`, of which those at zero are passed over.
  init(of levels: [Double]) {
    let logs = levels.filter { $0 > 0 }.map { log($0) }
    precondition(logs.count > 1)
    let mean = logs.reduce(0, +) / Double(logs.count)
    let variance = logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count - 1)
    self.init(meanLog: mean, sdLog: variance.squareRoot())
  }
}
