import Glibc
import Testing
import ThecalQuantities
import ThecalScenario
import _ThecalTestSupport

@testable import ThecalSolvers
@testable import ThecalTransport

private let bolusAndRate = "{at: 0 h, bolus: 0.25 mg, volume: 1 mL}, {at: 0 h, rate: 1 mg/day}"

/// Extreme but legal: each end of dispersion, cells and time, with a programme that mixes both inputs.
@Test(
  arguments: [("1e-5", "1e-5"), ("1e-5", "10"), ("1e-3", "1e-4"), ("10", "1e-5"), ("10", "10")],
  ["every: 1 s, until: 20 s", "every: 60 day, until: 2 year"])
func `extreme parameters stay finite, not negative and conservative`(
  dispersion: (c1: String, sac: String), output: String
) throws {
  for cells in [20, 200] {
    let result = try scenario(
      "morphine", tip: "L3", program: bolusAndRate, output: "\(output), at: [tip, T4, cranial, plasma]",
      cells: cells,
      parameters: "{dispersion_c1: \(dispersion.c1) cm2/s, dispersion_sac: \(dispersion.sac) cm2/s}"
    ).run()
    #expect(result.concentrations_ng_per_mL.joined().allSatisfy { $0.isFinite && $0 >= 0 })
    #expect(result.ledger.allSatisfy { $0.defect < 1e-10 })
  }
}

@Test(arguments: 0..<6 as Range<UInt64>)
func `the ledger closes for drawn people, with tissue and without`(seed: UInt64) throws {
  var random = SeededGenerator(seed: seed)
  let parameters = """
    {height: \(Int.random(in: 150...195, using: &random)) cm, spinal_fraction: 0.\(Int.random(in: 0...9, using: &random)),
    loss: \(Int.random(in: 1...60, using: &random))e-5 1/s, dispersion_c1: 0.\(Int.random(in: 1...9, using: &random)) cm2/s,
    cord: {permeability: 1e-3 cm2/s, partition: \(Int.random(in: 1...8, using: &random)), loss: 1e-4 1/s},
    epidural: {permeability: 2e-4 cm2/s, partition: 3, loss: 5e-5 1/s, area: 1 cm2}}
    """
  let result = try scenario(
    "morphine", tip: "T12", program: bolusAndRate + ", {at: 5.5 h, rate: 0 mg/day}",
    output: "every: 1 h, until: 36 h, at: [tip, cranial, plasma]", cells: 80, parameters: parameters
  ).run()
  #expect(result.method == "spectral")
  for row in result.ledger {
    #expect(row.defect < 1e-10)
    let parts = [row.csf_mcg, row.cranial_mcg, row.tissue_mcg, row.plasma_mcg, row.eliminated_mcg]
    #expect(parts.allSatisfy { $0 > -1e-9 })
  }
  #expect(result.ledger[6].tissue_mcg > 0)
}

