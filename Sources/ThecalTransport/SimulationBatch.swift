import ThecalQuantities
import ThecalSolvers

/// One programme given to many people, eight parameter sets at a time through the contour path.
///
/// - Complexity: O(cells · shifts) per set; nothing is allocated after `init`.
/// - Accuracy: `errorBound(set:)`, as a share of the level that the same input reaches when it is held.
public struct SimulationBatch: ~Copyable {
  /// Parameter sets per call.
  public static var width: Int { NetworkLanes.width }
  private let grid: CanalGrid
  /// Tip and programme for a height of the reference; named levels stretch with the person.
  private let tipShare: Double
  private let bolusVolumes: [Double]
  private let hasRates: Bool
  private var batch: ContourBatch
  private var lanes: NetworkLanes
  private var model: CanalModel
  private var sources: [[Double]]
  private var amplifications: [Double]

  /// A batch of `simulation` for other parameters, or nil where the contour path does not apply: plasma is
  /// asked for, tissue or baricity is modelled, or no contour reaches `tolerance`.
  public init?(_ simulation: Simulation, tolerance: Double = 1e-7) {
    let parameters = simulation.model.parameters
    guard parameters.cord == nil, parameters.epidural == nil, parameters.baricity == nil,
      !simulation.sites.contains(.plasma)
    else { return nil }
    let experiment = simulation.experiment()
    guard
      let batch = ContourBatch(
        nodes: simulation.model.network.chainCount, experiment, tolerance: tolerance / 2)
    else { return nil }
    self.batch = batch
    grid = simulation.model.grid
    tipShare = simulation.tip / grid.length(parameters.height)
    hasRates = !simulation.schedule.rates.isEmpty
    bolusVolumes = simulation.schedule.boluses.reduce(into: []) { list, bolus in
      if !list.contains(bolus.volume.base) { list.append(bolus.volume.base) }
    }
    lanes = NetworkLanes(nodes: simulation.model.network.chainCount, sources: experiment.sources.count)
    model = simulation.model
    sources = experiment.sources
    amplifications = Array(repeating: 1, count: Self.width)
  }

  /// Number of shifted systems solved per set.
  public var shifts: Int { batch.shifts }

  /// Bound of the error of the integration in time for set `set`, as computed last. It grows with the flow over
  /// the dispersion: a set for which it is too large is for `Simulation.run`, which takes another path.
  public func errorBound(set: Int) -> Double { batch.errorBound * amplifications[set] }

  /// Computes up to eight sets. Sites that were given as a distance keep their share of the canal's length.
  public mutating func run(_ sets: Span<CanalParameters>) {
    precondition((1...Self.width).contains(sets.count))
    for lane in 0..<sets.count {
      let parameters = sets[lane]
      model.become(parameters)
      amplifications[lane] = model.amplification
      let tip = tipShare * grid.length(parameters.height)
      if hasRates {
        grid.gaussian(center: tip, sigma: parameters.rateSigma, height: parameters.height, into: &sources[0])
      }
      for k in bolusVolumes.indices {
        let sigma = parameters.bolusSigma + bolusVolumes[k] / (2 * grid.area(at: tip, parameters))
        grid.gaussian(
          center: tip, sigma: sigma, height: parameters.height, into: &sources[k + (hasRates ? 1 : 0)])
      }
      lanes.set(lane: lane, model.network, sources: sources)
    }
    batch.run(lanes)
  }

  /// The concentration at the site of index `site`, at the row of index `time`, of set `set`, ng/mL, as computed
  /// last. What is below zero is within the error of it, and given as zero.
  public func concentration(site: Int, time: Int, set: Int) -> Double {
    max(0, batch.value(probe: site, time: time, lane: set))
  }
}
