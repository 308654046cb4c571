import CThecalKernels

/// Steady states of sixteen chains at once, by elimination without subtraction.
///
/// - Complexity: O(*n*) per chain; nothing is allocated after `init`.
/// - Accuracy: relative, in every node, to a few *n* units in the last place.
public struct SteadyBatch: ~Copyable {
  /// Chains per call.
  public static var width: Int { 2 * Int(THECAL_LANES) }
  private let nodes: Int
  private var onward: [Double]
  private var back: [Double]
  private var loss: [Double]
  private var state: [Double]
  private var work: [Double]

  /// Room for chains of `nodes` nodes.
  public init(nodes: Int) {
    precondition(nodes >= 1)
    self.nodes = nodes
    let ones = Array(repeating: 1.0, count: nodes * Self.width)
    onward = ones
    back = ones
    loss = ones
    state = ones
    work = ones
  }

  /// Puts a chain and its constant `source` (µg/h per node) into `slot`; `network` has no side nodes.
  public mutating func set(slot: Int, _ network: LinearNetwork, source: [Double]) {
    precondition((0..<Self.width).contains(slot) && network.chainCount == nodes && network.sides.isEmpty)
    precondition(source.count == nodes)
    let lanes = Int(THECAL_LANES)
    let first = slot / lanes * nodes * lanes + slot % lanes
    for i in 0..<nodes {
      loss[first + i * lanes] = network.loss[i]
      state[first + i * lanes] = source[i]
    }
    for i in 0..<(nodes - 1) {
      onward[first + i * lanes] = network.onward[i]
      back[first + i * lanes] = network.back[i]
    }
  }

  /// Puts the same `source` into every slot, keeping the networks.
  public mutating func reload(_ source: [Double]) {
    precondition(source.count == nodes)
    let lanes = Int(THECAL_LANES)
    for group in 0..<2 {
      for i in 0..<nodes {
        let at = (group * nodes + i) * lanes
        for lane in 0..<lanes { state[at + lane] = source[i] }
      }
    }
  }

  /// Replaces every source by its steady state.
  public mutating func solve() {
    let stride = nodes * Int(THECAL_LANES)
    onward.withUnsafeBufferPointer { onward in
      back.withUnsafeBufferPointer { back in
        loss.withUnsafeBufferPointer { loss in
          var chain = thecal_chain(
            nodes: nodes, layers: 0, volume: nil, onward: onward.baseAddress, back: back.baseAddress,
            loss: loss.baseAddress, side: nil)
          thecal_steady_lanes(&chain, stride, &state, &work)
        }
      }
    }
  }

  /// The steady concentration of `node` of the chain in `slot`, µg/mL.
  public func value(slot: Int, node: Int) -> Double {
    let lanes = Int(THECAL_LANES)
    return state[slot / lanes * nodes * lanes + slot % lanes + node * lanes]
  }
}
