import CThecalKernels
import Glibc
import ThecalLinearAlgebra

/// The fast way through time: the resolvent of the network at a few dozen shifts on a contour, shared by all
/// times, then one matrix product with a factor that depends on the schedule alone.
///
/// - Complexity: O(*n* · shifts) + O(probes · shifts · times) per network; nothing is allocated after `init`.
/// - Accuracy: `errorBound`, as a share of the largest concentration that the same input reaches when it is
///   held. Values far below the peak keep that absolute error, so their relative error is larger.
/// - Source: `weideman2007`.
public struct ContourPropagator: ~Copyable {
  private let plan: ContourPlan
  private let nodes: Int
  private let layers: Int
  private let entries: [thecal_entry]
  private let probes: [Probe]
  private var work: [Double]
  private var solved: Matrix
  private var values: Matrix
  private var sourceBuffer: [Double]
  private var sideBuffer: [Double]

  /// A propagator for networks of the shape of `network` under `experiment`, or nil where no contour reaches
  /// `tolerance`, or where a course of the receiver is asked for, which needs every node.
  public init?(shape network: LinearNetwork, _ experiment: Experiment, tolerance: Double) {
    precondition(experiment.factors == 1, "factors belong to a batch")
    guard experiment.receiver == nil,
      let plan = ContourPlan(
        experiment, tolerance: tolerance, group: Int(THECAL_LANES) * Int(THECAL_INTERLEAVE))
    else { return nil }
    self.plan = plan
    nodes = network.chainCount
    layers = network.sides.count
    probes = experiment.probes
    entries = kernelEntries(experiment.probes, nodes: nodes)
    work = Array(repeating: 0, count: thecal_resolvent_work(nodes, plan.sources))
    solved = Matrix(rows: 2 * plan.sources * plan.shifts, columns: experiment.probes.count)
    values = Matrix(rows: plan.times.count, columns: experiment.probes.count)
    sourceBuffer = Array(repeating: 0, count: nodes * plan.sources)
    sideBuffer = Array(repeating: 0, count: 4 * nodes * layers)
  }

  /// Number of shifted systems that are solved.
  public var shifts: Int { plan.shifts }

  /// Bound of the error without flow: that of each exponential, twice, because a step response is a steady state
  /// less an exponential. With flow it is to be multiplied by `LinearNetwork.flowAmplification`.
  public var errorBound: Double { 2 * plan.errorBound }

  /// Computes the course of `network` under the events of the plan, with `sources` (µg per node and unit).
  public mutating func run(_ network: LinearNetwork, sources: [[Double]]) {
    precondition(network.chainCount == nodes && network.sides.count == layers)
    precondition(sources.count == plan.sources)
    for s in 0..<plan.sources {
      precondition(sources[s].count == nodes)
      for i in 0..<nodes { sourceBuffer[s * nodes + i] = sources[s][i] }
    }
    for k in 0..<layers {
      for i in 0..<nodes {
        sideBuffer[4 * k * nodes + i] = network.sides[k].volume[i]
        sideBuffer[(4 * k + 1) * nodes + i] = network.sides[k].into[i]
        sideBuffer[(4 * k + 2) * nodes + i] = network.sides[k].out[i]
        sideBuffer[(4 * k + 3) * nodes + i] = network.sides[k].loss[i]
      }
    }
    resolve(network)
    values.becomeProduct(plan.schedule, solved, transposingLeft: true)
    for item in plan.immediate.indices {
      let (reading, source, amount) = plan.immediate[item]
      for p in 0..<probes.count {
        for k in 0..<probes[p].nodes.count where probes[p].nodes[k] < nodes {
          let i = probes[p].nodes[k]
          let start = sourceBuffer[source * nodes + i] / network.volume[i]
          values[reading, p] += amount * probes[p].weights[k] * start
        }
      }
    }
  }

  private mutating func resolve(_ network: LinearNetwork) {
    let inner = plan.sources * plan.shifts
    let layout = thecal_layout(probe: 2 * inner, source: plan.shifts, shift: 1, imaginary: inner)
    thecal_resolvent_of(
      nodes, layers, network.volume, network.onward, network.back, network.loss, sideBuffer, plan.sources,
      sourceBuffer, plan.shifts, plan.shiftReal, plan.shiftImaginary, entries.count, entries, probes.count,
      layout, &work, &solved.elements)
  }

  /// The value of probe `p` at the reading of index `t`, as computed last.
  public func value(probe p: Int, time t: Int) -> Double { values[t, p] }

  /// What was computed last, as a course.
  public func course() -> Course {
    let times = plan.times.count
    let columns = (0..<probes.count).map { Array(values.elements[($0 * times)..<(($0 + 1) * times)]) }
    return Course(values: columns, method: .contour, errorBound: errorBound)
  }
}

/// The probes as the kernel wants them: sorted by row, falling.
func kernelEntries(_ probes: [Probe], nodes: Int) -> [thecal_entry] {
  var entries: [thecal_entry] = []
  for (p, probe) in probes.enumerated() {
    for k in probe.nodes.indices where probe.weights[k] != 0 {
      let node = probe.nodes[k]
      entries.append(
        thecal_entry(row: node % nodes, layer: node / nodes - 1, probe: p, weight: probe.weights[k]))
    }
  }
  return entries.sorted { ($0.row, $0.probe) > ($1.row, $1.probe) }
}
