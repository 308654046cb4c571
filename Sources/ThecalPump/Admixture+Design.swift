public import ThecalQuantities

extension Admixture {
  /// The inverse problem: from the daily doses wanted to the strengths that give them at one flow.
  ///
  /// `concentration_i = dose_i / flow`. The flow is stated, or follows from the interval:
  /// `flow = (fill - alarm) / interval`.
  public struct Design: Sendable {
    /// A drug and the dose wanted of it.
    public struct Want: Sendable {
      /// The drug and its limits.
      public let drug: PumpDrug
      /// The daily dose; above zero.
      public let dose: DoseRate
      /// The unit in which it is spoken of.
      public let unit: DoseUnit

      /// A daily `dose` of `drug`.
      public init(_ drug: PumpDrug, _ dose: DoseRate, unit: DoseUnit) {
        precondition(dose > .zero)
        self.drug = drug
        self.dose = dose
        self.unit = unit
      }
    }

    /// The pump.
    public let device: PumpDevice
    /// The doses wanted, the primary drug first.
    public let wants: [Want]
    /// The flow.
    public let flow: Flow
    /// The strengths that result, and how they stand.
    public let shares: [Admixture.Share]
    let settlement: PumpSettlement

    /// Strengths that give every dose of `wants` at `flow`, which is above zero.
    public init(device: PumpDevice, wants: [Want], flow: Flow) {
      self.init(device, wants, flow: flow, PumpLedger())
    }

    /// Strengths that give every dose of `wants` from `fill` down to the alarm in `interval`; nil where the
    /// alarm volume, the device's own unless given, does not lie below the filling.
    public init?(device: PumpDevice, wants: [Want], fill: Volume, alarm: Volume?, interval: Time) {
      precondition(interval > .zero)
      var ledger = PumpLedger()
      ledger.checkReservoir(fill, on: device)
      let kept = alarm ?? device.alarm.map { ledger.use($0, as: "alarm volume") } ?? .zero
      guard fill > kept else { return nil }
      self.init(device, wants, flow: (fill - kept) / interval, ledger)
    }

    private init(_ device: PumpDevice, _ wants: [Want], flow: Flow, _ account: PumpLedger) {
      precondition(!wants.isEmpty && flow > .zero)
      self.device = device
      self.wants = wants
      self.flow = flow
      var ledger = account
      ledger.checkFlow(flow, on: device)
      shares = wants.map { want in
        let part = Admixture.Part(want.drug, want.dose / flow, unit: want.unit)
        if let limit = want.drug.concentrationMaximum, part.concentration > limit.value {
          _ = ledger.use(limit, of: want.drug, as: "concentration")
          ledger.add(
            "TOO_CONCENTRATED", .block,
            "\(want.drug.tallMan) would need \(want.unit.text(part.concentration)), above "
              + "\(want.unit.text(limit.value)).")
        }
        let status = ledger.checkLimits(of: part, daily: want.dose)
        return Admixture.Share(part: part, daily: want.dose, perBolus: .zero, status: status)
      }
      settlement = ledger.settle(alternative: Admixture.Design.advice(wants, device))
    }

    /// The least flow at which no drug is stronger than its limit.
    private static func advice(_ wants: [Want], _ device: PumpDevice) -> String? {
      let needed = wants.compactMap { want in want.drug.concentrationMaximum.map { want.dose / $0.value } }
      guard let least = ([device.minimumFlow?.value].compactMap { $0 } + needed).max() else {
        return "a filling within the reservoir and a flow within the range of the pump."
      }
      let flow = Flow(least.millilitersPerDay.roundedUp(toSignificantDigits: 3), .millilitersPerDay)
      if let most = device.maximumFlow?.value, flow > most {
        return "no flow of this pump; lower a dose."
      }
      return "a flow of \(flow.text), and the interval that it leaves."
    }

    /// The design as a sheet and as data.
    public var answer: PumpAnswer {
      PumpAnswer(
        "Admixture: strengths for the doses wanted",
        inputs: [("Pump", device.name)]
          + wants.map { ($0.drug.tallMan, $0.unit.text($0.dose)) } + [("Flow", flow.text)],
        formulas: [
          "concentration of each drug = its daily dose / flow", "flow = (fill - alarm volume) / interval",
        ],
        fields: [
          .number("flow_mL_per_day", "Flow", flow.millilitersPerDay, "mL/day", explains: true),
          .list("drugs", "Drugs", shares.map(Admixture.record)),
        ], settlement: settlement)
    }
  }
}
