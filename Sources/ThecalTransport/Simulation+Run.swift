import ThecalQuantities
public import ThecalSolvers

extension Simulation {
  /// The concentrations at the sites for every row, and the ledger.
  ///
  /// - Accuracy: Spatial: 0.2 % at 400 cells, 0.5 % at the tip. In time: `errorBound` of the result, below
  ///   1e-9 of the peak unless the implicit path is taken, which keeps 1e-8.
  public func run() throws(SimulationError) -> SimulationResult {
    var experiment = experiment()
    experiment.receiver = plasma
    guard uptake?.isSettled ?? false else {
      return result(try course(of: experiment), gridError: try gridError())
    }
    // The ledger begins at 0 h with what is there then.
    let isAdded = experiment.times.first != 0
    if isAdded { experiment.times.insert(0, at: 0) }
    var course = try course(of: experiment)
    course.beginLedger(atReading: 0)
    if isAdded { course.removeFirstReading() }
    return result(course, gridError: try gridError())
  }

  /// The level at the sites if the last rate is held for ever: one row. Injections leave nothing there, which is said.
  public func steadyState() throws(SimulationError) -> SimulationResult {
    let levels = try steadyLevels()
    let left: [TransportRemark] = schedule.boluses.isEmpty ? [] : [.injectionsLeftOut]
    return SimulationResult(
      times_h: [0], siteNames: siteNames, concentrations_ng_per_mL: levels, ledger: [], method: "steady",
      timeError: Double(model.grid.cells) * 0x1p-52, gridError: try steadyGridError(),
      remarks: remarks + left,
      sources: sources)
  }

  /// The same as numbers, one for each site and none for plasma without kinetics.
  package func steadyLevels() throws(SimulationError) -> [[Double]] {
    guard uptake == nil else {
      throw .noSteadyState("doses beside the pump have no steady state: leave out --steady, or 'systemic'")
    }
    guard model.parameters.baricity == nil else {
      throw .notLinear("a steady state is not computed where the flow depends on the concentration")
    }
    let rate = schedule.rates.last?.rate.base ?? 0
    let shares = model.infusion(at: tip)
    guard let state = model.network.steadyState(source: shares.map { $0 * rate }) else {
      throw .noSteadyState("nothing is ever lost: set a loss or a production")
    }
    let losses = model.network.allLosses
    let lost = zip(losses, state).reduce(0) { $0 + $1.0 * $1.1 }
    let levels = sites.map { site -> [Double] in
      guard site == .plasma else { return [probe(site).value(state)] }
      guard let plasma else { return [] }
      return [zip(plasma.levels, plasma.rates).reduce(0) { $0 - $1.0 / $1.1 } * lost * Self.nanograms]
    }
    guard levels.joined().allSatisfy(\.isFinite) else {
      throw .integration("a level is no number; the parameters are too extreme")
    }
    return levels
  }

  /// Concentrations over `positions` along the canal (cm) and all rows, ng/mL: one list per position.
  public func map(positions: [Double]) throws(SimulationError) -> [[Double]] {
    var experiment = experiment()
    experiment.probes = positions.map { model.probe(at: $0, scale: Self.nanograms) }
    return cleaned(try course(of: experiment))
  }

  /// The length of this person's canal, cm.
  public var canalLength_cm: Double { model.grid.length(model.parameters.height) }

  /// The levels of the spine and where their midpoints lie, cm from C1.
  public var levelPositions_cm: [(name: String, position: Double)] {
    let stretch = model.grid.stretch(model.parameters.height)
    return zip(model.grid.anatomy.levels, model.grid.anatomy.midpoints).map { ($0, $1 * stretch) }
  }

  /// µg/mL to ng/mL.
  static var nanograms: Double { 1_000 }

  /// The tolerance of the time integration, as a share of the peak.
  static var tolerance: Double { 1e-8 }

  /// The person as a network, for those who bring a solver of their own. Node 0 is the cranial pool.
  public var network: LinearNetwork { model.network }

  /// The parameters of the person.
  public var parameters: CanalParameters { model.parameters }

  /// The programme as events on the network, without plasma: one source for infusions, one per injected volume.
  public func experiment() -> Experiment { experiment(varied: []) }

