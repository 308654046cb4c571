import Testing

@testable import ThecalQuantities

private func problem(_ text: String, _ format: NumberFormat = NumberFormat()) -> NumberProblem? {
  do throws(NumberProblem) {
    _ = try NumberReader(format).read(text)
    return nil
  } catch {
    return error
  }
}

@Test(arguments: [
  ("0", "0"), ("5", "5"), ("0.5", "0.5"), ("00.50", "0.5"), (" 12 ", "12"), ("\t7.25\n", "7.25"),
  ("123456789.123456789", "123456789.123456789"),
  ("0.000000000000001", "0.000000000000001"), ("\u{00A0}3\u{200B}", "3"),
  ("999999999999999999", "999999999999999999"),
])
func `plain digits are read exactly`(text: String, expected: String) throws {
  #expect(try NumberReader().read(text).plainText == expected)
}

/// A text that is refused, and a piece of what the user is told.
private let hints: [(String, String)] = [
  ("", "is empty"), ("1e3", "without an exponent"), ("+5", "leave the plus sign away"),
  ("-5", "must not be negative"), ("−5", "must not be negative"),
  (".5", "(0.5?)"), ("5.", "(5?)"), ("5 mg", "the unit belongs"), ("5mg", "the unit belongs"),
  ("1O", "(10?)"), ("l0", "(10?)"), ("S", "plain number"),
  ("٥", "(5?)"), ("1 500", "(1500?)"), ("1'500", "(1500?)"), ("<5", "a bound"),
  (">5", "a bound"), ("0x10", "hexadecimal"), ("n/a", "no number"), ("none", "no number"),
  ("NaN", "no number"), ("foo", "write digits with a point"),
  ("99999999999999999999999999999999999999999999", "more digits than any dose"),
]

@Test(arguments: hints.indices) func `a refusal says what to write instead`(index: Int) {
  let (text, hint) = hints[index]
  #expect(
    problem(text)?.explanation.contains(hint) == true, "\(String(describing: problem(text)?.explanation))")
}

@Test(arguments: [
  ("1,500", ["1500", "1.5"]), ("12,50", ["1250", "12.5"]), ("1,5", ["15", "1.5"]),
  ("0,125", ["125", "0.125"]), ("1.500,25", ["1500.25", "1.50025"]),
  ("1,234,567", ["1234567"]), ("1.234.567", ["1234567"]),
])
func `two readings are both shown, and none is taken`(text: String, readings: [String]) {
  guard case .ambiguous(let found)? = problem(text) else {
    Issue.record("\(text) was read as \(String(describing: problem(text)))")
    return
  }
  #expect(found == readings)
  #expect(problem(text)?.explanation.contains("write it without separators") == true)
}

@Test func `exponents and signs are read where the document has them`() throws {
  let format = NumberFormat(exponents: true, negative: true)
  #expect(try NumberReader(format).read("3.0e-5") == 0.00003 && NumberReader(format).read("-2E2") == -200)
  #expect(problem("1e-401", format) != nil && problem("e5", format) != nil && problem("1e", format) != nil)
  #expect(
    problem("-3", NumberFormat(exponents: true)) != nil && problem("3e1", NumberFormat(negative: true)) != nil
  )
}

@Test func `with a decimal comma the point is the stranger`() throws {
  let format = NumberFormat(decimalComma: true)
  #expect(try NumberReader(format).read("0,25") == 0.25 && NumberReader(format).read("1500") == 1_500)
  #expect(
    problem("0.25", format) != nil && problem("1.500", format) == .ambiguous(readings: ["1500", "1.5"]))
  #expect(problem(",5", format)?.explanation.contains("0,5?") == true)
}

@Test func `whatever is read reads back, and what a dose cannot be is never read`() throws {
  var random = SplitMix(state: 31)
  for _ in 0..<2_000 {
    let number = ExactNumber(
      Int(random.next() % 1_000_000_000), over: [1, 10, 100, 1_000, 10_000][Int(random.next() % 5)])
    #expect(try NumberReader().read(number.plainText) == number)
    #expect(throws: NumberProblem.self) { try NumberReader().read("-" + number.plainText) }
    #expect(throws: NumberProblem.self) { try NumberReader().read(number.plainText + " mg") }
  }
}

@Test func `no text makes the reader stop, and none is read that holds a letter`() {
  var random = SplitMix(state: 37)
  let letters = Array("0123456789.,-+eE mgOl/%µ<>'")
  for _ in 0..<3_000 {
    let text = String(
      (0..<Int(random.next() % 8)).map { _ in letters[Int(random.next() % UInt64(letters.count))] })
    guard problem(text) == nil else { continue }
    let bare = text.filter { !$0.isWhitespace }
    #expect(!bare.isEmpty && bare.allSatisfy { "0123456789.".contains($0) }, "\(text)")
  }
}

@Test(arguments: [("5/10", "5"), ("0/10", "0"), (" 7.5 / 10 ", "7.5"), ("10/10", "10"), ("6", "6")])
func `a score may have its scale behind it`(text: String, expected: String) throws {
  #expect(try NumberReader().read(text, outOf: 10).plainText == expected)
}

@Test(arguments: ["5/11", "5/1", "5/100"])
func `a score on another scale is none, and the hint names the scale`(text: String) {
  let problem = #expect(throws: NumberProblem.self) { try NumberReader().read(text, outOf: 10) }
  #expect(problem?.explanation.contains("from 0 to 10") == true)
}

@Test(arguments: ["5/", "/10", "5/10/10", "a/10", "5/b", ""])
func `what is no score is no number either`(text: String) {
  #expect(throws: NumberProblem.self) { try NumberReader().read(text, outOf: 10) }
}
