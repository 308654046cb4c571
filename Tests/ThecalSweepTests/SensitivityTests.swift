import Glibc
import Testing
import ThecalSampling
import _ThecalTestSupport

@testable import ThecalSweep

/// f at the points of a Saltelli design over the unit cube.
func saltelli(_ size: Int, bases: Int, seed: UInt64, _ f: ([Double]) -> Double) -> [Double] {
  let design = Design(.sobol, samples: UInt64(bases), dimensions: 2 * size, seed: seed)
  var both = Array(repeating: 0.0, count: 2 * size)
  return (0..<bases).flatMap { base -> [Double] in
    design.point(UInt64(base), into: &both)
    let (a, b) = (Array(both[..<size]), Array(both[size...]))
    return [f(a), f(b)]
      + (0..<size).map { k in
        var mixed = a
        mixed[k] = b[k]
        return f(mixed)
      }
  }
}

@Suite struct `Sobol indices` {
  /// Ishigami and Homma, 1990, with a = 7 and b = 0.1: indices in closed form.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `of Ishigami's function lie in their intervals`(seed: UInt64) throws {
    let (a, b) = (7.0, 0.1)
    let values = saltelli(3, bases: 2_048, seed: seed) { u in
      let x = u.map { (2 * $0 - 1) * Double.pi }
      return sin(x[0]) + a * sin(x[1]) * sin(x[1]) + b * pow(x[2], 4) * sin(x[0])
    }
    let found = try #require(SobolIndices(values, parameters: 3, seed: seed, draws: 300))
    let pi4 = pow(Double.pi, 4)
    let first = [pow(1 + b * pi4 / 5, 2) / 2, a * a / 8, 0]
    let both = 8 * b * b * pi4 * pi4 / 225
    let variance = first.reduce(0, +) + both
    let total = [first[0] + both, first[1], both]
    #expect(abs(found.variance / variance - 1) < 0.05)
    for k in 0..<3 {
      #expect((found.first[k].low - 0.02...found.first[k].high + 0.02).contains(first[k] / variance))
      #expect((found.total[k].low - 0.02...found.total[k].high + 0.02).contains(total[k] / variance))
      #expect(abs(found.total[k].value - total[k] / variance) < 0.05)
    }
  }

  /// Sobol's g-function with a = (0, 1, 4.5, 9): Sᵢ from Vᵢ = 1 / (3 (1 + aᵢ)²).
  @Test func `of the g-function lie in their intervals`() throws {
    let a = [0, 1, 4.5, 9]
    let values = saltelli(4, bases: 4_096, seed: 9) { u in
      zip(u, a).reduce(1) { $0 * (abs(4 * $1.0 - 2) + $1.1) / (1 + $1.1) }
    }
    let found = try #require(SobolIndices(values, parameters: 4, seed: 9, draws: 300))
    let parts = a.map { 1 / (3 * (1 + $0) * (1 + $0)) }
    let variance = parts.reduce(1) { $0 * (1 + $1) } - 1
    for k in 0..<4 {
      let total =
        parts[k] * parts.enumerated().reduce(1) { $1.offset == k ? $0 : $0 * (1 + $1.element) } / variance
      #expect(abs(found.first[k].value - parts[k] / variance) < 0.02)
      #expect(abs(found.total[k].value - total) < 0.02)
      #expect(found.first[k].low <= found.first[k].value && found.first[k].value <= found.first[k].high)
    }
  }

  @Test func `more base points narrow the intervals, and a constant has none`() throws {
    func width(_ bases: Int) throws -> Double {
      let values = saltelli(2, bases: bases, seed: 4) { $0[0] + 2 * $0[1] }
      let index = try #require(SobolIndices(values, parameters: 2, seed: 1, draws: 200)).total[1]
      return index.high - index.low
    }
    #expect(try width(2_048) < width(128))
    #expect(SobolIndices(Array(repeating: 3, count: 400), parameters: 2, seed: 1) == nil)
  }
}

@Suite struct `Morris` {
  @Test func `gives the slopes of a linear sweep, without scatter`() throws {
    let study = Study(
      """
      scenario: scenario.yaml
      design: {method: morris, samples: 20, seed: 6}
      parameters:
        program[1].rate: {uniform: {low: 1 mg/day, high: 2 mg/day}}
        program[0].bolus: {uniform: {low: 0 mg, high: 1 mg}}
      outputs: [peak, steady]
      """)
    try study.run("m.nc")
    let found = try SensitivityStudy(path: study.folder.file("m.nc"))
    #expect(found.parameters == ["program_1_rate", "program_0_bolus"])
    let steady = try #require(found.results.first { $0.name == "steady_L4" }?.morris)
    // A steady level does not know of the bolus, and is linear in the rate.
    #expect(steady.size[1] == 0 && steady.size[0] > 0)
    #expect(
      steady.spread[0] < 1e-9 * steady.size[0] && abs(steady.mean[0] - steady.size[0]) < 1e-9 * steady.size[0]
    )
  }

  @Test func `a sweep of the transport model ranks loss and dispersion as Sobol's indices do`() throws {
    let study = Study(spec("{method: saltelli, samples: 64, seed: 2}", outputs: "[steady]"))
    try study.run("s.nc", threads: 2)
    let sobol = try #require(
      try SensitivityStudy(path: study.folder.file("s.nc"), names: ["steady_L4"]).results[0].sobol)
    #expect(sobol.total[3].value > sobol.total[0].value && sobol.total[0].value > sobol.total[2].value)
    #expect(throws: SweepProblem.self) {
      try SensitivityStudy(path: study.folder.file("s.nc"), names: ["nothing"])
    }
    let plain = Study(spec("{method: latin, samples: 8}", outputs: "[steady]"))
    try plain.run("p.nc")
    #expect(throws: SweepProblem.self) { try SensitivityStudy(path: plain.folder.file("p.nc")) }
  }
}