  /// The same, with the entries that are `varied` multiplied by factors from 1 on.
  func experiment(varied: [TransportSample.Entry]) -> Experiment {
    var sources: [[Double]] = []
    var events: [Experiment.Event] = []
    if !schedule.rates.isEmpty { sources.append(model.infusion(at: tip)) }
    var before = 0.0
    for (k, entry) in schedule.rates.enumerated() {
      let start = entry.start.base
      // A factor's rate ends where the next begins.
      if k > 0, let factor = varied.firstIndex(of: .rate(k - 1)) {
        events.append(.init(time: start, source: 0, rateChange: -1, factor: factor + 1))
      }
      let factor = varied.firstIndex(of: .rate(k))
      let rate = factor == nil ? entry.rate.base : 0
      if rate != before || varied.isEmpty {
        events.append(.init(time: start, source: 0, rateChange: rate - before))
      }
      if let factor { events.append(.init(time: start, source: 0, rateChange: 1, factor: factor + 1)) }
      before = rate
    }
    let first = sources.count
    for volume in bolusVolumes { sources.append(model.bolus(at: tip, volume: volume)) }
    for (k, bolus) in schedule.boluses.enumerated() {
      let source = first + (bolusVolumes.firstIndex(of: bolus.volume.base) ?? 0)
      let factor = varied.firstIndex(of: .bolus(k))
      events.append(
        .init(
          time: bolus.time.base, source: source, amount: factor == nil ? bolus.mass.base : 1,
          factor: factor.map { $0 + 1 } ?? 0))
    }
    if let uptake {
      events += uptake.events(source: sources.count)
      sources.append(model.uptake)
    }
    return Experiment(
      sources: sources, events: events, probes: sites.filter { $0 != .plasma }.map(probe), times: times)
  }

  private func probe(_ site: Site) -> Probe { probe(site, height: model.parameters.height) }

  /// What is read at a site in a person of some height.
  func probe(_ site: Site, height: Double) -> Probe {
    guard case .canal(let x) = site else { return model.cranialProbe(scale: Self.nanograms) }
    let (node, share) = model.grid.interpolation(at: x, height: height)
    return Probe(
      nodes: [node, node + 1], weights: [Self.nanograms * (1 - share), Self.nanograms * share])
  }

  /// The course at the sites and `times` within `tolerance`, without an account of where everything is.
  func course(at times: [Double], tolerance: Double, needsPlasma: Bool) throws(SimulationError) -> Course {
    var experiment = experiment()
    experiment.times = times
    if needsPlasma { experiment.receiver = plasma }
    do throws(PropagationError) {
      return try sound(
        model.network.course(
          of: experiment,
          need: PropagationNeed(
            tolerance: min(max(tolerance, Self.tolerances.lowerBound), Self.tolerances.upperBound),
            needsBalance: false),
          drift: model.drift))
    } catch {
      throw .integration(error.explanation)
    }
  }

  /// A course all of whose levels are numbers.
  private func sound(_ course: Course) throws(PropagationError) -> Course {
    guard course.values.joined().allSatisfy(\.isFinite), course.received.allSatisfy(\.isFinite) else {
      throw .noConvergence(description: "a level is no number")
    }
    return course
  }

  private func course(of experiment: Experiment) throws(SimulationError) -> Course {
    do throws(PropagationError) {
      return try sound(
        model.network.course(
          of: experiment, need: PropagationNeed(tolerance: Self.tolerance), drift: model.drift))
    } catch {
      throw .integration(error.explanation)
    }
  }

  private func result(_ course: Course, gridError: Double) -> SimulationResult {
    var remaining = cleaned(course)[...]
    var received = course.received.map { max(0, $0 * Self.nanograms) }
    if let uptake, !received.isEmpty {
      for k in received.indices { received[k] += uptake.levels[k] * Self.nanograms }
    }
    let values = sites.map { site -> [Double] in
      site == .plasma ? received : remaining.popFirst() ?? []
    }
    let ledger = course.balance.map {
      SimulationResult.Ledger(
        administered_mcg: $0.administered, csf_mcg: $0.chain, cranial_mcg: $0.firstNode,
        tissue_mcg: $0.sides, plasma_mcg: $0.received, eliminated_mcg: $0.lost - $0.received)
    }
    return SimulationResult(
      times_h: times, siteNames: siteNames, concentrations_ng_per_mL: values, ledger: ledger,
      method: course.method.rawValue, timeError: course.errorBound, gridError: gridError, remarks: remarks,
      sources: sources)
  }

  /// Sums of modes and steps may end a little below zero: what lies within the error of it is zero.
  private func cleaned(_ course: Course) -> [[Double]] {
    let peak = course.values.joined().reduce(0) { max($0, $1) }
    let least = -max(Self.roundingShare, course.errorBound) * peak
    return course.values.map { $0.map { $0 < 0 && $0 >= least ? 0 : $0 } }
  }

  /// The share of the peak within which a negative value is rounding.
  private static var roundingShare: Double { 1e-12 }
}

extension PropagationError {
  /// The reason in words.
  package var explanation: String {
    switch self {
    case .noConvergence(let text): "the eigenvalues did not converge (\(text)); try another number of cells"
    case .stepTooShort(let time, let tolerance):
      "no step is short enough for an error of \(tolerance) at \(time) h; the parameters are too extreme"
    case .tooManySteps(let steps, let time):
      "\(steps) steps reached only \(time) h; fewer cells or less extreme parameters are needed"
    }
  }
}
