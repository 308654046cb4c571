import ThecalQuantities

/// What a calculation found beside its figures.
struct PumpSettlement: Sendable {
  let findings: [PumpFinding]
  let sources: [String]
  let alternative: String?

  var isBlocked: Bool { PumpFinding.Status(findings) == .blocked }
}

/// Keeps account while a calculation runs: checks, concerns, and the sources that it rests on.
struct PumpLedger {
  private(set) var findings: [PumpFinding] = []
  /// Whether checks that pass are written down; a batch of a million rows leaves them out.
  private let keepsPassed: Bool
  private(set) var sources: [String] = []
  private var unverifiedDevice: [String] = []
  private var unverifiedDrug: [String] = []

  /// How far inside an unverified limit a value must lie for the limit not to matter.
  ///
  /// A limit that nobody has read may be wrong; it is taken not to be wrong by more than this factor.
  static let unverifiedMargin = ExactNumber(10)

  init(keepsPassed: Bool = true) { self.keepsPassed = keepsPassed }

  mutating func add(_ code: String, _ severity: PumpFinding.Severity, _ message: String) {
    let finding = PumpFinding(code, severity, message)
    if !findings.contains(finding) { findings.append(finding) }
  }

  mutating func cite(_ source: String?) {
    if let source, !sources.contains(source) { sources.append(source) }
  }

  /// Records a check: `passed` where it holds, else a finding of `severity`.
  @discardableResult
  mutating func check(
    _ holds: Bool, _ code: String, _ severity: PumpFinding.Severity = .block,
    passed: @autoclosure () -> String, failed: @autoclosure () -> String
  ) -> Bool {
    if !holds {
      add(code, severity, failed())
    } else if keepsPassed {
      add(code, .passed, passed())
    }
    return holds
  }

  /// The value of a device figure on which the result rests.
  mutating func use<D>(_ figure: PumpFigure<D>, as name: String) -> Quantity<D> {
    cite(figure.source)
    if !figure.isVerified, !unverifiedDevice.contains(name) { unverifiedDevice.append(name) }
    return figure.value
  }

  /// The value of a drug figure on which the result rests.
  mutating func use<D>(_ figure: PumpFigure<D>, of drug: PumpDrug, as name: String) -> Quantity<D> {
    cite(figure.source)
    let name = "\(drug.tallMan): \(name)"
    if !figure.isVerified, !unverifiedDrug.contains(name) { unverifiedDrug.append(name) }
    return figure.value
  }

  var isBlocked: Bool { findings.contains { $0.severity == .block } }

  /// Closes the account.
  func settle(alternative: String? = nil) -> PumpSettlement {
    PumpSettlement(findings: settled(), sources: sources, alternative: alternative)
  }

  /// All findings, with one for the unverified figures that acted.
  private func settled() -> [PumpFinding] {
    var all = findings
    if !unverifiedDevice.isEmpty {
      all.append(
        PumpFinding(
          "DEVICE_DATA_UNVERIFIED", .review,
          "Not verified for this device: \(unverifiedDevice.joined(separator: ", ")); "
            + "compare with its manual, or state the figure with the request."))
    }
    if !unverifiedDrug.isEmpty {
      all.append(
        PumpFinding(
          "UNVERIFIED_SOURCE", .review,
          "Limits not read in their source: \(unverifiedDrug.joined(separator: ", "))."))
    }
    return all
  }
}

extension PumpLedger {
  /// Checks that `device` can run at `flow`; a stop is legal and says so elsewhere.
  @discardableResult
  mutating func checkFlow(_ flow: Flow, on device: PumpDevice, as name: String = "Flow") -> Bool {
    if !device.fixedFlows.isEmpty { return checkFixedFlow(flow, on: device, as: name) }
    addStrokes(flow, on: device, as: name)
    let least = checkFlow(flow, against: device.minimumFlow, .minimum, of: device, as: name)
    let most = checkFlow(flow, against: device.maximumFlow, .maximum, of: device, as: name)
    return least && most
  }

