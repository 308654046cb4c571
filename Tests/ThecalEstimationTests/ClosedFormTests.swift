import Glibc
import Testing
import ThecalSampling
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

@testable import ThecalEstimation

/// Levels are proportional to a dose, so that the logarithm of a dose under a log-normal prior is a straight line with
/// normal noise: its posterior, the likelihood over people and every interval have closed forms.
private struct DoseLine {
  /// ln √(1 + 0.3²), the residual of 30 %.
  static let sigma = 0.29356037920852385
  /// The prior of the dose: median 0.25 mg, a factor of two.
  static let width = log(2.0)
  static let prior = "prior: {\"program[0].bolus\": {lognormal: {median: 250 mcg, gsd: 2}}}"
  static let times = [1, 2, 4, 8]

  /// Levels of 0.25 mg at L3, ng/mL, by time.
  let levels: [Double]

  init() throws {
    let yaml = """
      drug: morphine
      catheter: {tip: L3}
      program: [{at: 0 h, bolus: 0.25 mg}]
      cells: 60
      output: {every: 1 h, until: 1 day, at: [L3]}
      """
    let found = try Simulation(SimulationScenario(yaml: yaml, file: "s").input).run()
    levels = Self.times.map { found.concentrations_ng_per_mL[0][$0] }
  }

  /// Rows of measurements that lie by `shifts` (natural logarithm) above the levels of the prior's median.
  func rows(_ shifts: [Double], subject: String = "1") -> String {
    zip(Self.times, zip(levels, shifts)).map { time, pair in
      "  - {subject: \"\(subject)\", time: \(time) h, site: L3, value: \(pair.0 * exp(pair.1)) ng/mL}"
    }.joined(separator: "\n")
  }

  static func shifts(_ random: inout SeededGenerator, about middle: Double) -> [Double] {
    times.map { _ in middle + sigma * normal(&random) }
  }
}

