public import ThecalFormulary
public import ThecalQuantities

/// What a stop of delivery means: the dose missed, when withdrawal may begin, how to start again.
///
/// `missed = daily dose x (stop + delay)`. After more than 24 h without drug, tolerance is taken to be lost.
public struct Interruption: Sendable {
  /// Why delivery stopped.
  public enum Reason: String, Sendable, CaseIterable {
    /// A scan: the rotor stands still in the field and may restart late.
    case mri
    /// The rotor or valves stood still.
    case stall
    /// The reservoir was empty.
    case empty
    /// Anything else.
    case other
  }

  /// A time without delivery.
  public struct Stop: Sendable {
    /// How long the pump stood still; above zero.
    public let time: Time
    /// How long it then took to run again.
    public let delay: Time
    /// Why it stood still.
    public let reason: Reason
    /// The pump, for what its documents say about the reason.
    public let device: PumpDevice?

    /// A stop of `time`.
    public init(_ time: Time, delay: Time = .zero, reason: Reason = .other, device: PumpDevice? = nil) {
      precondition(time > .zero && delay >= .zero)
      self.time = time
      self.delay = delay
      self.reason = reason
      self.device = device
    }
  }

  /// The drug and what is known of its withdrawal.
  public let drug: PumpDrug
  /// The daily dose.
  public let dose: DoseRate
  /// The unit in which the drug is spoken of.
  public let unit: DoseUnit
  /// How long nothing was given.
  public let gap: Time
  /// Why.
  public let reason: Reason
  /// The drug that was not given.
  public let missed: Mass
  let settlement: PumpSettlement

  /// The gap after which tolerance is taken to be lost.
  public let tolerated: Time

  /// What `stop` means for someone on `dose` of `drug`.
  public init(
    drug: PumpDrug, dose: (rate: DoseRate, unit: DoseUnit), stop: Stop, formulary: Formulary = .embedded
  ) {
    precondition(dose.rate > .zero)
    self.drug = drug
    (self.dose, unit) = dose
    gap = stop.time + stop.delay
    reason = stop.reason
    missed = dose.rate * gap
    let rule = formulary.stopping.naiveAfterHours
    tolerated = Time(rule.value, .hours)
    var ledger = PumpLedger()
    ledger.cite(rule.citation.source)
    ledger.checkGap(gap, tolerated: tolerated, of: drug)
    ledger.explain(stop)
    settlement = ledger.settle()
  }

  /// Whether tolerance is taken to be lost.
  public var asNaive: Bool { gap > tolerated }

  /// The stop as a sheet and as data.
  public var answer: PumpAnswer {
    let naive = drug.naiveStart.map { unit.text($0.value) }
    let restart = asNaive ? "as naive" : "as before, watched"
    return PumpAnswer(
      "Interruption of delivery",
      inputs: [
        ("Drug", drug.tallMan), ("Daily dose", unit.text(dose)), ("Time without drug", gap.text),
        ("Reason", reason.rawValue),
      ],
      formulas: [
        "missed = daily dose x time without drug", "after more than 24 h: as for someone without tolerance",
      ],
      fields: [
        .number("missed", "Dose missed", missed.exactValue(in: unit.mass), unit.rawValue),
        .text("unit", "Unit of mass", unit.rawValue),
        .number("gap_hours", "Time without drug", gap.hours, "h"),
        .number("withdrawal_from_h", "Withdrawal possible from", drug.withdrawalOnset?.value.hours, "h"),
        .text("restart", "Restart", restart),
        .number(
          "restart_dose", "Start of someone without tolerance, at most",
          asNaive ? drug.naiveStart.map { min(unit.perDay($0.value), unit.perDay(dose)) } : nil, unit.daily),
        .text("restart_basis", "On record as", asNaive ? naive : nil),
      ], settlement: settlement)
  }
}

extension PumpLedger {
  fileprivate mutating func checkGap(_ gap: Time, tolerated: Time, of drug: PumpDrug) {
    let short = gap <= tolerated
    check(
      short, short ? "GAP" : "RESTART_AS_NAIVE", .review,
      passed: "The gap of \(gap.text) does not exceed \(tolerated.text).",
      failed: "After \(gap.text) without drug start as for someone who never had it, and watch for 24 h; "
        + "the path may still hold a full dose.")
    if !short, let start = drug.naiveStart { _ = use(start, of: drug, as: "start without tolerance") }
    if let onset = drug.withdrawalOnset {
      let time = use(onset, of: drug, as: "onset of withdrawal")
      if gap >= time {
        add(
          "WITHDRAWAL", .review,
          "\(drug.tallMan): withdrawal may have begun (from \(time.text)). \(drug.withdrawalText ?? "")")
      }
    }
    if !drug.isKnown { add("UNKNOWN_DRUG", .review, "Nothing is on record for '\(drug.id)'.") }
  }

  fileprivate mutating func explain(_ stop: Interruption.Stop) {
    switch stop.reason {
    case .mri:
      for note in stop.device?.scanNotes ?? [] {
        cite(note.source)
        add("INTERROGATE", .note, note.text)
      }
    case .empty:
      add(
        "PRIME_AFTER_EMPTY", .note,
        "After running dry tubing and catheter may hold air or stale drug: count the path.")
    case .stall:
      add("CAUSE_FIRST", .review, "A stall without a known cause may come again: find the cause first.")
    case .other: break
    }
  }
}
