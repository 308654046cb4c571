import ThecalDosing
public import ThecalFormulary
import ThecalQuantities

/// What the data's own test program found.
public struct DataCheck: Sendable {
  private let version: String
  private let findings: [DataFinding]

  /// What was found in the data of this version.
  public init(_ findings: [DataFinding], version: String) {
    (self.findings, self.version) = (findings, version)
  }

  /// Whether the data must not be used.
  public var hasErrors: Bool { findings.contains { $0.severity == .error } }

  /// Errors one by one, notes counted by file or, if asked for, one by one.
  public func text(namingUnverified: Bool) -> String {
    let errors = findings.filter { $0.severity == .error }.map {
      "error: \($0.file) \($0.place): \($0.message)"
    }
    let notes = findings.filter { $0.severity == .note }
    let named =
      namingUnverified ? notes.map { "unverified: \($0.file) \($0.place): \($0.message)" } : byFile(notes)
    let verdict = hasErrors ? "the data must not be used" : "intact, every figure with a source and its place"
    return
      (errors + named + ["data \(version): \(verdict); \(notes.count) figures not compared with their source"])
      .joined(separator: "\n")
  }

  /// The findings for a program.
  public var answer: Answer {
    let listed = findings.map { finding in
      AnswerValue.object([
        AnswerField("severity", .text(finding.severity.rawValue)), AnswerField("file", .text(finding.file)),
        AnswerField("place", .text(finding.place)), AnswerField("message", .text(finding.message)),
      ])
    }
    return Answer(
      text: text(namingUnverified: false), status: hasErrors ? .error : .ok,
      message: hasErrors ? "the data must not be used" : "",
      fields: [AnswerField("data", .text(version)), AnswerField("findings", .list(listed))])
  }

  private func byFile(_ notes: [DataFinding]) -> [String] {
    Dictionary(grouping: notes, by: \.file).sorted { $0.key < $1.key }.map {
      "\($0.value.count) unverified in \($0.key)"
    }
  }
}
