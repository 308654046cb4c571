import Glibc
import ThecalLinearAlgebra

/// The reference among the ways through time: one symmetric eigen-decomposition per network, then every
/// experiment as a sum of modes with exact exponentials and φ-functions, read by matrix products.
///
/// - Complexity: O(*n*³) to build at worst, O(*n* · times) per experiment.
/// - Accuracy: about `condition` units in the last place of the largest concentration; nothing depends on the
///   length of a step.
/// - Source: `perezguerrero2012` for the scaling, `hochbruck2010` for the φ-functions.
public struct SpectralPropagator: ~Copyable {
  /// The network that was decomposed.
  public let network: LinearNetwork
  /// The condition number of the diagonal symmetrizer.
  public let condition: Double
  /// The eigenvalues, 1/h, all ≤ 0, ascending.
  public private(set) var rates: [Double]
  /// One orthonormal mode per column, in the coordinates x = ω c.
  private let modes: Matrix
  private let weight: [Double]

  /// Decomposes `network`, which is proper.
  ///
  /// - Throws: `PropagationError.noConvergence`, which LAPACK reports for no network met so far; for one with more nodes
  ///   than its workspace can count, or with rates beyond the range of a double.
  public init(_ network: LinearNetwork) throws(PropagationError) {
    precondition(network.isProper)
    let symmetrizer = Symmetrizer(network)
    self.network = network
    condition = symmetrizer.condition
    weight = symmetrizer.weight
    modes = try Self.checkedModes(symmetrizer, layers: network.sides.count)
    rates = Array(repeating: 0, count: network.count)
    for j in rates.indices { rates[j] = refinedRate(j) }
  }

  /// LAPACK counts its workspace, twice the square of the nodes, in 32 bits.
  private static let mostNodes = 32_000

  /// The modes of what LAPACK can take.
  private static func checkedModes(
    _ symmetrizer: Symmetrizer, layers: Int
  ) throws(PropagationError) -> Matrix {
    guard symmetrizer.diagonal.count <= mostNodes else {
      throw .noConvergence(description: "more than \(mostNodes) nodes")
    }
    guard symmetrizer.isFinite else {
      throw .noConvergence(description: "rates beyond the range of a double")
    }
    do throws(FactorizationError) { return try modes(symmetrizer, layers: layers) } catch {
      throw .noConvergence(error)
    }
  }

  /// Side nodes are interleaved with their chain nodes, so that the matrix is a narrow band.
  private static func modes(
    _ symmetrizer: Symmetrizer, layers: Int
  ) throws(FactorizationError) -> Matrix {
    guard layers > 0 else {
      var eigen = SymmetricTridiagonalEigen(order: symmetrizer.diagonal.count)
      try eigen.decompose(diagonal: symmetrizer.diagonal, beside: symmetrizer.along)
      return eigen.vectors
    }
    let order = symmetrizer.diagonal.count
    let block = layers + 1
    let n = order / block
    var eigen = SymmetricBandedEigen(order: order, bandwidth: min(block, order - 1))
    let (diagonal, along, aside) = (symmetrizer.diagonal, symmetrizer.along, symmetrizer.aside)
    try eigen.decompose { row, column in
      let (i, layer) = (column / block, column % block)
      if row == column { return diagonal[layer * n + i] }
      guard layer == 0 else { return 0 }
      if row == column + block { return along[i] }
      return aside[row - column - 1][i]
    }
    var modes = Matrix(rows: order, columns: order)
    for j in 0..<order {
      for i in 0..<n {
        for layer in 0..<block { modes[layer * n + i, j] = eigen.vectors[i * block + layer, j] }
      }
    }
    return modes
  }

  /// The Rayleigh quotient of mode *j* as a sum of terms of one sign (the Dirichlet form), which keeps the
  /// relative accuracy of the slowest rates that LAPACK's absolute accuracy, ε ‖S‖, would lose.
  private func refinedRate(_ j: Int) -> Double {
    let n = network.chainCount
    let volumes = network.allVolumes
    func dual(_ i: Int) -> Double { weight[i] * modes[i, j] / volumes[i] }
    func measure(_ i: Int) -> Double { volumes[i] / (weight[i] * weight[i]) }
    var sum = 0.0
    for i in 0..<n {
      let f = dual(i)
      sum += measure(i) * network.loss[i] * f * f
      if i + 1 < n {
        let difference = dual(i + 1) - f
        sum += measure(i) * network.onward[i] * difference * difference
      }
      for (k, side) in network.sides.enumerated() {
        let s = (k + 1) * n + i
        let g = dual(s)
        sum += measure(i) * side.into[i] * (g - f) * (g - f) + measure(s) * side.loss[i] * g * g
      }
    }
    return -sum
  }

  /// The coordinates along the modes of a source, µg per node of the chain.
  func modalSource(_ source: [Double]) -> [Double] {
    precondition(source.count == network.chainCount)
    var scaled = Array(repeating: 0.0, count: network.count)
    for i in source.indices { scaled[i] = weight[i] / network.volume[i] * source[i] }
    var result = Array(repeating: 0.0, count: network.count)
    modes.multiply(scaled, into: &result, transposed: true)
    return result
  }

  /// Probes and the three holdings (first node, chain, sides) along the modes: one column each.
  func modalReadings(_ probes: [Probe]) -> Matrix {
    let n = network.chainCount
    var weights = Matrix(rows: network.count, columns: probes.count + 3)
    for (p, probe) in probes.enumerated() {
      for k in probe.nodes.indices { weights[probe.nodes[k], p] += probe.weights[k] / weight[probe.nodes[k]] }
    }
    let volumes = network.allVolumes
    for i in volumes.indices {
      weights[i, probes.count + (i == 0 ? 0 : i < n ? 1 : 2)] = volumes[i] / weight[i]
    }
    var result = Matrix(rows: network.count, columns: probes.count + 3)
    result.becomeProduct(modes, weights, transposingLeft: true)
    return result
  }
}
