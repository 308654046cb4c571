import Glibc
import ThecalSolvers

/// What something gains per unit of each parameter of a person, from what it gains per unit of each number of the
/// person's network: the assembly of `CanalModel` backward, line by line.
struct CanalGradient {
  /// Per unit of each parameter in the base system.
  private(set) var parameters: [TransportParameter: Double] = [:]
  /// Per cm of the tip.
  private(set) var tip = 0.0
  private let model: CanalModel
  private let grid: CanalGrid
  private let person: CanalParameters
  private let faces: CanalFaces
  private let step: Double
  private var logHeight = 0.0
  private var cervical = 0.0, lumbosacral = 0.0

  init(_ model: CanalModel) {
    self.model = model
    faces = CanalFaces(model)
    grid = model.grid
    person = model.parameters
    step = model.grid.length(model.parameters.height) / Double(model.grid.cells)
  }

  private mutating func add(_ parameter: TransportParameter, _ value: Double) {
    parameters[parameter, default: 0] += value
  }

  /// Ends the sums: what is kept by its logarithm or its part becomes per unit of the parameter.
  mutating func finish() {
    add(.height, logHeight / person.height)
    add(.areaCervical, cervical)
    add(.areaLumbosacral, lumbosacral)
  }

  /// Adds what passes through volumes, clearances and losses.
  mutating func addNetwork(_ found: LaneGradients, lane: Int) {
    let n = grid.cells
    let network = model.network
    let spinal = person.spinalFraction * person.production
    let total = network.volume.dropFirst().reduce(0, +)
    // The pool.
    var bySpinal = 0.0
    let poolLoss = found.loss(0, lane: lane)
    let (ratio, loss, pool) = (person.cranialLossRatio, person.loss, person.cranialVolume)
    add(.cranialVolume, found.volume(0, lane: lane) + poolLoss * ratio * loss)
    add(.production, poolLoss * (1 - person.spinalFraction))
    add(.spinalFraction, -poolLoss * person.production)
    add(.cranialLossRatio, poolLoss * loss * pool)
    var byLoss = poolLoss * ratio * pool
    let flows = addFaces(found, lane)
    // flow[i] = spinal · left[i] / total with left[i] the volume from cell i on; loss = V (k + spinal / total).
    var byTotal = 0.0
    var left = total
    for i in 0..<n {
      let volume = network.volume[i + 1]
      bySpinal += flows[i] * left / total
      byTotal -= flows[i] * spinal * left / (total * total)
      left -= volume
      let lost = found.loss(i + 1, lane: lane)
      byLoss += lost * volume
      bySpinal += lost * volume / total
      byTotal -= lost * volume * spinal / (total * total)
    }
    let stretch = grid.stretch(person.height)
    var upstream = 0.0
    for i in 0..<n {
      upstream += flows[i] * spinal / total  // cell i is part of what is left at every face before it
      let byVolume =
        found.volume(i + 1, lane: lane) + found.loss(i + 1, lane: lane) * (loss + spinal / total) + byTotal
        + upstream
      logHeight += byVolume * network.volume[i + 1]
      cervical += byVolume * stretch * grid.cervicalVolumes[i]
      lumbosacral += byVolume * stretch * grid.lumbosacralVolumes[i]
    }
    add(.loss, byLoss)
    add(.spinalFraction, bySpinal * person.production)
    add(.production, bySpinal * person.spinalFraction)
  }

