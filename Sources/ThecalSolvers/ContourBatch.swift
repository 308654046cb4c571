import CThecalKernels
import Glibc
import ThecalLinearAlgebra

/// Many parameter sets through one schedule: eight at a time, one per SIMD lane.
///
/// - Complexity: O(*n* · shifts / 8) + O(probes · shifts · times) per set; nothing is allocated after `init`, but
///   where lanes are probed at different nodes.
/// - Accuracy: that of `ContourPropagator`.
public struct ContourBatch: ~Copyable {
  let plan: ContourPlan
  let nodes: Int
  let probes: Int
  private let common: [thecal_entry]
  private(set) var entries: [thecal_entry]
  private(set) var laneWeights: [Double] = []
  let schedule: Matrix
  private var work: [Double]
  var solved: Matrix
  private(set) var values: Matrix
  var adjointWork: [Double] = []
  var tangentSolutions: [Double] = []
  /// The directions of the tangents asked for last, kept because most of their numbers are zeros and stay so.
  var tangents = LaneTangents(directions: 0, nodes: 0, sources: 0, entries: 0)
  /// The schedule with rows and columns exchanged, made when the first adjoint asks for it.
  var turned = Matrix(rows: 0, columns: 0)
  private var start: [Double]

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
    probes = experiment.probes.count
    common = entries
    schedule = plan.schedule
    work = Array(repeating: 0, count: thecal_resolvent_work(nodes, plan.sources))
    let rows = NetworkLanes.width * probes
    solved = Matrix(rows: rows, columns: 2 * plan.sources * plan.shifts)
    values = Matrix(rows: rows, columns: plan.factors * plan.times.count)
    start = Array(repeating: 0, count: rows * plan.sources)
  }

  /// Number of shifted systems that are solved per set.
  public var shifts: Int { plan.shifts }

  /// Bound of the error, as of `ContourPropagator`.
  public var errorBound: Double { 2 * plan.errorBound }

  /// Computes the courses of all lanes, and what they gain along directions: `changes` holds a change for each direction
  /// and lane.
  ///
  /// - Complexity: With directions, about that of one more run, and one for each.
  public mutating func run(_ lanes: NetworkLanes, along changes: [[LaneTangents.Change?]] = []) {
    precondition(lanes.nodes == nodes && lanes.sources == plan.sources && lanes.factors >= plan.factors)
    if let list = lanes.probes {
      place(list)
    } else if !laneWeights.isEmpty {
      (entries, laneWeights) = (common, [])
    }
    if changes.isEmpty { resolve(lanes) } else { resolve(lanes, along: changes) }
    values.becomeProduct(solved, schedule)
    readStarts(lanes)
    for item in plan.immediate.indices {
      let (column, source, amount) = plan.immediate[item]
      for row in 0..<values.rows { values[row, column] += amount * start[source * values.rows + row] }
    }
    let times = plan.times.count
    for factor in 1..<max(1, plan.factors) {
      for t in 0..<times {
        for row in 0..<values.rows {
          values[row, t] +=
            lanes.factor[factor * NetworkLanes.width + row % NetworkLanes.width]
            * values[row, factor * times + t]
        }
      }
    }
  }

  /// Reads each lane at nodes of its own.
  private mutating func place(_ list: [[Probe]]) {
    var places: [(row: Int, probe: Int, weights: [Double])] = []
    for p in 0..<probes {
      var rows: [Int: [Double]] = [:]
      for (lane, probe) in list.enumerated() {
        for k in probe[p].nodes.indices where probe[p].weights[k] != 0 {
          rows[probe[p].nodes[k], default: Array(repeating: 0, count: NetworkLanes.width)][lane] +=
            probe[p].weights[k]
        }
      }
      for (row, weights) in rows { places.append((row, p, weights)) }
    }
    places.sort { ($0.row, $0.probe) > ($1.row, $1.probe) }
    entries = places.map { thecal_entry(row: $0.row, layer: -1, probe: $0.probe, weight: 0) }
    laneWeights = places.flatMap(\.weights)
  }

  private mutating func resolve(_ lanes: NetworkLanes) {
    let width = NetworkLanes.width
    let layout = thecal_layout(
      probe: width, source: plan.shifts * probes * width, shift: probes * width,
      imaginary: plan.sources * plan.shifts * probes * width)
    // An empty array would pass as a pointer to nothing.
    if laneWeights.isEmpty {
      thecal_resolvent_lanes_of(
        nodes, lanes.volume, lanes.onward, lanes.back, lanes.loss, plan.sources, lanes.source, plan.shifts,
        plan.shiftReal, plan.shiftImaginary, entries.count, entries, nil, probes, layout, &work,
        &solved.elements)
    } else {
      thecal_resolvent_lanes_of(
        nodes, lanes.volume, lanes.onward, lanes.back, lanes.loss, plan.sources, lanes.source, plan.shifts,
        plan.shiftReal, plan.shiftImaginary, entries.count, entries, laneWeights, probes, layout, &work,
        &solved.elements)
    }
  }

  /// What each probe shows of a unit of each source at the instant at which it enters.
  private mutating func readStarts(_ lanes: NetworkLanes) {
    let width = NetworkLanes.width
    for i in start.indices { start[i] = 0 }
    for k in entries.indices {
      let entry = entries[k]
      for source in 0..<plan.sources {
        for lane in 0..<width {
          let at = entry.row * width + lane
          let weight = laneWeights.isEmpty ? entry.weight : laneWeights[k * width + lane]
          start[source * values.rows + entry.probe * width + lane] +=
            weight * lanes.source[source * nodes * width + at] / lanes.volume[at]
        }
      }
    }
  }

  /// The value of probe `p` in `lane` at the reading of index `t`, as computed last.
  public func value(probe p: Int, time t: Int, lane: Int) -> Double {
    values[p * NetworkLanes.width + lane, t]
  }

  /// Value and slope of probe `p` in `lane` at any `time` of the window, as computed last; at the instant of an event
  /// those after it. `factor` says by what each factor multiplies.
  ///
  /// - Precondition: No event lies before `time` by less than the shortest lag of the readings.
  public func course(
    probe p: Int, lane: Int, at time: Double, factor: (Int) -> Double
  ) -> (value: Double, slope: Double) {
    let row = p * NetworkLanes.width + lane
    var (value, slope) = (0.0, 0.0)
    for event in plan.events where event.time <= time {
      let lag = time - event.time
      let scale = event.factor == 0 ? 1 : factor(event.factor)
      guard lag > 0 else {
        value += scale * event.amount * start[event.source * values.rows + row]
        continue
      }
      var offset = event.source * plan.shifts
      for rule in plan.rules {
        guard lag <= rule.longest * (1 + 1e-9) else {
          offset += rule.count
          continue
        }
        for k in 0..<rule.count {
          let (zr, zi) = (rule.nodeReal[k], rule.nodeImaginary[k])
          let growth = scale * exp(zr * lag)
          let (er, ei) = (growth * cos(zi * lag), growth * sin(zi * lag))
          let (wr, wi) = (rule.weightReal[k], rule.weightImaginary[k])
          let (ur, ui) = (er * wr - ei * wi, er * wi + ei * wr)
          let xr = solved[row, offset + k]
          let xi = solved[row, plan.sources * plan.shifts + offset + k]
          // Re(u x) for a step's slope and a pulse's value; divided by z for a step, times z for a pulse's slope.
          let (yr, yi) = (ur * xr - ui * xi, ur * xi + ui * xr)
          let size = zr * zr + zi * zi
          value += event.amount * yr + event.rateChange * (yr * zr + yi * zi) / size
          slope += event.amount * (yr * zr - yi * zi) + event.rateChange * yr
        }
        break
      }
    }
    return (value, slope)
  }
}
