/// What there is to say about a plan: how it may be used, why, and who says so.
package struct TitrationLedger: Hashable, Sendable {
  /// How a plan may be used.
  package enum Status: String, Comparable, Hashable, Sendable {
    /// Within the rules, from figures that were read.
    case ok
    /// To be confirmed by a pharmacist or physician.
    case review
    /// Refused: no dose is given.
    case blocked

    package static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
    private var rank: Int { self == .ok ? 0 : self == .review ? 1 : 2 }
  }

  /// A reason for programs.
  package enum Code: String, CaseIterable, Hashable, Sendable {
    case unverifiedSource = "UNVERIFIED_SOURCE"
    case screeningRequired = "SCREENING_REQUIRED"
    case noResponse = "NO_RESPONSE"
    case opioidNaiveCap = "OPIOID_NAIVE_CAP"
    case toleranceUnknown = "TOLERANCE_UNKNOWN"
    case contraindicated = "CONTRAINDICATED"
    case notMonitored = "NOT_MONITORED"
    case noProtocol = "NO_PROTOCOL"
    case missingField = "MISSING_FIELD"
    case overLimit = "OVER_LIMIT"
    case belowPumpMinimum = "BELOW_PUMP_MINIMUM"
    case flowOutOfRange = "FLOW_OUT_OF_RANGE"
    case settingMismatch = "SETTING_MISMATCH"
    case targetNotReached = "TARGET_NOT_REACHED"
    case prediction = "PREDICTION"
    case offLabel = "OFF_LABEL"
    case stopRule = "STOP_RULE"
    case conflictingValues = "CONFLICTING_VALUES"
    case population = "POPULATION"
    case restart = "RESTART"
  }

  /// How the plan may be used.
  package private(set) var status = Status.ok
  /// Why, for programs.
  package private(set) var codes: [Code] = []
  /// Why, for people.
  package private(set) var messages: [String] = []
  /// The ids of the sources.
  package private(set) var sources: Set<String> = []

  /// Nothing to say yet.
  package init() {}

  /// Whether the plan is refused.
  package var isBlocked: Bool { status == .blocked }

  /// Adds a finding.
  package mutating func add(_ code: Code, _ status: Status, _ message: String) {
    self.status = max(self.status, status)
    if !codes.contains(code) { codes.append(code) }
    if !messages.contains(message) { messages.append(message) }
  }

  /// Notes that a figure acts on the result.
  package mutating func rest(on source: String?, isVerified: Bool, _ what: String) {
    guard let source else { return }
    sources.insert(source)
    if !isVerified {
      add(
        .unverifiedSource, .review,
        "\(what) rests on a figure that nobody has read in its source (\(source)): check it.")
    }
  }
}
