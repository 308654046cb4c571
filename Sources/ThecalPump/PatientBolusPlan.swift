import ThecalDosing
import ThecalFormulary
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
    ///
    /// - Precondition: There is a part; bolus, lockout and length are above zero; base and `maximum` are not
    ///   below it.
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
  /// What was found.
  public let outcome: PumpOutcome

  /// Answers `request`.
  public init(_ request: Request) {
    self.request = request
    let day = Time(1, .days)
    let lockouts = day / request.lockout
    count = min(request.maximum, min(lockouts, 100_000).floor)
    worstCount = min(request.maximum, min(lockouts, 100_000).ceiling)
    let primary = request.parts[0]
    let volume = request.bolus / primary.concentration
    self.volume = volume
    rate = volume / request.length
    let base = request.base / primary.concentration
    var checks = PumpChecks()
    checks.checkFlow(base + rate, on: request.device, as: "Flow while a bolus runs")
    checks.checkBolusRate(rate, on: request.device)
    if base > .zero { checks.checkFlow(base, on: request.device, as: "Base flow") }
    checks.checkLockout(request, (count, worstCount))
    checks.checkController(request, volume)
    let total = base + (ExactNumber(worstCount) * volume) / day
    shares = request.parts.map { part in
      let (daily, perBolus) = (part.concentration * total, part.concentration * volume)
      let drug = part.drug.isNamed ? part.drug : nil
      let status = checks.check(drug, dose: daily, strength: part.concentration, bolus: perBolus)
      return Admixture.Share(part: part, daily: daily, perBolus: perBolus, status: status)
    }
    outcome = checks.outcome(PatientBolusPlan.slower(request, base: base, volume: volume))
  }

  /// The base and all boluses of a day.
  public var maximumDaily: DoseRate {
    request.base + (ExactNumber(count) * request.bolus) / Time(1, .days)
  }

  /// The strokes of one bolus where the pump delivers in strokes: the nearest whole number.
  public var strokes: Int? {
    request.device.stroke.map { (volume / $0.value).rounded(toPlaces: 0).count }
  }

  /// The bolus that would run, or the lockout or base that would let it.
  private static func slower(_ request: Request, base: Flow, volume: Volume) -> Finding {
    let limits = [request.device.maximumFlow.map { $0.value - base }, request.device.maximumBolusFlow?.value]
    guard let most = limits.compactMap({ $0 }).min() else { return PumpChecks.instead(.longerLockout) }
    guard most > .zero else { return PumpChecks.instead(.lowerBase) }
    let minutes = (volume / most).exactValue(in: .minutes).roundedUp(toSignificantDigits: 3)
    return PumpChecks.instead(.slowerBolus, [.amount(minutes, "min")])
  }
}

extension PumpChecks {
  /// Checks the rate of a bolus against the fastest that the pump gives.
  fileprivate mutating func checkBolusRate(_ rate: Flow, on device: PumpDevice) {
    guard let limit = device.maximumBolusFlow else { return }
    let near = PumpChecks.unreadMargin * rate > limit.value
    let most = use(limit, as: "fastest bolus", near ? .decides : .informs)
    check(
      rate <= most, passed: (.bolusRateWithin, .bolusRate), failed: (.bolusRateAbove, .bolusTooFast),
      [
        .amount(rate.exactValue(in: .millilitersPerHour), "mL/h"),
        .amount(most.exactValue(in: .millilitersPerHour), "mL/h"),
      ], severity: .blocked)
  }

  fileprivate mutating func checkLockout(
    _ request: PatientBolusPlan.Request, _ counts: (day: Int, worst: Int)
  ) {
    check(
      request.length < request.lockout, passed: (.lockoutLongEnough, .lockout),
      failed: (.lockoutTooShort, .lockoutTooShort), [.time(request.length), .time(request.lockout)],
      severity: .blocked)
    if counts.worst > counts.day { add(.worstDay, .boluses, .note, [.number(ExactNumber(counts.worst))]) }
    if request.maximum > counts.worst {
      add(
        .lockoutLimits, .lockoutLimits, .note,
        [.number(ExactNumber(counts.worst)), .number(ExactNumber(request.maximum))])
    }
  }

  fileprivate mutating func checkController(_ request: PatientBolusPlan.Request, _ volume: Volume) {
    let (drug, device) = (request.parts[0].drug, request.device)
    if drug.use != nil, !device.controllerDrugs.isEmpty, !device.controllerDrugs.contains(drug.id) {
      add(
        .controllerNotLabeled, .controllerNotLabeled, .review,
        [.text(device.name), .list(device.controllerDrugs.map(Evidence.drug)), .drug(drug.id)])
    }
    if let text = device.controllerText { add(.controllerLabel, .controller, .note, [.text(text)]) }
    guard let stroke = device.stroke else { return }
    let size = use(stroke, as: "stroke volume")
    let whole = (volume / size).rounded(toPlaces: 0)
    if whole * size == volume {
      add(.wholeStrokes, .strokes, .passed, [.number(whole)])
    } else {
      add(.bolusRounded, .strokeRounding, .review, [.volume(whole * size), .volume(volume)])
    }
  }
}
