import Glibc
import Testing
import ThecalQuantities
import ThecalScenario
import ThecalSolvers
import _ThecalTestSupport

@testable import ThecalTransport

private func made(
  _ program: String, output: String, parameters: String = "{}", cells: Int = 100, more: String = ""
) throws -> Simulation {
  try Simulation(
    SimulationScenario(
      yaml: """
        drug: morphine
        catheter: {tip: L3}
        program: [\(program)]
        parameters: \(parameters)
        cells: \(cells)
        output: {\(output)}
        \(more)
        """, file: "s.yaml"))
}

private let bolus = "{at: 0 h, bolus: 0.25 mg}"

@Suite struct `The exposure` {
  /// ∫₀^∞ C dt of a bolus is the steady state of a rate of the same size: one solution of the linear system.
  @Test func `to a bolus, followed to its end, is the solution of one linear system`() throws {
    let person = try made(bolus, output: "every: 1 day, until: 40 day, at: [tip, L4, T4, cranial, plasma]")
    let found = try person.exposures()
    let model = person.model
    let shares = model.bolus(at: person.tip, volume: 0)
    let state = try #require(model.network.steadyState(source: shares.map { $0 * 250 }))
    for (s, site) in person.sites.enumerated() where site != .plasma {
      let exact = person.probe(site, height: person.parameters.height).value(state)
      let area = try #require(found[s]).auc_ng_h_per_mL
      #expect(abs(area / exact - 1) < 1e-6, "\(person.siteNames[s]): \(area), \(exact)")
    }
    // Everything reaches plasma and is cleared there: dose over clearance, 91.9 L/h.
    let plasma = try #require(found[4])
    #expect(abs(plasma.auc_ng_h_per_mL / (250_000 / 91_900) - 1) < 1e-6)
  }

  /// The second moment the same way: ∫ t C dt solves the system with the first moment's masses as its source.
  @Test func `has a first moment that is the solution of two`() throws {
    let person = try made(bolus, output: "every: 1 day, until: 60 day, at: [tip, cranial]")
    let network = person.model.network
    let shares = person.model.bolus(at: person.tip, volume: 0)
    let area = try #require(network.steadyState(source: shares.map { $0 * 250 }))
    let moment = try #require(network.steadyState(source: zip(area, network.volume).map { $0 * $1 }))
    for (s, exposure) in try person.exposures().enumerated() {
      let exact = person.probe(person.sites[s], height: person.parameters.height).value(moment)
      #expect(abs(try #require(exposure).aumc_ng_h2_per_mL / exact - 1) < 1e-6)
    }
  }

