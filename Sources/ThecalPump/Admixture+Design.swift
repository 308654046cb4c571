import ThecalDosing
import ThecalFormulary
public import ThecalQuantities

extension Admixture {
  /// The inverse problem: from the daily doses wanted to the strengths that give them at one flow.
  ///
  /// `concentration_i = dose_i / flow`. The flow is stated, or follows from the interval:
  /// `flow = (fill - alarm) / interval`.
  public struct Design: Sendable {
    /// A drug and the dose wanted of it.
    public struct WantedDose: Sendable {
      /// The drug and its limits.
      public let drug: PumpDrug
      /// The daily dose; above zero.
      public let dose: DoseRate
      /// The unit in which it is spoken of.
      public let unit: DoseUnit

      /// A daily `dose` of `drug`.
      ///
      /// - Precondition: `dose` is above zero.
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
    public let wanted: [WantedDose]
    /// The flow.
    public let flow: Flow
    /// The strengths that result, and how they stand.
    public let shares: [Admixture.Share]
    /// What was found.
    public let outcome: PumpOutcome

    /// Strengths that give every dose of `wanted` at `flow`, which is above zero.
    ///
    /// - Precondition: Something is wanted, and `flow` is above zero.
    public init(device: PumpDevice, wanted: [WantedDose], flow: Flow) {
      var checks = PumpChecks()
      if let largest = device.largestReservoir { checks.checkSlip(ofFlow: flow, emptying: largest.value) }
      self.init(device, wanted, flow: flow, checks)
    }

    /// Strengths that give every dose of `wanted` from `fill` down to the alarm in `interval`; refused where
    /// the alarm volume, the device's own unless given, does not lie below the filling.
    ///
    /// - Precondition: Something is wanted, and `interval` is above zero.
    public init(device: PumpDevice, wanted: [WantedDose], fill: Volume, alarm: Volume?, interval: Time) {
      precondition(interval > .zero)
      var checks = PumpChecks()
      checks.checkReservoir(fill, on: device)
      checks.checkKept(residual: nil, alarm: alarm)
      let kept = alarm ?? device.alarm.map { checks.use($0, as: "alarm volume") } ?? .zero
      guard fill > kept else {
        checks.add(.alarmAboveFilling, .alarmAboveFill, .blocked, [.volume(kept), .volume(fill)])
        self.init(device, wanted, refused: checks.outcome())
        return
      }
      self.init(device, wanted, flow: (fill - kept) / interval, checks)
    }

    /// A design that no flow follows for.
    private init(_ device: PumpDevice, _ wanted: [WantedDose], refused outcome: PumpOutcome) {
      (self.device, self.wanted, self.outcome) = (device, wanted, outcome)
      (flow, shares) = (.zero, [])
    }

    private init(_ device: PumpDevice, _ wanted: [WantedDose], flow: Flow, _ account: PumpChecks) {
      precondition(!wanted.isEmpty && flow > .zero)
      self.device = device
      self.wanted = wanted
      self.flow = flow
      var checks = account
      checks.checkFlow(flow, on: device)
      shares = wanted.map { want in
        let part = Admixture.Part(want.drug, want.dose / flow, unit: want.unit)
        let isTooStrong = checks.checkWanted(part)
        // A strength that follows from the flow is no strength that anybody asked for: the flow is what must change.
        let status = checks.check(want.drug, dose: want.dose)
        return Admixture.Share(
          part: part, daily: want.dose, perBolus: .zero, status: isTooStrong ? max(.blocked, status) : status)
      }
      checks.checkLabel(of: wanted.map(\.drug), on: device)
      outcome = checks.outcome(Admixture.Design.advice(wanted, device))
    }

    /// The least flow at which no drug is stronger than its limit.
    private static func advice(_ wanted: [WantedDose], _ device: PumpDevice) -> Finding? {
      let needed = wanted.compactMap { want in
        want.drug.use?.intrathecal?.strongest.map { want.dose / $0.value }
      }
      guard let least = ([device.minimumFlow?.value].compactMap { $0 } + needed).max() else { return nil }
      let flow = Flow(least.millilitersPerDay.roundedUp(toSignificantDigits: 3), .millilitersPerDay)
      if let most = device.maximumFlow?.value, flow > most { return nil }
      return PumpChecks.instead(.flowAndInterval, [.flow(flow)])
    }
  }
}

extension PumpChecks {
  /// Whether a drug would have to be stronger than its strongest solution.
  fileprivate mutating func checkWanted(_ part: Admixture.Part) -> Bool {
    guard let most = part.drug.use?.intrathecal?.strongest, part.concentration > most.value else {
      return false
    }
    _ = use(most, of: part.drug, as: "strongest solution")
    add(
      .tooConcentrated, .tooConcentrated, .blocked,
      [.drug(part.drug.id), .strength(part.concentration, part.unit), .strength(most.value, part.unit)],
      citing: [most.citation])
    return true
  }
}
