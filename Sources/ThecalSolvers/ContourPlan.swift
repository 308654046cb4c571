import CThecalKernels
import Glibc
import ThecalLinearAlgebra

/// Everything about an experiment that does not depend on the network: the shifts at which the network must be
/// solved, and the matrix that turns those solutions into a course.
///
/// By linearity and time invariance a course is a superposition of responses to unit pulses and unit steps, and
/// each response is a sum over the nodes of a contour. What multiplies the solution at shift *z* is therefore
/// `Σ w e^{z (t − tₖ)} (amountₖ + rateChangeₖ / z)` over the events before *t*: known before any network is.
public struct ContourPlan: Sendable {
  /// Number of sources.
  public let sources: Int
  /// Times of reading, h.
  public let times: [Double]
  /// Bound of the error of each exponential.
  public let errorBound: Double
  /// Real parts of the shifts, 1/h, padded to a multiple of the kernel's group.
  let shiftReal: [Double]
  /// Imaginary parts of the shifts.
  let shiftImaginary: [Double]
  /// One column per factor and time: real parts for every source and shift, then negated imaginary parts.
  let schedule: Matrix
  /// The number of factors.
  let factors: Int
  /// What enters at the very instant of a reading: (column, source, amount).
  let immediate: [(reading: Int, source: Int, amount: Double)]
  /// The quadratures, one per window of lags, and what happens.
  let rules: [ContourRule]
  let events: [Experiment.Event]

  /// Number of shifts, with padding.
  public var shifts: Int { shiftReal.count }

  /// The plan that brings the error of each exponential to `tolerance`, or nil where no contour can.
  ///
  /// `group` is the number of shifts the kernel takes at once.
  init?(_ experiment: Experiment, tolerance: Double, group: Int) {
    let lags = Self.lags(experiment)
    guard let rules = Self.rules(lags, tolerance: tolerance, group: group) else { return nil }
    sources = experiment.sources.count
    times = experiment.times
    errorBound = rules.reduce(0) { max($0, $1.errorBound) }
    var real = rules.flatMap { $0.nodeReal }
    var imaginary = rules.flatMap { $0.nodeImaginary }
    let padded = (real.count + group - 1) / group * group
    let used = real.count
    // A shift far to the right of the spectrum is harmless; its weight stays zero.
    real += Array(repeating: 1, count: padded - used)
    imaginary += Array(repeating: 1, count: padded - used)
    shiftReal = real
    shiftImaginary = imaginary
    factors = experiment.factors
    var schedule = Matrix(rows: 2 * sources * padded, columns: factors * times.count)
    for factor in 0..<factors {
      let events = experiment.events.filter { $0.factor == factor }
      var offset = 0
      for rule in rules {
        let window = Window(rule, offset: offset, padded: padded, sources: experiment.sources.count)
        window.fill(&schedule, events, experiment.times, from: factor * times.count)
        offset += rule.count
      }
    }
    self.schedule = schedule
    self.rules = rules
    events = experiment.events
    let count = times.count
    immediate = experiment.events.filter { $0.amount != 0 }.compactMap { event in
      experiment.times.firstIndex(of: event.time).map {
        (event.factor * count + $0, event.source, event.amount)
      }
    }
  }

  /// The shortest and the longest positive time between an event and a reading after it; nil if none.
  private static func lags(_ experiment: Experiment) -> (shortest: Double, longest: Double)? {
    guard let last = experiment.times.last, let first = experiment.events.first, last > first.time else {
      return nil
    }
    var shortest = last - first.time
    var reading = 0
    for event in experiment.events {
      while reading < experiment.times.count, experiment.times[reading] <= event.time { reading += 1 }
      guard reading < experiment.times.count else { break }
      shortest = min(shortest, experiment.times[reading] - event.time)
    }
    return (shortest, last - first.time)
  }

  /// As few windows of equal ratio, and nodes in them, as reach `tolerance`.
  private static func rules(
    _ lags: (shortest: Double, longest: Double)?, tolerance: Double, group: Int
  ) -> [ContourRule]? {
    guard let lags else { return [] }
    var best: (windows: Int, count: Int)?
    for windows in 1...6 {
      // No window does with fewer nodes than this, so more windows cannot be cheaper any more.
      if let best, windows * 6 >= best.windows * best.count { break }
      let ratio = pow(lags.longest / lags.shortest, 1 / Double(windows))
      guard let count = ContourRule.count(ratio: ratio, tolerance: tolerance) else { continue }
      if best.map({ windows * count < $0.windows * $0.count }) ?? true { best = (windows, count) }
    }
    guard let best else { return nil }
    // What the kernel pads anyway is better spent on accuracy, up to where rounding sets in.
    let filled = (best.windows * best.count + group - 1) / group * group / best.windows
    let ratio = pow(lags.longest / lags.shortest, 1 / Double(best.windows))
    return (0..<best.windows).map { k in
      let low = lags.shortest * pow(ratio, Double(k))
      let high = k + 1 == best.windows ? lags.longest : low * ratio
      let fuller = ContourRule(shortest: low, longest: high, count: filled)
      let plain = ContourRule(shortest: low, longest: high, count: best.count)
      return fuller.errorBound < plain.errorBound ? fuller : plain
    }
  }
}

