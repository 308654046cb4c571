import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers
@testable import ThecalTransport

/// Morphine's defaults with what a closed form needs changed.
private func model(cells: Int = 200, _ change: (inout CanalParameters) -> Void) throws -> CanalModel {
  var parameters = try #require(CanalParameters(drug: "morphine"))
  change(&parameters)
  return CanalModel(CanalGrid(SpinalAnatomy(), cells: cells), parameters)
}

/// ∫ f dx by Simpson's rule in 20,000 parts.
private func integral(_ low: Double, _ high: Double, _ value: (Double) -> Double) -> Double {
  let step = (high - low) / 20_000
  return (0..<20_000).reduce(0) { sum, k in
    let left = low + Double(k) * step
    return sum + step / 6 * (value(left) + 4 * value(left + step / 2) + value(left + step))
  }
}

@Suite struct `Levels have closed forms` {
  /// Nothing is lost and nothing flows along the canal: what is infused passes to the head through the resistances of the way,
  /// ∫ dx / (A D), and out of it with the CSF produced. D falls geometrically from C1 to the sac.
  @Test func `on the way to the head, where nothing else takes drug`() throws {
    let model = try model(cells: 400) {
      $0.spinalFraction = 0
      $0.loss = 0
      $0.rateSigma = 0.2
    }
    let parameters = model.parameters
    let grid = model.grid
    let length = grid.length(parameters.height)
    let tip = 45.0
    let levels = try #require(model.network.steadyState(source: model.infusion(at: tip)))
    // 1 µg/h leaves with the production, mL/h.
    #expect(abs(levels[0] * parameters.production - 1) < 1e-9)
    let fall = log(parameters.dispersionSac / parameters.dispersionC1) / length
    for place in [5.0, 20, 40] {
      let way = integral(0, place) {
        1 / (grid.area(at: $0, parameters) * parameters.dispersionC1 * exp(fall * $0))
      }
      let probe = model.probe(at: place)
      let level = zip(probe.nodes, probe.weights).reduce(0) { $0 + levels[$1.0] * $1.1 }
      #expect(abs((level - levels[0]) / way - 1) < 0.01, "\(place) cm: \((level - levels[0]) / way)")
    }
    // Beyond the tip nothing flows: the level is that of the tip to the end of the sac.
    let beyond = model.grid.interpolation(at: tip + 5, height: parameters.height).node
    #expect(abs(levels[beyond] / levels[400] - 1) < 1e-6)
  }

  /// Stirred without end, the space is one pool: clearance is what is produced and what is lost in the whole volume.
  @Test func `in a space that is stirred without end`() throws {
    let model = try model(cells: 60) {
      $0.dispersionC1 = 1e9
      $0.dispersionSac = 1e9
      $0.loss = 0.11
      $0.cranialLossRatio = 0.5
    }
    let parameters = model.parameters
    let canal = model.network.volume.dropFirst().reduce(0, +)
    let clearance =
      parameters.production + parameters.loss
      * (canal + parameters.cranialLossRatio * parameters.cranialVolume)
    let levels = try #require(model.network.steadyState(source: model.infusion(at: 30)))
    for level in levels { #expect(abs(level * clearance - 1) < 1e-5) }
  }

  /// In a steady state what is given is lost: Σ loss · C is the source, whoever the person is.
  @Test(arguments: 0..<20 as Range<UInt64>)
  func `of all that is lost together, in the steady state of anybody`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let model = try model(cells: 80) {
      $0.height = .random(in: 140...200, using: &random)
      $0.areaCervical = .random(in: 0.5...2, using: &random)
      $0.areaLumbosacral = .random(in: 0.5...2, using: &random)
      $0.spinalFraction = .random(in: 0...1, using: &random)
      $0.loss = .random(in: 0...1, using: &random)
      $0.dispersionSac = .random(in: 10...500, using: &random)
    }
    let levels = try #require(
      model.network.steadyState(source: model.infusion(at: .random(in: 5...50, using: &random))))
    let lost = zip(model.network.loss, levels).reduce(0) { $0 + $1.0 * $1.1 }
    #expect(abs(lost - 1) < 1e-8 && levels.allSatisfy { $0 >= 0 })
  }

  /// All CSF that is produced is absorbed, in the head and along the canal; drug goes with it and with its own loss.
  @Test func `of the clearance, which is production and loss`() throws {
    for share in [0.0, 0.34, 1] {
      let model = try model {
        $0.spinalFraction = share
        $0.loss = 0.2
        $0.cranialLossRatio = 2
      }
      let parameters = model.parameters
      let volume = model.network.volume
      let canal = volume.dropFirst().reduce(0, +)
      #expect(volume[0] == parameters.cranialVolume)
      let whole = model.network.loss.reduce(0, +)
      let wanted = parameters.production + 0.2 * (canal + 2 * parameters.cranialVolume)
      #expect(abs(whole / wanted - 1) < 1e-12, "\(share)")
      // What flows down from the head is the part that the canal absorbs, and nothing leaves through the sac's end.
      #expect(abs(model.flow[0] - share * parameters.production) < 1e-12)
      #expect(zip(model.flow, model.flow.dropFirst()).allSatisfy { $0 >= $1 })
    }
  }
}

