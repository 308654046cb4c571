import CThecalKernels

/// A flow along a chain that acts on the solute alone and fades as it fills the space:
/// flow + drift · (1 − c / limit), with c the mean of the two nodes of a face.
///
/// The exchange over each face is fitted exponentially to the flow at that concentration, so it stays
/// conservative; its exact derivatives are at hand for implicit steps.
public struct SaturatingDrift: Equatable, Sendable {
  /// Conductance of each face, mL/h.
  public var conductance: [Double]
  /// Flow of the solvent through each face, mL/h.
  public var flow: [Double]
  /// Additional flow of dilute solute, mL/h; positive away from the first node.
  public var drift: [Double]
  /// The concentration, µg/mL, at which the drift has faded.
  public var limit: Double

  /// A drift of these numbers.
  public init(conductance: [Double], flow: [Double], drift: [Double], limit: Double) {
    precondition(conductance.count == flow.count && drift.count == flow.count && limit > 0)
    self.conductance = conductance
    self.flow = flow
    self.drift = drift
    self.limit = limit
  }

  /// The flux through face *i* and its derivatives for the two nodes.
  private func face(
    _ i: Int, _ left: Double, _ right: Double
  ) -> (flux: Double, left: Double, right: Double) {
    let total = flow[i] + drift[i] * (1 - (left + right) / (2 * limit))
    let z = total / conductance[i]
    let (against, along) = Bernoulli.pair(z)
    let flux = conductance[i] * (along * left - against * right)
    // dB(−z)/dz = 1 + B'(z), because B(−z) = B(z) + z.
    let slope = Bernoulli.derivative(z, (against, along))
    let bend = -drift[i] / (2 * limit) * ((1 + slope) * left - slope * right)
    return (flux, conductance[i] * along + bend, conductance[i] * against - bend)
  }

  /// Clearances whose difference in the concentrations is the linearized flux.
  func jacobian(_ c: [Double], onward: inout [Double], back: inout [Double]) {
    for i in flow.indices {
      let face = face(i, c[i], c[i + 1])
      onward[i] = face.left
      back[i] = face.right
    }
  }

  /// Replaces the linear exchange of `network` in `inflow` by the fitted one.
  func addDifference(_ c: [Double], network: LinearNetwork, to inflow: inout [Double]) {
    for i in flow.indices {
      let linear = network.onward[i] * c[i] - network.back[i] * c[i + 1]
      let difference = face(i, c[i], c[i + 1]).flux - linear
      inflow[i] -= difference
      inflow[i + 1] += difference
    }
  }
}
