import Glibc
import Testing
import ThecalQuantities
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalEstimation

private let scenario = """
  drug: morphine
  catheter: {tip: 44 cm}
  program:
    - {at: 0 h, bolus: 0.1 mg, volume: 2 mL}
    - {at: 1 h, rate: 1 mg/day}
    - {at: 9 h, rate: 0.5 mg/day}
  cells: 80
  output: {every: 2 h, until: 1 day, at: [tip, L4, 30 cm, cranial]}
  """

private func model(_ yaml: String = scenario) throws -> TransportModel {
  let scenario = try SimulationScenario(yaml: yaml, file: "s")
  let free =
    TransportParameter.allCases.map(TransportModel.Free.canal)
    + [.tip, .entry(.rate(1), key: "program[2].rate"), .entry(.bolus(0), key: "program[0].bolus")]
  return try TransportModel(scenario.input, free: free)
}

extension TransportModel {
  /// The levels of a list of sets.
  func levels(_ sets: [[Double]], threads: Int = 1) -> (levels: [Double], failures: [Failure]) {
    var levels = Array(repeating: 0.0, count: sets.count * size)
    let theta = sets.flatMap { $0 }
    let failures = theta.withUnsafeBufferPointer { theta in
      levels.withUnsafeMutableBufferPointer {
        self.levels(theta, rows: sets.count, into: $0, threads: threads)
      }
    }
    return (levels, failures)
  }

  /// The gradients of a list of sets under the same weights.
  func gradients(_ sets: [[Double]], _ weights: [Double], threads: Int = 1) -> [Double] {
    var gradient = Array(repeating: 0.0, count: sets.count * parameters.count)
    let theta = sets.flatMap { $0 }
    _ = theta.withUnsafeBufferPointer { theta in
      gradient.withUnsafeMutableBufferPointer {
        self.gradient(theta, rows: sets.count, into: $0, threads: threads) { _, _ in weights }
      }
    }
    return gradient
  }
}

@Suite struct `A model` {
  /// The tangents are another way than the adjoint, and both are another way than differences.
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `has a Jacobian that its gradient and differences have`(seed: UInt64) throws {
    let model = try model()
    var random = SeededGenerator(seed: seed)
    let sets = (0..<3).map { _ in
      model.parameters.map { $0.value * Double.random(in: 0.9...1.1, using: &random) }
    }
    let (size, count) = (model.size, model.parameters.count)
    var jacobian = Array(repeating: 0.0, count: 3 * size * count)
    let failures = sets.flatMap { $0 }.withUnsafeBufferPointer { theta in
      jacobian.withUnsafeMutableBufferPointer { model.jacobian(theta, rows: 3, into: $0, threads: 2) }
    }
    #expect(failures.isEmpty)
    let weights = (0..<size).map { _ in Double.random(in: -1...1, using: &random) }
    let gradients = model.gradients(sets, weights)
    for row in 0..<3 {
      for k in 0..<count {
        let terms = (0..<size).map { weights[$0] * jacobian[(row * size + $0) * count + k] }
        let (sum, scale) = (terms.reduce(0, +), terms.reduce(0) { $0 + abs($1) })
        #expect(abs(sum - gradients[row * count + k]) <= 1e-10 * scale, "\(model.parameters[k].key)")
      }
    }
    // Level by level, for one parameter.
    let k = Int.random(in: 0..<count, using: &random)
    let step = 2e-6 * sets[0][k]
    let places = [-2.0, -1, 1, 2].map { factor -> [Double] in
      var set = sets[0]
      set[k] += factor * step
      return set
    }
    let levels = model.levels(places).levels
    let peak = levels.reduce(0, max)
    for place in 0..<size {
      let f = (0..<4).map { levels[$0 * size + place] }
      let difference = (f[0] - 8 * f[1] + 8 * f[2] - f[3]) / (12 * step)
      #expect(
        abs(jacobian[place * count + k] - difference) < 1e-8 * peak / abs(sets[0][k]),
        "\(model.parameters[k].key)")
    }
  }

  /// Every parameter, by differences of fourth order whose steps leave ten digits.
  @Test(arguments: 0..<10 as Range<UInt64>)
  func `has the gradient that differences have`(seed: UInt64) throws {
    let model = try model()
    var random = SeededGenerator(seed: seed)
    let center = model.parameters.map { $0.value * Double.random(in: 0.9...1.1, using: &random) }
    let weights = (0..<model.size).map { _ in Double.random(in: -1...1, using: &random) }
    let found = model.gradients([center], weights)
    for (k, parameter) in model.parameters.enumerated() {
      let step = 2e-6 * center[k]  // small enough to stay between two nodes of the grid
      let sets = [-2.0, -1, 1, 2].map { factor -> [Double] in
        var set = center
        set[k] += factor * step
        return set
      }
      let (levels, failures) = model.levels(sets)
      #expect(failures.isEmpty)
      let sums = (0..<4).map { set in
        (0..<model.size).reduce(0) { $0 + weights[$1] * levels[set * model.size + $1] }
      }
      let difference = (sums[0] - 8 * sums[1] + 8 * sums[2] - sums[3]) / (12 * step)
      let scale = (0..<model.size).reduce(0) { $0 + abs(weights[$1] * levels[$1]) } / abs(center[k])
      #expect(
        abs(found[k] - difference) < 1e-8 * scale,
        "\(parameter.key): \(found[k]) for \(difference), of \(scale)")
    }
  }

  @Test func `gives the levels of a simulation, on any number of threads`() throws {
    let model = try model()
    let scenario = try SimulationScenario(yaml: scenario, file: "s")
    var sets = [model.values]
    for k in 0..<20 {
      var set = model.values
      set[k % set.count] *= 1.05
      sets.append(set)
    }
    let (one, failures) = model.levels(sets)
    #expect(failures.isEmpty && model.levels(sets, threads: 3).levels == one)
    let alone = try Simulation(scenario.input).run().concentrations_ng_per_mL
    let sites = model.siteNames.count
    for s in 0..<sites {
      let peak = try #require(alone[s].max())
      for t in model.times_h.indices { #expect(abs(one[t * sites + s] - alone[s][t]) < 1e-8 * peak) }
    }
    let weights = Array(repeating: 1.0, count: model.size)
    #expect(model.gradients(sets, weights) == model.gradients(sets, weights, threads: 2))
  }

  @Test func `says which sets it cannot compute, and computes the others`() throws {
    let model = try model()
    let tip = try #require(model.parameters.firstIndex { $0.key == "catheter.tip" })
    var (outside, absurd) = (model.values, model.values)
    outside[tip] = 80
    absurd[0] = -1
    let (levels, failures) = model.levels([model.values, outside, absurd, model.values])
    #expect(failures.map(\.row) == [1, 2])
    #expect(failures[0].reason.contains("outside the canal") && failures[1].reason.contains("height"))
    let size = model.size
    #expect(Array(levels[..<size]) == Array(levels[(3 * size)...]))
    #expect(levels[size..<(3 * size)].filter { !$0.isNaN }.isEmpty)
  }

  @Test func `gives no gradient where the fast path does not go`() throws {
    let yaml =
      scenario + "\nparameters: {cord: {permeability: 1e-3 cm2/s, partition: 2, loss: 1e-4 1/s}}\n"
    let model = try model(yaml)
    let gradient = model.gradients([model.values], Array(repeating: 1, count: model.size))
    #expect(gradient.filter { !$0.isNaN }.isEmpty)
    #expect(model.levels([model.values]).failures.isEmpty)
  }
}
