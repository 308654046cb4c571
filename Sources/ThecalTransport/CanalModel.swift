import Glibc
package import ThecalSolvers

/// The finite-volume form of the transport equation for one person and one drug.
///
/// Node 0 is the cranial pool, node *i* + 1 the cell *i*. Fluxes are fitted exponentially, so the exchange is
/// positive in both directions, the generator conserves mass by construction, and it can be symmetrised.
package struct CanalModel: Sendable {
  package let grid: CanalGrid
  package let parameters: CanalParameters
  package private(set) var network: LinearNetwork
  /// Conductance A D / Δx of each face, mL/h; the first is between pool and first cell, over half a cell.
  private(set) var conductance: [Double]
  /// Bulk flow through each face toward the sac, mL/h.
  private(set) var flow: [Double]
  /// By how much the flow can magnify an error of the contour path: exp(½ ∫ Q / (A D) dx). A bound on what one
  /// is told of a place upstream, where little arrives.
  package private(set) var amplification = 1.0

  package init(_ grid: CanalGrid, _ parameters: CanalParameters) {
    let n = grid.cells
    self.grid = grid
    self.parameters = parameters
    conductance = Array(repeating: 0, count: n)
    flow = Array(repeating: 0, count: n)
    let exchange = Array(repeating: 1.0, count: n)
    network = LinearNetwork(
      volume: Array(repeating: 1, count: n + 1), onward: exchange, back: exchange,
      loss: Array(repeating: 0, count: n + 1))
    assemble()
    network.sides = [parameters.cord, parameters.epidural].compactMap { $0.map(layer) }
  }

  /// Takes the parameters of another person, in place.
  ///
  /// - Complexity: O(*n*), no allocation. Side nodes need a model of their own.
  package mutating func become(_ parameters: CanalParameters) {
    precondition(parameters.cord == nil && parameters.epidural == nil && network.sides.isEmpty)
    self = CanalModel(reusing: self, parameters)
    assemble()
  }

  private init(reusing model: consuming CanalModel, _ parameters: CanalParameters) {
    grid = model.grid
    self.parameters = parameters
    network = model.network
    conductance = model.conductance
    flow = model.flow
    amplification = model.amplification
  }

  private mutating func assemble() {
    let n = grid.cells
    let stretch = grid.stretch(parameters.height)
    let step = grid.length(parameters.height) / Double(n)
    let (cervical, lumbosacral) = (parameters.areaCervical, parameters.areaLumbosacral)
    network.volume[0] = parameters.cranialVolume
    var total = 0.0
    for i in 0..<n {
      let area = cervical * grid.cervicalVolumes[i] + lumbosacral * grid.lumbosacralVolumes[i]
      network.volume[i + 1] = stretch * area
      total += stretch * area
    }
    // D falls geometrically from face to face; a product of n factors is exact to n/2 units in the last place.
    let fall = pow(parameters.dispersionSac / parameters.dispersionC1, 1 / Double(n))
    var dispersion = parameters.dispersionC1 * parameters.pulsation / step
    let spinal = parameters.spinalFraction * parameters.production
    var left = total
    for i in 0..<n {
      let area = cervical * grid.cervicalAreas[i] + lumbosacral * grid.lumbosacralAreas[i]
      conductance[i] = area * dispersion
      dispersion *= fall
      flow[i] = spinal * (left / total)
      left -= network.volume[i + 1]
      // Absorbed between the two faces of a cell: what flows in less what flows out.
      network.loss[i + 1] = network.volume[i + 1] * (parameters.loss + spinal / total)
    }
    conductance[0] *= 2  // half a cell between the pool and the center of the first cell
    network.loss[0] =
      (1 - parameters.spinalFraction) * parameters.production
      + parameters.cranialLossRatio * parameters.loss * parameters.cranialVolume
    Bernoulli.fit(
      conductance: conductance, flow: flow, onward: &network.onward, back: &network.back)
    // B(−z) / B(z) = eᶻ, so the scaling follows from the Péclet numbers without a logarithm.
    var drift = 0.0
    for i in 0..<n { drift += flow[i] / conductance[i] }
    amplification = exp(drift / 2)
  }

  /// A compartment beside every cell. The pool has one that it hardly sees, so that every node has its
  /// neighbor; where
  /// the cord is thinner than `fullArea` its exchange fades with it.
  private func layer(_ tissue: TransportParameters.Tissue) -> SideLayer {
    let step = grid.length(parameters.height) / Double(grid.cells)
    let areas = (0..<grid.cells).map { max(tissue.area ?? grid.cordAreas[$0], Self.leastArea) }
    let exchange = areas.map {
      tissue.permeability * step * (tissue.area == nil ? min(1, $0 / Self.fullArea) : 1)
    }
    func withPool(_ values: [Double], share: Double = 1) -> [Double] { [values[0] * share] + values }
    return SideLayer(
      volume: withPool(areas.map { $0 * step }), into: withPool(exchange, share: Self.vanishing),
      out: withPool(exchange.map { $0 / tissue.partition }, share: Self.vanishing),
      loss: withPool(areas.map { $0 * step * tissue.loss }))
  }

  private static let leastArea = 1e-4  // cm²: a hundredth of a square millimeter, below the end of the cord
  private static let fullArea = 0.1  // cm²: half the cord at L1, where the cone ends (`valosek2024`)
  private static let vanishing = 1e-9

  /// The non-linear flux of a solution of other density than CSF, if it is modelled.
  package var drift: SaturatingDrift? {
    parameters.baricity.map { baricity in
      let mean = network.volume.dropFirst().reduce(0, +) / grid.length(parameters.height)
      let drift = (0..<grid.cells).map { i in
        let area =
          parameters.areaCervical * grid.cervicalAreas[i] + parameters.areaLumbosacral
          * grid.lumbosacralAreas[i]
        return i == 0 ? 0 : baricity.flow * area / mean
      }
      return SaturatingDrift(conductance: conductance, flow: flow, drift: drift, limit: baricity.limit)
    }
  }

  /// The shares of a unit infused at `tip` cm, per node.
  package func infusion(at tip: Double) -> [Double] { source(at: tip, sigma: parameters.rateSigma) }

  /// The shares of a unit injected at `tip` cm in `volume` mL, per node.
  package func bolus(at tip: Double, volume: Double) -> [Double] {
    source(at: tip, sigma: parameters.bolusSigma + volume / (2 * grid.area(at: tip, parameters)))
  }

  private func source(at tip: Double, sigma: Double) -> [Double] {
    var shares = Array(repeating: 0.0, count: grid.cells + 1)
    grid.gaussian(center: tip, sigma: sigma, height: parameters.height, into: &shares)
    return shares
  }

  /// The concentration at `x` cm, times `scale`.
  package func probe(at x: Double, scale: Double = 1) -> Probe {
    let (node, share) = grid.interpolation(at: x, height: parameters.height)
    return Probe(nodes: [node, node + 1], weights: [scale * (1 - share), scale * share])
  }

  /// The concentration in the cranial pool, times `scale`.
  package func cranialProbe(scale: Double = 1) -> Probe { Probe(nodes: [0], weights: [scale]) }
}