/// The tree drops out by elimination: the steady state of the whole is that of the chain with the tissue's own
/// clearance, PS/K · k A / (PS/K + k A) per length, added to the loss.
@Test func `tissue takes in the steady state what its two resistances in series let through`() throws {
  let tissue = TransportParameters.Tissue(
    permeability: Diffusivity(base: 3.6), partition: 2, loss: RateConstant(base: 0.36), area: Area(base: 0.5))
  let grid = CanalGrid(SpinalAnatomy(), cells: 100)
  var parameters = try #require(CanalParameters(drug: "morphine"))
  let plain = CanalModel(grid, parameters)
  parameters.epidural = tissue
  let tree = CanalModel(grid, parameters)
  var chain = plain.network
  let step = grid.length(172) / 100
  for i in 1...100 { chain.loss[i] += step * 3.6 * (0.36 * 0.5) / (3.6 / 2 + 0.36 * 0.5) }
  let source = plain.infusion(at: 40)
  let (one, other) = (tree.network.steadyState(source: source)!, chain.steadyState(source: source)!)
  for i in 1...100 { #expect(abs(one[i] / other[i] - 1) < 1e-7) }
}

/// With the limit out of reach the drift is a flow like any other: the network can be fitted to it at once.
@Test func `baricity without a limit is an added flow`() throws {
  let grid = CanalGrid(SpinalAnatomy(), cells: 60)
  var parameters = try #require(CanalParameters(drug: "morphine"))
  parameters.baricity = TransportParameters.Drift(
    flow: Flow(base: 3), towardHead: false, limit: Concentration(base: 1e12))
  let model = CanalModel(grid, parameters)
  let drift = try #require(model.drift)
  var linear = model.network
  Bernoulli.fit(
    conductance: drift.conductance, flow: zip(drift.flow, drift.drift).map { $0 + $1 },
    onward: &linear.onward, back: &linear.back)
  let experiment = Experiment(
    sources: [model.bolus(at: 45, volume: 0)], events: [.init(time: 0, source: 0, amount: 250)],
    probes: [model.probe(at: 45), model.probe(at: 20), model.cranialProbe()], times: [0, 1, 4, 12])
  let reference = try SpectralPropagator(linear).run(experiment)
  let course = try model.network.course(of: experiment, need: PropagationNeed(tolerance: 1e-8), drift: drift)
  #expect(course.method == .implicit)
  let peak = reference.values.joined().max()!
  for (one, other) in zip(course.values.joined(), reference.values.joined()) {
    #expect(abs(one - other) < 1e-7 * peak)
  }
  #expect(course.balance.allSatisfy { $0.defect < 1e-10 })
}

/// `flack2010`: a hyperbaric solution moves with gravity. Its center of mass goes down more with the drift toward
/// the sac, less with one toward the head; a lower limit weakens both; mass is kept throughout.
@Test func `a heavy solution sinks, a light one rises, and a full space stops both`() throws {
  func level(_ baricity: String) throws -> Double {
    let result = try scenario(
      "bupivacaine", tip: "T10", program: "{at: 0 h, bolus: 10 mg}",
      output: "every: 0.5 h, until: 1 h, at: [L3, T4]", cells: 100,
      parameters: "{baricity: \(baricity)}"
    ).run()
    #expect(result.ledger.allSatisfy { $0.defect < 1e-10 })
    return result.concentrations_ng_per_mL[0][2] / result.concentrations_ng_per_mL[1][2]
  }
  let heavy = try level("{flow: 20 mL/h, toward: sac, limit: 10 mg/mL}")
  let saturated = try level("{flow: 20 mL/h, toward: sac, limit: 0.5 mg/mL}")
  let light = try level("{flow: 20 mL/h, toward: head, limit: 10 mg/mL}")
  #expect(heavy > 2 * light)
  #expect(saturated < heavy && saturated > light)
}

@Test func `pulsation scales the dispersion by the rate and the square of the stroke`() throws {
  func levels(_ parameters: String) throws -> [Double] {
    try scenario(
      "morphine", tip: "L3", program: "{at: 0 h, rate: 1 mg/day}",
      output: "every: 1 h, until: 1 h, at: [tip, T4, cranial]", cells: 100, parameters: parameters
    ).steadyState().concentrations_ng_per_mL.map { $0[0] }
  }
  let rest = try levels("{heart_rate: 70 1/min, stroke_volume: 0.6 mL}")
  #expect(rest == (try levels("{}")))
  let fast = try levels("{heart_rate: 140 1/min, stroke_volume: 1.2 mL}")
  let same = try levels("{dispersion_c1: 5.36 cm2/s, dispersion_sac: 0.112 cm2/s}")
  for (one, other) in zip(fast, same) { #expect(abs(one / other - 1) < 1e-12) }
  #expect(fast[0] < rest[0] && fast[2] > rest[2])
}

@Test func `height stretches the canal, factors widen it, and volume widens a bolus`() throws {
  let grid = CanalGrid(SpinalAnatomy(), cells: 100)
  var parameters = try #require(CanalParameters(drug: "morphine"))
  let volume = { CanalModel(grid, $0).network.volume.dropFirst().reduce(0, +) }
  let base = volume(parameters)
  parameters.height = 86
  #expect(abs(volume(parameters) / base - 0.5) < 1e-12)
  parameters.height = 172
  parameters.areaLumbosacral = 2
  parameters.areaCervical = 2
  #expect(abs(volume(parameters) / base - 2) < 1e-12)
  let simulation = { (volume: String) in
    try scenario(
      "morphine", tip: "L3", program: "{at: 0 h, bolus: 0.25 mg, volume: \(volume)}",
      output: "every: 1 h, until: 1 h, at: [tip]", cells: 100
    ).run().concentrations_ng_per_mL[0][0]
  }
  // σ = 3 cm + V / 2A with A = 2.15 cm² at L3: 10 mL add 2.3 cm, and the peak falls as 1/σ.
  #expect(abs(try simulation("0 mL") / simulation("10 mL") - (3 + 10 / 4.3) / 3) < 0.06)
}

/// Below C4 a segment lies higher than its vertebra: the segment T10 beside the vertebra T8 or T9.
@Test func `a dermatome is supplied from above its vertebra`() throws {
  let anatomy = SpinalAnatomy()
  let segment = try #require(anatomy.middle(ofSegment: "T10"))
  let t8 = try #require(anatomy.levels.firstIndex(of: "T8"))
  #expect((anatomy.borders[t8]...anatomy.borders[t8 + 2]).contains(segment))
  for name in ["C8", "T4", "L2", "S2"] {
    let middle = try #require(anatomy.middle(ofSegment: name))
    #expect(anatomy.midpoint(of: name).map { middle < $0 } ?? true)
  }
  #expect(anatomy.middle(ofSegment: "X1") == nil && anatomy.midpoint(of: "l3") == anatomy.midpoint(of: "L3"))
}

private let misplaced: [(String, String, String, String)] = [
  ("morphin", "L3", "tip", "drug"), ("aspirin", "L3", "tip", "drug"),
  ("morphine", "L9", "tip", "catheter.tip"),
  ("morphine", "66 cm", "tip", "catheter.tip"), ("morphine", "L3", "T13", "output.at[0]"),
  ("morphine", "L3", "dermatome X1", "output.at[0]"), ("morphine", "L3", "80 cm", "output.at[0]"),
]

@Test(arguments: misplaced)
private func `what does not exist is named with its place`(
  drug: String, tip: String, site: String, key: String
)
  throws
{
  let error = #expect(throws: ScenarioError.self) {
    try scenario(drug, tip: tip, program: bolusAndRate, output: "every: 1 h, until: 2 h, at: [\(site)]")
  }
  #expect(error?.key == key && error?.line != nil && error?.file == "test.yaml")
}

@Test func `a drug without plasma kinetics leaves an empty column and a remark`() throws {
  let result = try scenario(
    "hydromorphone", tip: "L3", program: bolusAndRate, output: "every: 1 h, until: 2 h, at: [plasma, tip]",
    cells: 50
  ).run()
  #expect(result.concentrations_ng_per_mL[0].isEmpty && result.concentrations_ng_per_mL[1].count == 3)
  #expect(result.remarks == [.noPlasmaKinetics(drug: "hydromorphone")])
}

/// The condition of the scaling is 10²² for D of 10⁻³ falling to 10⁻⁴ cm²/s: a batch says that it is no good there.
@Test func `a batch leaves a contour that would lose its digits`() throws {
  let simulation = try scenario(
    "morphine", tip: "L3", program: bolusAndRate, output: "every: 1 h, until: 24 h, at: [tip, cranial]",
    cells: 400,
    parameters: "{dispersion_c1: 1e-3 cm2/s, dispersion_sac: 1e-4 cm2/s}")
  #expect(simulation.network.symmetrizerCondition > 1e20)
  var batch = SimulationBatch(simulation, tolerance: 1e-6)
  try batch.run([simulation.parameters].span)
  #expect(batch.errorBound(set: 0) <= 1e-6)
  let alone = try simulation.run().concentrations_ng_per_mL
  let peak = try #require(alone.joined().max())
  for time in 0...24 {
    #expect(abs(batch.concentration(site: 0, time: time, set: 0) - alone[0][time]) < 2e-6 * peak)
  }
  #expect(abs(simulation.network.flowAmplification / simulation.model.amplification - 1) < 1e-6)
}

@Test func `a batch of people gives what each alone gives`() throws {
  let simulation = try scenario(
    "morphine", tip: "L3", program: bolusAndRate + ", {at: 12 h, rate: 2 mg/day}",
    output: "every: 1 h, until: 24 h, at: [tip, T4, cranial]", cells: 100)
  let sets = (0..<8).map { k -> CanalParameters in
    var parameters = simulation.parameters
    parameters[.loss] *= 0.5 + 0.2 * Double(k)
    parameters[.dispersionSac] *= 0.5 + 0.3 * Double(k)
    parameters[.areaCervical] = 0.9 + 0.03 * Double(k)
    return parameters
  }
  var batch = SimulationBatch(simulation, tolerance: 1e-7)
  try batch.run(sets.span)
  for (k, parameters) in sets.enumerated() {
    #expect(batch.errorBound(set: k) < 1e-7)
    let alone = try simulation.with(parameters).run()
    let peak = alone.concentrations_ng_per_mL.joined().max()!
    for site in 0..<3 {
      for time in 0...24 {
        let difference =
          batch.concentration(site: site, time: time, set: k) - alone.concentrations_ng_per_mL[site][time]
        #expect(abs(difference) < 1e-7 * peak)
      }
    }
  }
}
