public import ThecalQuantities

/// What one dose is counted in.
public enum SigUnit: String, Hashable, Sendable {
  /// Tablets, capsules, films, lozenges, suppositories; also a bare number.
  case piece
  case patch, spray
  case milliliter = "mL"
  case milligram = "mg"
  case microgram = "mcg"
  case gram = "g"
  /// Drops, units and whatever else has no fixed amount of drug.
  case other
}

/// Directions for use, read.
public struct SigReading: Hashable, Sendable {
  /// What may be done with the directions.
  public enum Outcome: String, Hashable, Sendable {
    /// They settle the daily amount.
    case read
    /// They do not: somebody must be asked.
    case ask
    /// The medicine is not taken.
    case skip
  }

  /// Why directions do not settle a daily amount.
  public enum Reason: String, CaseIterable, Hashable, Sendable {
    case asNeeded, range, steps, asDirected, notEveryDay, once, optional, upTo
    case noFrequency, noAmount, aboveMaximum, contradiction, unclearNumber, unclearWords, unclearUnit, pump
  }

  /// What a reader should know although the amount is settled.
  public enum Note: String, CaseIterable, Hashable, Sendable {
    /// A household spoon counts 5 or 15 mL.
    case spoon
    /// `5.0`.
    case trailingZero
    /// `.5`.
    case barePoint
    /// For some days only.
    case bounded
    /// With meals: three a day.
    case meals
    /// Part of a tablet.
    case fraction
  }

  /// One amount and how often it is taken.
  public struct Part: Hashable, Sendable {
    /// The least and the largest amount of one dose.
    public internal(set) var amount: ClosedRange<ExactNumber>?
    /// What it is counted in.
    public internal(set) var unit: SigUnit = .piece
    /// Whether the unit was written, and not taken from the form.
    public internal(set) var isUnitStated = false
    /// The mass that stands beside the amount, as in "2 tabs (20 mg total)".
    public internal(set) var mass: Mass?
    /// Whether that mass is a total of the dose, and not of one tablet.
    public internal(set) var isMassTotal = false
    /// Whether it is that of one tablet, as in "10 mg tab x2".
    public internal(set) var isMassOfOne = false
    /// A bare number beside a patch, or the first of "8-2 mg": a strength.
    public internal(set) var statedStrength: ExactNumber?
    /// The least and the most doses in a day; nil where the text does not say.
    public internal(set) var times: ClosedRange<ExactNumber>?
    /// Whether the amount is one of each hour: "25 mcg/h".
    public internal(set) var isRate = false
    /// Hours from one patch to the next.
    public internal(set) var interval: ExactNumber?

    /// The largest amount in a day; a dose without frequency counts once.
    public var largest: ExactNumber? { amount.map { $0.upperBound * max(times?.upperBound ?? 1, .zero) } }
  }

  /// A maximum.
  public struct Maximum: Hashable, Sendable {
    /// The amount in a day.
    public internal(set) var amount: ExactNumber
    /// What it is counted in.
    public internal(set) var unit: SigUnit
  }

  /// What may be done with the directions.
  public internal(set) var outcome = Outcome.ask
  /// Why they do not settle the amount.
  public internal(set) var reasons: Set<Reason> = []
  /// What a reader should know.
  public internal(set) var notes: Set<Note> = []
  /// The doses of a day, added up; of steps, one after another.
  public internal(set) var parts: [Part] = []
  /// The way.
  public internal(set) var route: MedicineRoute?
  /// The largest amount in a day that the text allows.
  public internal(set) var maximum: Maximum?
  /// Drugs that the text names, by their generic names.
  public internal(set) var drugs: [String] = []
  /// Words that are not known.
  public internal(set) var unclear: [String] = []
  /// Whether the parts follow one another, so that the largest counts and not their sum.
  public internal(set) var isSequence = false

  /// Directions that say nothing.
  static var empty: SigReading {
    var reading = SigReading()
    reading.reasons = [.noAmount, .noFrequency]
    return reading
  }

  /// The unit of all parts; nil where they differ.
  public var unit: SigUnit? {
    let units = Set(parts.map(\.unit))
    return units.count == 1 ? units.first : nil
  }

  /// The largest amount that the parts add up to, whatever the maximum; nil where there is none.
  var uncapped: ExactNumber? {
    let each = parts.compactMap(\.largest)
    guard !each.isEmpty, unit != nil else { return nil }
    return isSequence ? each.max() : each.reduce(.zero, +)
  }

  /// The largest amount that a day may hold, in `unit`; nil where there is none.
  public var largest: ExactNumber? {
    guard let all = uncapped, let maximum, maximum.unit == unit, !reasons.contains(.aboveMaximum) else {
      return uncapped
    }
    // A maximum bounds what is taken as needed; it never is the dose itself.
    return reasons.contains(.noFrequency) ? maximum.amount : min(all, maximum.amount)
  }
}
