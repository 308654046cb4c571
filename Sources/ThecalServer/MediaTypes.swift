/// Which media type to answer in, by RFC 9110.
enum MediaTypes {
  /// The type of a header without its parameters, in lower case; nil for an empty one.
  static func bare(_ header: String?) -> String? {
    guard let first = header?.split(separator: ";", omittingEmptySubsequences: false).first else {
      return nil
    }
    let name = trimmed(first).lowercased()
    return name.isEmpty ? nil : name
  }

  /// The best of `offered` for an `Accept` header; nil where none will do.
  ///
  /// Among those that are equally welcome the first stands; without a header the first of all.
  static func choose(_ offered: [String], accept: String?) -> String? {
    guard let accept, accept.contains(where: { !$0.isWhitespace }) else { return offered.first }
    let ranges = accept.split(separator: ",").map(Range.init)
    var best: (type: String, weight: Double)?
    for type in offered {
      // The most exact range that covers a type says how welcome it is.
      guard let range = ranges.filter({ $0.covers(type) }).max(by: { $0.exactness < $1.exactness }) else {
        continue
      }
      if range.weight > 0, range.weight > best?.weight ?? 0 { best = (type, range.weight) }
    }
    return best?.type
  }

  private struct Range {
    let type: String
    let weight: Double

    init(_ text: Substring) {
      let parts = text.split(separator: ";").map { trimmed($0).lowercased() }
      type = parts.first ?? ""
      let given = parts.dropFirst().first { $0.hasPrefix("q=") }.map { Double($0.dropFirst(2)) ?? 0 }
      weight = min(max(given ?? 1, 0), 1)
    }

    var exactness: Int { type == "*/*" ? 0 : type.hasSuffix("/*") ? 1 : 2 }

    func covers(_ other: String) -> Bool {
      switch exactness {
      case 0: true
      case 1: other.hasPrefix(type.dropLast())
      default: other == type
      }
    }
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let start = text.drop(while: \.isWhitespace)
    guard let end = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
    return start[...end]
  }
}
