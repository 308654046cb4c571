public import ThecalBatch
import ThecalDosing

/// How a batch went, in words.
public struct BatchText: Sendable {
  private let summary: BatchSummary

  /// The words for `summary`.
  public init(_ summary: BatchSummary) { self.summary = summary }

  /// Counts by status, the columns that were not read, and the three gravest results.
  public var text: String {
    let counts = [Status.ok, .review, .blocked, .error].map { "\(summary.count($0)) \($0.rawValue)" }
    var lines = ["\(summary.total) result\(summary.total == 1 ? "" : "s"): \(counts.joined(separator: ", "))"]
    if summary.isWindows1252 {
      lines.append("the input is not UTF-8 and was read as Windows-1252: save it as \"CSV UTF-8\"")
    }
    if !summary.unknownColumns.isEmpty {
      lines.append("columns not read, carried along: \(summary.unknownColumns.joined(separator: ", "))")
    }
    if !summary.worst.isEmpty {
      lines.append("needs attention first:")
      lines += summary.worst.map {
        "  \($0.patient) (\($0.target.isEmpty ? "no drug" : $0.target)): \($0.status.rawValue). \($0.findings.map(\.text).joined(separator: " "))"
      }
    }
    return lines.joined(separator: "\n")
  }
}
