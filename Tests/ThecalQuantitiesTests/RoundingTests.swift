import Testing

@testable import ThecalQuantities

@Test(arguments: [
  ("1.25", 2, "1.3"), ("1.35", 2, "1.4"), ("-1.25", 2, "-1.3"), ("0.125", 2, "0.13"), ("2.5", 1, "3"),
  ("3.5", 1, "4"),
  ("12345", 4, "12350"), ("12344.9", 4, "12340"), ("0.00015", 1, "0.0002"), ("9.995", 3, "10"),
  ("999.5", 3, "1000"), ("7", 15, "7"),
])
func `a tie of significant digits goes away from zero`(text: String, digits: Int, expected: String) throws {
  let number = try #require(ExactNumber(decimal: text))
  #expect(number.rounded(toSignificantDigits: digits).plainText == expected)
}

@Test(arguments: [
  ("0.5", 0, "1"), ("1.5", 0, "2"), ("-0.5", 0, "-1"), ("0.45", 1, "0.5"), ("0.4499", 1, "0.4"),
  ("2.345", 2, "2.35"), ("84", 0, "84"),
  ("0.05", 1, "0.1"), ("123.456", 5, "123.456"),
])
func `a tie of places goes away from zero`(text: String, places: Int, expected: String) throws {
  let number = try #require(ExactNumber(decimal: text))
  #expect(number.rounded(toPlaces: places).plainText == expected)
}

@Test(arguments: [
  ("0.1999", 3, "0.199"), ("0.3", 3, "0.3"), ("-0.1999", 3, "-0.199"), ("1999", 3, "1990"),
  ("0.0009999", 2, "0.00099"), ("5", 3, "5"),
])
func `rounding down never goes farther from zero`(text: String, digits: Int, expected: String) throws {
  let number = try #require(ExactNumber(decimal: text))
  #expect(number.roundedDown(toSignificantDigits: digits).plainText == expected)
}

@Test(arguments: [("2.999", 2, "2.99"), ("2.99", 2, "2.99"), ("-2.999", 1, "-2.9"), ("0.009", 2, "0")])
func `places are cut off`(text: String, places: Int, expected: String) throws {
  let number = try #require(ExactNumber(decimal: text))
  #expect(number.roundedDown(toPlaces: places).plainText == expected)
}

@Test(
  arguments: [
    (ExactNumber(7), 7, 7), (ExactNumber(15, over: 2), 7, 8), (ExactNumber(-7), -7, -7),
    (ExactNumber(-15, over: 2), -8, -7),
    (0, 0, 0), (ExactNumber(1, over: 1_000), 0, 1), (ExactNumber(-1, over: 1_000), -1, 0),
  ] as [(ExactNumber, Int, Int)])
func `floor and ceiling hold the number between them`(number: ExactNumber, floor: Int, ceiling: Int) {
  #expect(number.floor == floor && number.ceiling == ceiling)
}

@Test func `rounding is between down and up, and a second time changes nothing`() {
  var random = SplitMix(state: 17)
  for _ in 0..<3_000 {
    let number = random.fraction()
    let digits = Int(random.next() % 6) + 1
    let (down, near) = (
      number.roundedDown(toSignificantDigits: digits), number.rounded(toSignificantDigits: digits)
    )
    let (size, lower) = (number < 0 ? -number : number, down < 0 ? -down : down)
    #expect(lower <= size && (near < 0 ? -near : near) >= lower)
    #expect(
      down.roundedDown(toSignificantDigits: digits) == down
        && near.rounded(toSignificantDigits: digits) == near)
    if number != .zero { #expect(size - lower < ExactNumber.powerOfTen(number.decimalExponent - digits + 1)) }
    #expect(
      ExactNumber(number.floor) <= number && number <= ExactNumber(number.ceiling)
        && number.ceiling - number.floor <= 1)
  }
}

@Test func `the decimal exponent is the power of ten just below`() {
  for (text, exponent) in [
    ("1", 0), ("9.99", 0), ("10", 1), ("0.1", -1), ("0.0999", -2), ("1000", 3), ("999", 2), ("-50", 1),
  ] {
    #expect(ExactNumber(decimal: text)?.decimalExponent == exponent, "\(text)")
  }
}

@Test func `comparison agrees with subtraction at every size`() {
  var random = SplitMix(state: 23)
  for _ in 0..<2_000 {
    let (a, b) = (random.fraction(), random.fraction())
    #expect((a < b) == (b > a) && (a < b) == ((b - a) > .zero) && (a == b) == !(a < b || b < a))
    #expect((a < b) == (a * 1_000_003 < b * 1_000_003) && (a < b) == (-b < -a))
  }
}

@Test func `whole numbers beyond a word stay at its end`() {
  let huge = ExactNumber(decimal: "1e30") ?? .zero
  #expect(huge.floor == .max && (-huge).floor == .min && huge.ceiling == .max && (-huge).ceiling == -.max)
  let beyond = huge * huge
  #expect(!beyond.isExact && beyond.floor == .max && (-beyond).ceiling == -.max)
  #expect((ExactNumber.one / beyond).floor == 0 && (ExactNumber.one / beyond).ceiling == 1)
}

/// 2 · 10³⁶ with two places would be 2 · 10³⁸, more than 2¹²⁷.
@Test(arguments: 0...4) func `a number too long for more places keeps those that it has`(places: Int) throws {
  for text in ["2e36", "3e35", "1.7e36", "-2e36"] {
    let number = try #require(ExactNumber(decimal: text))
    #expect(number.rounded(toPlaces: places) == number && number.roundedDown(toPlaces: places) == number)
  }
}

@Test func `the smallest number of all has an opposite too`() throws {
  // 2¹⁰³ · 2²⁴ and the sum of two halves of it: 2¹²⁷ is no number of 128 bits with a sign, but −2¹²⁷ is.
  let half = try #require(ExactNumber(decimal: "10141204801825835211973625643008"))
  let least = -half * ExactNumber(1 << 24)
  #expect(-(-least) == least && (-least).double == 0x1p127 && (ExactNumber.one / least).double == -0x1p-127)
  let sum = -(half * ExactNumber(1 << 23)) + -(half * ExactNumber(1 << 23))
  #expect((-sum).double == 0x1p127 && sum < .zero)
}
