import ThecalDosing
import ThecalQuantities

// How text and numbers are laid out, the same in every report.

extension String {
  /// The text with spaces behind it up to `width` characters.
  func padded(to width: Int) -> String { self + String(repeating: " ", count: Swift.max(1, width - count)) }
}

extension Double {
  /// `1,234` to so many significant digits, as a person reads it.
  func clinical(_ digits: Int = 3) -> String {
    ClinicalText.number(ExactNumber(self).rounded(toSignificantDigits: digits))
  }
}

extension ExactNumber {
  /// Six digits: more than any prediction is worth, and short to read.
  var shown: ExactNumber { rounded(toSignificantDigits: 6) }
}

extension AnswerValue {
  /// A prediction in six digits.
  static func shown(_ value: Double) -> AnswerValue { .number(ExactNumber(value).shown) }

  /// A prediction in six digits, or nothing.
  static func shown(_ value: Double?) -> AnswerValue { value.map { .shown($0) } ?? .null }
}

extension Array where Element: Hashable {
  /// Each once, in the order of their first places.
  var distinct: [Element] { reduce(into: []) { if !$0.contains($1) { $0.append($1) } } }
}

/// A section of a page, for Mustache: an empty text would open one, and what is not there must be false.
func section(_ text: String) -> Any { text.isEmpty ? false as Any : ["text": text] }

/// A section of a page with `items`; none where there are none.
func section(_ items: [String]) -> Any {
  items.isEmpty ? false as Any : ["items": items.map { ["text": $0] }]
}

extension [Finding] {
  /// The findings in words, each once. What several calculations say of the figures that they rest on is said in one list.
  var sentences: [String] {
    var merged: [Finding] = []
    for finding in self {
      let kind = [DosingTopic.unverifiedFigures, .ownCutoffs].first {
        finding.isAbout($0) && finding.place == nil
      }
      guard let kind, let place = merged.firstIndex(where: { $0.isAbout(kind) }),
        case .list(let before)? = merged[place].evidence.first, case .list(let more)? = finding.evidence.first
      else {
        merged.append(finding)
        continue
      }
      let all = before + more.filter { !before.contains($0) }
      merged[place] = Finding(kind, finding.code, finding.severity, [.list(all)])
    }
    return merged.map(\.text).distinct
  }
}

extension [[String]] {
  /// The rows with their columns one below the other, ends aligned.
  var aligned: [String] {
    let widths = (first ?? []).indices.map { column in map { $0[column].count }.max() ?? 0 }
    return map { row in
      "  "
        + zip(row, widths).map { String(repeating: " ", count: $1 - $0.count) + $0 }.joined(separator: "  ")
    }
  }
}
