extension NumberReader {
  /// Reads what the fast path did not: signs and exponents where they are allowed, or says what is wrong.
  func readSlowly(_ raw: String) throws(NumberProblem) -> ExactNumber {
    let text = raw.trimmed
    if text.isEmpty { throw .empty }
    if let problem = foreignDigits(text) ?? words(text) ?? separators(text) ?? nakedPoint(text) {
      throw problem
    }
    let scientific = text.first?.isLetter == false && text.contains { $0 == "e" || $0 == "E" }
    if scientific && !format.exponents { throw .malformed(hint: "write it out, without an exponent") }
    if text.hasPrefix("+") { throw .malformed(hint: "leave the plus sign away") }
    if text.hasPrefix("-") && !format.negative { throw .malformed(hint: "it must not be negative") }
    let plain = format.decimalComma ? String(text.map { $0 == "," ? "." : $0 }) : text
    guard let number = ExactNumber(decimal: plain) else {
      if plain.count > 20, plain.allSatisfy({ $0.isASCIIDigit || $0 == "." }) {
        throw .outOfRange(hint: "it has more digits than any dose")
      }
      throw .malformed(hint: "write digits with a \(format.decimalComma ? "comma" : "point") at most")
    }
    if !number.isExact { throw .outOfRange(hint: "no clinical quantity is that large or that small") }
    return number
  }

  /// The score that `text` is on a scale that ends at `top`: a number, or one with its scale behind it, `5/10`.
  public func read(_ text: String, outOf top: ExactNumber) throws(NumberProblem) -> ExactNumber {
    let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
    guard parts.count == 2, let score = try? read(parts[0]), let scale = try? read(parts[1]) else {
      return try read(text)
    }
    guard scale == top else {
      throw .malformed(
        hint: "a score is one number from 0 to \(top.plainText), alone or as 1/\(top.plainText)")
    }
    return score
  }

  /// Digits of another script, or letters that look like digits.
  private func foreignDigits(_ text: String) -> NumberProblem? {
    let folded = String(text.map { $0.wholeNumberValue.map { digit in Character("\(digit)") } ?? $0 })
    if folded != text, folded.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "," }) {
      return .malformed(hint: "use ASCII digits (\(folded)?)")
    }
    let lookalikes: [Character: Character] = ["O": "0", "o": "0", "l": "1", "I": "1", "S": "5", "B": "8"]
    let repaired = String(text.map { lookalikes[$0] ?? $0 })
    if repaired != text, text.contains(where: \.isASCIIDigit),
      repaired.allSatisfy({ $0.isASCIIDigit || $0 == "." })
    {
      return .malformed(hint: "it holds a letter that looks like a digit (\(repaired)?)")
    }
    return nil
  }

  /// Texts that other programs take for numbers, and numbers with their unit.
  private func words(_ text: String) -> NumberProblem? {
    let lower = text.lowercased()
    if ["nan", "inf", "+inf", "-inf", "infinity", "-infinity", "null", "none", "n/a", "na", "-"].contains(
      lower)
    {
      return .malformed(hint: "it stands for no number")
    }
    if lower.hasPrefix("0x") { return .malformed(hint: "hexadecimal digits are not read") }
    if let problem = twoNumbers(lower) { return problem }
    if lower.hasPrefix("<") || lower.hasPrefix(">") { return .malformed(hint: "a bound is not a number") }
    let tail = lower.drop { $0.isASCIIDigit || $0 == "." || $0 == "," || $0.isWhitespace }
    let exponent =
      tail.first == "e" && tail.dropFirst().allSatisfy { $0.isASCIIDigit || $0 == "-" || $0 == "+" }
    if tail.first?.isLetter == true, tail.count != lower.count, !exponent {
      return .malformed(hint: "the unit belongs in its own place, not behind the number")
    }
    return text.hasPrefix("−") ? .malformed(hint: "it must not be negative") : nil
  }

  /// `5-10` and `5/325`: a digit on both sides of the sign.
  private func twoNumbers(_ text: String) -> NumberProblem? {
    for (signs, problem) in [("-–—", NumberProblem.range), ("/", .ratio)] {
      let parts = text.split(maxSplits: 1, omittingEmptySubsequences: false) { signs.contains($0) }
      guard parts.count == 2, parts[0].reversed().first(where: { !$0.isWhitespace })?.isASCIIDigit == true,
        parts[1].first(where: { !$0.isWhitespace })?.isASCIIDigit == true
      else { continue }
      return problem
    }
    return nil
  }

  /// Thousands separators and decimal marks of another locale.
  private func separators(_ text: String) -> NumberProblem? {
    let bare = text.filter { !$0.isWhitespace && $0 != "'" && $0 != "’" }
    if bare != text, bare.allSatisfy({ $0.isASCIIDigit || $0 == "." || $0 == "," }) {
      return .malformed(hint: "leave the separators away (\(bare)?)")
    }
    let parts = text.split(omittingEmptySubsequences: false) { $0 == "," || $0 == "." }
    guard parts.count > 1, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isASCIIDigit) }) else {
      return nil
    }
    let foreign: Character = format.decimalComma ? "." : ","
    guard text.contains(foreign) || parts.count > 2 else { return nil }
    return .ambiguous(readings: readings(of: text, parts: parts))
  }

  /// Every number that `text` is in some locale, the likeliest first.
  private func readings(of text: String, parts: [Substring]) -> [String] {
    let joined = parts.joined()
    let lastIsGroup = parts.last?.count == 3
    let decimal = parts.dropLast().joined() + "." + (parts.last ?? "")
    let single = text.lastIndex(of: ",") == nil || text.lastIndex(of: ".") == nil
    var found: [String] = []
    if lastIsGroup || (parts.count == 2 && single) { found.append(joined) }
    if parts.count == 2 || !single { found.append(decimal) }
    if !single { found.append(parts[0] + "." + parts.dropFirst().joined()) }
    let plain = found.compactMap { ExactNumber(decimal: $0)?.plainText }
    return plain.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// `.5` and `5.`: one lost point makes them 5 and 5 or 50.
  private func nakedPoint(_ text: String) -> NumberProblem? {
    let mark: Character = format.decimalComma ? "," : "."
    let digits = text.filter { $0 != mark }
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    if text.first == mark { return .malformed(hint: "write a zero before the point (0\(text)?)") }
    return text.last == mark ? .malformed(hint: "end it without a point (\(digits)?)") : nil
  }
}

extension Character {
  /// One of 0 through 9.
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}

extension String {
  /// The text without white space, no-break spaces and invisible marks at its ends.
  var trimmed: String {
    let invisible: Set<Unicode.Scalar> = ["\u{200B}", "\u{200E}", "\u{200F}", "\u{FEFF}"]
    func blank(_ c: Character) -> Bool { c.isWhitespace || c.unicodeScalars.allSatisfy(invisible.contains) }
    return String(drop(while: blank).reversed().drop(while: blank).reversed())
  }
}
