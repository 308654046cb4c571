import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// Looks for the strengths that last: the bounds, what lies between, and which of it no other beats.
struct StrengthSearch {
  private let request: ConcentrationChoice.Request
  private let frame: RefillBounds
  private let comfortable: CitedRange
  private let least: Concentration
  private var most: Concentration?
  private var checks: PumpChecks
  private var alternative: Finding?

  /// The strengths that are tried within a decade, in the unit of the drug.
  private static let ladder: [ExactNumber] = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8]

  init(
    _ request: ConcentrationChoice.Request, _ frame: RefillBounds, _ comfortable: CitedRange,
    _ account: PumpChecks
  ) {
    self.request = request
    self.frame = frame
    self.comfortable = comfortable
    checks = account
    let lasting =
      (request.dose * request.interval) / max(frame.usable, Volume(ExactNumber(1, over: 1_000), .milliliters))
    least = request.device.maximumFlow.map { max(lasting, request.dose / $0.value) } ?? lasting
    most = checks.strongest(request)
    checks.cite(comfortable.citation)
  }

  /// Every strength that lasts as long as is asked for, weakest first; empty where none does.
  mutating func options() -> [ConcentrationChoice.Option] {
    let unit = request.unit
    let needed: [Evidence] = [.time(request.interval), .strength(least, unit)]
    guard most.map({ least <= $0 }) ?? true else {
      checks.add(
        .intervalNotFeasible, .notFeasible, .blocked, needed + [.strength(most ?? least, unit)])
      alternative = longestInterval()
      return []
    }
    checks.add(.intervalFeasible, .feasible, .passed, [.strength(least, unit), .time(request.interval)])
    let all = strengths().map(option).filter { $0.interval >= request.interval }
    let best = all.filter { option in !all.contains { StrengthSearch.beats($0, option) } }
    if best.isEmpty { refuseStability() } else { noteStability(best) }
    return best
  }

  /// What was found.
  func outcome() -> PumpOutcome { checks.outcome(alternative) }

  /// Every strength runs long enough and none keeps long enough.
  private mutating func refuseStability() {
    let times = strengths().compactMap {
      request.drug.keeping(of: $0, isFirst: request.isFirstFilling).shortest
    }
    guard let longest = times.max(by: { $0.value < $1.value }) else { return }
    let time = checks.use(longest, of: request.drug, as: "stability")
    checks.add(
      .keepsTooShort, .stability, .blocked, [.drug(request.drug.id), .time(time)], citing: [longest.citation])
    alternative = PumpChecks.instead(.intervalThatKeeps, [.time(time)])
  }

  private mutating func noteStability(_ options: [ConcentrationChoice.Option]) {
    for option in options {
      _ = checks.keeping(of: request.drug, at: option.concentration, isFirst: request.isFirstFilling)
    }
  }

  /// The longest interval at the strongest solution, here and with the largest reservoir.
  private func longestInterval() -> Finding? {
    guard let most else { return nil }
    let strength = most.roundedDown(toSignificantDigits: 3, in: request.unit.concentration)
    let flow = request.dose / strength
    let keeping = request.drug.keeping(of: strength, isFirst: request.isFirstFilling).shortest?.value
    func days(_ frame: RefillBounds) -> Int {
      frame.bounds(at: flow, keeping: keeping).map(\.after).min().map(\.wholeDays) ?? 0
    }
    let here: [Evidence] = [.number(ExactNumber(days(frame))), .strength(strength, request.unit)]
    let larger = request.device.reservoirs.map(\.value).filter { $0 > request.reservoir }.max()
    guard let larger else { return PumpChecks.instead(.longestInterval, here) }
    let other = RefillBounds(
      fill: larger, alarm: frame.alarm, residual: frame.residual, fast: frame.fast, reserve: frame.reserve,
      policy: nil)
    return PumpChecks.instead(.longestIntervals, here + [.number(ExactNumber(days(other))), .volume(larger)])
  }

  /// Whether `a` is nowhere worse than `b` and somewhere better.
  private static func beats(_ a: ConcentrationChoice.Option, _ b: ConcentrationChoice.Option) -> Bool {
    let (x, y) = (a.vials ?? 0, b.vials ?? 0)
    let noWorse = a.concentration <= b.concentration && a.interval >= b.interval && x <= y
    return noWorse && (a.concentration < b.concentration || a.interval > b.interval || x < y)
  }

  /// The strengths to try: both bounds, the round numbers between, and what is sold.
  private func strengths() -> [Concentration] {
    let unit = request.unit.concentration
    let low = least.exactValue(in: unit)
    let high = most.map { $0.exactValue(in: unit) } ?? 100 * low
    var found: Set<ExactNumber> = [min(high, low.roundedUp(toSignificantDigits: 3))]
    var decade = ExactNumber(1, over: 1_000)
    while decade <= high {
      for step in Self.ladder where step * decade >= low && step * decade <= high {
        found.insert(step * decade)
      }
      decade = decade * 10
    }
    for supply in request.drug.supply {
      let value = supply.strength.exactValue(in: unit)
      if value >= low, value <= high { found.insert(value) }
    }
    let rounded = high.roundedDown(toSignificantDigits: 3)
    found.insert(rounded >= low ? rounded : high)
    return found.sorted().map { Concentration($0, unit) }
  }

  private func option(_ strength: Concentration) -> ConcentrationChoice.Option {
    let flow = request.dose / strength
    let keeping = request.drug.keeping(of: strength, isFirst: request.isFirstFilling).shortest?.value
    let first = frame.bounds(at: flow, keeping: keeping).min { $0.after < $1.after }
    let (low, high): (Flow?, Flow?) = (comfortable.lowQuantity(), comfortable.highQuantity())
    return ConcentrationChoice.Option(
      concentration: strength, flow: flow, interval: first?.after ?? .zero, bound: first?.kind ?? .alarm,
      vials: vials(strength),
      isComfortable: low.map { flow >= $0 } ?? false && high.map { flow <= $0 } ?? false)
  }

  /// Vials of the strongest stock on record that has a volume, for one filling.
  private func vials(_ strength: Concentration) -> Int? {
    let stocks = request.drug.supply.filter { $0.strength >= strength }
    let counts = stocks.compactMap { stock in
      stock.vial.map { (((strength * request.reservoir) / stock.strength) / $0).count }
    }
    return counts.min()
  }
}

extension PumpChecks {
  /// The strongest solution that is allowed and runs; nil where neither is on record.
  fileprivate mutating func strongest(_ request: ConcentrationChoice.Request) -> Concentration? {
    var most: [Concentration] = []
    if let limit = request.drug.use?.intrathecal?.strongest {
      most.append(use(limit, of: request.drug, as: "strongest solution", .informs))
    } else {
      add(.limitUnknownOfStrength, .limitUnknown, .review, [.drug(request.drug.id)])
    }
    if let flow = request.device.minimumFlow, flow.value > .zero {
      most.append(request.dose / use(flow, as: "minimum flow", .informs))
    }
    return most.min()
  }
}

extension Finding {
  static func fillAtMost(_ volume: Volume) -> Finding { PumpChecks.instead(.fillAtMost, [.volume(volume)]) }
  static func alarmAt(_ volume: Volume) -> Finding { PumpChecks.instead(.alarmAt, [.volume(volume)]) }
}
