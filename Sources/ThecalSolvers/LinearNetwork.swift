/// A chain of well-mixed nodes that exchange a solute, with side nodes beside them: a tree.
///
/// Node *i* holds `volume[i]` · cᵢ. What moves is linear in the concentrations,
///
/// `Vᵢ dcᵢ/dt = onwardᵢ₋₁ cᵢ₋₁ + backᵢ cᵢ₊₁ − (onwardᵢ + backᵢ₋₁ + lossᵢ) cᵢ + sᵢ`
///
/// and a side node adds `into · c − out · c_side` between its own balance and that of its chain node. All
/// numbers are in µg · cm · h: volumes in mL, clearances in mL/h, concentrations in µg/mL.
public struct LinearNetwork: Equatable, Sendable {
  /// Volume of each node, mL, positive.
  public var volume: [Double]
  /// Clearance from node *i* to node *i* + 1, mL/h, positive; one fewer than the nodes.
  public var onward: [Double]
  /// Clearance from node *i* + 1 to node *i*, mL/h, positive; one fewer than the nodes.
  public var back: [Double]
  /// Clearance out of the network, mL/h, not negative.
  public var loss: [Double]
  /// Side nodes, layer by layer, each layer as long as the chain.
  public var sides: [SideLayer]

  /// A network of these nodes.
  public init(
    volume: [Double], onward: [Double], back: [Double], loss: [Double], sides: [SideLayer] = []
  ) {
    precondition(!volume.isEmpty && loss.count == volume.count)
    precondition(onward.count == volume.count - 1 && back.count == volume.count - 1)
    precondition(sides.allSatisfy { $0.count == volume.count })
    self.volume = volume
    self.onward = onward
    self.back = back
    self.loss = loss
    self.sides = sides
  }

  /// Number of nodes of the chain.
  public var chainCount: Int { volume.count }

  /// Number of all nodes. State vectors hold the chain first, then layer after layer.
  public var count: Int { volume.count * (1 + sides.count) }

  /// Volumes of all nodes in the order of a state vector.
  public var allVolumes: [Double] { sides.reduce(volume) { $0 + $1.volume } }

  /// Clearances out of the network of all nodes in the order of a state vector.
  public var allLosses: [Double] { sides.reduce(loss) { $0 + $1.loss } }

  /// Whether every number is finite, volumes and exchanges are positive, and losses are not negative.
  public var isProper: Bool {
    let positive = { (x: Double) in x > 0 && x.isFinite }
    let notNegative = { (x: Double) in x >= 0 && x.isFinite }
    return volume.allSatisfy(positive) && onward.allSatisfy(positive) && back.allSatisfy(positive)
      && loss.allSatisfy(notNegative)
      && sides.allSatisfy {
        $0.volume.allSatisfy(positive) && $0.into.allSatisfy(positive) && $0.out.allSatisfy(positive)
          && $0.loss.allSatisfy(notNegative)
      }
  }

  /// Writes the net inflow of every node, µg/h, for the concentrations `c`, without sources.
  public func netInflow(_ c: [Double], into flow: inout [Double]) {
    precondition(c.count == count && flow.count == count)
    let n = chainCount
    for i in 0..<n { flow[i] = -loss[i] * c[i] }
    for i in 0..<(n - 1) {
      let moved = onward[i] * c[i] - back[i] * c[i + 1]
      flow[i] -= moved
      flow[i + 1] += moved
    }
    for (k, side) in sides.enumerated() {
      for i in 0..<n {
        let s = (k + 1) * n + i
        let moved = side.into[i] * c[i] - side.out[i] * c[s]
        flow[i] -= moved
        flow[s] = moved - side.loss[i] * c[s]
      }
    }
  }
}

/// One node beside each node of a chain.
public struct SideLayer: Equatable, Sendable {
  /// Volumes, mL, positive.
  public var volume: [Double]
  /// Clearance from the chain node into the side node, mL/h, positive.
  public var into: [Double]
  /// Clearance from the side node back to the chain node, mL/h, positive.
  public var out: [Double]
  /// Clearance from the side node out of the network, mL/h, not negative.
  public var loss: [Double]

  /// A layer of these nodes.
  public init(volume: [Double], into: [Double], out: [Double], loss: [Double]) {
    precondition(into.count == volume.count && out.count == volume.count && loss.count == volume.count)
    self.volume = volume
    self.into = into
    self.out = out
    self.loss = loss
  }

  /// Number of nodes.
  public var count: Int { volume.count }
}
