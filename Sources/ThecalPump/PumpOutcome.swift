public import ThecalDosing
public import ThecalFormulary

/// What a calculation found beside its figures.
public struct PumpOutcome: Hashable, Sendable {
  /// A figure that nobody has read in its source.
  public struct UnreadFigure: Hashable, Sendable {
    /// What it is.
    public let name: String
    /// Where it should stand.
    public let citation: Citation
  }

  /// Checks and concerns, in the order in which they arose.
  public let findings: Findings
  /// The figures that were used without anyone having read them.
  public let unread: [UnreadFigure]
  /// Ids of what the result rests on, each once.
  public let sources: [String]
  /// Whether a refusal is one that another request would mend: a flow, a filling, a strength, and not a drug or a slip.
  public let isMendable: Bool
  /// What would work instead; nil where nothing is refused, and where something is that no other request mends.
  public let alternative: Finding?

  /// What the findings amount to.
  public var status: Status { findings.status }
  /// Whether no dose may come out.
  public var isRefused: Bool { findings.isRefused }
  /// The codes of all concerns.
  public var codes: [Code] { findings.codes.codes }
}

extension PumpTopic {
  /// What is said of a result, and so of none where nothing may result.
  static let results: Set<PumpTopic> = [
    .pathAboveDailyDose, .bolusRounded, .weakerSolution, .roundingLarge, .replacementOverdue,
  ]

  /// The room of the pump.
  public static var room: Room { .pump }
}