  /// Adds what passes through the dispersion; returns what is gained per unit of each flow.
  private mutating func addFaces(_ found: LaneGradients, _ lane: Int) -> [Double] {
    let n = grid.cells
    var flows = Array(repeating: 0.0, count: n)
    var (upper, lower, all) = (0.0, 0.0, 0.0)
    for i in 0..<n {
      let (forth, back) = (found.onward(i, lane: lane), found.back(i, lane: lane))
      flows[i] = forth * faces.onwardByFlow[i] + back * faces.backByFlow[i]
      let byConductance = forth * faces.onwardByLog[i] + back * faces.backByLog[i]
      let share = Double(i) / Double(n)
      upper += byConductance * (1 - share)
      lower += byConductance * share
      all += byConductance
      let area =
        person.areaCervical * grid.cervicalAreas[i] + person.areaLumbosacral * grid.lumbosacralAreas[i]
      cervical += byConductance / area * grid.cervicalAreas[i]
      lumbosacral += byConductance / area * grid.lumbosacralAreas[i]
    }
    add(.dispersionC1, upper / person.dispersionC1)
    add(.dispersionSac, lower / person.dispersionSac)
    add(.heartRate, all / person.heartRate)
    add(.strokeVolume, 2 * all / person.strokeVolume)
    logHeight -= all
    return flows
  }

  /// Adds what passes through a source of standard deviation `sigma` around `center`, cm: the Gaussian of `CanalGrid`.
  /// `byCenter` takes what is gained per cm of the center; returns what is gained per cm of `sigma`.
  mutating func addSource(
    center: Double, sigma: Double, byCenter: inout Double, gain: (Int) -> Double
  ) -> Double {
    let scale = 1 / (sigma * 2.0.squareRoot())
    let (first, last) = grid.reach(of: center, sigma, step: step)
    func tail(_ i: Int) -> Double { erf((Double(i) * step - center) * scale) }
    let total = tail(last + 1) - tail(first)
    // Σ gain · share, and what each edge of a cell contributes.
    var mean = 0.0
    var left = tail(first)
    for i in first...last {
      let right = tail(i + 1)
      mean += gain(i + 1) * (right - left) / total
      left = right
    }
    var bySigma = 0.0
    for edge in first...(last + 1) {
      let inside = edge > first ? gain(edge) : 0
      let outside = edge <= last ? gain(edge + 1) : 0
      var byEdge = (inside - outside) / total
      if edge == last + 1 { byEdge -= mean / total }
      if edge == first { byEdge += mean / total }
      let a = (Double(edge) * step - center) * scale
      let slope = byEdge * 2 / Double.pi.squareRoot() * exp(-a * a)
      byCenter -= slope * scale
      bySigma -= slope * a / sigma
      logHeight += slope * scale * Double(edge) * step
    }
    return bySigma
  }

  /// Adds what passes through a standard deviation of a bolus in `volume` mL at `tip`.
  mutating func addBolusWidth(_ bySigma: Double, volume: Double, at center: Double, byCenter: inout Double) {
    add(.bolusSigma, bySigma)
    guard volume > 0 else { return }
    let area = grid.area(at: center, person)
    let byArea = -bySigma * volume / (2 * area * area)
    let position = center / step
    let cell = grid.cell(position)
    let share = min(max(position - Double(cell), 0), 1)
    func mix(_ values: [Double]) -> Double { values[cell] + share * (values[cell + 1] - values[cell]) }
    cervical += byArea * mix(grid.cervicalAreas)
    lumbosacral += byArea * mix(grid.lumbosacralAreas)
    func face(_ i: Int) -> Double {
      grid.cervicalAreas[i] * person.areaCervical + grid.lumbosacralAreas[i] * person.areaLumbosacral
    }
    let slope = face(cell + 1) - face(cell)
    byCenter += byArea * slope / step
    logHeight -= byArea * slope * position
  }

  /// Adds what is gained per cm of the standard deviation of an infusion.
  mutating func addRateWidth(_ bySigma: Double) { add(.rateSigma, bySigma) }

  /// Adds what passes through a place `x` cm from C1, at which what is gained is `slope` per cell.
  mutating func addPlace(_ slope: Double, at x: Double, byPlace: inout Double) {
    byPlace += slope / step
    logHeight -= slope * x / step
  }

  /// Adds what is gained per cm of a place: a named level moves with the height, the tip is a parameter of its own.
  mutating func addPosition(_ gain: Double, at x: Double, _ site: CanalSite, isTip: Bool) {
    if case .distance = site {} else { logHeight += gain * x }
    if isTip { tip += gain }
  }
}