@Suite struct `A fit of a dose` {
  @Test(arguments: 0..<6 as Range<UInt64>)
  func `is the weighted mean of prior and measurements`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let line = try DoseLine()
    let shifts = DoseLine.shifts(&random, about: .random(in: -1...1, using: &random))
    let found = try Estimation(
      request(specification(line.rows(shifts), estimate: "\"program[0].bolus\"", more: DoseLine.prior)))
    let (sigma, width) = (DoseLine.sigma, DoseLine.width)
    let weight = width * width / (sigma * sigma)
    let precision = 1 + Double(shifts.count) * weight
    let score = weight / width * shifts.reduce(0, +) / precision
    let dose = try #require(found.estimates.first)
    #expect(found.isConverged && dose.isIdentifiable && dose.interval == .profile)
    #expect(abs(log(dose.value / 0.25) - width * score) < 2e-6)
    #expect(abs(dose.shrinkage * precision.squareRoot() - 1) < 1e-4)
    // A parabola: the profile and the curvature say the same.
    let half = 1.959963984540054 * width / precision.squareRoot()
    for end in [dose.high, dose.laplaceHigh] { #expect(abs(log(end / dose.value) - half) < 2e-4) }
    for end in [dose.low, dose.laplaceLow] { #expect(abs(log(dose.value / end) - half) < 2e-4) }
    let residuals = shifts.map { ($0 - width * score) / sigma }
    let misfit = residuals.reduce(2 * Double(shifts.count) * log(sigma)) { $0 + $1 * $1 }
    #expect(abs(found.misfit - misfit) < 1e-4 && abs(found.objective - misfit - score * score) < 1e-4)
    for (point, residual) in zip(found.points, residuals) {
      #expect(abs((point.residual ?? .nan) - residual) < 1e-4)
      #expect(point.prediction_ng_per_mL == point.typical_ng_per_mL)
    }
    #expect(found.spreads.isEmpty && found.correlation == [[1]])
  }

  /// For given spread the typical score has a closed form; the spread is found by halving an interval.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `in many people has the mode of the marginal likelihood`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let line = try DoseLine()
    let people = (0..<8).map { _ in DoseLine.shifts(&random, about: 0.4 + 0.9 * normal(&random)) }
    let rows = people.enumerated().map { line.rows($1, subject: "\($0)") }.joined(separator: "\n")
    let asked = try request(
      specification(
        rows, estimate: "\"program[0].bolus\"",
        more: DoseLine.prior + "\nrandom: [\"program[0].bolus\"]"))
    let found = try Estimation(asked)
    let (sigma, width, n) = (DoseLine.sigma, DoseLine.width, Double(DoseLine.times.count))
    /// The least of minus the logarithm of the posterior at the logarithm of a spread, and the score there.
    func lowest(_ logSpread: Double) -> (value: Double, score: Double) {
      let inner = exp(2 * logSpread) * width * width  // variance between people
      let outer = n * inner + sigma * sigma  // n times the variance of a person's mean
      let sums = people.map { $0.reduce(0, +) }
      let score = width * sums.reduce(0, +) / outer / (1 + Double(people.count) * n * width * width / outer)
      var value = score * score / 2 + logSpread * logSpread / (2 * log(2.0) * log(2.0))
      for (shifts, sum) in zip(people, sums) {
        let total = sum - n * width * score
        let squares = shifts.reduce(0) { $0 + ($1 - width * score) * ($1 - width * score) }
        value += n * log(sigma) + log(outer / (sigma * sigma)) / 2
        value += (squares - inner * total * total / outer) / (2 * sigma * sigma)
      }
      return (value, score)
    }
    var (low, high) = (-3.0, 3.0)
    for _ in 0..<100 {
      let (a, b) = (low + (high - low) / 3, high - (high - low) / 3)
      if lowest(a).value < lowest(b).value { high = b } else { low = a }
    }
    let best = lowest(low)
    #expect(found.isConverged && found.individuals.count == 8)
    #expect(abs(found.objective - 2 * best.value) < 1e-4)
    let (dose, spread) = (try #require(found.estimates.first), try #require(found.spreads.first))
    #expect(abs(log(dose.value / 0.25) - width * best.score) < 2e-3)
    #expect(abs(log(spread.value) - low) < 2e-3)
    #expect(spread.low < spread.value && spread.value < spread.high)
    let omega = width * spread.value
    #expect(abs((spread.cv ?? 0) / expm1(omega * omega).squareRoot() - 1) < 1e-9)
    // Each person lies between the own mean and the typical one.
    let typical = log(dose.value / 0.25)
    for (person, shifts) in zip(found.individuals, people) {
      let mean = shifts.reduce(0, +) / n
      let own = log(person.values[0] / 0.25)
      let share = omega * omega / (omega * omega + sigma * sigma / n)
      #expect(abs(own - typical - share * (mean - typical)) < 1e-3)
    }
  }

  @Test func `gives a course that passes through its predictions`() throws {
    let line = try DoseLine()
    let found = try Estimation(
      request(
        specification(
          line.rows([0.1, -0.2, 0.3, 0]), estimate: "\"program[0].bolus\"", more: DoseLine.prior)))
    let course = try #require(found.courses.first)
    #expect(found.courses.count == 1 && course.site == "L3" && course.times_h.count == 121)
    #expect(course.times_h.first == 0 && course.times_h.last == 8)
    for point in found.points {
      let row = try #require(course.times_h.firstIndex { abs($0 - point.point.time_h) < 1e-9 })
      #expect(abs(course.levels_ng_per_mL[row] / point.prediction_ng_per_mL - 1) < 1e-5)
    }
  }
}

@Suite struct `Measured levels` {
  @Test(arguments: 0..<8 as Range<UInt64>)
  func `have slopes that differences have, below a limit and above it`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let levels = (0..<5).map { _ in exp(Double.random(in: 0...8, using: &random)) }
    // More than one measurement of a level, as two assays give.
    let data = MeasuredLevels(
      (0..<9).map {
        .init(
          index: $0 % 5, value_ng_per_mL: levels[$0 % 5] * exp(.random(in: -2...2, using: &random)),
          isBelow: $0 % 3 == 0)
      }, sigma: 0.4)
    let (value, slopes) = data.misfit(levels)
    #expect(value.isFinite)
    for k in levels.indices {
      let step = 1e-5 * levels[k]
      var (up, down) = (levels, levels)
      up[k] += step
      down[k] -= step
      let difference = (data.misfit(up).value - data.misfit(down).value) / (2 * step)
      #expect(abs(slopes[k] - difference) < 1e-6 * (abs(difference) + 1 / levels[k]))
    }
  }

