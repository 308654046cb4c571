import Glibc

/// Quadrature on a hyperbola around the negative real axis that turns resolvents into exponentials for all
/// times of a window at once: `f(t) ≈ Re Σ wₖ e^{zₖ t} F(zₖ)` for `shortest` ≤ t ≤ `longest`.
///
/// z(u) = μ (1 + sin(iu − α)), midpoint rule in u, half the nodes by symmetry. For an operator with a real
/// negative spectrum the error for e^{λt} is at most `errorBound`, for every λ ≤ 0; it falls as e^{−BN} with a
/// rate B that depends on the ratio of the times alone.
///
/// - Source: `weideman2007`, section 4 (hyperbola; α, μ and the step as functions of the ratio).
public struct ContourRule: Equatable, Sendable {
  /// Shortest time, h.
  public let shortest: Double
  /// Longest time, h.
  public let longest: Double
  /// Real parts of the nodes, 1/h.
  public let nodeReal: [Double]
  /// Imaginary parts of the nodes, 1/h.
  public let nodeImaginary: [Double]
  /// Real parts of the weights, 1/h.
  public let weightReal: [Double]
  /// Imaginary parts of the weights, 1/h.
  public let weightImaginary: [Double]
  /// Bound of |error| of e^{λt} over the window and all λ ≤ 0.
  public let errorBound: Double

  /// The rule with `count` nodes for times between `shortest` and `longest`, both positive.
  public init(shortest: Double, longest: Double, count: Int) {
    precondition(shortest > 0 && longest >= shortest && count >= 2)
    self.shortest = shortest
    self.longest = longest
    let shape = Shape(ratio: longest / shortest)
    let step = shape.reach / Double(count)
    let scale = (4 * .pi * shape.angle - .pi * .pi) / shape.reach * Double(count) / longest
    var nodes = ([Double](), [Double]())
    var weights = ([Double](), [Double]())
    for k in 0..<count {
      let u = (Double(k) + 0.5) * step
      // sin(iu − α) and cos(iu − α), by real and imaginary part.
      nodes.0.append(scale * (1 - cosh(u) * sin(shape.angle)))
      nodes.1.append(scale * sinh(u) * cos(shape.angle))
      weights.0.append(scale * step / .pi * cosh(u) * cos(shape.angle))
      weights.1.append(scale * step / .pi * sinh(u) * sin(shape.angle))
    }
    (nodeReal, nodeImaginary) = nodes
    (weightReal, weightImaginary) = weights
    errorBound = Self.bound(shape, count: count)
  }

  /// Number of nodes.
  public var count: Int { nodeReal.count }

  /// The fewest nodes that bring the bound to `tolerance` for times of this `ratio`, or nil if rounding
  /// prevents it.
  public static func count(ratio: Double, tolerance: Double) -> Int? {
    let shape = Shape(ratio: ratio)
    let first = max(4, Int((log(safety / tolerance) / shape.decay).rounded(.up)))
    return (first..<(first + 4)).first { bound(shape, count: $0) <= tolerance }
  }

  /// Truncation e^{−BN} and rounding e^{Re z t} ε; the factors were set against a search over λ and t, which
  /// the tests repeat.
  private static func bound(_ shape: Shape, count: Int) -> Double {
    let top = (4 * .pi * shape.angle - .pi * .pi) / shape.reach * Double(count) * (1 - sin(shape.angle))
    return safety * exp(-shape.decay * Double(count)) + 512 * 0x1p-52 * exp(top)
  }

  private static let safety = 8.0
}

/// The hyperbola that suits a ratio of times.
private struct Shape {
  /// α.
  let angle: Double
  /// A(α): node spacing times number of nodes.
  let reach: Double
  /// B(α), the decay of the error per node.
  let decay: Double

  /// The angle of fastest decay, by golden section: B has one maximum between π/4 and π/2.
  init(ratio: Double) {
    func reach(_ angle: Double) -> Double {
      acosh(((.pi - 2 * angle) * ratio + 4 * angle - .pi) / ((4 * angle - .pi) * sin(angle)))
    }
    func decay(_ angle: Double) -> Double { (.pi * .pi - 2 * .pi * angle) / reach(angle) }
    let golden = (5.0.squareRoot() - 1) / 2
    var (low, high) = (Double.pi / 4, Double.pi / 2)
    for _ in 0..<24 {
      let (left, right) = (high - golden * (high - low), low + golden * (high - low))
      if decay(left) < decay(right) { low = left } else { high = right }
    }
    angle = (low + high) / 2
    self.reach = reach(angle)
    self.decay = decay(angle)
  }
}
