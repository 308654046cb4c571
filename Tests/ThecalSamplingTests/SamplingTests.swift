import Glibc
import Testing

@testable import ThecalSampling

/// Known answers of the authors' own implementation (kat_vectors of Random123).
@Test func `Philox gives its known answers`() {
  #expect(
    Philox(seed: 0).words(0, 0, 0, 0) == (0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8))
  #expect(
    Philox(seed: .max).words(.max, .max, .max, .max)
      == (0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd))
  #expect(
    Philox(seed: 0x299f_31d0_a409_3822).words(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344)
      == (0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1))
}

@Test(arguments: normalQuantiles.indices)
func `normal quantiles are those of scipy`(index: Int) {
  let (p, expected) = normalQuantiles[index]
  #expect(abs(normalQuantile(p) - expected) <= 1e-14 * max(1, abs(expected)))
  #expect(abs(normalProbability(expected) / p - 1) < 1e-9)
}

@Test(arguments: sobolPoints.indices)
func `unscrambled Sobol points are those of scipy`(index: Int) {
  let (i, dimension, expected) = sobolPoints[index]
  let sobol = Sobol(dimensions: Sobol.mostDimensions, scrambledBy: nil)
  #expect(sobol.coordinate(UInt64(i), dimension) == expected + 0x1p-33)
}

/// Kolmogorov's distance between sorted numbers and the uniform distribution, times √n.
func kolmogorov(_ values: [Double]) -> Double {
  let sorted = values.sorted()
  let n = Double(sorted.count)
  let distance = sorted.enumerated().reduce(0.0) {
    max($0, abs($1.element - Double($1.offset) / n), abs(Double($1.offset + 1) / n - $1.element))
  }
  return distance * n.squareRoot()
}

func coordinates(_ design: Design, _ dimension: Int) -> [Double] {
  var point = Array(repeating: 0.0, count: design.dimensions)
  return (0..<design.samples).map {
    design.point($0, into: &point)
    return point[dimension]
  }
}

@Test(arguments: Design.Method.allCases, [1, 2, 99] as [UInt64])
func `every coordinate of every design is uniform, and no two are alike`(method: Design.Method, seed: UInt64)
{
  let design = Design(method, samples: 4_096, dimensions: 5, seed: seed)
  var columns: [[Double]] = []
  for d in 0..<5 {
    columns.append(coordinates(design, d))
    // 1.95 is passed by chance once in a thousand; a design more even than chance stays far below.
    #expect(kolmogorov(columns[d]) < (method == .montecarlo ? 1.95 : 0.1))
    #expect(columns[d].allSatisfy { $0 > 0 && $0 < 1 })
  }
  for (a, b) in [(0, 1), (1, 2), (3, 4)] {
    let products = zip(columns[a], columns[b]).reduce(0) { $0 + ($1.0 - 0.5) * ($1.1 - 0.5) }
    #expect(abs(products / 4_096 * 12) < 4.0 / 64)
  }
}

@Test func `seeds differ, and the same seed gives the same numbers from any start`() {
  let one = Design(.latin, samples: 100, dimensions: 2, seed: 7)
  let other = Design(.latin, samples: 100, dimensions: 2, seed: 8)
  #expect(coordinates(one, 0) != coordinates(other, 0))
  var point = [0.0, 0.0]
  one.point(63, into: &point)
  #expect(point[1] == coordinates(one, 1)[63])
}

@Test func `a Latin hypercube has one point in every slice`() {
  let design = Design(.latin, samples: 1_000, dimensions: 3, seed: 5)
  for d in 0..<3 {
    #expect(Set(coordinates(design, d).map { Int($0 * 1_000) }).count == 1_000)
  }
}

/// Owen's scrambling keeps the net: every elementary interval of 2^k points holds exactly one.
@Test(arguments: [(0, 1), (2, 9), (20, 63)])
func `scrambled Sobol points keep their evenness`(a: Int, b: Int) {
  let sobol = Sobol(dimensions: 64, scrambledBy: Philox(seed: 11))
  let points = (0..<1_024 as Range<UInt64>).map { (sobol.coordinate($0, a), sobol.coordinate($0, b)) }
  #expect(Set(points.map { Int($0.0 * 1_024) }).count == 1_024)
  #expect(Set(points.map { Int($0.1 * 1_024) }).count == 1_024)
  if a == 0 {
    for split in 0...10 {
      let (wide, high) = (Double(1 << split), Double(1 << (10 - split)))
      #expect(Set(points.map { Int($0.0 * wide) * 1_024 + Int($0.1 * high) }).count == 1_024)
    }
  }
}

