import CThecalKernels
import ThecalLinearAlgebra

extension ContourBatch {
  /// What Σ `weights` · value gains per unit of every number of the networks that were run last; `weights` holds one
  /// number per probe, time and lane.
  ///
  /// - Complexity: About three times that of `run`, whatever the number of numbers.
  /// - Accuracy: Exact for the values that `run` gave, to rounding.
  public mutating func adjoint(_ lanes: NetworkLanes, weights: [Double]) -> LaneGradients {
    let (width, times) = (NetworkLanes.width, plan.times.count)
    precondition(weights.count == probes * times * width)
    var found = LaneGradients(
      nodes: nodes, sources: plan.sources, factors: plan.factors, entries: entries.count)
    // Per reading and factor, in the order of the values.
    var spread = Matrix(rows: probes * width, columns: plan.factors * times)
    for p in 0..<probes {
      for lane in 0..<width {
        let row = p * width + lane
        for t in 0..<times {
          let weight = weights[(p * times + t) * width + lane]
          spread[row, t] = weight
          for factor in 1..<max(1, plan.factors) {
            spread[row, factor * times + t] = weight * lanes.factor[factor * width + lane]
            found.factor[factor * width + lane] += weight * values[row, factor * times + t]
          }
        }
      }
    }
    gatherStarts(lanes, spread, &found)
    if turned.columns != schedule.rows || turned.rows != schedule.columns {
      turned = Matrix(rows: schedule.columns, columns: schedule.rows)
      for i in 0..<schedule.rows { for j in 0..<schedule.columns { turned[j, i] = schedule[i, j] } }
    }
    var gamma = Matrix(rows: spread.rows, columns: schedule.rows)
    gamma.becomeProduct(spread, turned)
    resolveAdjoint(lanes, gamma, &found)
    return found
  }

  private mutating func resolveAdjoint(
    _ lanes: NetworkLanes, _ gamma: Matrix, _ found: inout LaneGradients
  ) {
    let width = NetworkLanes.width
    let layout = thecal_layout(
      probe: width, source: plan.shifts * probes * width, shift: probes * width,
      imaginary: plan.sources * plan.shifts * probes * width)
    if adjointWork.isEmpty {
      adjointWork = Array(repeating: 0, count: thecal_adjoint_work(nodes, plan.sources))
    }
    laneWeights.withUnsafeBufferPointer { weights in
      thecal_adjoint_lanes_of(
        nodes, lanes.volume, lanes.onward, lanes.back, lanes.loss, plan.sources, lanes.source, plan.shifts,
        plan.shiftReal, plan.shiftImaginary, entries.count, entries,
        weights.isEmpty ? nil : weights.baseAddress, probes, layout, gamma.elements, &adjointWork,
        &found.volume, &found.onward, &found.back, &found.loss, &found.source, &found.weight)
    }
  }

  /// What enters at the very instant of a reading does not pass through the contour.
  private func gatherStarts(_ lanes: NetworkLanes, _ spread: Matrix, _ found: inout LaneGradients) {
    let width = NetworkLanes.width
    for (column, source, amount) in plan.immediate {
      for (k, entry) in entries.enumerated() {
        for lane in 0..<width {
          let share = amount * spread[entry.probe * width + lane, column]
          guard share != 0 else { continue }
          let (at, input) = (entry.row * width + lane, (source * nodes + entry.row) * width + lane)
          let weight = laneWeights.isEmpty ? entry.weight : laneWeights[k * width + lane]
          found.source[input] += share * weight / lanes.volume[at]
          found.volume[at] -= share * weight * lanes.source[input] / (lanes.volume[at] * lanes.volume[at])
          found.weight[k * width + lane] += share * lanes.source[input] / lanes.volume[at]
        }
      }
    }
  }

  /// Per unit of the weight with which `probe` reads `node`.
  func weightGradient(_ found: LaneGradients, probe: Int, node: Int, lane: Int) -> Double {
    var sum = 0.0
    for (k, entry) in entries.enumerated() where entry.probe == probe && entry.row == node {
      sum += found.weight[k * NetworkLanes.width + lane]
    }
    return sum
  }
}