  @Test func `far below their limit cost nothing, far above it a square`() {
    let data = MeasuredLevels([.init(index: 0, value_ng_per_mL: 10, isBelow: true)], sigma: 0.25)
    #expect(data.misfit([1e-6]).value == 0)
    // ln Φ(x) ≈ −x²/2 − ln(−x √(2π)) − 1/x² for x far below zero; x = −ln(1000)/0.25 = −27.6.
    let x = log(1_000) / 0.25
    let expected = x * x / 2 + log(x * (2 * Double.pi).squareRoot()) + 1 / (x * x)
    #expect(abs(data.misfit([10_000]).value / expected - 1) < 1e-5)
  }
}

@Suite struct `Scores of priors` {
  @Test func `weigh correlated parameters as a normal density does`() throws {
    let rows = "  - {time: 1 h, site: L3, value: 4000 ng/mL}"
    let scores = try PriorScores(request(specification(rows, estimate: "dispersion_c1, dispersion_sac")))
    // The shipped correlation is 0.7: the quadratic form by hand.
    let (a, b, rho) = (0.8, -1.3, 0.7)
    let (value, gradient) = scores.penalty([a, b])
    #expect(abs(value - (a * a - 2 * rho * a * b + b * b) / (2 * (1 - rho * rho))) < 1e-12)
    #expect(abs(gradient[0] - (a - rho * b) / (1 - rho * rho)) < 1e-12)
    #expect(abs(gradient[1] - (b - rho * a) / (1 - rho * rho)) < 1e-12)
    #expect(abs(scores.logDeterminant - log(1 - rho * rho)) < 1e-12)
  }

  @Test func `that contradict each other are those of no priors`() throws {
    let rows = "  - {time: 1 h, site: L3, value: 4000 ng/mL}"
    let asked = try request(specification(rows, estimate: "loss, cranial_volume, height"))
    let impossible = EstimationRequest(
      subjects: asked.subjects, free: asked.free, priors: asked.priors,
      correlations: [(0, 1, 0.9), (1, 2, 0.9), (0, 2, -0.9)], sigma: asked.sigma)
    #expect(throws: EstimationProblem.correlations) { try Estimation(impossible) }
  }
}

@Test func `a model needs something that is free, and each once`() throws {
  let rows = "  - {time: 1 h, site: L3, value: 4000 ng/mL}"
  let input = try request(specification(rows, estimate: "loss")).subjects[0].input
  #expect(throws: InputProblem.self) { try TransportModel(input, free: []) }
  #expect(throws: InputProblem.self) { try TransportModel(input, free: [.canal(.loss), .canal(.loss)]) }
  let model = try TransportModel(input, free: [.canal(.loss), .tip], times: [1, 2])
  #expect(model.parameters.map(\.key) == ["loss", "catheter.tip"] && model.size == 2)
  #expect(model.parameters.map(\.unit) == ["1/s", "cm"] && model.times_h == [1, 2])
}

@Test func `times that do not rise and tolerances that no way keeps are refused`() throws {
  let yaml = specification("  - {time: 1 h, site: L3, value: 1 ng/mL}", estimate: "loss")
  let (input, free) = (try request(yaml).subjects[0].input, try request(yaml).free)
  #expect(try TransportModel(input, free: free, times: [0, 1]).times_h == [0, 1])
  for times in [[], [1, 1], [2, 1], [-1, 1], [1, .nan], [1, .infinity]] as [[Double]] {
    #expect(throws: InputProblem.self) { try TransportModel(input, free: free, times: times) }
  }
  for tolerance in [0, -1, 1e-13, 0.011, 1, .nan] {
    #expect(throws: InputProblem.self) { try TransportModel(input, free: free, tolerance: tolerance) }
  }
}
