extension MammillaryLanes {
  /// What one unit given into the central node leaves, mode by mode: the rate (1/h), the share of the level (per
  /// unit of volume) and the share of what all nodes hold; the last add up to 1. The lanes must keep amounts.
  package func impulse(lane: Int) -> [(rate: Double, level: Double, held: Double)] {
    precondition(amounts)
    let (m, width) = (modes, Self.width)
    let into = (1 + m) * width
    let holds = into + m * m * width
    return (0..<m).map { j in
      let entry = systemValue(into + j * width + lane)
      let total = (0..<m).reduce(0) { $0 + systemValue(holds + ($1 * m + j) * width + lane) }
      return (systemValue((1 + j) * width + lane), entry * entry, entry * total)
    }
  }
}
