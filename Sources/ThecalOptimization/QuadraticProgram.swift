package import ThecalLinearAlgebra

/// The point at which ½ xᵀH x + gᵀx is smallest among those with `normals`ᵀ x ≥ `bounds`: a strictly convex
/// quadratic programme, by the dual active-set method of Goldfarb and Idnani (1983).
///
/// The method starts at the unconstrained minimum and adds the constraint that is violated most, until none is:
/// every step raises the dual function, so it ends after finitely many.
///
/// - Complexity: O(*n*²) + one product with all normals per step; nothing is allocated after `init`.
package struct QuadraticProgram: ~Copyable {
  /// Number of variables.
  package let variables: Int
  /// The point found last.
  package private(set) var point: [Double]
  /// The multiplier of each constraint, zero where it is not active.
  package private(set) var multipliers: [Double]
  /// Steps taken in the last solution.
  package private(set) var steps = 0
  /// How far the point found last is from satisfying the conditions of optimality.
  package private(set) var residual = KKTResidual.zero
  private var factors: ActiveSetFactorization
  private var active: [Int] = []
  private var weights: [Double] = []  // multipliers of the active constraints, in their order
  private var isActive: [Bool]
  private var norms: [Double]
  private var slack: [Double]
  private var direction: [Double]
  private var rates: [Double]

  /// Workspace for `variables` under up to `constraints` constraints.
  package init(variables: Int, constraints: Int) {
    precondition(variables >= 1 && constraints >= 0)
    self.variables = variables
    point = Array(repeating: 0, count: variables)
    direction = point
    rates = point
    multipliers = Array(repeating: 0, count: constraints)
    slack = multipliers
    norms = multipliers
    isActive = Array(repeating: false, count: constraints)
    factors = ActiveSetFactorization(order: variables)
    active.reserveCapacity(variables + 1)
    weights.reserveCapacity(variables + 1)
  }

  /// Solves for one Hessian, gradient and set of constraints: one column of `normals` and one bound each.
  ///
  /// - Throws: `QuadraticProgramError.infeasible` where no point satisfies the constraints.
  package mutating func solve(
    hessian: Matrix, gradient: [Double], normals: Matrix, bounds: [Double]
  ) throws(QuadraticProgramError) {
    precondition(normals.rows == variables && normals.columns == bounds.count)
    precondition(bounds.count == multipliers.count && gradient.count == variables)
    do {
      try factors.factor(hessian)
    } catch {
      throw .notConvex
    }
    begin(normals)
    factors.minimizer(gradient, into: &point)
    while let entering = mostViolated(normals, bounds) {
      try enter(entering, normals)
      steps += 1
      guard steps <= Self.mostSteps(variables, bounds.count) else { throw .noConvergence(steps: steps) }
    }
    for k in active.indices { multipliers[active[k]] = weights[k] }
    residual = KKTResidual(
      hessian: hessian, gradient: gradient, normals: normals, bounds: bounds, point: point,
      multipliers: multipliers)
  }

  private mutating func begin(_ normals: Matrix) {
    steps = 0
    active.removeAll(keepingCapacity: true)
    weights.removeAll(keepingCapacity: true)
    for j in multipliers.indices {
      multipliers[j] = 0
      isActive[j] = false
      var sum = 0.0
      for i in 0..<variables {
        let element = normals[i, j]
        sum += element * element
      }
      norms[j] = sum.squareRoot()
    }
  }

  /// The constraint whose plane the point has crossed farthest; nil where none is crossed.
  private mutating func mostViolated(_ normals: Matrix, _ bounds: [Double]) -> Int? {
    normals.multiply(point, into: &slack, transposed: true)
    var worst: (index: Int, distance: Double)?
    for j in bounds.indices where !isActive[j] && norms[j] > 0 {
      slack[j] -= bounds[j]
      let distance = slack[j] / (norms[j] + abs(bounds[j]))
      if distance < -Self.tolerance, distance < worst?.distance ?? 0 { worst = (j, distance) }
    }
    return worst?.index
  }

  /// Moves until the constraint `entering` is satisfied, dropping those that stand in the way.
  private mutating func enter(_ entering: Int, _ normals: Matrix) throws(QuadraticProgramError) {
    var weight = 0.0
    while true {
      let product = factors.explore(normals, column: entering, direction: &direction, rates: &rates)
      var blocking: (position: Int, step: Double)?
      for k in active.indices where rates[k] > 0 {
        let step = weights[k] / rates[k]
        if step < blocking?.step ?? .infinity { blocking = (k, step) }
      }
      let isIndependent = product > Self.independence * norms[entering] * norms[entering] * factors.scale
      let full = isIndependent ? -slack[entering] / product : .infinity
      let step = min(full, blocking?.step ?? .infinity)
      guard step < .infinity else { throw .infeasible(constraint: entering) }
      for k in active.indices { weights[k] -= step * rates[k] }
      weight += step
      if isIndependent {
        for i in 0..<variables { point[i] += step * direction[i] }
        slack[entering] += step * product
      }
      if let blocking, blocking.step < full {
        drop(blocking.position)
      } else {
        factors.append()
        active.append(entering)
        weights.append(weight)
        isActive[entering] = true
        return
      }
    }
  }

  private mutating func drop(_ position: Int) {
    factors.remove(at: position)
    isActive[active.remove(at: position)] = false
    weights.remove(at: position)
  }

  /// A constraint counts as violated beyond this share of its size.
  private static let tolerance = 1e-11
  /// A normal counts as dependent on the active ones below this share of its length.
  private static let independence = 1e-13

  private static func mostSteps(_ variables: Int, _ constraints: Int) -> Int {
    100 * (variables + constraints)
  }
}

/// Why a quadratic programme has no solution.
package enum QuadraticProgramError: Error, Equatable, Sendable {
  /// The matrix is not positive definite.
  case notConvex
  /// No point satisfies the constraints; the method ended at this one.
  case infeasible(constraint: Int)
  /// Rounding kept the method from ending.
  case noConvergence(steps: Int)
}
