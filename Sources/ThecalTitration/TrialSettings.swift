public import ThecalQuantities

/// How a drug is tried before a pump, and how the trial went if it has been made.
public struct TrialSettings: Hashable, Sendable {
  /// The way in.
  public enum Route: String, CaseIterable, Hashable, Sendable {
    /// Into the cerebrospinal fluid.
    case intrathecal
    /// Outside the dura.
    case epidural
  }

  /// A trial that was made, for the first programme that matches it.
  public struct Outcome: Hashable, Sendable {
    /// The injection that worked; nil for an infusion.
    public let bolus: Mass?
    /// The rate that worked; nil for an injection.
    public let rate: DoseRate?
    /// The reduction of pain, 0 … 1.
    public let relief: Double?
    /// The drop of the Ashworth score.
    public let ashworthDrop: Double?
    /// How long the effect lasted.
    public let effect: Time?

    /// A trial that was made.
    public init(
      bolus: Mass? = nil, rate: DoseRate? = nil, relief: Double? = nil, ashworthDrop: Double? = nil,
      effect: Time? = nil
    ) {
      (self.bolus, self.rate, self.relief) = (bolus, rate, relief)
      (self.ashworthDrop, self.effect) = (ashworthDrop, effect)
    }
  }

  /// The method.
  public let method: TitrationRequest.Trial
  /// The way in.
  public var route = Route.intrathecal
  /// The injections, in their order; nil takes those on record.
  public var doses: [Mass]?
  /// From one injection to the next.
  public var interval: Time?
  /// The first rate of an infusion, and each increase.
  public var step: DoseRate?
  /// From one step to the next.
  public var every: Time?
  /// The most in the first 24 h of an infusion.
  public var total: Mass?
  /// How it went.
  public var outcome: Outcome?

  /// A trial by `method`, with the doses and times on record.
  public init(method: TitrationRequest.Trial) { self.method = method }
}