  @Test func `does not depend on the rows that are shown`() throws {
    let program = bolus + ", {at: 3 h, rate: 1 mg/day}, {at: 7 h, bolus: 50 mcg}"
    let wanted = try made(program, output: "every: 5 min, until: 24 h, at: [tip, T4, plasma]").exposures()
    for rows in ["every: 24 h, until: 24 h", "every: 4 h, until: 24 h", "times: [1 h, 24 h]"] {
      let found = try made(program, output: rows + ", at: [tip, T4, plasma]").exposures()
      for (a, b) in zip(found, wanted) {
        let (a, b) = (try #require(a), try #require(b))
        #expect(abs(a.auc_ng_h_per_mL / b.auc_ng_h_per_mL - 1) < 1e-7)
        #expect(abs(a.peak_ng_per_mL / b.peak_ng_per_mL - 1) < 1e-6)
        #expect(abs(a.timeToPeak_h - b.timeToPeak_h) < 1e-2)
        #expect(abs(a.average_ng_per_mL * 24 - a.auc_ng_h_per_mL) < 1e-9 * a.auc_ng_h_per_mL)
        #expect(a.halfLife_h == b.halfLife_h)
      }
    }
  }

  @Test func `is that of the rows where these are close enough together`() throws {
    let person = try made(
      bolus + ", {at: 0 h, rate: 0.5 mg/day}", output: "every: 1 min, until: 12 h, at: [L4, cranial]")
    let (times, levels) = (try person.run().times_h, try person.run().concentrations_ng_per_mL)
    for (s, exposure) in try person.exposures().enumerated() {
      let steps = zip(times, times.dropFirst()).enumerated()
      let area = steps.reduce(0) {
        $0 + ($1.element.1 - $1.element.0) * (levels[s][$1.offset] + levels[s][$1.offset + 1]) / 2
      }
      let found = try #require(exposure)
      #expect(abs(found.auc_ng_h_per_mL / area - 1) < 1e-3)
      #expect(found.peak_ng_per_mL >= (levels[s].max() ?? 0) * (1 - 1e-6))
    }
  }

  @Test func `halves as the levels do in the end`() throws {
    let person = try made(bolus, output: "times: [90 h, 100 h], at: [tip, L4, cranial, plasma]")
    let levels = try person.run().concentrations_ng_per_mL
    for (s, exposure) in try person.exposures().enumerated() {
      let seen = 10 * log(2) / log(levels[s][0] / levels[s][1])
      let found = try #require(exposure?.halfLife_h)
      #expect(abs(found / seen - 1) < 1e-3, "\(person.siteNames[s]): \(found), \(seen)")
    }
  }

  @Test func `grows with the dose and not with the half-life`() throws {
    let (one, two) = (
      try made(bolus, output: "every: 4 h, until: 24 h, at: [T4]").exposures()[0],
      try made("{at: 0 h, bolus: 0.5 mg}", output: "every: 4 h, until: 24 h, at: [T4]").exposures()[0]
    )
    let (a, b) = (try #require(one), try #require(two))
    #expect(abs(b.auc_ng_h_per_mL / a.auc_ng_h_per_mL - 2) < 1e-9)
    #expect(abs(b.peak_ng_per_mL / a.peak_ng_per_mL - 2) < 1e-7 && a.halfLife_h == b.halfLife_h)
  }

  @Test func `to what is given beside the pump counts its doses`() throws {
    let systemic =
      "systemic: [{model: morphine_iv_olofsen2010, dose: 10 mg, at: 1.5 h, every: 6 h, times: 3}]"
    let person = try made(
      "{at: 0 h, rate: 0 mg/day}", output: "every: 6 h, until: 20 day, at: [L3, plasma]", more: systemic)
    let found = try person.exposures()
    // 30 mg over 94.43 L/h.
    let plasma = try #require(found[1])
    #expect(abs(plasma.auc_ng_h_per_mL / (30e6 / 94_430) - 1) < 2e-3, "\(plasma.auc_ng_h_per_mL)")
    #expect(abs(plasma.timeToPeak_h - 13.5) < 0.02 && (found[0]?.auc_ng_h_per_mL ?? 0) > 0)
  }

  @Test func `is none where no kinetics are known, and has no half-life where nothing is linear`() throws {
    let unknown = try scenario(
      "clonidine", tip: "L3", program: bolus, output: "every: 4 h, until: 8 h, at: [plasma, tip]", cells: 60)
    let found = try unknown.exposures()
    #expect(found[0] == nil && found[1] != nil)
    let heavy = try made(
      bolus, output: "every: 1 h, until: 2 h, at: [tip]",
      parameters: "{baricity: {flow: 3 mL/h, toward: sac, limit: 1 mg/mL}}", cells: 40)
    let exposure = try #require(try heavy.exposures()[0])
    #expect(exposure.halfLife_h == nil && exposure.auc_ng_h_per_mL > 0)
  }
}

@Suite struct `The grid along the canal` {
  private let grid = CanalGrid(SpinalAnatomy(), cells: 157)

  @Test func `holds the volume of the level table, whatever the number of cells`() throws {
    for cells in [20, 157, 400] {
      let grid = CanalGrid(SpinalAnatomy(), cells: cells)
      let volume = grid.cervicalVolumes.reduce(0, +) + grid.lumbosacralVolumes.reduce(0, +)
      #expect(abs(volume / 97.12 - 1) < 1e-3, "\(cells): \(volume)")
      #expect(
        grid.cervicalVolumes.allSatisfy { $0 > -1e-12 } && grid.lumbosacralVolumes.allSatisfy { $0 > -1e-12 })
    }
    #expect(abs(grid.length(172) - 65.95) < 0.01)
  }

  @Test(arguments: [(1.0, 0.5), (30, 0.5), (45, 3), (65.5, 3), (60, 30)])
  func `spreads a dose over the canal and nothing beyond`(center: Double, sigma: Double) {
    var shares = Array(repeating: 1.0, count: 158)
    grid.gaussian(center: center, sigma: sigma, height: 172, into: &shares)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-12 && shares[0] == 0 && shares.allSatisfy { $0 >= 0 })
    // Its middle is the center where both ends are far.
    let step = grid.length(172) / 157
    let mean = (1...157).reduce(0) { $0 + shares[$1] * (Double($1) - 0.5) * step }
    if center > 9 * sigma, grid.length(172) - center > 9 * sigma { #expect(abs(mean - center) < 1e-6) }
  }

  @Test func `reads a straight line between its cells exactly, and the nearest value at its ends`() {
    let step = grid.length(172) / 157
    func line(_ x: Double) -> Double {
      let (node, share) = grid.interpolation(at: x, height: 172)
      func center(_ k: Int) -> Double { (Double(k) - 0.5) * step }
      return (1 - share) * center(node) + share * center(node + 1)
    }
    for x in [step, 10, 33.3, 65] { #expect(abs(line(x) - x) < 1e-12) }
    #expect(
      abs(line(0) - step / 2) < 1e-12 && abs(line(grid.length(172)) - (grid.length(172) - step / 2)) < 1e-12)
  }

  @Test func `is wider where the factors say so`() throws {
    var parameters = try #require(CanalParameters(drug: "morphine"))
    let (neck, sac) = (grid.area(at: 3, parameters), grid.area(at: 60, parameters))
    parameters[.areaLumbosacral] = 2
    #expect(abs(grid.area(at: 60, parameters) / sac - 2) < 1e-12)
    #expect(abs(grid.area(at: 3, parameters) / neck - 1) < 1e-12)
  }
}

@Suite struct `Anybody` {
  /// A person whose every parameter is drawn from the range of a population.
  private func person(_ seed: UInt64, cells: Int = 80) throws -> Simulation {
    var random = SeededGenerator(seed: seed)
    var person = try made(
      bolus + ", {at: 5 h, rate: 1 mg/day}",
      output: "every: 2 h, until: 36 h, at: [tip, L4, T4, cranial, plasma]", cells: cells)
    var parameters = person.parameters
    for parameter in TransportParameter.allCases {
      let standard = parameters[parameter]
      let drawn = standard * exp(Double.random(in: log(0.7)...log(1.4), using: &random))
      parameters[parameter] = min(max(drawn, parameter.range.lowerBound), parameter.range.upperBound)
    }
    person = try person.with(parameters)
    return person
  }

