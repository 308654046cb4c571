import CThecalKernels
import ThecalLinearAlgebra

extension ContourBatch {
  /// Solves for the levels and their tangents at once.
  mutating func resolve(_ lanes: NetworkLanes, along changes: [[LaneTangents.Change?]]) {
    let (directions, count) = (changes.count, entries.count)
    if !tangents.fits(directions: directions, nodes: nodes, sources: plan.sources, entries: count) {
      tangents = LaneTangents(directions: directions, nodes: nodes, sources: plan.sources, entries: count)
    }
    let places = entries
    for (direction, list) in changes.enumerated() {
      for (lane, change) in list.enumerated() {
        guard let change else { continue }
        tangents.set(change, direction: direction, lane: lane) { probe, node in
          places.firstIndex { $0.probe == probe && $0.row == node }
        }
      }
    }
    let width = NetworkLanes.width
    let layout = thecal_layout(
      probe: width, source: plan.shifts * probes * width, shift: probes * width,
      imaginary: plan.sources * plan.shifts * probes * width)
    if adjointWork.isEmpty {
      adjointWork = Array(repeating: 0, count: thecal_adjoint_work(nodes, plan.sources))
    }
    let size = solved.elements.count
    if tangentSolutions.count != size * directions {
      tangentSolutions = Array(repeating: 0, count: size * directions)
    }
    laneWeights.withUnsafeBufferPointer { weights in
      thecal_tangent_lanes_of(
        nodes, lanes.volume, lanes.onward, lanes.back, lanes.loss, plan.sources, lanes.source, plan.shifts,
        plan.shiftReal, plan.shiftImaginary, entries.count, entries,
        weights.isEmpty ? nil : weights.baseAddress, probes, layout, directions, tangents.numbers,
        &adjointWork, &solved.elements, &tangentSolutions)
    }
  }

  /// What the values gain along the directions of the last run.
  ///
  /// - Accuracy: Exact for the values that `run` gave, to rounding.
  mutating func gains(_ lanes: NetworkLanes) -> LaneGains {
    let size = solved.elements.count
    return LaneGains(
      (0..<tangents.directions).map { direction in
        let solutions = Matrix(
          rows: solved.rows, columns: solved.columns,
          elements: Array(tangentSolutions[(direction * size)..<((direction + 1) * size)]))
        var gains = Matrix(rows: values.rows, columns: values.columns)
        gains.becomeProduct(solutions, schedule)
        addStarts(lanes, direction, &gains)
        return multiplied(gains, lanes)
      })
  }

  /// What enters at the very instant of a reading does not pass through the contour.
  private func addStarts(_ lanes: NetworkLanes, _ direction: Int, _ gains: inout Matrix) {
    let width = NetworkLanes.width
    for (column, source, amount) in plan.immediate {
      for (k, entry) in entries.enumerated() {
        for lane in 0..<width {
          let at = entry.row * width + lane
          let (volume, given) = (lanes.volume[at], lanes.source[source * nodes * width + at])
          let weight = laneWeights.isEmpty ? entry.weight : laneWeights[k * width + lane]
          gains[entry.probe * width + lane, column] +=
            amount
            * (tangents.weight(direction, k, lane) * given
              + weight * tangents.source(direction, source, entry.row, lane)
              - weight * given * tangents.volume(direction, entry.row, lane) / volume) / volume
        }
      }
    }
  }

  /// The columns of all factors as those of the readings.
  private func multiplied(_ gains: Matrix, _ lanes: NetworkLanes) -> Matrix {
    guard plan.factors > 1 else { return gains }
    let times = plan.times.count
    var sum = Matrix(rows: gains.rows, columns: times)
    for t in 0..<times {
      for row in 0..<gains.rows {
        sum[row, t] = gains[row, t]
        for factor in 1..<plan.factors {
          sum[row, t] +=
            lanes.factor[factor * NetworkLanes.width + row % NetworkLanes.width]
            * gains[row, factor * times + t]
        }
      }
    }
    return sum
  }

  /// What a value gains per unit of a factor, as run last.
  func gain(ofFactor factor: Int, probe: Int, time: Int, lane: Int) -> Double {
    values[probe * NetworkLanes.width + lane, factor * plan.times.count + time]
  }
}
