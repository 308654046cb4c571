import CThecalKernels

/// Eight mammillary systems side by side, one per SIMD lane: a central node that loses, up to two nodes that
/// exchange with it, and a depot that empties into it at a rate of its own.
///
/// `dD/dt = −κ D + s_D`, `dA₁/dt = κ D − (CL + Σ Qₖ) A₁/V₁ + Σ Qₖ Aₖ/Vₖ + s₁`, `dAₖ/dt = Qₖ (A₁/V₁ − Aₖ/Vₖ) + sₖ`.
///
/// The modes of the nodes and the depot's exponential give every step in closed form. Where rates lie together the
/// difference quotients of exponentials are taken without cancellation, so no case is special.
///
/// - Complexity: O(modes) per act and eight systems; nothing is allocated after `init`.
/// - Accuracy: 1e-13 relative where the terms have one sign, 1e-13 of the dose anywhere.
package struct MammillaryLanes: ~Copyable {
  /// Systems per group.
  package static var width: Int { Int(THECAL_LANES) }
  /// Number of modes: one more than the side nodes.
  package let modes: Int
  /// Number of lengths of steps that are held at once.
  package let capacity: Int
  /// Whether readings are the amounts in the depot and every node and then the level, or the level alone.
  package let amounts: Bool
  private var parameters: [Double]
  private var system: [Double]
  private var steps: [Double]
  private var state: [Double]

  /// Room for systems with `sides` side nodes, 0…2, and for `capacity` lengths of steps; with `amounts`, readings are
  /// of every node, else of the level alone.
  package init(sides: Int, capacity: Int, amounts: Bool) {
    precondition((0...2).contains(sides) && capacity >= 1)
    let (modes, width) = (sides + 1, Self.width)
    self.modes = modes
    self.capacity = capacity
    self.amounts = amounts
    parameters = Array(repeating: 1, count: (1 + 2 * modes) * width)
    system = Array(repeating: 0, count: (1 + modes + 2 * modes * modes) * width)
    steps = Array(repeating: 0, count: capacity * (2 + 4 * modes) * width)
    state = Array(repeating: 0, count: 16 * width)
  }

  /// One system: rates in 1/h, volumes in any unit, clearance and exchange in that unit per hour.
  ///
  /// - Parameters:
  ///   - depotRate: Rate at which the depot empties, positive.
  ///   - volume: Volume of the central node, positive.
  ///   - clearance: What it loses, positive.
  ///   - sides: Exchange, not negative, and volume, positive, of each side node.
  package mutating func set(
    lane: Int, depotRate: Double, volume: Double, clearance: Double,
    sides: (first: (exchange: Double, volume: Double), second: (exchange: Double, volume: Double))
  ) {
    precondition((0..<Self.width).contains(lane))
    precondition(depotRate > 0 && volume > 0 && clearance > 0)
    parameters[lane] = depotRate
    parameters[Self.width + lane] = volume
    parameters[2 * Self.width + lane] = clearance
    if modes > 1 { set(lane: lane, row: 3, sides.first) }
    if modes > 2 { set(lane: lane, row: 5, sides.second) }
  }

  private mutating func set(lane: Int, row: Int, _ side: (exchange: Double, volume: Double)) {
    precondition(side.exchange >= 0 && side.volume > 0)
    parameters[row * Self.width + lane] = side.exchange
    parameters[(row + 1) * Self.width + lane] = side.volume
  }

  /// Finds the modes of the systems that were set, and empties them.
  package mutating func begin() {
    thecal_mammillary_modes(modes, parameters, amounts ? 1 : 0, &system)
    for i in state.indices { state[i] = 0 }
  }

  /// A number of the kernels' rows.
  func systemValue(_ index: Int) -> Double { system[index] }

  /// The rates of the modes in one lane, 1/h.
  package func rates(lane: Int) -> [Double] { (0..<modes).map { system[(1 + $0) * Self.width + lane] } }

  /// Prepares steps of these lengths, h; with `feeds`, also for what flows in meanwhile.
  package mutating func prepare(_ lengths: Span<Double>, feeds: Bool) {
    precondition(lengths.count <= capacity)
    let size = (2 + 4 * modes) * Self.width
    steps.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      for k in lengths.indices {
        precondition(lengths[k] >= 0)
        thecal_mammillary_step(modes, system, lengths[k], feeds ? 1 : 0, start + k * size)
      }
    }
  }

  /// Rows of eight numbers per reading.
  package var rows: Int { amounts ? modes + 2 : 1 }

  /// Carries out `program`, which uses the steps prepared last, and writes the readings from `offset` of `readings`
  /// on: rows of eight. Returns where the next one belongs.
  package mutating func walk(
    _ program: borrowing MammillaryProgram, feeds: Bool, into readings: inout [Double], from offset: Int
  ) -> Int {
    let end = offset + program.readings * rows * Self.width
    precondition(end <= readings.count)
    let count = program.actions.count
    program.actions.withUnsafeBytes { bytes in
      readings.withUnsafeMutableBufferPointer { buffer in
        guard let start = buffer.baseAddress else { return }
        thecal_mammillary_walk(
          modes, system, steps, count, bytes.assumingMemoryBound(to: thecal_action.self).baseAddress,
          amounts ? 1 : 0, feeds ? 1 : 0, &state, start + offset)
      }
    }
    return end
  }
}
