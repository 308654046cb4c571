import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

private struct Gone: Error, Equatable { let lane: Int }

/// Eight chains under one experiment of two sources, one event of which is multiplied by a factor.
private struct BatchCase {
  let networks: [LinearNetwork]
  var experiment: Experiment

  init(seed: UInt64, nodes: Int = 30) {
    var random = SeededGenerator(seed: seed)
    networks = (0..<CourseBatch.width).map { _ in LinearNetwork.random(nodes, using: &random) }
    experiment = Experiment.random(networks[0], using: &random)
    experiment.events[2].factor = 1
  }

  func load(_ lane: Int, factor: Double = 1, amplification: Double? = nil) -> CourseBatch.Load {
    CourseBatch.Load(
      networks[lane], sources: experiment.sources, probes: experiment.probes, factors: [factor],
      amplification: amplification ?? networks[lane].flowAmplification)
  }

  /// The course of a lane by itself.
  func alone(_ lane: Int, factor: Double = 1) throws -> Course {
    var own = experiment
    own.events[2].amount *= factor
    own.events[2].rateChange *= factor
    own.events[2].factor = 0
    return try SpectralPropagator(networks[lane]).run(own)
  }
}

@Suite struct `A batch of courses` {
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `gives every lane its own course, with its own factor`(seed: UInt64) throws {
    let given = BatchCase(seed: seed)
    var batch = CourseBatch(nodes: 30, given.experiment, tolerance: 1e-6, isChain: true)
    for lane in 0..<8 { batch.load(lane: lane, given.load(lane, factor: 0.5 + Double(lane))) }
    let failures = batch.run(8) { lane throws(Gone) in throw Gone(lane: lane) }
    for lane in 0..<8 {
      #expect(failures[lane] == nil && batch.isFast[lane] && batch.errorBounds[lane] <= 1e-6)
      let own = try given.alone(lane, factor: 0.5 + Double(lane))
      for p in given.experiment.probes.indices {
        for t in given.experiment.times.indices {
          let difference = batch.value(probe: p, time: t, lane: lane) - own.values[p][t]
          #expect(abs(difference) < 1e-7 * own.peak)
        }
      }
    }
  }

  @Test func `asks for a course alone where the fast path would lose its digits, and hears of who has none`()
    throws
  {
    let given = BatchCase(seed: 9)
    var batch = CourseBatch(nodes: 30, given.experiment, tolerance: 1e-6, isChain: true)
    for lane in 0..<8 { batch.load(lane: lane, given.load(lane, amplification: lane == 2 ? 1e20 : nil)) }
    batch.load(lane: 5, nil)
    let courses = try (0..<8).map { try given.alone($0) }
    let failures = batch.run(8) { lane throws(Gone) in
      if lane == 5 { throw Gone(lane: lane) }
      return courses[lane]
    }
    #expect(failures[5] == Gone(lane: 5) && failures.filter { $0 != nil }.count == 1)
    #expect(!batch.isFast[2] && !batch.isFast[5] && batch.isFast[0])
    #expect(batch.value(probe: 1, time: 9, lane: 2) == courses[2].values[1][9])
    let none = batch.course(probe: 0, lane: 2, at: 3)
    #expect(none == nil)
  }

  @Test func `takes everybody alone where side nodes stand or a receiver is read`() throws {
    var given = BatchCase(seed: 4)
    given.experiment.events[2].factor = 0
    given.experiment.receiver = twoExponentials
    for isChain in [true, false] {
      var batch = CourseBatch(nodes: 30, given.experiment, tolerance: 1e-6, isChain: isChain)
      for lane in 0..<8 { batch.load(lane: lane, given.load(lane)) }
      let courses = try (0..<8).map { try SpectralPropagator(given.networks[$0]).run(given.experiment) }
      _ = batch.run(3) { lane throws(Gone) in courses[lane] }
      #expect(!batch.isFast.contains(true))
      for lane in 0..<3 { #expect(batch.received(time: 20, lane: lane) == courses[lane].received[20]) }
    }
  }

  /// Between readings too: the course at any time, and its slope against central differences.
  @Test func `knows value and slope between readings`() throws {
    let given = BatchCase(seed: 6)
    var batch = CourseBatch(nodes: 30, given.experiment, tolerance: 1e-8, isChain: true)
    for lane in 0..<8 { batch.load(lane: lane, given.load(lane)) }
    _ = batch.run(8) { lane throws(Gone) in throw Gone(lane: lane) }
    for (lane, time) in [(0, 3.0), (3, 9.5), (7, 33.3)] {
      let h = 1e-4
      func at(_ t: Double) throws -> (value: Double, slope: Double) {
        let found = batch.course(probe: 1, lane: lane, at: t)
        return try #require(found)
      }
      let (before, here, after) = (try at(time - h), try at(time), try at(time + h))
      #expect(abs(here.slope - (after.value - before.value) / (2 * h)) < 1e-5 * (1 + abs(here.slope)))
      guard time == 3 else { continue }
      #expect(abs(here.value - batch.value(probe: 1, time: 3, lane: lane)) < 1e-7 * (1 + here.value))
    }
  }

  @Test func `reads each lane at places of its own`() throws {
    let given = BatchCase(seed: 8)
    var batch = CourseBatch(nodes: 30, given.experiment, tolerance: 1e-6, isChain: true)
    let places = (0..<8).map { lane in
      given.experiment.probes.indices.map {
        Probe(nodes: [(lane + $0) % 29, (lane + $0) % 29 + 1], weights: [0.25, 0.75])
      }
    }
    for lane in 0..<8 {
      var load = given.load(lane)
      load.probes = places[lane]
      batch.load(lane: lane, load)
    }
    _ = batch.run(8) { lane throws(Gone) in throw Gone(lane: lane) }
    for lane in 0..<8 {
      var own = given.experiment
      own.probes = places[lane]
      own.events[2].factor = 0
      let course = try SpectralPropagator(given.networks[lane]).run(own)
      for p in own.probes.indices {
        #expect(abs(batch.value(probe: p, time: 17, lane: lane) - course.values[p][17]) < 1e-7 * course.peak)
      }
    }
  }
}

@Suite struct `The adjoint` {
  private let given = BatchCase(seed: 12, nodes: 12)

