public import ThecalFormulary

/// What a rule found: the reason for machines, its weight, the figures, and who says so.
///
/// A finding carries no sentence. Rules and tests compare its topic, code and evidence; `ThecalReports` alone turns it into
/// words, so that neither breaks the other.
///
/// A reference to what never changes: most findings are made once and shared by all patients, and a batch hands millions of them on.
public struct Finding: Sendable {
  private final class Content: Sendable {
    let topic: Topic
    let code: Code?
    let severity: Severity
    let evidence: [Evidence]
    let citations: [Citation]
    let place: Place?

    init(
      _ topic: Topic, _ code: Code?, _ severity: Severity, _ evidence: [Evidence], _ citations: [Citation],
      _ place: Place?
    ) {
      (self.topic, self.code, self.severity) = (topic, code, severity)
      (self.evidence, self.citations, self.place) = (evidence, citations, place)
    }
  }

  private let content: Content

  /// What was found; several topics may share a code.
  public var topic: Topic { content.topic }
  /// The machine-readable reason; nil where the finding only informs.
  public var code: Code? { content.code }
  /// What it does to the result.
  public var severity: Severity { content.severity }
  /// The values that the sentence names, in the order of its places.
  public var evidence: [Evidence] { content.evidence }
  /// The figures and statements that it rests on.
  public var citations: [Citation] { content.citations }
  /// Where in an input it was seen; nil where it speaks of the patient as a whole.
  public var place: Place? { content.place }
  /// Which finding it is among those that are alive; the same for what is shared.
  package var identity: ObjectIdentifier { ObjectIdentifier(content) }

  /// A finding of `topic`; without a severity of its own it has that of its code, or informs.
  public init(
    _ topic: some FindingTopic, _ code: Code? = nil, _ severity: Severity? = nil, _ evidence: [Evidence] = [],
    citing citations: [Citation] = [], at place: Place? = nil
  ) {
    content = Content(
      Topic(topic), code, severity ?? code?.severity ?? .note, evidence, citations, place)
  }

  private init(_ content: Content) { self.content = content }

  /// Whether this is a finding of `topic`.
  public func isAbout(_ topic: some FindingTopic) -> Bool { self.topic == Topic(topic) }

  /// The same finding with another weight, where a command can do less with it than another.
  public func weighing(_ severity: Severity) -> Finding {
    Finding(Content(topic, code, severity, evidence, citations, place))
  }

  /// The same finding about a place of an input.
  public func at(_ place: Place?) -> Finding {
    guard let place else { return self }
    return Finding(Content(topic, code, severity, evidence, citations, place))
  }
}

extension Finding: Hashable {
  /// Whether both say the same.
  public static func == (a: Finding, b: Finding) -> Bool {
    a.content === b.content
      || (a.topic == b.topic && a.code == b.code && a.severity == b.severity && a.place == b.place
        && a.evidence == b.evidence && a.citations == b.citations)
  }

  /// Feeds what tells findings apart.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(topic)
    hasher.combine(evidence)
    hasher.combine(place)
  }
}

/// A place in an input: a line, counted from 1 with the header, a column or key, or both.
public struct Place: Hashable, Sendable {
  /// The line; nil for an input without lines.
  public let line: Int?
  /// The column, key or flag.
  public let field: String?

  /// A place; a line below one is none.
  public init(line: Int? = nil, field: String? = nil) {
    self.line = line.flatMap { $0 > 0 ? $0 : nil }
    self.field = field
  }
}

/// The things that one module can find; an enumeration, so that a topic without a sentence does not compile.
public protocol FindingTopic: RawRepresentable<UInt8>, CaseIterable, Hashable, Sendable {
  /// The module's number among those that find things.
  static var room: Room { get }
}

/// The modules that find things.
public enum Room: UInt8, CaseIterable, Hashable, Sendable {
  case dosing, conversion, reading, pump, titration, response, intake, transport, plan
}

/// A topic of any module.
public struct Topic: Hashable, Sendable {
  /// The module.
  public let room: Room
  /// The topic's number there.
  public let number: UInt8

  /// The topic as a value of its own.
  public init<T: FindingTopic>(_ topic: T) {
    room = T.room
    number = topic.rawValue
  }
}

/// Findings in the order in which they were made, with what they amount to.
public struct Findings: Hashable, Sendable {
  /// Every finding.
  public private(set) var all: [Finding] = []
  /// The gravest of them.
  public private(set) var status = Status.ok
  /// Their codes; a check that was met has none here.
  public private(set) var codes = CodeSet()

  /// Nothing found.
  public init() {}

  /// Several findings.
  public init(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Adds a finding, which can only make the status graver; the same finding twice counts once.
  public mutating func add(_ finding: Finding) {
    if all.contains(finding) { return }
    all.append(finding)
    if let code = finding.code, finding.severity > .passed { codes.insert(code) }
    status = max(status, finding.severity.status)
  }

  /// Adds several.
  public mutating func add(_ findings: [Finding]) {
    for finding in findings { add(finding) }
  }

  /// Whether no dose may come out any more.
  public var isRefused: Bool { !status.allowsDoses }

  /// The ids of the sources of all findings, each once.
  public var sources: [String] {
    all.flatMap(\.citations).map(\.source).reduce(into: []) {
      if !$0.contains($1) && !$1.isEmpty { $0.append($1) }
    }
  }

  /// Makes room for `count` findings.
  public mutating func reserve(_ count: Int) { all.reserveCapacity(count) }
}
