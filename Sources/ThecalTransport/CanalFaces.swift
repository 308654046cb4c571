import ThecalSolvers

/// What the clearances over each face of a person's canal gain per unit of its flow, mL/h, and of the logarithm of its
/// conductance: onward = g B(−z) and back = g B(z) with z = flow / g, and B'(−z) = −1 − B'(z).
struct CanalFaces {
  private(set) var onwardByFlow: [Double] = [], backByFlow: [Double] = []
  private(set) var onwardByLog: [Double] = [], backByLog: [Double] = []

  /// Those of the person whom `model` holds.
  init(_ model: CanalModel) { become(model) }

  /// Becomes those of another person.
  mutating func become(_ model: CanalModel) {
    let n = model.grid.cells
    if onwardByFlow.count != n {
      (onwardByFlow, backByFlow) = (Array(repeating: 0, count: n), Array(repeating: 0, count: n))
      (onwardByLog, backByLog) = (onwardByFlow, onwardByFlow)
    }
    for i in 0..<n {
      let (conductance, flow) = (model.conductance[i], model.flow[i])
      let (onward, back) = (model.network.onward[i], model.network.back[i])
      let slope = Bernoulli.derivative(flow / conductance, (back / conductance, onward / conductance))
      onwardByFlow[i] = 1 + slope
      backByFlow[i] = slope
      onwardByLog[i] = onward - flow * (1 + slope)
      backByLog[i] = back - flow * slope
    }
  }
}
