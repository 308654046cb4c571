import Glibc
import ThecalSolvers

/// What each number of a person's network gains per unit of a parameter: the assembly of `CanalModel` and of its sources
/// and probes forward, line by line. Its mirror is `CanalGradient`, which goes backward.
struct CanalTangent {
  /// The change of the network.
  private(set) var change: LaneTangents.Change
  private let model: CanalModel
  private let faces: CanalFaces
  private let parameter: FreeParameter
  private let step: Double
  /// What the length of a cell gains.
  private var stepGain: Double { parameter == .canal(.height) ? step / model.parameters.height : 0 }

  /// The change of the person whom `model` holds, whose `faces` are given, with no source and no probe yet.
  init(_ model: CanalModel, _ faces: CanalFaces, _ parameter: FreeParameter, sources: Int) {
    (self.model, self.faces) = (model, faces)
    self.parameter = parameter
    step = model.grid.length(model.parameters.height) / Double(model.grid.cells)
    change = LaneTangents.Change(sources: sources)
    if case .canal(let key) = parameter { addNetwork(key) }
  }

  private mutating func addNetwork(_ key: TransportParameter) {
    let (person, volumes) = (model.parameters, model.network.volume)
    let cells = volumeGains(key)
    let spinal = person.spinalFraction * person.production
    let spinalGain =
      key == .spinalFraction ? person.production : key == .production ? person.spinalFraction : 0
    let total = volumes.dropFirst().reduce(0, +)
    let totalGain = cells.reduce(0, +)
    // What each mL of volume loses gains: by itself, and to the flow that is absorbed along the canal.
    let lossGain =
      (key == .loss ? 1 : 0) + spinalGain / total - spinal * totalGain / (total * total)
    if !cells.isEmpty || key == .cranialVolume {
      change.volume = [key == .cranialVolume ? 1 : 0] + cells
    }
    var losses = [poolLossGain(key)]
    if lossGain != 0 || !cells.isEmpty {
      losses += volumes.dropFirst().map { lossGain * $0 }
      for (i, gain) in cells.enumerated() { losses[i + 1] += gain * (person.loss + spinal / total) }
    }
    if losses.count > 1 || losses[0] != 0 { change.loss = losses }
    var flows: [Double] = []
    if spinalGain != 0 || !cells.isEmpty {
      var (left, leftGain) = (total, totalGain)
      for i in 0..<model.grid.cells {
        flows.append(
          spinalGain * left / total + spinal * (leftGain / total - left * totalGain / (total * total)))
        left -= volumes[i + 1]
        if !cells.isEmpty { leftGain -= cells[i] }
      }
    }
    addFaces(logGains(key), flows)
  }

  /// What the loss of the pool gains.
  private func poolLossGain(_ key: TransportParameter) -> Double {
    let person = model.parameters
    return switch key {
    case .spinalFraction: -person.production
    case .production: 1 - person.spinalFraction
    case .cranialLossRatio: person.loss * person.cranialVolume
    case .loss: person.cranialLossRatio * person.cranialVolume
    case .cranialVolume: person.cranialLossRatio * person.loss
    default: 0
    }
  }

  /// What the volume of each cell gains; empty where none does.
  private func volumeGains(_ key: TransportParameter) -> [Double] {
    let (grid, person) = (model.grid, model.parameters)
    let stretch = grid.stretch(person.height)
    return switch key {
    case .height: model.network.volume.dropFirst().map { $0 / person.height }
    case .areaCervical: grid.cervicalVolumes.map { stretch * $0 }
    case .areaLumbosacral: grid.lumbosacralVolumes.map { stretch * $0 }
    default: []
    }
  }

  /// What the logarithm of the conductance of each face gains; empty where none does.
  private func logGains(_ key: TransportParameter) -> [Double] {
    let (grid, person) = (model.grid, model.parameters)
    let n = grid.cells
    func share(_ areas: [Double]) -> [Double] {
      (0..<n).map {
        areas[$0]
          / (person.areaCervical * grid.cervicalAreas[$0] + person.areaLumbosacral * grid.lumbosacralAreas[$0])
      }
    }
    return switch key {
    case .dispersionC1: (0..<n).map { (1 - Double($0) / Double(n)) / person.dispersionC1 }
    case .dispersionSac: (0..<n).map { Double($0) / Double(n) / person.dispersionSac }
    case .heartRate: Array(repeating: 1 / person.heartRate, count: n)
    case .strokeVolume: Array(repeating: 2 / person.strokeVolume, count: n)
    case .height: Array(repeating: -1 / person.height, count: n)
    case .areaCervical: share(grid.cervicalAreas)
    case .areaLumbosacral: share(grid.lumbosacralAreas)
    default: []
    }
  }

