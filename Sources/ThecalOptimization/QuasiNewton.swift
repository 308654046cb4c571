/// The lowest point nearby of a smooth function that comes with its gradient.
///
/// Directions are those of BFGS, which learns the curvature from the gradients it has seen. A step is found by
/// bisection and meets the weak conditions of Wolfe, so that what is learnt stays positive. A point at which the function
/// is not finite counts as too far. After Nocedal and Wright 2006 (algorithm 6.1) and Lewis and Overton 2013.
package struct QuasiNewton {
  /// The point found last.
  package private(set) var point: [Double]
  /// The value there.
  package private(set) var value = Double.infinity
  /// The gradient there.
  package private(set) var gradient: [Double]
  /// Steps that were taken.
  package private(set) var steps = 0
  private let longest: Double
  /// The inverse of the curvature, row by row.
  private var inverse: [[Double]]

  /// A search in this many dimensions; no coordinate changes by more than `longest` in a step.
  package init(dimensions: Int, longest: Double = 2) {
    precondition(dimensions >= 1 && longest > 0)
    self.longest = longest
    point = Array(repeating: 0, count: dimensions)
    gradient = point
    inverse = Self.unit(dimensions)
  }

  /// Goes downhill from `start` until no part of the gradient is above `flat`; `function` gives value and gradient.
  ///
  /// Where rounding lets the value fall no further the search ends too, if no part of the gradient is above the
  /// thousandfold of `flat`.
  ///
  /// - Throws: `notFinite` where there is no value at `start`, `noConvergence` where the search ends elsewhere.
  package mutating func minimize(
    from start: [Double], flat: Double = 1e-7, _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) throws(QuasiNewtonError) {
    precondition(start.count == point.count)
    (point, steps, inverse) = (start, 0, Self.unit(start.count))
    (value, gradient) = function(start)
    guard value.isFinite, gradient.allSatisfy(\.isFinite) else { throw .notFinite }
    while largest(gradient) > flat {
      guard steps < Self.mostSteps else { throw .noConvergence(steps: steps) }
      if !advance(function) {
        // What was learnt may mislead: once more straight downhill, and then it is over.
        let isFresh = inverse == Self.unit(point.count)
        inverse = Self.unit(point.count)
        if isFresh || !advance(function) {
          guard largest(gradient) <= Self.rounding * flat else { throw .noConvergence(steps: steps) }
          return
        }
      }
      steps += 1
    }
  }

  /// One step; false where none lowers the value.
  private mutating func advance(_ function: ([Double]) -> (value: Double, gradient: [Double])) -> Bool {
    var direction = inverse.map { row in -zip(row, gradient).reduce(0) { $0 + $1.0 * $1.1 } }
    let reach = largest(direction)
    if reach > longest { direction = direction.map { $0 * longest / reach } }
    let slope = dot(direction, gradient)
    guard slope < 0 else { return false }
    var (low, high, length) = (0.0, Double.infinity, 1.0)
    for _ in 0..<Self.mostBisections {
      let trial = zip(point, direction).map { $0 + length * $1 }
      let (reached, there) = function(trial)
      if !(reached <= value + Self.decrease * length * slope) || !there.allSatisfy(\.isFinite) {
        high = length
      } else if dot(direction, there) < Self.curvature * slope {
        low = length
      } else {
        learn(step: zip(trial, point).map(-), change: zip(there, gradient).map(-))
        (point, value, gradient) = (trial, reached, there)
        return true
      }
      length = high.isFinite ? (low + high) / 2 : 2 * low
    }
    return false
  }

  /// The update of BFGS for the inverse of the curvature.
  private mutating func learn(step: [Double], change: [Double]) {
    let product = dot(step, change)
    guard product > 0 else { return }
    let moved = inverse.map { dot($0, change) }
    let scale = (1 + dot(change, moved) / product) / product
    for i in step.indices {
      for j in step.indices {
        inverse[i][j] += scale * step[i] * step[j] - (moved[i] * step[j] + step[i] * moved[j]) / product
      }
    }
  }

  private func dot(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }

  private func largest(_ values: [Double]) -> Double { values.reduce(0) { max($0, abs($1)) } }

  private static func unit(_ n: Int) -> [[Double]] { (0..<n).map { i in (0..<n).map { $0 == i ? 1 : 0 } } }

  private static let decrease = 1e-4
  private static let curvature = 0.9
  private static let mostBisections = 60
  private static let mostSteps = 500
  private static let rounding = 1e3
}

/// Why a search ended without a lowest point.
package enum QuasiNewtonError: Error, Equatable, Sendable {
  /// The function has no value where the search begins.
  case notFinite
  /// The search stood still, or took this many steps, before the ground was flat.
  case noConvergence(steps: Int)
}
