import Thecal

extension PumpAnswer {
  /// One JSON object on one line: status, codes, message, the figures, sources.
  var json: String {
    let head = [
      PumpPart("status", .text(status.rawValue)), PumpPart("codes", .list(codes.map(PumpValue.text))),
      PumpPart("message", .text(message)),
    ]
    let body = shownFields.map { PumpPart($0.key, $0.value) }
    let tail = [
      PumpPart("alternative", status == .blocked ? alternative.map(PumpValue.text) ?? .none : .none),
      PumpPart("formulas", .list(formulas.map(PumpValue.text))),
      PumpPart("sources", .list(sources.map(PumpValue.text))),
    ]
    return PumpValue.record(head + body + tail).json
  }
}

extension PumpValue {
  /// The value as JSON; numbers are plain decimals that read back.
  var json: String {
    switch self {
    case .none: "null"
    case .number(let number): number.plainText
    case .text(let text): quoted(text)
    case .flag(let yes): yes ? "true" : "false"
    case .list(let items): "[" + items.map(\.json).joined(separator: ", ") + "]"
    case .record(let parts):
      "{" + parts.map { quoted($0.key) + ": " + $0.value.json }.joined(separator: ", ") + "}"
    }
  }
}

/// `text` as a JSON string (RFC 8259).
private func quoted(_ text: String) -> String {
  var result = "\""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "\"": result += "\\\""
    case "\\": result += "\\\\"
    case "\n": result += "\\n"
    case "\r": result += "\\r"
    case "\t": result += "\\t"
    case _ where scalar.value < 0x20:
      let digits = String(scalar.value, radix: 16)
      result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result + "\""
}