/// The part of the schedule that belongs to one window of lags.
private struct Window {
  let rule: ContourRule
  let offset: Int
  let padded: Int
  let sources: Int

  init(_ rule: ContourRule, offset: Int, padded: Int, sources: Int) {
    self.rule = rule
    self.offset = offset
    self.padded = padded
    self.sources = sources
  }

  /// A lag belongs to the window it is the first to fit in; rounding at its edge does no harm.
  private func contains(_ lag: Double) -> Bool {
    lag <= rule.longest && (offset == 0 ? lag > 0 : lag > rule.shortest)
  }

  /// Walks through the readings with one running sum per source and node: turned by e^{zΔt} from reading to
  /// reading, joined by an event when its lag enters the window, left by it when the lag leaves.
  func fill(
    _ schedule: inout Matrix, _ events: [Experiment.Event], _ times: [Double], from first: Int
  ) {
    var sum = RunningSum(rule, sources: sources)
    var (entered, left) = (0, 0)
    var now = 0.0
    for (reading, time) in times.enumerated() {
      sum.turn(by: time - now)
      now = time
      while left < entered, time - events[left].time > rule.longest {
        sum.add(events[left], lag: time - events[left].time, sign: -1)
        left += 1
      }
      while entered < events.count, time - events[entered].time > (offset == 0 ? 0 : rule.shortest) {
        if contains(time - events[entered].time) {
          sum.add(events[entered], lag: time - events[entered].time, sign: 1)
        } else {
          left = entered + 1  // already past this window, as is every earlier event
        }
        entered += 1
      }
      guard entered > left else {
        sum.clear()
        continue
      }
      sum.write(into: &schedule, column: first + reading, offset: offset, padded: padded)
    }
  }
}

/// Σ w e^{z (t − tₖ)} (amountₖ + rateChangeₖ / z) for every source and node of a rule, as t moves.
private struct RunningSum {
  let rule: ContourRule
  let sources: Int
  var real: [Double]
  var imaginary: [Double]
  var turnReal: [Double]
  var turnImaginary: [Double]
  var step = 0.0

  init(_ rule: ContourRule, sources: Int) {
    self.rule = rule
    self.sources = sources
    real = Array(repeating: 0, count: sources * rule.count)
    imaginary = real
    turnReal = Array(repeating: 1, count: rule.count)
    turnImaginary = Array(repeating: 0, count: rule.count)
  }

  mutating func clear() {
    for k in real.indices {
      real[k] = 0
      imaginary[k] = 0
    }
  }

  mutating func turn(by span: Double) {
    let n = rule.count
    if span != step {
      thecal_turns(n, rule.nodeReal, rule.nodeImaginary, span, &turnReal, &turnImaginary)
      step = span
    }
    real.withUnsafeMutableBufferPointer { real in
      imaginary.withUnsafeMutableBufferPointer { imaginary in
        guard let re = real.baseAddress, let im = imaginary.baseAddress else { return }
        for s in 0..<sources { thecal_rotate(n, re + s * n, im + s * n, turnReal, turnImaginary) }
      }
    }
  }

  mutating func add(_ event: Experiment.Event, lag: Double, sign: Double) {
    let n = rule.count
    let isTurn = lag == step && sign == 1  // an event that coincides with the reading before
    for k in 0..<n {
      let (zr, zi) = (rule.nodeReal[k], rule.nodeImaginary[k])
      let size = zr * zr + zi * zi
      // amount + rateChange / z, then times w, then times e^{z lag}.
      let (ar, ai) = (event.amount + event.rateChange * zr / size, -event.rateChange * zi / size)
      let (wr, wi) = (rule.weightReal[k], rule.weightImaginary[k])
      let (br, bi) = (ar * wr - ai * wi, ar * wi + ai * wr)
      let (cr, ci) = isTurn ? (turnReal[k], turnImaginary[k]) : Self.exponential(zr * lag, zi * lag, sign)
      real[event.source * n + k] += br * cr - bi * ci
      imaginary[event.source * n + k] += br * ci + bi * cr
    }
  }

  private static func exponential(_ re: Double, _ im: Double, _ sign: Double) -> (Double, Double) {
    let growth = sign * exp(re)
    return (growth * cos(im), growth * sin(im))
  }

  func write(into schedule: inout Matrix, column: Int, offset: Int, padded: Int) {
    let n = rule.count
    let top = column * schedule.rows
    let half = sources * padded
    schedule.elements.withUnsafeMutableBufferPointer { elements in
      for s in 0..<sources {
        let at = top + s * padded + offset
        for k in 0..<n {
          elements[at + k] = real[s * n + k]
          elements[at + half + k] = -imaginary[s * n + k]
        }
      }
    }
  }
}
