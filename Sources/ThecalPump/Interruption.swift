public import ThecalDosing
import ThecalFormulary
public import ThecalQuantities

/// What a stop of delivery means: the dose missed, when withdrawal may begin, how to start again.
///
/// `missed = daily dose x (stop + delay)`. How to start again depends on the drug and the gap: `DosingRules.restart`.
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
    ///
    /// - Precondition: `time` is above zero, and `delay` not below it.
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
  /// How to start again.
  public let restart: Restart
  /// What was found.
  public let outcome: PumpOutcome

  /// What `stop` means for someone on `dose` of `drug`.
  ///
  /// - Precondition: The dose is above zero.
  public init(drug: PumpDrug, dose: (rate: DoseRate, unit: DoseUnit), stop: Stop) {
    precondition(dose.rate > .zero)
    self.drug = drug
    (self.dose, unit) = dose
    gap = stop.time + stop.delay
    reason = stop.reason
    missed = dose.rate * gap
    var checks = PumpChecks()
    checks.check(drug, dose: dose.rate)
    let byDrug = drug.use.map { checks.rules.restart(of: $0, after: stop.time + stop.delay, dose: dose.rate) }
    let isUnsafe = stop.reason == .stall && byDrug?.kind == .asProgrammed
    restart = isUnsafe ? .assessment : byDrug ?? .assessment
    checks.checkGap(gap, of: drug)
    checks.explain(stop)
    checks.add(restart)
    outcome = checks.outcome()
  }
}

extension PumpChecks {
  fileprivate mutating func checkGap(_ gap: Time, of drug: PumpDrug) {
    guard let onset = drug.withdrawalOnset else { return }
    let time = use(onset, of: drug, as: "onset of withdrawal")
    guard gap >= time else { return }
    add(
      .withdrawal, .withdrawal, .review, [.drug(drug.id), .time(time), .time(gap)], citing: [onset.citation])
    if let signs = drug.withdrawalSigns {
      add(.watchForWithdrawal, .watchForWithdrawal, .review, [.text(signs.text)], citing: [signs.citation])
    }
  }

  fileprivate mutating func explain(_ stop: Interruption.Stop) {
    switch stop.reason {
    case .mri:
      for note in stop.device?.scanNotes ?? [] {
        add(.scan, .interrogate, .note, [.text(note.text)], citing: [note.citation])
      }
    case .empty: add(.primeAfterEmpty, .primeAfterEmpty, .note)
    case .stall:
      let rule = Formulary.embedded.pumpRules.discrepancy.causeFirst
      add(.causeFirst, .causeFirst, .review, [.text(rule.text)], citing: [rule.citation])
    case .other: break
    }
  }

  /// Writes down how delivery is taken up again, each sentence with its source.
  mutating func add(_ restart: Restart) {
    let code: Code =
      switch restart.kind {
      case .restorePrevious: .restorePrevious
      case .asNew: .restartAsNaive
      case .asProgrammed, .assessFirst: .restart
      }
    let severity = restart.kind == .asProgrammed ? Severity.note : .review
    if restart.words.isEmpty, restart.kind == .assessFirst { add(.restartAssess, code, severity) }
    for word in restart.words {
      add(.restartWords, code, severity, [.text(word.text)], citing: [word.citation])
      rest(on: word.citation, as: "restart", .informs, .unverifiedSource)
    }
  }
}
