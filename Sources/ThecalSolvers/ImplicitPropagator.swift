import Glibc

/// The way through time for everything else: L-stable Rosenbrock steps of order 4 with error control, for
/// networks whose symmetrizer is ill-conditioned and for flows that depend on the concentration.
///
/// - Complexity: O(*n*) per step, six back-substitutions each; nothing is allocated while stepping.
/// - Accuracy: the error stays below `tolerance` times the peak: each step keeps the estimate of its error
///   below a share of that, and old errors die away with what they are errors of.
/// - Source: `hairer1996`, section IV.7.
public struct ImplicitPropagator: ~Copyable {
  private let network: LinearNetwork
  private let drift: SaturatingDrift?
  private let tolerance: Double
  private var elimination: NetworkElimination
  private var stages: [[Double]]
  private var stageState: [Double]
  private var right: [Double]
  private var exchange: (onward: [Double], back: [Double])
  private let volumes: [Double]
  private let losses: [Double]
  /// Accounts that ride along: what is lost, and one state per exponential of the receiver.
  private var accountStages: [[Double]] = []

  /// Steps for `network`, with an optional flow along the chain that depends on the concentration; `tolerance`
  /// is a share of the peak, between 1e-12 and 1e-2.
  public init(_ network: LinearNetwork, drift: SaturatingDrift? = nil, tolerance: Double = 1e-7) {
    precondition(network.isProper && (1e-12...1e-2).contains(tolerance))
    precondition(drift.map { $0.drift.count == network.chainCount - 1 } ?? true)
    self.network = network
    self.drift = drift
    self.tolerance = tolerance
    elimination = NetworkElimination(network, shift: 1)
    let zeros = Array(repeating: 0.0, count: network.count)
    stages = Array(repeating: zeros, count: Rosenbrock.stages)
    stageState = zeros
    right = zeros
    exchange = (network.onward, network.back)
    volumes = network.allVolumes
    losses = network.allLosses
  }

  /// The course of `experiment`.
  public mutating func run(_ experiment: Experiment) throws(PropagationError) -> Course {
    var state = State(network: network, experiment: experiment)
    accountStages = Array(
      repeating: Array(repeating: 0, count: state.accounts.count), count: Rosenbrock.stages)
    var administered = Administered(experiment)
    var course = Course(
      values: Array(repeating: [], count: experiment.probes.count), method: .implicit, errorBound: 0)
    let whole = max(experiment.times.last ?? 0, .leastNormalMagnitude)
    for instant in Timeline(experiment).instants {
      try advance(&state, to: instant.time, whole: whole)
      administered.advance(to: instant.time)
      for index in instant.events {
        state.apply(experiment.events[index], volumes: network.volume)
        administered.apply(experiment.events[index])
      }
      guard instant.reading != nil else { continue }
      for (p, probe) in experiment.probes.enumerated() { course.values[p].append(probe.value(state.c)) }
      course.balance.append(state.balance(administered.total, network: network))
      if experiment.receiver != nil { course.received.append(state.level) }
    }
    course.errorBound = tolerance
    return course
  }

  /// Steps from where `state` is to `time`. The steps are remembered across readings.
  private mutating func advance(
    _ state: inout State, to time: Double, whole: Double
  ) throws(PropagationError) {
    while state.time < time {
      guard state.steps < Self.mostSteps else {
        throw .tooManySteps(Self.mostSteps, time: state.time)
      }
      let left = time - state.time
      var h = min(state.step, left)
      // Two equal steps rather than a long and a sliver.
      if h < left, h > left / 2 { h = left / 2 }
      guard h > Self.shortestStep * max(abs(state.time), whole * Self.shortestStep) else {
        throw .stepTooShort(time: state.time, tolerance: tolerance)
      }
      let isFactored = factor(state.c, shift: 1 / (Rosenbrock.gamma * h))
      var error = Double.infinity
      if isFactored {
        step(state, h)
        error = stages[Rosenbrock.stages - 1].reduce(0) { max($0, abs($1)) }
      }
      state.steps += 1
      let level = max(state.peak, newPeak(state))
      let allowed = tolerance * level * Self.shareOfStep
      let ratio = error / allowed
      if error == 0 || ratio <= 1 {
        accept(&state, h, last: h == left ? time : nil)
      }
      let growth = error == 0 ? 5 : min(5, max(0.2, 0.9 * pow(ratio, -0.25)))
      if h == state.step || growth < 1 || ratio > 1 {
        state.step = h * growth
      } else {
        state.step = max(state.step, h * growth)
      }
    }
  }

  /// What one step may use up of the tolerance. The estimate is the error of the solution of order 3, while that
  /// of order 4 is kept: with this share the whole error stays some fifty times below the tolerance, which the
  /// tests prove against the spectral path.
  private static let shareOfStep = 0.3
  private static let mostSteps = 2_000_000
  private static let shortestStep = 1e-14

