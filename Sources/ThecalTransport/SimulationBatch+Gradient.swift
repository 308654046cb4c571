import ThecalQuantities
import ThecalSolvers

/// What varies between the samples of a model.
public enum FreeParameter: Hashable, Sendable {
  /// A parameter of the person or the drug.
  case canal(TransportParameter)
  /// Where the catheter ends, cm from C1.
  case tip
  /// The size of an entry of the programme that a batch varies, by its place among these.
  case amount(Int)
}

extension SimulationBatch {
  /// What Σ `weights` · level gains per unit (µg · cm · h) of each free parameter, for each sample computed last;
  /// `weights` holds one number per site, time and sample. Nil where a sample did not take the fast path.
  ///
  /// - Complexity: About three times that of the levels, whatever the number of parameters.
  /// - Accuracy: That of the levels; exact for them to rounding.
  package mutating func gradients(_ weights: [Double], of free: [FreeParameter]) -> [[Double]?] {
    let width = Self.width
    precondition(weights.count == columns.count * times.count * width)
    var probed: [Double] = []
    for (site, column) in columns.enumerated() where column != nil {
      probed += weights[(site * times.count * width)..<((site + 1) * times.count * width)]
    }
    guard let found = batch.adjoint(weights: probed) else { return samples.map { _ in nil } }
    return samples.indices.map { lane in
      guard batch.isFast[lane], failure(set: lane) == nil else { return nil }
      return gradient(found, lane, free)
    }
  }

  private mutating func gradient(_ found: LaneGradients, _ lane: Int, _ free: [FreeParameter]) -> [Double]? {
    let sample = samples[lane]
    guard let places = try? simulation.places(for: sample) else { return nil }
    model.become(sample.parameters)
    var sum = CanalGradient(model)
    sum.addNetwork(found, lane: lane)
    var byTip = 0.0
    addSources(found, lane, places.tip, &sum, &byTip)
    for (site, column) in columns.enumerated() {
      guard let column, case .canal(let x) = places.sites[site] else { continue }
      let (node, share) = model.grid.interpolation(at: x, height: sample.parameters.height)
      guard share > 0, share < 1 else { continue }
      let slope =
        batch.weightGradient(found, probe: column, node: node + 1, lane: lane)
        - batch.weightGradient(found, probe: column, node: node, lane: lane)
      var byPlace = 0.0
      sum.addPlace(Simulation.nanograms * slope, at: x, byPlace: &byPlace)
      let named = simulation.named.sites[site]
      if named == .tip { byTip += byPlace } else { sum.addPosition(byPlace, at: x, named, isTip: false) }
    }
    sum.addPosition(byTip, at: places.tip, sample.tip ?? simulation.named.tip, isTip: true)
    sum.finish()
    return free.map { parameter in
      switch parameter {
      case .canal(let parameter): sum.parameters[parameter] ?? 0
      case .tip: sum.tip
      case .amount(let k): found.factor(k + 1, lane: lane)
      }
    }
  }

  private func addSources(
    _ found: LaneGradients, _ lane: Int, _ tip: Double, _ sum: inout CanalGradient, _ byTip: inout Double
  ) {
    let parameters = model.parameters
    let first = simulation.schedule.rates.isEmpty ? 0 : 1
    if first == 1 {
      let gain = sum.addSource(center: tip, sigma: parameters.rateSigma, byCenter: &byTip) {
        found.source(0, $0, lane: lane)
      }
      sum.addRateWidth(gain)
    }
    for (k, volume) in simulation.bolusVolumes.enumerated() {
      let sigma = parameters.bolusSigma + volume / (2 * model.grid.area(at: tip, parameters))
      let gain = sum.addSource(center: tip, sigma: sigma, byCenter: &byTip) {
        found.source(first + k, $0, lane: lane)
      }
      sum.addBolusWidth(gain, volume: volume, at: tip, byCenter: &byTip)
    }
  }
}
