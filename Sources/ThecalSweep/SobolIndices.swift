import ThecalSampling

/// The shares of a result's variance that go back to each input, alone and with all others (Sobol).
///
/// From a Saltelli design: f(A), f(B) and f(A with one coordinate of B). First order after Saltelli et al. 2010,
/// total after Jansen 1999; intervals from drawing the base points again (bootstrap).
package struct SobolIndices: Hashable, Sendable {
  /// An index with its interval of 95 %.
  package struct Index: Hashable, Sendable {
    /// The estimate.
    package let value: Double
    /// The ends of its interval.
    package let low: Double, high: Double
  }

  /// Per parameter, the share of variance that it explains alone.
  package let first: [Index]
  /// Per parameter, the share in which it takes part.
  package let total: [Index]
  /// The variance.
  package let variance: Double
  /// The base points whose values are all numbers, of which alone it is made.
  package let points: Int

  /// The indices of `values`, a base point's f(A), f(B), f(A_B1) … f(A_Bk) after the other, a whole number of base
  /// points. Base points with a value that is no number are left out; nil where nothing varies, or so much that squares
  /// leave the range of a double.
  package init?(_ values: [Double], parameters: Int, seed: UInt64, draws: Int = 1_000) {
    let width = parameters + 2
    precondition(parameters >= 1 && values.count % width == 0)
    let bases = (0..<(values.count / width)).filter { base in
      values[(base * width)..<((base + 1) * width)].allSatisfy(\.isFinite)
    }
    guard bases.count >= 8 else { return nil }
    // The mean goes first: the estimator of the first order loses digits otherwise.
    let mean = bases.reduce(0) { $0 + values[$1 * width] + values[$1 * width + 1] } / Double(2 * bases.count)
    let rows = bases.map { base in (0..<width).map { values[base * width + $0] - mean } }
    guard let plain = Self.estimate(rows, parameters, Array(rows.indices)) else { return nil }
    let random = Philox(seed: seed)
    var drawn: [(first: [Double], total: [Double])] = []
    for draw in 0..<draws {
      let picks = rows.indices.map { k in
        Int(random.bits(sample: UInt64(draw), stream: 0x6000_0000, index: UInt32(k)) % UInt64(rows.count))
      }
      if let again = Self.estimate(rows, parameters, picks) { drawn.append((again.first, again.total)) }
    }
    func indices(_ value: [Double], _ part: (([Double], [Double])) -> [Double]) -> [Index] {
      value.indices.map { k in
        let sorted = drawn.map { part(($0.first, $0.total))[k] }.sorted()
        guard !sorted.isEmpty else { return Index(value: value[k], low: value[k], high: value[k]) }
        return Index(
          value: value[k], low: sorted[Int(0.025 * Double(sorted.count - 1))],
          high: sorted[Int(0.975 * Double(sorted.count - 1))])
      }
    }
    first = indices(plain.first) { $0.0 }
    total = indices(plain.total) { $0.1 }
    variance = plain.variance
    points = bases.count
  }

  private static func estimate(
    _ rows: [[Double]], _ parameters: Int, _ picks: [Int]
  ) -> (first: [Double], total: [Double], variance: Double)? {
    let n = Double(picks.count)
    var (sum, squares) = (0.0, 0.0)
    for pick in picks {
      let (a, b) = (rows[pick][0], rows[pick][1])
      sum += a + b
      squares += a * a + b * b
    }
    let mean = sum / (2 * n)
    let variance = squares / (2 * n) - mean * mean
    guard variance > 0 else { return nil }
    var (first, total): ([Double], [Double]) = ([], [])
    for k in 0..<parameters {
      var (alone, apart) = (0.0, 0.0)
      for pick in picks {
        let row = rows[pick]
        alone += row[1] * (row[k + 2] - row[0])
        apart += (row[0] - row[k + 2]) * (row[0] - row[k + 2])
      }
      first.append(alone / n / variance)
      total.append(apart / (2 * n) / variance)
    }
    guard variance.isFinite, (first + total).allSatisfy(\.isFinite) else { return nil }
    return (first, total, variance)
  }
}

/// The elementary effects of Morris: how far a result moves when one input does, on average and in scatter.
package struct MorrisEffects: Hashable, Sendable {
  /// Per parameter the mean of the size of its effects, μ*.
  package let size: [Double]
  /// Per parameter the mean effect, μ.
  package let mean: [Double]
  /// Per parameter the standard deviation of its effects, σ: large where it acts with others or bends.
  package let spread: [Double]
  /// Per parameter the effects of which these are made: one for each trajectory, but where a sample failed.
  package let counts: [Int]

  /// The effects of `values`, whole trajectories of `parameters` + 1 points, drawn from `seed`; nil where there are not
  /// two of each, or where they leave the range of a double.
  package init?(_ values: [Double], parameters: Int, seed: UInt64) {
    let width = parameters + 1
    precondition(parameters >= 1 && values.count % width == 0)
    var effects = Array(repeating: [Double](), count: parameters)
    for trajectory in 0..<(values.count / width) {
      for step in 0..<parameters {
        let change = values[trajectory * width + step + 1] - values[trajectory * width + step]
        guard change.isFinite else { continue }
        let move = SweepPoints.morrisStep(seed: seed, trajectory: trajectory, step: step, size: parameters)
        effects[move.parameter].append((move.isUp ? 1 : -1) * change / Self.step)
      }
    }
    guard effects.allSatisfy({ $0.count >= 2 }) else { return nil }
    counts = effects.map(\.count)
    size = effects.map { list in list.reduce(0) { $0 + abs($1) } / Double(list.count) }
    mean = effects.map { list in list.reduce(0, +) / Double(list.count) }
    spread = zip(effects, mean).map { list, mean in
      (list.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(list.count - 1)).squareRoot()
    }
    guard (size + mean + spread).allSatisfy(\.isFinite) else { return nil }
  }

  /// The length of a step in probability.
  static let step = 0.5
}
