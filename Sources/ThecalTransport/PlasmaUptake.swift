import ThecalFormulary
import ThecalKinetics
import ThecalQuantities
import ThecalSolvers

/// Drug that comes from plasma into the CSF, given beside the pump.
///
/// Exchange with tissue and blood, k (C − φ C_p), is the loss of the model with a source k φ C_p along the canal and in
/// the cranial pool. The plasma level is put in as its mean over short intervals. What passes into the CSF is a hundredth
/// of a percent of the dose (`nordberg1985`), so plasma does not feel it, and what comes out of the CSF does not come back.
struct PlasmaUptake: Sendable {
  /// The level in CSF over that in plasma that exchange alone would reach, φ; 0 where nothing is known.
  let ratio: Double
  /// Whether something was given endlessly before 0 h: the CSF has settled with it then.
  let isSettled: Bool
  /// Starts of the intervals, h, and the mean level in each, µg/mL. What had settled begins long before 0 h.
  let intervals: [(start: Double, level: Double)]
  /// The level at the rows, µg/mL.
  let levels: [Double]
  private let dosings: [SystemicDosing]

  /// The levels that `dosings` make at `times`.
  ///
  /// - Throws: `InputProblem` where a dosing cannot be followed.
  init(_ dosings: [SystemicDosing], ratio: Double, times: [Double]) throws(InputProblem) {
    self.ratio = ratio
    self.dosings = dosings
    isSettled = dosings.contains { $0.isSettled }
    let end = times.last ?? 0
    guard end <= Self.longest else {
      throw InputProblem(
        .whole, "levels in plasma are followed for \(Int(Self.longest / 8_766)) years: end the rows sooner")
    }
    let before = isSettled ? Self.intervalsBefore : 0
    let count = before + Int((end / Self.interval).rounded(.up))
    let grid = (-2 * before...2 * (count - before)).map { Double($0) * Self.interval / 2 }
    var mean = 0.0
    var sums = Array(repeating: 0.0, count: grid.count)
    var levels = Array(repeating: 0.0, count: times.count)
    do throws(DosingError) {
      for dosing in dosings {
        for (k, level) in try dosing.beginning(by: grid[0]).levels(at: grid).enumerated() { sums[k] += level }
        mean += try dosing.settledMean()
        for (k, level) in try dosing.levels(at: times).enumerated() { levels[k] += level }
      }
    } catch {
      throw InputProblem(.whole, "a systemic dose cannot be followed: \(error.reason)")
    }
    guard (sums + levels + [mean]).allSatisfy(\.isFinite) else {
      throw InputProblem(.whole, "a level in plasma is no number: doses or parameters are too extreme")
    }
    self.levels = levels
    // Simpson's rule in each interval; a dose at its end begins the next.
    let means = (0..<count).map { k -> (start: Double, level: Double) in
      (grid[2 * k], (sums[2 * k] + 4 * sums[2 * k + 1] + sums[2 * k + 2]) / 6)
    }
    intervals = (isSettled ? [(-Self.longBefore, mean)] : []) + means
  }

  /// The level at other times, µg/mL, which those of the rows have shown to be computable.
  func levels(at times: [Double]) -> [Double] {
    dosings.reduce(into: Array(repeating: 0.0, count: times.count)) { sum, dosing in
      for (k, level) in ((try? dosing.levels(at: times)) ?? []).enumerated() { sum[k] += level }
    }
  }

  /// The instants at which the level in plasma turns or jumps, h.
  var turns: [Double] {
    dosings.flatMap { dosing in
      dosing.records.flatMap { record in
        let start = record.time_h + (record.lag_h ?? dosing.person[.ALAG])
        let length = record.length_h(dosing.person[.F])
        return (0...record.additional).flatMap { k in
          let begin = start + Double(k) * record.interval_h
          return (length > 0 ? [begin, begin + length] : [begin]).filter { $0 >= 0 }
        }
      }
    }
  }

  /// Five days of the course before 0 h are followed, twenty half-lives of the exchange; before them the level is its
  /// mean, for so long that nothing remembers a beginning.
  private static var intervalsBefore: Int { 1_200 }
  private static var longBefore: Double { 100_000 }

  /// Ten years, h.
  private static var longest: Double { 87_660 }

  /// Six minutes: a tenth of the time constant of the fastest exchange with the CSF, and less than that of absorption.
  static var interval: Double { 0.1 }

  /// The source as steps of its rate.
  func events(source: Int) -> [Experiment.Event] {
    var before = 0.0
    var events: [Experiment.Event] = []
    for (start, level) in intervals where level != before {
      events.append(.init(time: start, source: source, rateChange: ratio * (level - before)))
      before = level
    }
    return events
  }
}

extension DosingRecord {
  /// How long it takes to go in, h.
  fileprivate func length_h(_ share: Double) -> Double {
    switch delivery {
    case .atOnce: 0
    case .rate(let rate): amount_mg * (bioavailability ?? share) / rate
    case .over(let hours): hours
    }
  }
}

extension CanalModel {
  /// What one unit of level in plasma drives into each node, µg/h per µg/mL and unit of φ.
  var uptake: [Double] {
    var shares = network.volume.map { $0 * parameters.loss }
    shares[0] *= parameters.cranialLossRatio
    return shares
  }
}
