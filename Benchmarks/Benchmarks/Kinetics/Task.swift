import BenchmarkSupport
import CKineticsPeers
import ThecalKinetics

/// The work that is measured.
final class Task {
  static let people = 10_000
  static let times = 169
  private let compartments: Int
  private let persons: [KineticParameters]
  private let rows: [Double]
  private var batch: KineticsBatch
  private var levels = [Double](repeating: 0, count: times * KineticsBatch.width)

  init(compartments: Int) throws {
    self.compartments = compartments
    guard let model = KineticModel(named: "oral\(compartments)") else { throw NoModel() }
    var dose = DosingRecord.dose(100, at: 0)
    dose.interval_h = 12
    dose.additional = 13
    // The dose comes before the reading of its time.
    let records = [dose] + (0..<Self.times).map { .observation(at: Double($0)) }
    batch = KineticsBatch(try DosingPlan(records, model: model), amounts: false)
    let names: [KineticParameter] = compartments == 1 ? [.CL, .V, .KA] : [.CL, .V, .KA, .Q, .V2]
    let low: [KineticParameter: Double] = [.CL: 5, .V: 40, .KA: 0.5, .Q: 3, .V2: 80]
    let persons = try (0..<Self.people).map { k in
      // Spread evenly, each parameter at a pace of its own.
      var values: [KineticParameter: Double] = [:]
      for (place, name) in names.enumerated() {
        let share = (Double(k) * [0.618, 0.414, 0.732, 0.236, 0.303][place]).truncatingRemainder(
          dividingBy: 1)
        values[name] = low[name, default: 1] * (1 + share)
      }
      return try KineticParameters(model, values)
    }
    self.persons = persons
    let width = KineticsBatch.width
    rows = stride(from: 0, to: Self.people, by: width).flatMap { first in
      names.flatMap { name in (first..<(first + width)).map { persons[$0][name] } }
    }
  }

  private struct NoModel: Error {}

  private func peer(group: Int) {
    let width = KineticsBatch.width
    let size = rows.count / (Self.people / width)
    rows.withUnsafeBufferPointer { rows in
      guard let start = rows.baseAddress else { return }
      if compartments == 1 {
        peer_oral1(1, start + group * size, 100, 14, 12, Int32(Self.times), &levels)
      } else {
        peer_oral2(1, start + group * size, 100, 14, 12, Int32(Self.times), &levels)
      }
    }
  }

  private func own(group: Int) {
    let (width, all) = (KineticsBatch.width, persons)
    batch.run(all.span.extracting((group * width)..<(group * width + width)))
  }

  /// Seconds per person of the closed form in C and of a plan.
  func seconds() -> (peer: Double, own: Double) {
    let groups = 0..<(Self.people / KineticsBatch.width)
    let (peer, own) = shortest(
      400, { groups.forEach(self.peer(group:)) }, { groups.forEach(self.own(group:)) })
    return (peer / Double(Self.people), own / Double(Self.people))
  }

  /// The largest difference between the two, relative to the level, over a hundred groups.
  func difference() -> Double {
    var worst = 0.0
    for group in 0..<100 {
      peer(group: group)
      own(group: group)
      for reading in 1..<Self.times {
        for place in 0..<KineticsBatch.width {
          let other = levels[reading * KineticsBatch.width + place]
          worst = max(worst, abs(batch.level(reading: reading, person: place) / other - 1))
        }
      }
    }
    return worst
  }
}