@Suite struct `A profile` {
  let hat = Profile(at: [1, 2, 4], values: [0, 3, 1])

  @Test(arguments: [
    (-5.0, 0.0), (1, 0), (1.5, 1.5), (2, 3), (3, 2), (3.5, 1.5), (4, 1), (9, 1),
  ])
  func `is linear between its points and constant beyond them`(x: Double, value: Double) {
    #expect(abs(hat[x] - value) < 1e-15)
  }

  @Test func `has the area of its triangles and trapezoids`() {
    // 1…2: 1.5; 2…4: (3 + 1) / 2 · 2 = 4; beyond 4 one per unit, before 1 nothing.
    #expect(hat.integral(from: 1, to: 2) == 1.5 && hat.integral(from: 2, to: 4) == 4)
    #expect(hat.integral(from: 0, to: 1) == 0 && hat.integral(from: 4, to: 6) == 2)
    #expect(abs(hat.integral(from: 0, to: 6) - 7.5) < 1e-14 && hat.integral(from: 3, to: 3) == 0)
    // 1.5…3: 1.125 + 2.5.
    #expect(abs(hat.integral(from: 1.5, to: 3) - (1.125 + 2.5)) < 1e-14)
  }

  @Test func `times another has the area of their product, corners and all`() {
    let rise = Profile(at: [0, 3], values: [0, 3])
    // x · x on 0…1; x · hat on 1…2, where hat = 3 (x − 1): 3 (7/3 − 3/2).
    #expect(abs(rise.product(with: rise, from: 0, to: 1) - 1.0 / 3) < 1e-15)
    #expect(abs(rise.product(with: hat, from: 1, to: 2) - 3 * (7.0 / 3 - 1.5)) < 1e-14)
    // Beyond 3 the first is 3, and hat = 5 − x down to 1 at 4: 3 · 1.5.
    #expect(abs(rise.product(with: hat, from: 3, to: 4) - 4.5) < 1e-14)
    #expect(rise.product(with: hat, from: 0, to: 4) == hat.product(with: rise, from: 0, to: 4))
  }
}

@Suite struct `A grid of measures` {
  @Test(arguments: [0.01, 0.3, 2, 40])
  func `finds the area and the first moment of a decay`(rate: Double) {
    let until = 24.0
    let grid = MeasureGrid(rows: [0, 1, 2], events: [], until: until)
    let levels = grid.times.map { exp(-rate * $0) }
    let (end, decay) = (rate * until, exp(-rate * until))
    // (1 − e⁻ᵏᵀ) / k and (1 − (1 + k T) e⁻ᵏᵀ) / k².
    #expect(abs(grid.area(levels) * rate / (1 - decay) - 1) < 1e-8)
    #expect(abs(grid.moment(levels) * rate * rate / (1 - (1 + end) * decay) - 1) < 1e-8)
  }

  @Test func `takes up a course that begins anew at an event`() {
    // One until 5 h; then 1 + 3 e^(−(t − 5)): the area of 10 h is 10 + 3 (1 − e⁻⁵).
    let grid = MeasureGrid(rows: [], events: [5], until: 10)
    let levels = grid.times.map { $0 < 5 ? 1 : 1 + 3 * exp(5 - $0) }
    #expect(grid.events == [0, 5])
    // At the instant itself the level after the jump counts in the panel before it with the weight of one node.
    #expect(abs(grid.area(levels) - (10 + 3 * (1 - exp(-5)))) < 0.002)
  }

  @Test(arguments: [1e-4, 1e-3, 0.002, 0.0021, 1, 72, 8_760])
  func `weighs the whole time, whatever its length`(until: Double) {
    let grid = MeasureGrid(rows: [0, until / 3, until], events: [until / 7, 2 * until], until: until)
    #expect(abs(grid.weights.reduce(0, +) / until - 1) < 1e-13)
    // ∫ t dt = T² / 2.
    #expect(abs(grid.moment(grid.times.map { _ in 1 }) / (until * until / 2) - 1) < 1e-12)
    #expect(grid.events == [0, until / 7] && grid.times.first == 0 && grid.times.last == until)
    #expect(zip(grid.times, grid.times.dropFirst()).allSatisfy(<))
  }

  @Test func `holds the rows that are shown, and these weigh nothing of their own`() {
    let shown = [0, 0.7, 3.3, 12]
    let (with, without) = (
      MeasureGrid(rows: shown, events: [2], until: 12), MeasureGrid(rows: [], events: [2], until: 12)
    )
    #expect(with.rows.map { with.times[$0] } == shown)
    #expect(
      abs(with.area(with.times.map(sin)) - without.area(without.times.map(sin))) < 1e-14)
    #expect(abs(with.area(with.times.map(sin)) - (1 - cos(12))) < 1e-8)
  }
}
