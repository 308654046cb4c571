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
    useOneThreadForBLAS()
    self.plan = plan
    self.nodes = nodes
    probes = experiment.probes
    entries = kernelEntries(experiment.probes, nodes: nodes)
    precondition(entries.allSatisfy { $0.layer < 0 }, "lanes have no side nodes")
    schedule = plan.schedule
    work = Array(repeating: 0, count: thecal_resolvent_work(nodes, plan.sources))
    let rows = NetworkLanes.width * probes.count
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
    for item in plan.immediate {
      for (p, probe) in probes.enumerated() {
        for k in probe.nodes.indices {
          for lane in 0..<NetworkLanes.width {
            let at = probe.nodes[k] * NetworkLanes.width + lane
            let start = lanes.source[item.source * nodes * NetworkLanes.width + at] / lanes.volume[at]
            values[p * NetworkLanes.width + lane, item.reading] += item.amount * probe.weights[k] * start
          }
        }
      }
    }
  }

  private mutating func resolve(_ lanes: NetworkLanes) {
    let width = NetworkLanes.width
    let count = probes.count
    var layout = thecal_layout(
      probe: width, source: plan.shifts * count * width, shift: count * width,
      imaginary: plan.sources * plan.shifts * count * width)
    lanes.volume.withUnsafeBufferPointer { volume in
      lanes.onward.withUnsafeBufferPointer { onward in
        lanes.back.withUnsafeBufferPointer { back in
          lanes.loss.withUnsafeBufferPointer { loss in
            entries.withUnsafeBufferPointer { entries in
              var chain = thecal_chain(
                nodes: nodes, layers: 0, volume: volume.baseAddress, onward: onward.baseAddress,
                back: back.baseAddress, loss: loss.baseAddress, side: nil)
              var probes = thecal_probes(count: entries.count, entries: entries.baseAddress, probes: count)
              thecal_resolvent_lanes(
                &chain, plan.sources, lanes.source, plan.shifts, plan.shiftReal, plan.shiftImaginary,
                &probes, &layout, &work, &solved.elements)
            }
          }
        }
      }
    }
  }

  /// The value of probe `p` in `lane` at the reading of index `t`, as computed last.
  public func value(probe p: Int, time t: Int, lane: Int) -> Double {
    values[p * NetworkLanes.width + lane, t]
  }
}
