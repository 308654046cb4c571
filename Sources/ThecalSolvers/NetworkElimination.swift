/// Elimination without subtraction for (z V − M) x = s at one real z ≥ 0: the steady state for z = 0, the
/// stages of an implicit step for z = 1/(γ h).
///
/// Of each pivot, `e + onward`, the part *e* that leaves for good is kept apart, so that nothing cancels
/// (Grassmann, Taksar and Heyman's idea for Markov chains). Conservation holds to rounding however stiff the
/// network; a factorization of the diagonal itself loses ‖M‖ ε / loss.
///
/// - Complexity: O(*n*); nothing is allocated after `init`.
/// - Source: `grassmann1985`.
public struct NetworkElimination: ~Copyable {
  private var inverse: [Double]
  private var network: LinearNetwork
  private var shift: Double

  /// A factorization of `network` at `shift` z, 1/h. Conditions for a solution: z > 0, or something is lost.
  public init(_ network: LinearNetwork, shift: Double = 0) {
    self.network = network
    self.shift = shift
    inverse = Array(repeating: 0, count: network.chainCount)
    _ = refactor(shift)
  }

  /// Factors the same exchange at another `shift`; false if a pivot is not positive.
  @discardableResult
  public mutating func refactor(_ shift: Double) -> Bool {
    self.shift = shift
    let n = network.chainCount
    var kept = 0.0
    var isPositive = true
    for i in 0..<n {
      var e = network.loss[i] + shift * network.volume[i] + kept
      for k in network.sides.indices {
        let leaving = network.sides[k].loss[i] + shift * network.sides[k].volume[i]
        e += network.sides[k].into[i] * leaving / (network.sides[k].out[i] + leaving)
      }
      let pivot = i + 1 < n ? e + network.onward[i] : e
      if !(pivot > 0) { isPositive = false }
      inverse[i] = 1 / pivot
      if i + 1 < n { kept = network.back[i] * (e * inverse[i]) }
    }
    return isPositive
  }

  /// Factors other exchanges between the nodes of the chain, as a non-linear flux has at each step.
  mutating func refactor(onward: [Double], back: [Double], shift: Double) -> Bool {
    for i in onward.indices {
      network.onward[i] = onward[i]
      network.back[i] = back[i]
    }
    return refactor(shift)
  }

  /// Replaces the sources `x`, µg/h per node in the order of a state vector, by the concentrations, µg/mL.
  public func solve(_ x: inout [Double]) {
    precondition(x.count == network.count)
    let n = network.chainCount
    for k in network.sides.indices {
      for i in 0..<n {
        let side = (k + 1) * n + i
        let out = network.sides[k].out[i]
        let p = out + network.sides[k].loss[i] + shift * network.sides[k].volume[i]
        x[side] /= p
        x[i] += out * x[side]
      }
    }
    for i in 0..<n {
      if i > 0 { x[i] += network.onward[i - 1] * x[i - 1] }
      x[i] *= inverse[i]
    }
    for i in stride(from: n - 2, through: 0, by: -1) { x[i] += inverse[i] * (network.back[i] * x[i + 1]) }
    for k in network.sides.indices {
      for i in 0..<n {
        let p =
          network.sides[k].out[i] + network.sides[k].loss[i] + shift * network.sides[k].volume[i]
        x[(k + 1) * n + i] += network.sides[k].into[i] / p * x[i]
      }
    }
  }
}

extension LinearNetwork {
  /// The concentrations, µg/mL in the order of a state vector, under a constant `source` (µg/h per node of the
  /// chain), or nil where nothing is ever lost and no steady state exists.
  public func steadyState(source: [Double]) -> [Double]? {
    precondition(source.count == chainCount)
    guard allLosses.contains(where: { $0 > 0 }) else { return nil }
    var x = source + Array(repeating: 0, count: count - chainCount)
    let elimination = NetworkElimination(self)
    elimination.solve(&x)
    return x
  }
}
