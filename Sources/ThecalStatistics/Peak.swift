import Glibc
import ThecalLinearAlgebra

/// The top of a smooth function, by Newton's method with differences.
enum Peak {
  private static let slopeStep = 1e-5
  private static let curvatureStep = 1e-3
  private static let mostSteps = 200
  private static let tolerance = 1e-10

  /// The top near `start`; nil where the function is not finite there.
  static func climb(from start: [Double], _ f: ([Double]) -> Double) -> (point: [Double], value: Double)? {
    var (point, value) = (start, f(start))
    guard value.isFinite else { return nil }
    for _ in 0..<mostSteps {
      guard let step = direction(point, f) else { return nil }
      var (share, moved) = (1.0, false)
      while share > tolerance {
        let next = zip(point, step).map { $0 + share * $1 }
        let there = f(next)
        if there > value {
          (point, value, moved) = (next, there, true)
          break
        }
        share /= 2
      }
      if !moved || step.allSatisfy({ abs(share * $0) < tolerance }) { break }
    }
    return (point, value)
  }

  /// Newton's step, with as much added to the diagonal as makes it climb.
  private static func direction(_ point: [Double], _ f: ([Double]) -> Double) -> [Double]? {
    let order = point.count
    let slope = (0..<order).map { k -> Double in
      var (up, down) = (point, point)
      up[k] += slopeStep
      down[k] -= slopeStep
      return (f(up) - f(down)) / (2 * slopeStep)
    }
    guard slope.allSatisfy(\.isFinite) else { return nil }
    let bend = curvature(point, f)
    var cholesky = Cholesky(order: order)
    var ridge = 0.0
    for _ in 0..<60 {
      var matrix = Matrix(rows: order, columns: order, elements: bend)
      for k in 0..<order { matrix[k, k] += ridge }
      if bend.allSatisfy(\.isFinite), (try? cholesky.factor(matrix)) != nil {
        var step = slope
        cholesky.solve(&step)
        return step
      }
      ridge = ridge == 0 ? 1e-3 : ridge * 3
    }
    return nil
  }

  /// Minus the second derivatives, row after row.
  static func curvature(_ point: [Double], _ f: ([Double]) -> Double) -> [Double] {
    let order = point.count
    var bend = Array(repeating: 0.0, count: order * order)
    let center = f(point)
    func at(_ moves: [(Int, Double)]) -> Double {
      var moved = point
      for (k, sign) in moves { moved[k] += sign * curvatureStep }
      return f(moved)
    }
    let square = curvatureStep * curvatureStep
    for i in 0..<order {
      bend[i * order + i] = -(at([(i, 1)]) - 2 * center + at([(i, -1)])) / square
      for j in 0..<i {
        let mixed =
          at([(i, 1), (j, 1)]) - at([(i, 1), (j, -1)]) - at([(i, -1), (j, 1)]) + at([(i, -1), (j, -1)])
        bend[i * order + j] = -mixed / (4 * square)
        bend[j * order + i] = bend[i * order + j]
      }
    }
    return bend
  }

  /// The inverse of a positive definite matrix; nil where it is not one.
  static func inverse(_ elements: [Double], order: Int) -> [Double]? {
    var cholesky = Cholesky(order: order)
    guard elements.allSatisfy(\.isFinite),
      (try? cholesky.factor(Matrix(rows: order, columns: order, elements: elements))) != nil
    else { return nil }
    var inverse = Array(repeating: 0.0, count: order * order)
    for column in 0..<order {
      var unit = (0..<order).map { $0 == column ? 1.0 : 0 }
      cholesky.solve(&unit)
      for row in 0..<order { inverse[row * order + column] = unit[row] }
    }
    return inverse
  }
}
