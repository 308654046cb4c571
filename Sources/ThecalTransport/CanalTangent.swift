import Glibc
import ThecalSolvers

/// What each number of a person's network gains per unit of a parameter: the assembly of `CanalModel` and of its sources
/// and probes forward, line by line. Its mirror is `CanalGradient`, which goes backward.
struct CanalTangent {
  /// The change of the network.
  private(set) var change: LaneTangents.Change
  private let model: CanalModel
  private let parameter: FreeParameter
  private let step: Double
  /// What the length of a cell gains.
  private var stepGain: Double { parameter == .canal(.height) ? step / model.parameters.height : 0 }

  init(_ model: CanalModel, _ parameter: FreeParameter, sources: Int) {
    self.model = model
    self.parameter = parameter
    step = model.grid.length(model.parameters.height) / Double(model.grid.cells)
    change = LaneTangents.Change(nodes: model.grid.cells + 1, sources: sources)
    if case .canal(let key) = parameter { addNetwork(key) }
  }

  private mutating func addNetwork(_ key: TransportParameter) {
    let (grid, person, network) = (model.grid, model.parameters, model.network)
    let n = grid.cells
    addVolumes(key)
    let total = network.volume.dropFirst().reduce(0, +)
    let totalGain = change.volume.dropFirst().reduce(0, +)
    let spinal = person.spinalFraction * person.production
    let spinalGain =
      key == .spinalFraction ? person.production : key == .production ? person.spinalFraction : 0
    let lossGain = key == .loss ? 1.0 : 0
    var (left, leftGain) = (total, totalGain)
    for i in 0..<n {
      let flowGain =
        spinalGain * left / total + spinal * (leftGain / total - left * totalGain / (total * total))
      addFace(i, key, flowGain)
      let (volume, gain) = (network.volume[i + 1], change.volume[i + 1])
      left -= volume
      leftGain -= gain
      change.loss[i + 1] =
        gain * (person.loss + spinal / total)
        + volume * (lossGain + spinalGain / total - spinal * totalGain / (total * total))
    }
    let (ratio, pool) = (person.cranialLossRatio, person.cranialVolume)
    change.loss[0] =
      switch key {
      case .spinalFraction: -person.production
      case .production: 1 - person.spinalFraction
      case .cranialLossRatio: person.loss * pool
      case .loss: ratio * pool
      case .cranialVolume: ratio * person.loss
      default: 0
      }
  }

  private mutating func addVolumes(_ key: TransportParameter) {
    let (grid, person) = (model.grid, model.parameters)
    let stretch = grid.stretch(person.height)
    if key == .cranialVolume { change.volume[0] = 1 }
    for i in 0..<grid.cells {
      change.volume[i + 1] =
        switch key {
        case .height: model.network.volume[i + 1] / person.height
        case .areaCervical: stretch * grid.cervicalVolumes[i]
        case .areaLumbosacral: stretch * grid.lumbosacralVolumes[i]
        default: 0
        }
    }
  }

  /// onward = g B(−z), back = g B(z), with what the logarithm of g gains.
  private mutating func addFace(_ i: Int, _ key: TransportParameter, _ flowGain: Double) {
    let (grid, person) = (model.grid, model.parameters)
    let (conductance, flow) = (model.conductance[i], model.flow[i])
    let share = Double(i) / Double(grid.cells)
    let area = person.areaCervical * grid.cervicalAreas[i] + person.areaLumbosacral * grid.lumbosacralAreas[i]
    let gain: Double =
      switch key {
      case .dispersionC1: (1 - share) / person.dispersionC1
      case .dispersionSac: share / person.dispersionSac
      case .heartRate: 1 / person.heartRate
      case .strokeVolume: 2 / person.strokeVolume
      case .height: -1 / person.height
      case .areaCervical: grid.cervicalAreas[i] / area
      case .areaLumbosacral: grid.lumbosacralAreas[i] / area
      default: 0
      }
    guard gain != 0 || flowGain != 0 else { return }
    let z = flow / conductance
    let weights = Bernoulli.pair(z)
    let slope = Bernoulli.derivative(z)
    let against = -1 - slope
    change.onward[i] = gain * conductance * (weights.1 + z * against) - against * flowGain
    change.back[i] = gain * conductance * (weights.0 - z * slope) + slope * flowGain
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
    let cell = min(max(Int(position), 0), grid.cells - 1)
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
    let first = min(max(Int((center - 9 * sigma) / step), 0), model.grid.cells - 1)
    let last = min(max(Int((center + 9 * sigma) / step), first), model.grid.cells - 1)
    func tail(_ i: Int) -> (value: Double, gain: Double) {
      let a = (Double(i) * step - center) * scale
      let gain = scale * (Double(i) * stepGain - centerGain) - a / sigma * sigmaGain
      return (erf(a), 2 / Double.pi.squareRoot() * exp(-a * a) * gain)
    }
    let (low, high) = (tail(first), tail(last + 1))
    let (total, totalGain) = (high.value - low.value, high.gain - low.gain)
    var left = low
    for i in first...last {
      let right = tail(i + 1)
      let share = (right.value - left.value) / total
      change.sources[source][i + 1] = (right.gain - left.gain - share * totalGain) / total
      left = right
    }
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