  /// Says what a pump that gives whole strokes makes of a flow.
  private mutating func addStrokes(_ flow: Flow, on device: PumpDevice, as name: String) {
    guard let stroke = device.stroke else { return }
    let size = use(stroke, as: "stroke volume")
    let wanted = (flow * Time(1, .days)) / size
    let whole = wanted.rounded(toPlaces: 0)
    if whole != wanted {
      let given = (whole * size) / Time(1, .days)
      add(
        "STROKE_ROUNDING", .note,
        "\(name) \(flow.text) is \(wanted.clinical) strokes a day; \(whole.clinical) give \(given.text).")
    }
  }

  private enum FlowLimit: String { case minimum, maximum }

  /// Checks a flow against one limit, which counts as used where the flow comes near it or passes it.
  private mutating func checkFlow(
    _ flow: Flow, against limit: PumpFigure<FlowDimension>?, _ side: FlowLimit, of device: PumpDevice,
    as name: String
  ) -> Bool {
    guard let limit else {
      add(
        "DEVICE_LIMIT_UNKNOWN", .review, "The \(side.rawValue) flow of \(device.name) is unknown; state it.")
      return true
    }
    let (low, high) = side == .minimum ? (limit.value, flow) : (flow, limit.value)
    let inside = low <= high
    if !inside || PumpLedger.unverifiedMargin * low > high {
      _ = use(limit, as: "\(side.rawValue) flow")
    }
    let word = side == .minimum ? "below" : "above"
    var end: String { "\(word) the \(side.rawValue) flow of \(limit.value.text) (\(device.name))." }
    return check(
      inside, inside ? "FLOW_RANGE" : "FLOW_OUT_OF_RANGE", passed: "\(name) \(flow.text) is not \(end)",
      failed: "\(name) \(flow.text) is \(end)")
  }

  /// Checks a flow against those that a pump without a setting is made with.
  private mutating func checkFixedFlow(_ flow: Flow, on device: PumpDevice, as name: String) -> Bool {
    let flows = device.fixedFlows.map { use($0, as: "factory flows") }
    let made = flows.map(\.text).joined(separator: ", ")
    let fits = flows.contains(flow)
    return check(
      fits, fits ? "FLOW_RANGE" : "FLOW_OUT_OF_RANGE",
      passed: "\(name) \(flow.text) is a flow that \(device.name) is made with.",
      failed: "\(name) \(flow.text) cannot be set: \(device.name) is made with \(made).")
  }

  /// Checks that `fill` fits the largest reservoir of `device`.
  mutating func checkReservoir(_ fill: Volume, on device: PumpDevice) {
    guard let largest = device.largestReservoir else { return }
    check(
      fill <= largest.value, fill <= largest.value ? "RESERVOIR" : "RESERVOIR_TOO_SMALL",
      passed: "\(fill.text) fits a reservoir of \(largest.value.text).",
      failed: "\(fill.text) does not fit: the largest reservoir of \(device.name) holds "
        + "\(largest.value.text). Fill at most that.")
    if fill > largest.value { _ = use(largest, as: "reservoir") }
  }

  /// What to do where `dose` at `concentration` needs a flow that `device` cannot run.
  func concentrationAdvice(
    dose: DoseRate, concentration: Concentration, unit: DoseUnit, device: PumpDevice
  ) -> String? {
    let flow = dose / concentration
    if !device.fixedFlows.isEmpty {
      let texts = device.fixedFlows.map { "\(unit.text(dose / $0.value)) at \($0.value.text)" }
      return "\(unit.text(dose)) needs \(texts.joined(separator: ", "))."
    }
    if let least = device.minimumFlow, flow < least.value {
      let strongest = (dose / least.value).roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return "The strongest solution that gives \(unit.text(dose)) at the minimum flow is "
        + "\(unit.text(strongest))."
    }
    if let most = device.maximumFlow, flow > most.value {
      let weakest = (dose / most.value).exactValue(in: unit.concentration).roundedUp(toSignificantDigits: 3)
      return "The weakest solution that gives \(unit.text(dose)) at the maximum flow is "
        + "\(unit.text(Concentration(weakest, unit.concentration)))."
    }
    return nil
  }
}
