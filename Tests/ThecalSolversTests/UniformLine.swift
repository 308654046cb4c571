import Glibc

@testable import ThecalSolvers

/// A line of equal cells with constant flow, dispersion and loss, for comparison with closed forms.
struct UniformLine {
  enum Inlet { case held, flux, sealed }

  var cells: Int
  var length: Double
  var flow = 1.0
  var dispersion = 0.1
  var loss = 0.0
  var area = 1.0
  var inlet = Inlet.held
  /// Whether the flow leaves at the far end; else nothing does.
  var isOpen = true

  var step: Double { length / Double(cells) }

  /// The network, and its source for a concentration of one at the inlet.
  var system: (network: LinearNetwork, inlet: [Double]) {
    let conductance = Array(repeating: area * dispersion / step, count: cells - 1)
    var onward = conductance
    var back = conductance
    let flows = Array(repeating: area * flow, count: cells - 1)
    Bernoulli.fit(conductance: conductance, flow: flows, onward: &onward, back: &back)
    var losses = Array(repeating: loss * area * step, count: cells)
    var source = Array(repeating: 0.0, count: cells)
    switch inlet {
    case .held:  // the value stands half a cell before the first center
      let (against, along) = Bernoulli.pair(flow * step / 2 / dispersion)
      source[0] = 2 * area * dispersion / step * along
      losses[0] += 2 * area * dispersion / step * against
    case .flux: source[0] = area * flow
    case .sealed: break
    }
    if isOpen { losses[cells - 1] += area * flow }
    let network = LinearNetwork(
      volume: Array(repeating: area * step, count: cells), onward: onward, back: back, loss: losses)
    return (network, source)
  }

  /// One unit at `x`, shared by the two nearest cells.
  func point(_ x: Double) -> [Double] {
    let probe = probe(x)
    var source = Array(repeating: 0.0, count: cells)
    for (node, weight) in zip(probe.nodes, probe.weights) { source[node] += weight }
    return source
  }

  /// The concentration at `x`, linear between centers.
  func probe(_ x: Double) -> Probe {
    let position = x / step - 0.5
    let left = min(max(Int(position.rounded(.down)), 0), cells - 2)
    let share = min(max(position - Double(left), 0), 1)
    return Probe(nodes: [left, left + 1], weights: [1 - share, share])
  }

  /// Values at (x, t) for an input that begins at 0: a step of the inlet, or a pulse at a point.
  func values(_ places: [(x: Double, t: Double)], pulseAt center: Double? = nil) throws -> [Double] {
    let (network, inlet) = system
    let times = Array(Set(places.map(\.t))).sorted()
    let event =
      center == nil
      ? Experiment.Event(time: 0, source: 0, rateChange: 1) : .init(time: 0, source: 0, amount: 1)
    let experiment = Experiment(
      sources: [center.map(point) ?? inlet], events: [event], probes: places.map { probe($0.x) }, times: times
    )
    let need = PropagationNeed(tolerance: 1e-9, needsBalance: true)
    let course = try network.course(of: experiment, need: need)
    return places.enumerated().map { course.values[$0.offset][times.firstIndex(of: $0.element.t)!] }
  }
}

/// The observed order from errors at h and h/2.
func order(_ coarse: Double, _ fine: Double) -> Double { log2(abs(coarse / fine)) }