  /// The clearances, from what the logarithms of the conductances and the flows gain.
  private mutating func addFaces(_ logs: [Double], _ flows: [Double]) {
    guard !logs.isEmpty || !flows.isEmpty else { return }
    var onward = Array(repeating: 0.0, count: model.grid.cells)
    var back = onward
    for i in logs.indices {
      onward[i] += logs[i] * faces.onwardByLog[i]
      back[i] += logs[i] * faces.backByLog[i]
    }
    for i in flows.indices {
      onward[i] += flows[i] * faces.onwardByFlow[i]
      back[i] += flows[i] * faces.backByFlow[i]
    }
    (change.onward, change.back) = (onward, back)
  }

  /// What a place `x` cm from C1 gains: a named level moves with the height.
  private func placeGain(_ x: Double, _ site: CanalSite, isTip: Bool) -> Double {
    switch parameter {
    case .tip: return isTip ? 1 : 0
    case .canal(.height):
      if case .distance = site { return 0 }
      return x / model.parameters.height
    default: return 0
    }
  }

  /// Adds the change of the source of an infusion.
  mutating func addInfusion(_ source: Int, tip: Double, _ site: CanalSite) {
    let sigmaGain = parameter == .canal(.rateSigma) ? 1.0 : 0
    addSource(source, tip, model.parameters.rateSigma, placeGain(tip, site, isTip: true), sigmaGain)
  }

  /// Adds the change of the source of a bolus in `volume` mL.
  mutating func addBolus(_ source: Int, volume: Double, tip: Double, _ site: CanalSite) {
    let (grid, person) = (model.grid, model.parameters)
    let area = grid.area(at: tip, person)
    let position = tip / step
    let cell = grid.cell(position)
    let share = min(max(position - Double(cell), 0), 1)
    func mix(_ values: [Double]) -> Double { values[cell] + share * (values[cell + 1] - values[cell]) }
    func face(_ i: Int) -> Double {
      grid.cervicalAreas[i] * person.areaCervical + grid.lumbosacralAreas[i] * person.areaLumbosacral
    }
    let tipGain = placeGain(tip, site, isTip: true)
    var areaGain = (face(cell + 1) - face(cell)) * (tipGain - position * stepGain) / step
    if parameter == .canal(.areaCervical) { areaGain += mix(grid.cervicalAreas) }
    if parameter == .canal(.areaLumbosacral) { areaGain += mix(grid.lumbosacralAreas) }
    let sigmaGain = (parameter == .canal(.bolusSigma) ? 1 : 0) - volume * areaGain / (2 * area * area)
    addSource(source, tip, person.bolusSigma + volume / (2 * area), tipGain, sigmaGain)
  }

  /// The Gaussian of `CanalGrid`, edge by edge.
  private mutating func addSource(
    _ source: Int, _ center: Double, _ sigma: Double, _ centerGain: Double, _ sigmaGain: Double
  ) {
    guard centerGain != 0 || sigmaGain != 0 || stepGain != 0 else { return }
    let scale = 1 / (sigma * 2.0.squareRoot())
    let (first, last) = model.grid.reach(of: center, sigma, step: step)
    func tail(_ i: Int) -> (value: Double, gain: Double) {
      let a = (Double(i) * step - center) * scale
      let gain = scale * (Double(i) * stepGain - centerGain) - a / sigma * sigmaGain
      return (erf(a), 2 / Double.pi.squareRoot() * exp(-a * a) * gain)
    }
    let (low, high) = (tail(first), tail(last + 1))
    let (total, totalGain) = (high.value - low.value, high.gain - low.gain)
    var left = low
    var shares = Array(repeating: 0.0, count: model.grid.cells + 1)
    for i in first...last {
      let right = tail(i + 1)
      let share = (right.value - left.value) / total
      shares[i + 1] = (right.gain - left.gain - share * totalGain) / total
      left = right
    }
    change.sources[source] = shares
  }

  /// Adds the change of what `probe` reads at `x` cm.
  mutating func addProbe(_ probe: Int, at x: Double, _ site: CanalSite, tipSite: CanalSite) {
    let isTip = site == .tip
    let gain = placeGain(x, isTip ? tipSite : site, isTip: isTip) / step - x * stepGain / (step * step)
    let (node, share) = model.grid.interpolation(at: x, height: model.parameters.height)
    guard gain != 0, share > 0, share < 1 else { return }
    change.weights.append((probe, node, -Simulation.nanograms * gain))
    change.weights.append((probe, node + 1, Simulation.nanograms * gain))
  }
}
