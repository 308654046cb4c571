import CThecalLapack
import Glibc

/// The factors of an active-set method: *J* with J Jᵀ = H⁻¹, and the triangle *R* with Jᵀ N = (R; 0) for the
/// normals *N* of the active constraints.
///
/// A normal is appended, or removed, by plane rotations in O(*n*²) instead of a new factorization. After
/// Goldfarb & Idnani, Mathematical Programming 27:1–33, 1983.
package struct ActiveSetFactorization: ~Copyable {
  /// Number of variables.
  package let order: Int
  /// Number of active normals.
  package private(set) var count = 0
  /// The largest diagonal element of H⁻¹.
  package private(set) var scale = 0.0
  private var basis: [Double]  // J, column by column
  private var start: [Double]  // L⁻ᵀ, the J of no active normal
  private var triangle: [Double]  // R, column by column
  private var image: [Double]  // Jᵀ n of the normal at hand

  /// Workspace for `order` variables.
  package init(order: Int) {
    precondition(order >= 1)
    self.order = order
    basis = Array(repeating: 0, count: order * order)
    start = basis
    triangle = basis
    image = Array(repeating: 0, count: order)
  }

  /// Factors the symmetric positive definite `hessian`, of which the lower triangle is read.
  ///
  /// - Complexity: O(*n*³), no allocation.
  package mutating func factor(_ hessian: Matrix) throws(FactorizationError) {
    precondition(hessian.rows == order && hessian.columns == order)
    let n = Int32(order)
    for i in triangle.indices { triangle[i] = hessian.elements[i] }
    var info = onOneThread { LAPACKE_dpotrf_work(LAPACK_COL_MAJOR, lowerTriangle, n, &triangle, n) }
    precondition(info >= 0, "argument \(-info) of dpotrf")
    if info > 0 { throw .notPositiveDefinite(order: Int(info)) }
    info = onOneThread {
      LAPACKE_dtrtri_work(
        LAPACK_COL_MAJOR, lowerTriangle, CChar(UInt8(ascii: "N")), n, &triangle, n)
    }
    precondition(info == 0, "argument \(-info) of dtrtri")
    for row in 0..<order {
      for column in 0..<order {
        start[column * order + row] = row <= column ? triangle[row * order + column] : 0
      }
    }
    scale = 0
    for row in 0..<order {
      var sum = 0.0
      for column in row..<order { sum += start[column * order + row] * start[column * order + row] }
      scale = max(scale, sum)
    }
    clear()
  }

  /// Drops every active normal.
  package mutating func clear() {
    for i in basis.indices { basis[i] = start[i] }
    count = 0
  }

  /// Writes −H⁻¹ `gradient`, where the quadratic function is smallest, into `point`. Nothing is active after it.
  package mutating func minimizer(_ gradient: [Double], into point: inout [Double]) {
    precondition(gradient.count == order && point.count == order)
    clear()
    let n = Int32(order)
    onOneThread { cblas_dgemv(CblasColMajor, CblasTrans, n, n, 1, basis, n, gradient, 1, 0, &image, 1) }
    onOneThread { cblas_dgemv(CblasColMajor, CblasNoTrans, n, n, -1, basis, n, image, 1, 0, &point, 1) }
  }

  /// For the normal in `column` of `normals`: the step `direction` in the space of the variables that keeps the
  /// active constraints, and the `rates` at which their multipliers fall along it. Returns the normal's product
  /// with the direction, zero where the normal depends on the active ones.
  ///
  /// - Complexity: O(*n*²), no allocation.
  package mutating func explore(
    _ normals: Matrix, column: Int, direction: inout [Double], rates: inout [Double]
  ) -> Double {
    precondition(normals.rows == order && (0..<normals.columns).contains(column))
    precondition(direction.count == order && rates.count == order)
    let n = Int32(order)
    let active = Int32(count)
    normals.elements.withUnsafeBufferPointer { elements in
      guard let base = elements.baseAddress else { return }
      onOneThread {
        cblas_dgemv(CblasColMajor, CblasTrans, n, n, 1, basis, n, base + column * order, 1, 0, &image, 1)
      }
    }
    var length = 0.0
    for i in count..<order { length += image[i] * image[i] }
    for i in 0..<count { rates[i] = image[i] }
    if count > 0 {
      onOneThread {
        cblas_dtrsv(CblasColMajor, CblasUpper, CblasNoTrans, CblasNonUnit, active, triangle, n, &rates, 1)
      }
    }
    guard count < order else {
      for i in 0..<order { direction[i] = 0 }
      return 0
    }
    let skipped = count
    basis.withUnsafeBufferPointer { basis in
      image.withUnsafeBufferPointer { image in
        guard let columns = basis.baseAddress, let last = image.baseAddress else { return }
        onOneThread {
          cblas_dgemv(
            CblasColMajor, CblasNoTrans, n, n - active, 1, columns + skipped * order, n, last + skipped, 1, 0,
            &direction, 1)
        }
      }
    }
    return length
  }

  /// Makes the normal that was explored last active.
  ///
  /// - Complexity: O(*n*²), no allocation.
  package mutating func append() {
    precondition(count < order)
    for i in stride(from: order - 1, to: count, by: -1) {
      let turn = rotate(columns: i - 1, i, image[i - 1], image[i])
      (image[i - 1], image[i]) = (turn.length, 0)
    }
    for i in 0...count { triangle[count * order + i] = image[i] }
    count += 1
  }

  /// Makes the active normal at `position`, in order of appending, inactive.
  ///
  /// - Complexity: O(*n*²), no allocation.
  package mutating func remove(at position: Int) {
    precondition((0..<count).contains(position))
    for column in position..<(count - 1) {
      for row in 0...(column + 1) { triangle[column * order + row] = triangle[(column + 1) * order + row] }
    }
    count -= 1
    for i in position..<count {
      // Column i has one element too many below its diagonal; the rotation that clears it goes on to the right.
      let (c, s, length) = rotate(
        columns: i, i + 1, triangle[i * order + i], triangle[i * order + i + 1])
      (triangle[i * order + i], triangle[i * order + i + 1]) = (length, 0)
      for column in (i + 1)..<max(count, i + 1) {
        let (upper, lower) = (triangle[column * order + i], triangle[column * order + i + 1])
        triangle[column * order + i] = c * upper + s * lower
        triangle[column * order + i + 1] = c * lower - s * upper
      }
    }
  }

  /// Far below what a rotation could change, far above where numbers lose digits.
  private static let negligible = 1e-250

  /// The rotation that turns (`a`, `b`) into (r, 0), carried out on two columns of the basis.
  private mutating func rotate(
    columns first: Int, _ second: Int, _ a: Double, _ b: Double
  ) -> (cosine: Double, sine: Double, length: Double) {
    // Not `drotg`, which loses its way among numbers so small that their digits go.
    guard abs(b) > Self.negligible else { return (1, 0, a) }
    let length = hypot(a, b)
    let (c, s) = (a / length, b / length)
    let order = order
    basis.withUnsafeMutableBufferPointer { basis in
      guard let columns = basis.baseAddress else { return }
      cblas_drot(Int32(order), columns + first * order, 1, columns + second * order, 1, c, s)
    }
    return (c, s, length)
  }
}
