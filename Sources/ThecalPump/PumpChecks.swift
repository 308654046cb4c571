import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// Keeps account while a calculation runs: what was checked and found, and the figures that it rests on.
struct PumpChecks {
  /// What a figure does to the result.
  enum Weight {
    /// The result would be another with another figure.
    case decides
    /// The figure is shown, or lies far from deciding.
    case informs
  }

  let rules: DosingRules
  /// Whether checks that pass are written down; a batch of a million rows leaves them out.
  let keepsPassed: Bool
  private(set) var findings = Findings()
  private var sources: [String] = []
  private var unread: [PumpOutcome.UnreadFigure] = []
  private var unreadCode: Code?

  /// How far inside an unread limit a value must lie for the limit not to matter.
  ///
  /// A limit that nobody has read may be wrong; it is taken not to be wrong by more than this factor.
  static let unreadMargin = ExactNumber(10)

  /// The codes of what no other request mends.
  private static let final: Set<Code> = [
    .neverIntrathecal, .typoSuspected, .implausibleDose, .overLimit, .overConcentration, .unknownDrug,
    .noConversion,
    .impossiblePump,
  ]

  init(_ rules: DosingRules = .standard, keepsPassed: Bool = true) {
    self.rules = rules
    self.keepsPassed = keepsPassed
  }

  var isRefused: Bool { findings.isRefused }

  mutating func add(
    _ topic: PumpTopic, _ code: Code?, _ severity: Severity? = nil, _ evidence: [Evidence] = [],
    citing citations: [Citation] = []
  ) {
    if severity == .passed, !keepsPassed { return }
    findings.add(Finding(topic, code, severity, evidence, citing: citations))
  }

  mutating func add(_ found: [Finding]) {
    findings.add(keepsPassed ? found : found.filter { $0.severity > .passed })
  }

  /// Records a check with the same evidence whether it is met or not; says whether it was.
  @discardableResult
  mutating func check(
    _ holds: Bool, passed: (topic: PumpTopic, code: Code?), failed: (topic: PumpTopic, code: Code),
    _ evidence: @autoclosure () -> [Evidence] = [], severity: Severity? = nil
  ) -> Bool {
    if !holds {
      add(failed.topic, failed.code, severity, evidence())
    } else if keepsPassed {
      add(passed.topic, passed.code, .passed, evidence())
    }
    return holds
  }

  mutating func cite(_ citation: Citation) {
    if !citation.source.isEmpty, !sources.contains(citation.source) { sources.append(citation.source) }
  }

  /// The value of a figure of the pump.
  mutating func use<Value>(_ figure: Cited<Value>, as name: String, _ weight: Weight = .decides) -> Value {
    rest(on: figure.citation, as: name, weight, .deviceDataUnverified)
    return figure.value
  }

  /// The value of a figure of a drug.
  mutating func use<Value>(
    _ figure: Cited<Value>, of drug: PumpDrug, as name: String, _ weight: Weight = .decides
  )
    -> Value
  {
    rest(on: figure.citation, as: "\(drug.tallMan): \(name)", weight, .unverifiedSource)
    return figure.value
  }

  /// Notes that the result rests on `citation`; a figure of this project's own is not waiting to be read.
  mutating func rest(on citation: Citation, as name: String, _ weight: Weight, _ code: Code) {
    cite(citation)
    guard !citation.verified, !citation.isOwn else { return }
    let figure = PumpOutcome.UnreadFigure(name: name, citation: citation)
    if !unread.contains(figure) { unread.append(figure) }
    if weight == .decides, unreadCode != .deviceDataUnverified { unreadCode = code }
  }

  /// Closes the account; `alternative` is what would work instead.
  func outcome(_ alternative: Finding? = nil) -> PumpOutcome {
    // What is good to know about a result says nothing, and names doses, where there is none.
    var all =
      findings.isRefused
      ? Findings(
        findings.all.filter { finding in
          finding.severity != .note && !PumpTopic.results.contains { finding.isAbout($0) }
        }) : findings
    let refusals = all.all.filter { $0.severity >= .blocked }.compactMap(\.code)
    let isMendable = all.status < .error && !refusals.contains(where: PumpChecks.final.contains)
    if let unreadCode, isMendable {
      all.add(Finding(PumpTopic.figuresNotRead, unreadCode, .review))
    } else if !unread.isEmpty, keepsPassed, !all.isRefused {
      all.add(Finding(PumpTopic.figuresNotRead, nil, .note))
    }
    return PumpOutcome(
      findings: all, unread: unread, sources: all.sources + sources.filter { !all.sources.contains($0) },
      isMendable: isMendable, alternative: isMendable && all.isRefused ? alternative : nil)
  }

  /// What would work instead, as a finding.
  static func instead(_ topic: PumpTopic, _ evidence: [Evidence] = []) -> Finding {
    Finding(topic, nil, .note, evidence)
  }
}