  @Test(arguments: 0..<10 as Range<UInt64>)
  func `has levels that are not below zero, and everything is somewhere`(seed: UInt64) throws {
    let result = try person(seed).run()
    #expect(result.concentrations_ng_per_mL.joined().allSatisfy { $0 >= 0 })
    for row in result.ledger { #expect(row.defect < 1e-10) }
    let given = result.ledger.map(\.administered_mcg)
    #expect(abs(given[0] - 250) < 1e-9 && abs((given.last ?? 0) - (250 + 31 * 1_000 / 24.0)) < 1e-9)
    for part in result.ledger.map(\.eliminated_mcg) { #expect(part > -1e-8) }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `is better known with more cells, by the square of their size`(seed: UInt64) throws {
    func level(_ cells: Int) throws -> [Double] {
      try person(seed, cells: cells).run().concentrations_ng_per_mL[2]
    }
    let (coarse, medium, fine) = (try level(100), try level(300), try level(900))
    func error(_ a: [Double], _ b: [Double]) -> Double {
      zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) } / (b.max() ?? 1)
    }
    // With errors e, e/9 and e/81 the two differences stand at 9 to 1; corners of the level table disturb that.
    #expect(
      error(coarse, medium) > 4 * error(medium, fine), "\(error(coarse, medium)) \(error(medium, fine))")
    #expect(error(medium, fine) < 2e-3)
  }

  /// What a cell sends to another is what it gets from there, weighed: also with flow, because the fitted exchange has a
  /// symmetrizer.
  @Test(arguments: 0..<4 as Range<UInt64>)
  func `can exchange catheter and place of reading, but for the weights of the flow`(seed: UInt64) throws {
    let network = try person(seed).model.network
    var weight = [1.0]
    for i in network.onward.indices {
      weight.append(
        weight[i] * network.onward[i] / network.volume[i] / (network.back[i] / network.volume[i + 1]))
    }
    let count = network.chainCount
    func sent(_ from: Int, _ to: Int) throws -> Double {
      let source = (0..<count).map { $0 == from ? 1.0 : 0 }
      let course = try network.course(
        of: Experiment(
          sources: [source], events: [.init(time: 0, source: 0, amount: 1)],
          probes: [Probe(nodes: [to], weights: [network.volume[to]])], times: [6]))
      return course.values[0][0]
    }
    for (i, j) in [(70, 20), (50, 0)] {
      let (one, other) = (try sent(i, j) * weight[i], try sent(j, i) * weight[j])
      #expect(abs(one / other - 1) < 1e-5, "\(one) \(other)")
    }
  }

  @Test(arguments: 0..<4 as Range<UInt64>)
  func `in a batch has the course that is theirs alone`(seed: UInt64) throws {
    let base = try person(seed)
    let others = try (0..<5).map { try person(seed * 10 + $0).parameters }
    var batch = SimulationBatch(base, tolerance: 1e-8)
    batch.compute(others.map { TransportSample($0) })
    for (lane, parameters) in others.enumerated() {
      let alone = try base.with(parameters).run().concentrations_ng_per_mL
      for s in alone.indices {
        let peak = try #require(alone[s].max())
        for t in alone[s].indices {
          #expect(abs(batch.concentration(site: s, time: t, set: lane) - alone[s][t]) <= 1e-8 * peak)
        }
      }
    }
  }
}

@Test func `a parameter has one row, and its value goes where the row says`() throws {
  let defaults = try #require(CanalParameters(drug: "morphine"))
  for parameter in TransportParameter.allCases {
    var changed = defaults
    changed[parameter] = defaults[parameter] * 1.5 + 1e-6
    // One number has changed, and no other.
    for other in TransportParameter.allCases where other != parameter {
      #expect(changed[other] == defaults[other])
    }
    #expect(changed != defaults && parameter.range.contains(defaults[parameter]))
    #expect(!parameter.meaning.isEmpty && TransportParameter(rawValue: parameter.rawValue) == parameter)
    guard let standard = parameter.standard() else {
      #expect(parameter == .loss)
      continue
    }
    #expect(abs(standard / defaults[parameter] - 1) < 1e-15)
  }
}
