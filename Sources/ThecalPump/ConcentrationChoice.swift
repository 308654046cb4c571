public import ThecalFormulary
public import ThecalQuantities

/// Which strengths give a dose for an interval: every feasible one that no other beats.
///
/// `least strength = dose x interval / (fill - alarm)`; the strongest is the least of the drug's limit and
/// `dose / minimum flow`. An option is dropped where another has the same interval or more at a strength
/// and a number of vials that are no higher.
public struct ConcentrationChoice: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The drug and its limits.
    public let drug: PumpDrug
    /// The daily dose, boluses included; above zero.
    public let dose: DoseRate
    /// The interval wanted; above zero.
    public let interval: Time
    /// The filling; above zero.
    public let reservoir: Volume
    /// The unit in which the drug is spoken of.
    public var unit = DoseUnit.milligrams
    /// The volume at which the alarm is set; nil for the device's own.
    public var alarm: Volume?

    /// A request.
    public init(device: PumpDevice, drug: PumpDrug, dose: DoseRate, interval: Time, reservoir: Volume) {
      precondition(dose > .zero && interval > .zero && reservoir > .zero)
      self.device = device
      self.drug = drug
      self.dose = dose
      self.interval = interval
      self.reservoir = reservoir
    }
  }

  /// A strength that works.
  public struct Option: Hashable, Sendable {
    /// The strength.
    public let concentration: Concentration
    /// The flow that gives the dose.
    public let flow: Flow
    /// From filling to alarm, stability allowing.
    public let interval: Time
    /// The whole days to plan with: the early edge, too.
    public let planDays: Int
    /// The vials for one filling; nil where no vial is on record.
    public let vials: Int?
    /// Whether the flow lies where effect, refills and life are said to be in balance.
    public let isComfortable: Bool
  }

  /// What was asked.
  public let request: Request
  /// The options, weakest first.
  public let options: [Option]
  let settlement: PumpSettlement

  /// The strengths that are tried within a decade, in the unit of the drug.
  private static let ladder: [ExactNumber] = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7.5, 8]

  /// Answers `request` by the rules of `formulary`.
  public init(_ request: Request, formulary: Formulary = .embedded) {
    self.request = request
    var ledger = PumpLedger()
    ledger.checkReservoir(request.reservoir, on: request.device)
    let alarm = request.alarm ?? request.device.alarm.map { ledger.use($0, as: "alarm volume") } ?? .zero
    let holds = request.reservoir > alarm
    ledger.check(
      holds, holds ? "ALARM_VOLUME" : "ALARM_ABOVE_FILL",
      passed: "The alarm at \(alarm.text) lies below the filling.",
      failed: "The alarm at \(alarm.text) does not lie below the filling of \(request.reservoir.text).")
    guard !ledger.isBlocked else {
      options = []
      settlement = ledger.settle(alternative: "a filling above the alarm volume and within the reservoir.")
      return
    }
    let usable = request.reservoir - alarm
    let bounds = ConcentrationChoice.bounds(request, usable: usable, &ledger)
    let stability = request.drug.stability.map { ledger.use($0, of: request.drug, as: "stability") }
    ledger.checkInterval(request, bounds: bounds, stability: stability)
    let alternative = ledger.isBlocked ? ConcentrationChoice.advice(request, bounds, usable, stability) : nil
    let comfortable = formulary.pumpRules.refill.comfortableFlow
    ledger.cite(comfortable.citation.source)
    options =
      ledger.isBlocked ? [] : ConcentrationChoice.options(request, bounds, usable: usable, comfortable)
    if options.contains(where: { ExactNumber($0.planDays) < request.interval.days }) {
      ledger.add(
        "INTERVAL_BEYOND_EARLY_EDGE", .review,
        "A fast pump may be empty before the interval ends; plan with the days given.")
    }
    settlement = ledger.settle(alternative: alternative)
  }

  /// The weakest strength that lasts, and the strongest that is allowed and runs.
  private static func bounds(
    _ request: Request, usable: Volume, _ ledger: inout PumpLedger
  ) -> (least: Concentration, most: Concentration?) {
    let lasting = (request.dose * request.interval) / usable
    var least = lasting
    if let flow = request.device.maximumFlow?.value { least = max(least, request.dose / flow) }
    var most: [Concentration] = []
    if let limit = request.drug.concentrationMaximum {
      most.append(ledger.use(limit, of: request.drug, as: "concentration"))
    } else {
      ledger.add("LIMIT_UNKNOWN", .review, "No strongest solution is on record for \(request.drug.tallMan).")
    }
    if let flow = request.device.minimumFlow, flow.value > .zero {
      let value = flow.isVerified ? flow.value : ledger.use(flow, as: "minimum flow")
      ledger.cite(flow.source)
      most.append(request.dose / value)
    }
    return (least, most.min())
  }

  private static func advice(
    _ request: Request, _ bounds: (least: Concentration, most: Concentration?), _ usable: Volume,
    _ stability: Time?
  ) -> String? {
    guard let most = bounds.most else { return stability.map { "an interval of \($0.text)." } }
    let longest = min(usable / (request.dose / most), stability ?? request.interval)
    let days = longest.days.roundedDown(toSignificantDigits: 3)
    var text = "\(ClinicalText.number(days)) days at \(request.unit.text(most))"
    let larger = request.device.reservoirs.map(\.value).filter { $0 > request.reservoir }.max()
    if let larger {
      let alarm = request.reservoir - usable
      let time = min((larger - alarm) / (request.dose / most), stability ?? Time(100, .years))
      text +=
        ", or \(ClinicalText.number(ExactNumber(time.wholeDays))) days with a reservoir of \(larger.text)"
    }
    return text + "."
  }

  private static func options(
    _ request: Request, _ bounds: (least: Concentration, most: Concentration?), usable: Volume,
    _ comfortable: CitedRange
  ) -> [Option] {
    let best = (comfortable.lowQuantity(FlowDimension.self), comfortable.highQuantity(FlowDimension.self))
    let all = strengths(request, bounds).map { strength in
      let flow = request.dose / strength
      let isBest = best.0.map { flow >= $0 } ?? false && best.1.map { flow <= $0 } ?? false
      return option(request, strength, usable: usable, isComfortable: isBest)
    }
    return all.filter { option in !all.contains { beats($0, option) } }
  }

  /// Whether `a` is nowhere worse than `b` and somewhere better.
  private static func beats(_ a: Option, _ b: Option) -> Bool {
    let (x, y) = (a.vials ?? 0, b.vials ?? 0)
    let noWorse = a.concentration <= b.concentration && a.interval >= b.interval && x <= y
    return noWorse && (a.concentration < b.concentration || a.interval > b.interval || x < y)
  }

  /// The strengths to try: both bounds, the round numbers between, and what is sold.
  private static func strengths(
    _ request: Request, _ bounds: (least: Concentration, most: Concentration?)
  ) -> [Concentration] {
    let unit = request.unit.concentration
    let low = bounds.least.exactValue(in: unit)
    let high = bounds.most.map { $0.exactValue(in: unit) } ?? 100 * low
    var found: Set<ExactNumber> = [min(high, low.roundedUp(toSignificantDigits: 3))]
    var decade = ExactNumber(1, over: 1_000)
    while decade <= high {
      for step in ladder where step * decade >= low && step * decade <= high { found.insert(step * decade) }
      decade = decade * 10
    }
    for supply in request.drug.supply {
      let value = supply.strength.exactValue(in: unit)
      if value >= low, value <= high { found.insert(value) }
    }
    found.insert(
      high.roundedDown(toSignificantDigits: 3) >= low ? high.roundedDown(toSignificantDigits: 3) : high)
    return found.sorted().map { Concentration($0, unit) }
  }

  private static func option(
    _ request: Request, _ strength: Concentration, usable: Volume, isComfortable: Bool
  ) -> Option {
    let flow = request.dose / strength
    let stability = request.drug.stability?.value
    let interval = min(usable / flow, stability ?? usable / flow)
    let residual = request.device.residual?.value ?? .zero
    let fast = ExactNumber.one + (request.device.fastest?.value.fraction ?? .zero)
    let early = request.reservoir > residual ? (request.reservoir - residual) / (fast * flow) : .zero
    return Option(
      concentration: strength, flow: flow, interval: interval, planDays: min(interval, early).wholeDays,
      vials: vials(request, strength), isComfortable: isComfortable)
  }

  /// Vials of the strongest stock on record that has a volume, for one filling.
  private static func vials(_ request: Request, _ strength: Concentration) -> Int? {
    let stocks = request.drug.supply.filter { $0.strength >= strength }
    let counts = stocks.compactMap { stock in
      stock.vial.map { (((strength * request.reservoir) / stock.strength) / $0).count }
    }
    return counts.min()
  }
}

extension PumpLedger {
  fileprivate mutating func checkInterval(
    _ request: ConcentrationChoice.Request, bounds: (least: Concentration, most: Concentration?),
    stability: Time?
  ) {
    let unit = request.unit
    let fits = bounds.most.map { bounds.least <= $0 } ?? true
    check(
      fits, fits ? "FEASIBLE" : "NOT_FEASIBLE",
      passed: "From \(unit.text(bounds.least)) up the filling lasts \(request.interval.text).",
      failed:
        "\(request.interval.text) need \(unit.text(bounds.least)), above the strongest that is allowed and runs, "
        + "\(bounds.most.map(unit.text) ?? "unknown").")
    if let stability {
      check(
        request.interval <= stability, request.interval <= stability ? "STABLE" : "STABILITY",
        passed: "\(request.drug.tallMan) keeps for \(stability.text).",
        failed: "\(request.drug.tallMan) keeps for \(stability.text), less than the interval.")
    } else {
      add("STABILITY_UNKNOWN", .review, "How long \(request.drug.tallMan) keeps in a pump is not on record.")
    }
  }
}
