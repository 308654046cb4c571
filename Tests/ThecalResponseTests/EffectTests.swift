import Glibc
import Testing
import ThecalFormulary
import ThecalSampling
import ThecalTransport

@testable import ThecalResponse

@Test func `a step in the level is felt as 1 − e^{−kt}; after 2 h with a half-life of 2.8 h, 39 %`() {
  let site = EffectSite(halfLife_h: 2.8)
  #expect(abs(site.felt(after: 2) - 0.39) < 0.005)
  var levels = Array(repeating: 10.0, count: 25)
  let times = (0...24).map { Double($0) / 2 }
  site.apply(&levels, at: times)
  for (t, level) in zip(times, levels) { #expect(abs(level - 10 * site.felt(after: t)) < 1e-12) }
}

/// For C = t the equation has the solution Cₑ = t − (1 − e^{−kt}) / k.
@Test(arguments: [0.01, 0.3, 2, 50])
func `a ramp is followed exactly, in one step or in many`(halfLife: Double) {
  let site = EffectSite(halfLife_h: halfLife)
  for steps in [1, 7] {
    let times = (0...steps).map { 6 * Double($0) / Double(steps) }
    var levels = times
    site.apply(&levels, at: times)
    #expect(abs(levels[steps] - (6 - site.felt(after: 6) / site.rate)) < 1e-11)
  }
}

@Test func `a sigmoid and its inverse, and its slope by difference`() {
  let curve = SigmoidEffect(largest: 2.6, half: 54.8, steepness: 1.4)
  #expect(abs(curve.effect(at: 54.8) - 1.3) < 1e-12)
  for effect in [0.1, 1, 2.5] { #expect(abs(curve.effect(at: curve.level(for: effect)!) - effect) < 1e-12) }
  #expect(curve.level(for: 2.6) == nil && curve.effect(at: 0) == 0)
  let h = 1e-5
  let difference = (curve.effect(at: 80 * exp(h)) - curve.effect(at: 80 * exp(-h))) / (2 * h)
  #expect(abs(curve.slope(at: 80) - difference) < 1e-8)
}

/// 50 mcg at L3 in 21 patients after stroke: lower limb 3.3 → 1.4, upper limb 2.8 → 1.8 (meythaler2001).
@Test func `one EC50 gives the response of both limbs to 50 mcg of baclofen`() throws {
  let model = try #require(EffectModel("ashworth", of: "baclofen", in: .embedded))
  // Mean levels at the effect site, 4 to 6 h after the bolus, with the transport model's defaults.
  let (lower, upper) = (model.curve.effect(at: 148.8), model.curve.effect(at: 27.4))
  #expect(abs(lower - 1.9) < 0.01)
  #expect(abs(upper - 1.0) < 0.5 && lower > upper)
}

@Test func `virtual patients have the medians, spreads and correlations of the data`() throws {
  let center = try #require(CanalParameters(drug: "baclofen"))
  let people = VirtualPatients(around: center, drug: "baclofen", seed: 1, in: .embedded)
  let drawn = (0..<4_000).map(people.parameters)
  func logs(_ parameter: TransportParameter) -> [Double] {
    drawn.map { log($0[parameter] / center[parameter]) }
  }
  func sd(_ x: [Double]) -> Double { (x.reduce(0) { $0 + $1 * $1 } / Double(x.count)).squareRoot() }
  let loss = logs(.loss)
  #expect(abs(loss.sorted()[2_000]) < 0.04)
  #expect(abs(sd(loss) / Distribution.sigma(cv: 0.5) - 1) < 0.05)
  let (upper, lower) = (logs(.dispersionC1), logs(.dispersionSac))
  #expect(abs(sd(upper) / log(2) - 1) < 0.05)
  let product = zip(upper, lower).reduce(0) { $0 + $1.0 * $1.1 } / 4_000 / sd(upper) / sd(lower)
  #expect(abs(product - 0.7) < 0.03)
  #expect(drawn.allSatisfy { (0...0.6).contains($0[.spinalFraction]) })
  #expect(
    people.parameters(7)
      == VirtualPatients(around: center, drug: "baclofen", seed: 1, in: .embedded).parameters(7))
}
