import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalSolvers

@Test(arguments: [1.0, 10, 168, 1_000, 10_080], [1e-5, 1e-8, 1e-10])
func `a contour is as exact as it says for every decay rate and time`(ratio: Double, tolerance: Double) throws
{
  let count = try #require(ContourRule.count(ratio: ratio, tolerance: tolerance))
  let rule = ContourRule(shortest: 0.5, longest: 0.5 * ratio, count: count)
  #expect(rule.errorBound <= tolerance)
  var worst = 0.0
  for i in 0...40 {
    let t = 0.5 * pow(ratio, Double(i) / 40)
    for j in 0...120 {
      let lambda = j == 0 ? 0 : -pow(10, Double(j) / 10 - 6)
      var sum = 0.0
      for k in 0..<rule.count {
        let (zr, zi) = (rule.nodeReal[k] - lambda, rule.nodeImaginary[k])
        let growth = exp(rule.nodeReal[k] * t)
        let (er, ei) = (growth * cos(zi * t), growth * sin(zi * t))
        let (wr, wi) = (rule.weightReal[k], rule.weightImaginary[k])
        sum += ((wr * er - wi * ei) * zr + (wr * ei + wi * er) * zi) / (zr * zr + zi * zi)
      }
      worst = max(worst, abs(sum - exp(lambda * t)))
    }
  }
  #expect(worst <= rule.errorBound, "\(rule.count) nodes")
}

@Test func `no contour promises more than rounding allows`() {
  #expect(ContourRule.count(ratio: 100, tolerance: 1e-15) == nil)
}

/// φ₁(−1) = 1 − 1/e, φ₂(−1) = 1/e; and both sides of every switch between formulas.
@Test func `phi functions are smooth where the formula changes`() {
  #expect(abs(Phi.one(-1) - (1 - exp(-1.0))) < 1e-16 && abs(Phi.two(-1) - exp(-1.0)) < 2e-16)
  #expect(abs(Phi.two(-0.999_999_999) - Phi.two(-1.000_000_001)) < 1e-9)
  #expect(abs(Phi.two(-1e-9) - 0.5) < 1e-9)
  // ∫₀¹ e^{a(1−s)} e^{bs} ds at a = b is e^a; ∫ e^{a(1−s)} s φ₁(bs) ds at a = b = 0 is 1/2.
  #expect(abs(Phi.between(-2, -2, 1) - exp(-2.0)) < 1e-16)
  #expect(abs(Phi.between(-2, -2 - 1e-9, 1) - exp(-2.0)) < 1e-9)
  #expect(abs(Phi.between(zero: 0, 0, 1) - 0.5) < 1e-16)
  for b in [-0.999, -1.001] {
    var sum = 0.0
    let n = 2_000
    for k in 0..<n {
      let s = (Double(k) + 0.5) / Double(n)
      sum += exp(-0.3 * (1 - s)) * s * Phi.one(b * s) / Double(n)
    }
    #expect(abs(Phi.between(zero: -0.3, b, 1) - sum) < 1e-7)
  }
}

/// B(1) = 0.5819767069, B(−1) = 1.5819767069 (by hand), B'(0) = −1/2.
@Test func `exponential fitting weighs by Bernoulli's function`() {
  var onward = Array(repeating: 0.0, count: 5)
  var back = onward
  let flows = [1.0, -1, 0, 0.2, -800]
  Bernoulli.fit(conductance: [1, 1, 1, 1, 1], flow: flows, onward: &onward, back: &back)
  #expect(abs(back[0] - 0.581_976_706_9) < 1e-10 && abs(onward[0] - 1.581_976_706_9) < 1e-10)
  #expect(abs(onward[1] - back[0]) < 1e-15 && onward[2] == 1 && back[2] == 1)
  #expect(abs(back[3] / (0.2 / expm1(0.2)) - 1) < 1e-15)
  #expect(onward[4] >= 0 && abs(back[4] - 800) < 1e-12)
  for i in flows.indices { #expect(abs(onward[i] - back[i] - flows[i]) < 1e-12) }
  for z in [-3.0, -0.02, -0.005, 0.004, 0.02, 5] {
    let h = 1e-5
    let slope = (Bernoulli.pair(z + h).0 - Bernoulli.pair(z - h).0) / (2 * h)
    #expect(abs(Bernoulli.derivative(z, Bernoulli.pair(z)) - slope) < 1e-9)
  }
}

@Test func `the stepper's error follows its tolerance`() throws {
  var random = SeededGenerator(seed: 8)
  let network = LinearNetwork.random(30, using: &random)
  let experiment = Experiment.random(network, using: &random)
  let reference = try SpectralPropagator(network).run(experiment)
  for tolerance in [1e-4, 1e-6, 1e-8] {
    var stepper = ImplicitPropagator(network, tolerance: tolerance)
    let course = try stepper.run(experiment)
    #expect(course.difference(to: reference) < tolerance)
  }
}

@Test func `fast paths do not allocate after they are made`() throws {
  var random = SeededGenerator(seed: 5)
  let network = LinearNetwork.random(64, using: &random)
  let experiment = Experiment.random(network, using: &random)
  var contour = ContourPropagator(shape: network, experiment, tolerance: 1e-8)!
  let sources = experiment.sources
  contour.run(network, sources: sources)
  #expect(allocations { for _ in 0..<5 { contour.run(network, sources: sources) } } == 0)
  var lanes = NetworkLanes(nodes: 64, sources: 2)
  var batch = ContourBatch(nodes: 64, experiment, tolerance: 1e-8)!
  batch.run(lanes)
  let count = allocations {
    for lane in 0..<8 { lanes.set(lane: lane, network, sources: sources) }
    batch.run(lanes)
  }
  #expect(count == 0)
}
