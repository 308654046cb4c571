public import ThecalQuantities

/// What one drug asks for after a gap of a certain length.
public struct RestartRule: Hashable, Sendable, Decodable {
  /// How delivery is taken up again.
  public enum Kind: String, CaseIterable, Hashable, Sendable, Decodable {
    /// The programme goes on.
    case asProgrammed = "as_programmed"
    /// Patient, pump and catheter are looked at first.
    case assessFirst = "assess_first"
    /// The dose before the gap, or nearly so, under monitoring.
    case restorePrevious = "restore_previous"
    /// The dose of someone who never had the drug.
    case asNew = "as_new"
  }

  /// The drugs it is for.
  public let drugs: [String]
  /// The rule holds for gaps longer than this, in hours, until a rule with a longer one does.
  public let afterHours: ExactNumber
  /// What is done.
  public let kind: Kind
  /// What is known, each sentence with its source.
  public let words: [Statement]
  /// Where the length of the gap stands.
  public let citation: Citation

  private enum CodingKeys: String, CodingKey { case drugs, afterHours, words, kind = "restart" }

  /// Reads the rule and, from the same object, the citation of its gap.
  public init(from decoder: any Decoder) throws {
    let entry = try decoder.container(keyedBy: CodingKeys.self)
    drugs = try entry.decode([String].self, forKey: .drugs)
    afterHours = try entry.decode(ExactNumber.self, forKey: .afterHours)
    kind = try entry.decode(Kind.self, forKey: .kind)
    words = try entry.decode([Statement].self, forKey: .words)
    citation = try Citation(from: decoder)
  }
}

extension PumpRules {
  /// A length, volume or time about a pump, and the range outside which it was not meant.
  public struct Size: Hashable, Sendable, Decodable {
    /// What is measured.
    public enum Name: String, Hashable, Sendable, Decodable {
      /// Everything between reservoir and tip.
      case path
      /// The implanted catheter.
      case catheterLength = "catheter_length"
      /// What lies inside the pump.
      case tubing
      /// The volume per length of a catheter.
      case bore
      /// What cannot be delivered from a reservoir.
      case residual
      /// The volume at which an alarm is set.
      case alarm
      /// What is made of one preparation, or a part of it.
      case compounded
      /// The finest mark of a syringe.
      case syringeMark = "syringe_mark"
      /// What a vial holds.
      case vial
      /// How long a programme lasts.
      case daysOfFilling = "days_of_filling"
    }

    /// What is measured.
    public let name: Name
    /// The range of what can be meant.
    public let range: CitedRange

    private enum CodingKeys: String, CodingKey { case name = "size" }

    /// Reads the name and, from the same object, the range.
    public init(from decoder: any Decoder) throws {
      name = try decoder.container(keyedBy: CodingKeys.self).decode(Name.self, forKey: .name)
      range = try CitedRange(from: decoder)
    }
  }

  /// The range of what `name` can mean; nil where none is on record.
  public func size(_ name: Size.Name) -> CitedRange? { sizes.first { $0.name == name }?.range }
}
