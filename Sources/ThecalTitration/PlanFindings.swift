public import ThecalDosing
package import ThecalFormulary

/// What was found about a plan: how it may be used, why, and who says so.
public struct PlanFindings: Hashable, Sendable {
  /// A figure that nobody has read in its source, or this project's own, and what rests on it.
  public struct Unverified: Hashable, Sendable {
    /// The id of the source.
    public let source: String
    /// What rests on it.
    public let part: String
  }

  /// What the rules found, in order.
  package private(set) var findings = Findings()
  /// Figures that acted although nobody has read them in their source, each once.
  public private(set) var unverified: [Unverified] = []
  private var cited: Set<String> = []

  /// Nothing found yet.
  package init() {}

  /// How the plan may be used.
  public var status: Status { max(findings.status, unverified.isEmpty ? .ok : .review) }

  /// Why, for programs.
  public var codes: [Code] {
    var set = findings.codes
    for finding in closing { finding.code.map { set.insert($0) } }
    return set.codes
  }

  /// Every finding, with one for the unverified figures that acted.
  public var all: [Finding] { findings.all + closing }

  /// The ids of the sources.
  public var sources: Set<String> { cited.union(findings.sources) }

  /// Whether the plan is refused.
  public var isBlocked: Bool { findings.isRefused }

  private var closing: [Finding] {
    func finding(_ topic: DosingTopic, _ code: Code, _ figures: [Unverified]) -> Finding? {
      if figures.isEmpty { return nil }
      let parts = figures.map(\.part).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      return Finding(topic, code, .review, [.list(parts.map { .text($0) })])
    }
    return [
      finding(.unverifiedFigures, .unverifiedSource, unverified.filter { $0.source != Citation.ownSource }),
      finding(.ownCutoffs, .ownCutoff, unverified.filter { $0.source == Citation.ownSource }),
    ].compactMap(\.self)
  }

  /// Adds a finding.
  package mutating func add(_ finding: Finding) { findings.add(finding) }

  /// Adds what was found about the plan.
  package mutating func add(
    _ code: Code, _ status: Status, _ topic: TitrationTopic, _ evidence: [Evidence] = []
  ) {
    let severity: Severity =
      switch status {
      case .ok: .note
      case .review: .review
      case .blocked: .blocked
      case .error: .error
      }
    findings.add(Finding(topic, code, severity, evidence))
  }

  /// Notes that a figure acts on the result.
  package mutating func rest(on source: String?, isVerified: Bool, _ part: String) {
    guard let source, !source.isEmpty else { return }
    cited.insert(source)
    let entry = Unverified(source: source, part: part)
    if !isVerified, !unverified.contains(entry) { unverified.append(entry) }
  }

  /// Notes that a figure acts on the result.
  package mutating func rest(on citation: Citation, _ part: String) {
    rest(on: citation.source, isVerified: citation.verified, part)
  }
}
