import Glibc

/// The diagonal ω that makes a network symmetric: with x = ω c, the equations read dx/dt = S x + ω V⁻¹ s and
/// S is symmetric.
///
/// A tree with positive exchange both ways always has one: along each edge, (ω_j / ω_i)² is the ratio of the
/// two rate constants. So eigenvalues are real, and the symmetric solvers of LAPACK apply.
///
/// - Source: `perezguerrero2012`, the same self-adjoint scaling for layered media.
struct Symmetrizer: Sendable {
  /// ln ω of every node in the order of a state vector; the largest is 0.
  private(set) var logWeight: [Double]
  /// Diagonal of S.
  private(set) var diagonal: [Double]
  /// Elements of S between neighbors of the chain.
  private(set) var along: [Double]
  /// Elements of S between chain and side node, layer by layer.
  private(set) var aside: [[Double]]

  init(_ network: LinearNetwork) {
    let n = network.chainCount
    logWeight = Array(repeating: 0, count: network.count)
    diagonal = Array(repeating: 0, count: network.count)
    along = Array(repeating: 0, count: n - 1)
    aside = []
    for i in 0..<n {
      let exits =
        network.loss[i] + (i + 1 < n ? network.onward[i] : 0) + (i > 0 ? network.back[i - 1] : 0)
      diagonal[i] = -(exits + network.sides.reduce(0) { $0 + $1.into[i] }) / network.volume[i]
    }
    for i in 0..<(n - 1) {
      let forward = network.onward[i] / network.volume[i + 1]
      let backward = network.back[i] / network.volume[i]
      logWeight[i + 1] = logWeight[i] + (log(backward) - log(forward)) / 2
      along[i] = forward.squareRoot() * backward.squareRoot()
    }
    for (k, side) in network.sides.enumerated() {
      var elements = Array(repeating: 0.0, count: n)
      for i in 0..<n {
        let s = (k + 1) * n + i
        let forward = side.into[i] / side.volume[i]
        let backward = side.out[i] / network.volume[i]
        logWeight[s] = logWeight[i] + (log(backward) - log(forward)) / 2
        elements[i] = forward.squareRoot() * backward.squareRoot()
        diagonal[s] = -(side.out[i] + side.loss[i]) / side.volume[i]
      }
      aside.append(elements)
    }
    let top = logWeight.reduce(-Double.infinity, max)
    for i in logWeight.indices { logWeight[i] -= top }
  }

  /// Whether every number of S and ω is one.
  var isFinite: Bool {
    [logWeight, diagonal, along].joined().allSatisfy(\.isFinite) && aside.joined().allSatisfy(\.isFinite)
  }

  /// The condition number of ω, which bounds how much the spectral path magnifies rounding.
  var condition: Double { exp(-logWeight.reduce(0, min)) }

  /// ω of every node.
  var weight: [Double] { logWeight.map { exp($0) } }
}

extension LinearNetwork {
  /// The condition number of the diagonal that makes the network symmetric: the factor by which modes can
  /// magnify rounding errors.
  public var symmetrizerCondition: Double { Symmetrizer(self).condition }

  /// The factor by which a flow along the chain can magnify errors of the contour path, which are relative to the
  /// peak where there is no flow: the range of Π √(onward / back).
  public var flowAmplification: Double {
    var (sum, low, high) = (0.0, 0.0, 0.0)
    for i in onward.indices {
      sum += (log(onward[i]) - log(back[i])) / 2
      low = min(low, sum)
      high = max(high, sum)
    }
    return exp(high - low)
  }
}
