import ThecalQuantities
import ThecalSolvers

extension SimulationBatch {
  /// What each level gains per unit (µg · cm · h) of each free parameter, for each sample computed last along these: by
  /// time, site and parameter, the parameter fastest. Nil where a sample did not take the fast path.
  ///
  /// - Complexity: With the levels, at most that of the levels for each parameter and once more.
  /// - Accuracy: That of the levels; exact for them to rounding.
  package mutating func jacobians(of free: [FreeParameter]) -> [[Double]?] {
    guard let found = batch.gains() else { return samples.map { _ in nil } }
    return samples.indices.map { lane in
      batch.isFast[lane] && failure(set: lane) == nil ? jacobian(found, of: free, lane) : nil
    }
  }

  /// The Jacobian of the sample in `lane`.
  private func jacobian(_ found: LaneGains, of free: [FreeParameter], _ lane: Int) -> [Double] {
    var jacobian = Array(repeating: 0.0, count: times.count * columns.count * free.count)
    var direction = 0
    for (k, parameter) in free.enumerated() {
      for (site, column) in columns.enumerated() {
        guard let column else { continue }
        var place = site * free.count + k
        for t in times.indices {
          if case .amount(let amount) = parameter {
            jacobian[place] = batch.gain(ofFactor: amount + 1, probe: column, time: t, lane: lane)
          } else {
            jacobian[place] = found.gain(direction, probe: column, time: t, lane: lane)
          }
          place += columns.count * free.count
        }
      }
      if case .amount = parameter {} else { direction += 1 }
    }
    return jacobian
  }

  /// What `parameter` changes in the network of the person whom `model` and `faces` hold.
  func change(
    _ parameter: FreeParameter, _ faces: CanalFaces, _ places: Simulation.Places, _ sample: TransportSample
  ) -> LaneTangents.Change {
    let tipSite = sample.tip ?? simulation.named.tip
    let first = simulation.schedule.rates.isEmpty ? 0 : 1
    var tangent = CanalTangent(
      model, faces, parameter, sources: max(1, first + simulation.bolusVolumes.count))
    if first == 1 { tangent.addInfusion(0, tip: places.tip, tipSite) }
    for (k, volume) in simulation.bolusVolumes.enumerated() {
      tangent.addBolus(first + k, volume: volume, tip: places.tip, tipSite)
    }
    for (site, column) in columns.enumerated() {
      guard let column, case .canal(let x) = places.sites[site] else { continue }
      tangent.addProbe(column, at: x, simulation.named.sites[site], tipSite: tipSite)
    }
    return tangent.change
  }
}
