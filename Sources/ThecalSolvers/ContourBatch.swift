import CThecalKernels
import Glibc
import ThecalLinearAlgebra

/// Many parameter sets through one schedule: eight at a time, one per SIMD lane.
///
/// - Complexity: O(*n* · shifts / 8) + O(probes · shifts · times) per set; nothing is allocated after `init`.
/// - Accuracy: that of `ContourPropagator`.
public struct ContourBatch: ~Copyable {
  private let plan: ContourPlan
  private let nodes: Int
  private let probes: [Probe]
  private let entries: [thecal_entry]
  private let schedule: Matrix
  private var work: [Double]
  private var solved: Matrix
  private var values: Matrix

  /// A batch for chains of `nodes` nodes under `experiment`, or nil where no contour reaches `tolerance`.
  public init?(nodes: Int, _ experiment: Experiment, tolerance: Double) {
    guard experiment.receiver == nil,
      let plan = ContourPlan(experiment, tolerance: tolerance, group: Int(THECAL_INTERLEAVE))
    else { return nil }
    let entries = kernelEntries(experiment.probes, nodes: nodes)
    // Before the first property: asked of the property, optimized code for the thread sanitizer releases a wrong object
    // (Swift 6.3.1).
    precondition(entries.allSatisfy { $0.layer < 0 }, "lanes have no side nodes")
    self.entries = entries
    self.plan = plan
    self.nodes = nodes
    probes = experiment.probes
    schedule = plan.schedule
    work = Array(repeating: 0, count: thecal_resolvent_work(nodes, plan.sources))
    let rows = NetworkLanes.width * experiment.probes.count
    solved = Matrix(rows: rows, columns: 2 * plan.sources * plan.shifts)
    values = Matrix(rows: rows, columns: plan.times.count)
  }

  /// Number of shifted systems that are solved per set.
  public var shifts: Int { plan.shifts }

  /// Bound of the error, as of `ContourPropagator`.
  public var errorBound: Double { 2 * plan.errorBound }

  /// Computes the courses of all lanes.
  public mutating func run(_ lanes: NetworkLanes) {
    precondition(lanes.nodes == nodes && lanes.sources == plan.sources)
    resolve(lanes)
    values.becomeProduct(solved, schedule)
    for item in plan.immediate.indices {
      let (reading, source, amount) = plan.immediate[item]
      for p in 0..<probes.count {
        for k in 0..<probes[p].nodes.count {
          for lane in 0..<NetworkLanes.width {
            let at = probes[p].nodes[k] * NetworkLanes.width + lane
            let start = lanes.source[source * nodes * NetworkLanes.width + at] / lanes.volume[at]
            values[p * NetworkLanes.width + lane, reading] += amount * probes[p].weights[k] * start
          }
        }
      }
    }
  }

  private mutating func resolve(_ lanes: NetworkLanes) {
    let width = NetworkLanes.width
    let count = probes.count
    let layout = thecal_layout(
      probe: width, source: plan.shifts * count * width, shift: count * width,
      imaginary: plan.sources * plan.shifts * count * width)
    thecal_resolvent_lanes_of(
      nodes, lanes.volume, lanes.onward, lanes.back, lanes.loss, plan.sources, lanes.source, plan.shifts,
      plan.shiftReal, plan.shiftImaginary, entries.count, entries, count, layout, &work, &solved.elements)
  }

  /// The value of probe `p` in `lane` at the reading of index `t`, as computed last.
  public func value(probe p: Int, time t: Int, lane: Int) -> Double {
    values[p * NetworkLanes.width + lane, t]
  }
}
