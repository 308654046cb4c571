public import ThecalQuantities

/// Boluses that a patient may give: the most of a day, the rate of one, and what it holds of every drug.
///
/// `max daily = base + n x bolus`, n the smaller of the number allowed and whole lockouts in 24 h.
public struct PatientBolusPlan: Sendable {
  /// What is asked.
  public struct Request: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The drugs; the first is programmed.
    public let parts: [Admixture.Part]
    /// Its daily dose without boluses; zero for boluses alone.
    public let base: DoseRate
    /// Its dose in one bolus; above zero.
    public let bolus: Mass
    /// The time that must pass from one bolus to the next; above zero.
    public let lockout: Time
    /// The number allowed in a day.
    public let maximum: Int
    /// How long one bolus runs; above zero.
    public let length: Time

    /// A request.
    public init(
      device: PumpDevice, parts: [Admixture.Part], doses: (base: DoseRate, bolus: Mass), maximum: Int,
      times: (lockout: Time, length: Time)
    ) {
      precondition(!parts.isEmpty && doses.bolus > .zero && doses.base >= .zero)
      precondition(times.lockout > .zero && times.length > .zero && maximum >= 0)
      self.device = device
      self.parts = parts
      (base, bolus) = doses
      self.maximum = maximum
      (lockout, length) = times
    }
  }

  /// What was asked.
  public let request: Request
  /// The boluses of a day: the least of what is allowed and what the lockout leaves.
  public let count: Int
  /// The most boluses that fit any 24 h, when the first falls on their beginning.
  public let worstCount: Int
  /// The volume of one bolus.
  public let volume: Volume
  /// The flow while one runs, the base aside.
  public let rate: Flow
  /// Each drug at its most.
  public let shares: [Admixture.Share]
  let settlement: PumpSettlement

  /// Answers `request`.
  public init(_ request: Request) {
    self.request = request
    let day = Time(1, .days)
    let lockouts = day / request.lockout
    count = min(request.maximum, min(lockouts, 100_000).floor)
    worstCount = min(request.maximum, min(lockouts, 100_000).ceiling)
    let primary = request.parts[0]
    volume = request.bolus / primary.concentration
    rate = volume / request.length
    let base = request.base / primary.concentration
    var ledger = PumpLedger()
    ledger.checkFlow(base + rate, on: request.device, as: "Flow while a bolus runs")
    ledger.checkBolusRate(rate, on: request.device)
    if base > .zero { ledger.checkFlow(base, on: request.device, as: "Base flow") }
    PatientBolusPlan.addConcerns(request, (count, worstCount), volume: volume, &ledger)
    let total = base + (ExactNumber(worstCount) * volume) / day
    let bolusVolume = volume
    shares = request.parts.map { part in
      let status = ledger.checkLimits(
        of: part, daily: part.concentration * total, bolus: part.concentration * bolusVolume)
      return Admixture.Share(
        part: part, daily: part.concentration * total, perBolus: part.concentration * bolusVolume,
        status: status)
    }
    settlement = ledger.settle(
      alternative: PatientBolusPlan.slower(request, base: base, volume: bolusVolume))
  }

  /// The base and all boluses of a day.
  public var maximumDaily: DoseRate {
    request.base + (ExactNumber(count) * request.bolus) / Time(1, .days)
  }

  /// The strokes of one bolus where the pump delivers in strokes: the nearest whole number.
  public var strokes: Int? {
    request.device.stroke.map { (volume / $0.value).rounded(toPlaces: 0).count }
  }

  private static func addConcerns(
    _ request: Request, _ counts: (day: Int, worst: Int), volume: Volume, _ ledger: inout PumpLedger
  ) {
    ledger.check(
      request.length < request.lockout, request.length < request.lockout ? "LOCKOUT" : "LOCKOUT_TOO_SHORT",
      passed: "A bolus of \(request.length.text) ends before its lockout of \(request.lockout.text).",
      failed: "A bolus of \(request.length.text) outlasts its lockout of \(request.lockout.text).")
    if counts.worst > counts.day {
      ledger.add(
        "WORST_24_H", .note,
        "\(counts.worst) boluses fit into 24 h that begin with one; limits were checked against them.")
    }
    if request.maximum > counts.worst {
      ledger.add(
        "LOCKOUT_LIMITS", .note,
        "The lockout leaves \(counts.worst) in a day, fewer than the \(request.maximum) allowed.")
    }
    let (drug, allowed) = (request.parts[0].drug, request.device.controllerDrugs)
    if drug.isKnown, !allowed.isEmpty, !allowed.contains(drug.id) {
      ledger.add(
        "CONTROLLER_NOT_LABELED", .review,
        "The patient's controller of \(request.device.name) is labeled for \(allowed.joined(separator: ", ")), "
          + "not for \(drug.tallMan).")
    }
    if let text = request.device.controllerText { ledger.add("CONTROLLER", .note, text) }
    if let stroke = request.device.stroke {
      let size = ledger.use(stroke, as: "stroke volume")
      let whole = (volume / size).rounded(toPlaces: 0)
      let given = whole * size
      ledger.check(
        given == volume, given == volume ? "STROKES" : "STROKE_ROUNDING", .review,
        passed: "One bolus is \(whole.clinical) strokes.",
        failed: "The pump gives whole strokes: \(given.text) instead of \(volume.text).")
    }
  }

  /// The bolus that would run, or the lockout or base that would let it.
  private static func slower(_ request: Request, base: Flow, volume: Volume) -> String {
    let limits = [request.device.maximumFlow.map { $0.value - base }, request.device.maximumBolusFlow?.value]
    guard let most = limits.compactMap({ $0 }).min() else { return "a lockout longer than the bolus." }
    guard most > .zero else { return "a base flow below the maximum of the pump." }
    let minutes = (volume / most).exactValue(in: .minutes).roundedUp(toSignificantDigits: 3)
    return
      "the bolus over \(ClinicalText.number(minutes)) min or longer, a lockout longer than that, and a base "
      + "flow within the range of the pump."
  }

  /// The plan as a sheet and as data.
  public var answer: PumpAnswer {
    let unit = request.parts[0].unit
    return PumpAnswer(
      "Patient boluses: the most of a day",
      inputs: [("Pump", request.device.name)]
        + request.parts.map { ($0.drug.tallMan, $0.unit.text($0.concentration)) }
        + [
          ("Daily dose without boluses", unit.text(request.base)), ("Bolus", unit.text(request.bolus)),
          ("Lockout", request.lockout.text), ("Allowed in a day", "\(request.maximum)"),
          ("A bolus runs for", request.length.text),
        ],
      formulas: [
        "number = least of the number allowed and whole lockouts in 24 h",
        "max daily = base + number x bolus",
        "rate = bolus volume / length",
      ],
      fields: [
        .number("max_daily", "Most in a day", unit.perDay(maximumDaily), unit.daily),
        .text("unit", "Unit of doses", unit.daily),
        .number("max_count", "Boluses in a day", ExactNumber(count)),
        .number("worst_24_h_count", "Boluses in the worst 24 h", ExactNumber(worstCount)),
        .number("bolus_mL", "Volume of a bolus", volume.milliliters, "mL", explains: true),
        .number(
          "rate_mL_per_h", "Rate of a bolus", rate.exactValue(in: .millilitersPerHour), "mL/h", explains: true
        ),
        .number("strokes", "Strokes of a bolus", strokes.map { ExactNumber($0) }),
        .list("drugs", "Drugs at their most", shares.map(Admixture.record)),
      ], settlement: settlement)
  }
}

extension PumpLedger {
  /// Checks the rate of a bolus against the fastest that the pump gives.
  fileprivate mutating func checkBolusRate(_ rate: Flow, on device: PumpDevice) {
    guard let limit = device.maximumBolusFlow else { return }
    let most = use(limit, as: "fastest bolus")
    let (text, end) = (
      ClinicalText.quantity(rate, in: .millilitersPerHour),
      ClinicalText.quantity(most, in: .millilitersPerHour)
    )
    check(
      rate <= most, rate <= most ? "BOLUS_RATE" : "BOLUS_TOO_FAST",
      passed: "A bolus at \(text) is not faster than \(end).",
      failed: "A bolus at \(text) is faster than \(end).")
  }
}
