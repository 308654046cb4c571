import Glibc
import ThecalLinearAlgebra

extension SpectralPropagator {
  /// The course of `experiment`.
  ///
  /// - Complexity: O(*n* · (times + probes · times)); what is allocated does not depend on the number of events.
  public func run(_ experiment: Experiment) -> Course {
    let readings = modalReadings(experiment.probes)
    let holdings = experiment.probes.count
    // What is lost along a mode is −λ times what the mode holds: the columns of the generator say so.
    let lossShare = rates.indices.map { j in
      -rates[j] * (readings[j, holdings] + readings[j, holdings + 1] + readings[j, holdings + 2])
    }
    var walk = ModalWalk(
      rates: rates, sources: experiment.sources.map { modalSource($0) }, lossShare: lossShare,
      receiver: experiment.receiver, from: experiment.start)
    var amplitudes = Matrix(rows: rates.count, columns: experiment.times.count)
    var course = Course(values: [], method: .spectral, errorBound: condition * Self.roundingFactor)
    course.balance.reserveCapacity(experiment.times.count)
    var administered = Administered(experiment)
    for instant in Timeline(experiment).instants {
      walk.advance(to: instant.time)
      administered.advance(to: instant.time)
      for index in instant.events {
        walk.apply(experiment.events[index])
        administered.apply(experiment.events[index])
      }
      guard let reading = instant.reading else { continue }
      for j in rates.indices { amplitudes[j, reading] = walk.amplitude[j] }
      course.balance.append(
        Course.Balance(
          administered: administered.total, firstNode: 0, chain: 0, sides: 0, lost: walk.lost,
          received: walk.held))
      if experiment.receiver != nil { course.received.append(walk.level) }
    }
    read(amplitudes, readings, probes: holdings, into: &course)
    return course
  }

  /// Units in the last place per unit of condition; the tests hold the spectral path to it.
  static var roundingFactor: Double { 64 * 0x1p-52 }

  private func read(_ amplitudes: Matrix, _ readings: Matrix, probes: Int, into course: inout Course) {
    var values = Matrix(rows: amplitudes.columns, columns: readings.columns)
    values.becomeProduct(amplitudes, readings, transposingLeft: true)
    let times = amplitudes.columns
    course.values = (0..<probes).map { Array(values.elements[($0 * times)..<(($0 + 1) * times)]) }
    for t in 0..<times {
      course.balance[t].firstNode = values[t, probes]
      course.balance[t].chain = values[t, probes + 1]
      course.balance[t].sides = values[t, probes + 2]
    }
  }
}

/// What has been put in so far.
struct Administered {
  private(set) var total = 0.0
  private let content: [Double]
  private var rate = 0.0
  private var now: Double

  init(_ experiment: Experiment) {
    content = experiment.sources.map { $0.reduce(0, +) }
    now = experiment.start
  }

  mutating func advance(to time: Double) {
    total += rate * (time - now)
    now = time
  }

  mutating func apply(_ event: Experiment.Event) {
    total += event.amount * content[event.source]
    rate += event.rateChange * content[event.source]
  }
}

/// The amplitudes of the modes on their way through time.
private struct ModalWalk {
  let rates: [Double]
  let sources: [[Double]]
  let lossShare: [Double]
  let receiver: Receiver?
  var amplitude: [Double]
  /// ∫ amplitude dt.
  var integral: [Double]
  /// The rate at which each mode is fed.
  var feed: [Double]
  /// One state per exponential of the receiver.
  var states: [Double]
  var now: Double
  /// e^{λh}, hφ₁ and h²φ₂ for the last step h, which most steps repeat.
  var step = 0.0
  var decay: [Double]
  var first: [Double]
  var second: [Double]

  init(rates: [Double], sources: [[Double]], lossShare: [Double], receiver: Receiver?, from start: Double) {
    now = start
    self.rates = rates
    self.sources = sources
    self.lossShare = lossShare
    self.receiver = receiver
    let zeros = Array(repeating: 0.0, count: rates.count)
    amplitude = zeros
    integral = zeros
    feed = zeros
    decay = zeros
    first = zeros
    second = zeros
    states = Array(repeating: 0, count: receiver?.rates.count ?? 0)
  }

  mutating func advance(to time: Double) {
    let h = time - now
    guard h > 0 else { return }
    if h != step { prepare(h) }
    advanceReceiver(h)
    for j in rates.indices {
      integral[j] += first[j] * amplitude[j] + second[j] * feed[j]
      amplitude[j] = decay[j] * amplitude[j] + first[j] * feed[j]
    }
    now = time
  }

  private mutating func prepare(_ h: Double) {
    for j in rates.indices {
      let z = rates[j] * h
      decay[j] = exp(z)
      first[j] = h * Phi.one(z)
      second[j] = h * h * Phi.two(z)
    }
    step = h
  }

  private mutating func advanceReceiver(_ h: Double) {
    guard let receiver else { return }
    for q in states.indices {
      var gain = 0.0
      for j in rates.indices where lossShare[j] != 0 {
        gain +=
          lossShare[j]
          * (amplitude[j] * Phi.between(receiver.rates[q], rates[j], h)
            + feed[j] * Phi.between(zero: receiver.rates[q], rates[j], h))
      }
      states[q] = exp(receiver.rates[q] * h) * states[q] + gain
    }
  }

  mutating func apply(_ event: Experiment.Event) {
    let source = sources[event.source]
    for j in rates.indices {
      amplitude[j] += event.amount * source[j]
      feed[j] += event.rateChange * source[j]
    }
  }

  var lost: Double {
    var sum = 0.0
    for j in rates.indices { sum += lossShare[j] * integral[j] }
    return sum
  }

  var held: Double { weighted(receiver?.amounts) }
  var level: Double { weighted(receiver?.levels) }

  private func weighted(_ weights: [Double]?) -> Double {
    guard let weights else { return 0 }
    var sum = 0.0
    for q in weights.indices { sum += weights[q] * states[q] }
    return sum
  }
}