  private mutating func factor(_ c: [Double], shift: Double) -> Bool {
    guard let drift else { return elimination.refactor(shift) }
    drift.jacobian(c, onward: &exchange.onward, back: &exchange.back)
    return elimination.refactor(onward: exchange.onward, back: exchange.back, shift: shift)
  }

  /// Fills the stages for a step of `h` from `state`.
  private mutating func step(_ state: State, _ h: Double) {
    for i in 0..<Rosenbrock.stages {
      for n in stageState.indices { stageState[n] = state.c[n] }
      for (j, weight) in Rosenbrock.a[i].enumerated() {
        for n in stageState.indices { stageState[n] += weight * stages[j][n] }
      }
      network.netInflow(stageState, into: &right)
      drift?.addDifference(stageState, network: network, to: &right)
      for n in state.source.indices { right[n] += state.source[n] }
      for (j, weight) in Rosenbrock.c[i].enumerated() {
        for n in right.indices { right[n] += volumes[n] * (weight / h) * stages[j][n] }
      }
      elimination.solve(&right)
      for n in right.indices { stages[i][n] = right[n] }
      stepAccounts(state, h, stage: i)
    }
  }

  /// The accounts are linear and fed by the network: their stages follow from its stages.
  private mutating func stepAccounts(_ state: State, _ h: Double, stage i: Int) {
    var flow = 0.0
    for n in losses.indices { flow += losses[n] * (stageState[n] + stages[i][n]) }
    for q in state.accounts.indices {
      var value = state.accounts[q]
      for (j, weight) in Rosenbrock.a[i].enumerated() { value += weight * accountStages[j][q] }
      var sum = flow + state.accountRates[q] * value
      for (j, weight) in Rosenbrock.c[i].enumerated() { sum += weight / h * accountStages[j][q] }
      accountStages[i][q] = sum / (1 / (Rosenbrock.gamma * h) - state.accountRates[q])
    }
  }

  /// The largest concentration at the end of the step under trial.
  private func newPeak(_ state: State) -> Double {
    let last = Rosenbrock.stages - 1
    var peak = 0.0
    for n in stageState.indices { peak = max(peak, abs(stageState[n] + stages[last][n])) }
    return peak
  }

  private func accept(_ state: inout State, _ h: Double, last: Double?) {
    let end = Rosenbrock.stages - 1
    for n in state.c.indices {
      state.c[n] = stageState[n] + stages[end][n]
      state.peak = max(state.peak, abs(state.c[n]))
    }
    for q in state.accounts.indices {
      for (j, weight) in Rosenbrock.a[end].enumerated() { state.accounts[q] += weight * accountStages[j][q] }
      state.accounts[q] += accountStages[end][q]
    }
    state.time = last ?? state.time + h
  }
}

/// Where an implicit run stands.
private struct State {
  var c: [Double]
  var source: [Double]
  let sources: [[Double]]
  /// First what is lost, then one per exponential of the receiver.
  var accounts: [Double]
  let accountRates: [Double]
  let receiver: Receiver?
  var time: Double
  var step: Double
  var steps = 0
  var peak = 0.0

  init(network: LinearNetwork, experiment: Experiment) {
    time = experiment.start
    c = Array(repeating: 0, count: network.count)
    source = Array(repeating: 0, count: network.chainCount)
    sources = experiment.sources
    receiver = experiment.receiver
    accountRates = [0] + (experiment.receiver?.rates ?? [])
    accounts = Array(repeating: 0, count: accountRates.count)
    step = max(experiment.times.last ?? 0, 1e-9) * 1e-6
  }

  mutating func apply(_ event: Experiment.Event, volumes: [Double]) {
    for i in source.indices {
      c[i] += event.amount * sources[event.source][i] / volumes[i]
      source[i] += event.rateChange * sources[event.source][i]
      peak = max(peak, abs(c[i]))
    }
    step = min(step, step * 1e-3)
  }

  var level: Double {
    var sum = 0.0
    for (q, share) in (receiver?.levels ?? []).enumerated() { sum += share * accounts[q + 1] }
    return sum
  }

  func balance(_ administered: Double, network: LinearNetwork) -> Course.Balance {
    let volumes = network.allVolumes
    let n = network.chainCount
    var result = Course.Balance(
      administered: administered, firstNode: c[0] * volumes[0], chain: 0, sides: 0, lost: accounts[0],
      received: 0)
    for i in 1..<n { result.chain += c[i] * volumes[i] }
    for i in n..<c.count { result.sides += c[i] * volumes[i] }
    for (q, share) in (receiver?.amounts ?? []).enumerated() { result.received += share * accounts[q + 1] }
    return result
  }
}