@Test func `a Sobol mean is nearer than a random one`() {
  // The integral of Π (|4u − 2| + a) / (1 + a) over the cube is 1.
  func error(_ method: Design.Method, _ seed: UInt64) -> Double {
    let design = Design(method, samples: 1_024, dimensions: 6, seed: seed)
    var point = Array(repeating: 0.0, count: 6)
    var sum = 0.0
    for i in 0..<design.samples {
      design.point(i, into: &point)
      sum += point.reduce(1) { $0 * (abs(4 * $1 - 2) + 1) / 2 }
    }
    return sum / 1_024 - 1
  }
  func spread(_ method: Design.Method) -> Double {
    (1...20).reduce(0) { $0 + error(method, $1) * error(method, $1) }.squareRoot()
  }
  #expect(spread(.sobol) < spread(.montecarlo) / 5)
}

@Test func `distributions have their quantiles, and truncation keeps their shape`() {
  let median = Distribution(.lognormal(median: 3e-5, sigma: Distribution.sigma(cv: 0.4)))
  #expect(abs(median.quantile(0.5) / 3e-5 - 1) < 1e-12)
  // A CV of 0.4: mean over median is √(1 + CV²).
  let mean =
    coordinates(Design(.sobol, samples: 65_536, dimensions: 1, seed: 3), 0)
    .reduce(0) { $0 + median.quantile($1) } / 65_536
  #expect(abs(mean / 3e-5 / 1.16.squareRoot() - 1) < 1e-4)
  let cut = Distribution(.normal(mean: 0, sd: 1), truncated: -1...2)
  #expect(abs(cut.quantile(1e-12) + 1) < 1e-9 && abs(cut.quantile(1 - 1e-12) - 2) < 1e-9)
  // Half of what is kept lies below its median.
  let middle = cut.quantile(0.5)
  #expect(
    abs(
      (normalProbability(middle) - normalProbability(-1)) / (normalProbability(2) - normalProbability(-1))
        - 0.5)
      < 1e-12)
  #expect(Distribution(.uniform(low: 2, high: 4)).quantile(0.25) == 2.5)
  #expect(Distribution(.values([5, 7])).quantile(0.51) == 7)
  #expect(!Distribution.keeps(.uniform(low: 0, high: 1), 2...3))
}

@Test func `correlated quantities keep their own distribution`() throws {
  let copula = try Copula(count: 3, correlations: [(0, 2, 0.7)])
  let design = Design(.montecarlo, samples: 20_000, dimensions: 3, seed: 4)
  var point = [0.0, 0, 0]
  var columns: [[Double]] = [[], [], []]
  for i in 0..<design.samples {
    design.point(i, into: &point)
    let alone = point[1]
    copula.apply(&point)
    #expect(point[1] == alone)
    for d in 0..<3 { columns[d].append(point[d]) }
  }
  for d in 0..<3 { #expect(kolmogorov(columns[d]) < 1.95) }
  let normal = columns.map { $0.map(normalQuantile) }
  let product = zip(normal[0], normal[2]).reduce(0) { $0 + $1.0 * $1.1 } / 20_000
  #expect(abs(product - 0.7) < 0.02)
  #expect(throws: CopulaError.impossible) {
    try Copula(count: 3, correlations: [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)])
  }
}

@Test(arguments: [1, 2, 3, 7, 64, 1_000, 4_097] as [UInt64])
func `a permutation meets every number once`(count: UInt64) {
  let order = Permutation(count: count, random: Philox(seed: 1), stream: 9)
  #expect(Set((0..<count).map { order($0) }) == Set(0..<count))
  if count >= 64 { #expect((0..<count).map { order($0) } != Array(0..<count)) }
}

@Test func `a pair of correlated numbers is that of the closed form`() throws {
  let copula = try Copula(count: 2, correlations: [(0, 1, -0.6)])
  var point = [normalProbability(0.5), normalProbability(1)]
  copula.apply(&point)
  // −0.6 · 0.5 + √(1 − 0.36) · 1 = 0.5.
  #expect(abs(point[1] - normalProbability(0.5)) < 1e-15 && point[0] == normalProbability(0.5))
}

@Test func `a spread of nothing is its middle, and a cut at one end keeps the other`() {
  #expect(Distribution(.normal(mean: 3, sd: 0)).quantile(0.9) == 3)
  #expect(Distribution(.lognormal(median: 3, sigma: 0)).quantile(0.1) == 3)
  #expect(
    Distribution.keeps(.normal(mean: 3, sd: 0), 3...4) && !Distribution.keeps(.normal(mean: 3, sd: 0), 4...5))
  // The half above zero has its median at Φ⁻¹(0.75).
  let half = Distribution(.normal(mean: 0, sd: 1), truncated: 0...100)
  #expect(abs(half.quantile(0.5) - 0.6744897501960817) < 1e-12)
  #expect(abs(Distribution.sigma(cv: 1) - log(2.0).squareRoot()) < 1e-15)
}
