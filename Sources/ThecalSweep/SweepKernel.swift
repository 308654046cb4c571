import ThecalScenario
import ThecalTransport

/// Computes blocks of samples on one thread, eight samples at a time.
struct SweepKernel: ~Copyable {
  private let plan: SweepPlan
  private var batch: SimulationBatch
  private var point: [Double]
  private var course: SweepCourse

  init(_ plan: SweepPlan) {
    self.plan = plan
    batch = SimulationBatch(
      plan.simulation, varied: plan.varied, times: plan.grid.times, tolerance: Self.tolerance)
    point = Array(repeating: 0, count: plan.spec.parameters.count)
    course = SweepCourse(plan.grid, sites: plan.simulation.siteNames.count)
  }

  /// The largest error in time, as a share of the level that is reached.
  static let tolerance = 1e-7

  /// Computes the samples of `range` into `block`.
  mutating func compute(_ range: Range<Int>, into block: inout SweepBlock) {
    block.begin(range, stride: plan.stride)
    var start = range.lowerBound
    while start < range.upperBound {
      let end = min(start + SimulationBatch.width, range.upperBound)
      computeLanes(start..<end, &block)
      start = end
    }
  }

  private mutating func computeLanes(_ range: Range<Int>, _ block: inout SweepBlock) {
    var indices: [Int] = []
    var samples: [TransportSample] = []
    for index in range {
      plan.points.values(index, into: &point)
      let sample = plan.sample(point)
      block.write(plan.shown(point, sample), sample: index)
      if let problem = plan.problem(point) {
        block.fail(index, problem)
      } else {
        indices.append(index)
        samples.append(sample)
      }
    }
    guard !samples.isEmpty else { return }
    batch.compute(samples)
    for (lane, index) in indices.enumerated() {
      do throws(SimulationError) {
        if let failure = batch.failure(set: lane) { throw failure }
        try keep(index, samples[lane], lane, &block)
      } catch {
        block.fail(index, error.explanation)
        block.blank(index, after: plan.spec.parameters.count)
      }
    }
  }

  private func person(_ sample: TransportSample) throws(SimulationError) -> Simulation {
    try plan.simulation.with(sample, varied: plan.varied)
  }

  private mutating func keep(
    _ index: Int, _ sample: TransportSample, _ lane: Int, _ block: inout SweepBlock
  ) throws(SimulationError) {
    let times = plan.grid.times.count
    for s in 0..<course.sites {
      for t in 0..<times {
        course.levels[s * times + t] = batch.concentration(site: s, time: t, set: lane)
      }
      if plan.outputs.contains(where: \.needsPeak) {
        (course.peaks[s], course.peakTimes[s]) = try batch.peak(site: s, set: lane, plan.grid)
      }
    }
    var offset = block.offset(of: index) + plan.spec.parameters.count
    for (output, withheld) in zip(plan.outputs, plan.withheld(sample)) {
      let size = plan.size(of: output)
      // What counts contradict stays empty; the file has the counts.
      guard withheld.isEmpty else {
        offset += size
        continue
      }
      switch output.quantity {
      case .steady:
        for (s, level) in try person(sample).steadyLevels().enumerated() {
          block.values[offset + s] = level.first ?? .nan
        }
      case .halfLife:
        for (s, time) in try person(sample).halfLives().enumerated() {
          block.values[offset + s] = time ?? .nan
        }
      default: course.write(output, into: &block.values, at: offset)
      }
      if block.values[offset..<(offset + size)].contains(where: { !$0.isFinite }) {
        throw .integration("\(output.name) is no number here")
      }
      offset += size
    }
  }
}
