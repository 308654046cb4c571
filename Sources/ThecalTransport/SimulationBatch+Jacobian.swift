import ThecalQuantities
import ThecalSolvers

extension SimulationBatch {
  /// What each level gains per unit (µg · cm · h) of each free parameter, for each sample computed last: by time, site and
  /// parameter, the parameter fastest. Nil where a sample did not take the fast path.
  ///
  /// - Complexity: At most that of the levels for each parameter and once more.
  /// - Accuracy: That of the levels; exact for them to rounding.
  package mutating func jacobians(of free: [FreeParameter]) -> [[Double]?] {
    let lanes = samples.indices.map { batch.isFast[$0] && failure(set: $0) == nil }
    // A dose multiplies levels that are at hand: only the others need a direction.
    let directions = free.filter { if case .amount = $0 { false } else { true } }
    var changes: [[LaneTangents.Change?]] = Array(
      repeating: Array(repeating: nil, count: samples.count), count: directions.count)
    for lane in samples.indices where lanes[lane] {
      model.become(samples[lane].parameters)
      for (k, parameter) in directions.enumerated() { changes[k][lane] = change(parameter, lane) }
    }
    guard let found = batch.tangents(changes) else { return samples.map { _ in nil } }
    return samples.indices.map { lane -> [Double]? in
      guard lanes[lane] else { return nil }
      var jacobian = Array(repeating: 0.0, count: times.count * columns.count * free.count)
      var direction = 0
      for (k, parameter) in free.enumerated() {
        for t in times.indices {
          for (site, column) in columns.enumerated() {
            guard let column else { continue }
            let place = (t * columns.count + site) * free.count + k
            if case .amount(let amount) = parameter {
              jacobian[place] = batch.gain(ofFactor: amount + 1, probe: column, time: t, lane: lane)
            } else {
              jacobian[place] = found.gain(direction, probe: column, time: t, lane: lane)
            }
          }
        }
        if case .amount = parameter {} else { direction += 1 }
      }
      return jacobian
    }
  }

  private func change(_ parameter: FreeParameter, _ lane: Int) -> LaneTangents.Change? {
    let sample = samples[lane]
    guard let places = try? simulation.places(for: sample) else { return nil }
    let tipSite = sample.tip ?? simulation.named.tip
    let first = simulation.schedule.rates.isEmpty ? 0 : 1
    var tangent = CanalTangent(model, parameter, sources: max(1, first + simulation.bolusVolumes.count))
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