  /// Σ weights · values of lane 0 for another network, source or factor.
  private func sum(
    _ weights: [Double], _ network: LinearNetwork, _ sources: [[Double]], factor: Double
  ) throws -> Double {
    var own = given.experiment
    own.sources = sources
    own.events[2].amount *= factor
    own.events[2].rateChange *= factor
    own.events[2].factor = 0
    let course = try SpectralPropagator(network).run(own)
    let times = own.times.count
    return own.probes.indices.reduce(0) { total, p in
      (0..<times).reduce(total) { $0 + weights[(p * times + $1) * CourseBatch.width] * course.values[p][$1] }
    }
  }

  @Test func `is the slope of a sum of levels in every number of the network`() throws {
    var random = SeededGenerator(seed: 77)
    let (probes, times) = (given.experiment.probes.count, given.experiment.times.count)
    let weights = (0..<(probes * times * CourseBatch.width)).map { _ in
      Double.random(in: -1...1, using: &random)
    }
    var batch = CourseBatch(nodes: 12, given.experiment, tolerance: 1e-8, isChain: true)
    for lane in 0..<8 { batch.load(lane: lane, given.load(lane, factor: 1.5)) }
    _ = batch.run(8) { lane throws(Gone) in throw Gone(lane: lane) }
    let sums = batch.adjoint(weights: weights)
    let found = try #require(sums)
    let (base, sources) = (given.networks[0], given.experiment.sources)
    func slope(
      _ size: Double, _ change: (inout LinearNetwork, inout [[Double]], inout Double, Double) -> Void
    )
      throws -> Double
    {
      let h = 1e-5 * size
      let values = try [h, -h].map { step in
        var (network, inputs, factor) = (base, sources, 1.5)
        change(&network, &inputs, &factor, step)
        return try sum(weights, network, inputs, factor: factor)
      }
      return (values[0] - values[1]) / (2 * h)
    }
    func expect(_ adjoint: Double, _ difference: Double, _ name: String) {
      #expect(abs(adjoint - difference) < 2e-5 * (abs(difference) + 1), "\(name): \(adjoint), \(difference)")
    }
    for node in [0, 5, 11] {
      expect(
        found.volume(node, lane: 0), try slope(base.volume[node]) { n, _, _, h in n.volume[node] += h },
        "volume")
      expect(
        found.loss(node, lane: 0), try slope(base.loss[node]) { n, _, _, h in n.loss[node] += h }, "loss")
      expect(found.source(0, node, lane: 0), try slope(1) { _, s, _, h in s[0][node] += h }, "source")
    }
    for face in [0, 6, 10] {
      expect(
        found.onward(face, lane: 0), try slope(base.onward[face]) { n, _, _, h in n.onward[face] += h },
        "onward")
      expect(
        found.back(face, lane: 0), try slope(base.back[face]) { n, _, _, h in n.back[face] += h }, "back")
    }
    expect(found.factor(1, lane: 0), try slope(1) { _, _, f, h in f += h }, "factor")
    #expect(found.factor(0, lane: 0) == 0)
  }

  @Test func `is linear in its weights, and none without a contour`() throws {
    let count = given.experiment.probes.count * given.experiment.times.count * CourseBatch.width
    var batch = CourseBatch(nodes: 12, given.experiment, tolerance: 1e-8, isChain: true)
    for lane in 0..<8 { batch.load(lane: lane, given.load(lane)) }
    _ = batch.run(8) { lane throws(Gone) in throw Gone(lane: lane) }
    let (first, third) = (
      batch.adjoint(weights: Array(repeating: 1, count: count)),
      batch.adjoint(weights: Array(repeating: 3, count: count))
    )
    let (one, three) = (try #require(first), try #require(third))
    for node in 0..<12 {
      #expect(
        abs(three.loss(node, lane: 2) - 3 * one.loss(node, lane: 2)) < 1e-9 * abs(three.loss(node, lane: 2)))
    }
    var other = CourseBatch(nodes: 12, given.experiment, tolerance: 1e-8, isChain: false)
    let none = other.adjoint(weights: Array(repeating: 1, count: count))
    #expect(none == nil)
  }
}
