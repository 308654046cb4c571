import Testing

@testable import ThecalQuantities

@Test func `a decimal and its tenfold meet without drift`() {
  var sum = ExactNumber.zero
  for _ in 0..<10 { sum = sum + 0.1 }
  #expect(sum == 1)
  #expect(ExactNumber(0.1) * 3 == 0.3)
  #expect((ExactNumber(0.1) + 0.2).plainText == "0.3")
}

@Test func `rounding down keeps a number that already has few digits`() {
  for hundredths in 1...2_000 {
    let number = ExactNumber(hundredths, over: 100)
    if hundredths < 1_000 { #expect(number.roundedDown(toSignificantDigits: 3) == number) }
  }
}

@Test(arguments: [
  ("0.0667", ExactNumber(20, over: 300), 3), ("0.667", ExactNumber(200, over: 300), 3),
  ("0.33", ExactNumber(1, over: 3), 2), ("100", ExactNumber(995, over: 10), 2),
  ("0.1", ExactNumber(95, over: 1_000), 1),
])
func `significant digits round to nearest`(text: String, number: ExactNumber, digits: Int) {
  #expect(number.rounded(toSignificantDigits: digits).plainText == text)
}

@Test(arguments: [
  ("0.0666", ExactNumber(20, over: 300), 3), ("0.666", ExactNumber(200, over: 300), 3),
  ("0.999", ExactNumber(9_999, over: 10_000), 3), ("1230", ExactNumber(1_239), 3),
])
func `significant digits round down`(text: String, number: ExactNumber, digits: Int) {
  #expect(number.roundedDown(toSignificantDigits: digits).plainText == text)
}

@Test func `field laws hold for random fractions`() {
  var random = SplitMix(state: 7)
  for _ in 0..<2_000 {
    let (a, b, c) = (random.fraction(), random.fraction(), random.fraction())
    #expect(a + b == b + a && a * b == b * a)
    #expect((a + b) + c == a + (b + c))
    #expect(a * (b + c) == a * b + a * c)
    #expect(a - a == .zero && a / a == .one)
    #expect((a < b) == (a - b < .zero))
  }
}

@Test func `the nearest double is the one that division gives`() {
  var random = SplitMix(state: 11)
  for _ in 0..<2_000 {
    let (top, bottom) = (Int(random.next() >> 12), Int(random.next() >> 12) + 1)
    #expect(ExactNumber(top, over: bottom).double == Double(top) / Double(bottom))
    let product = ExactNumber(top, over: bottom) * ExactNumber(bottom, over: 7)
    #expect(product.double == Double(top) / 7)
  }
}

@Test func `numbers beyond 127 bits go on as doubles and say so`() {
  var number = ExactNumber(1_000_003)
  for _ in 0..<8 { number = number * 1_000_003 }
  #expect(!number.isExact)
  #expect(abs(number.double / 1.000027000324e54 - 1) < 1e-9)
  #expect((number / number).double == 1)
}

@Test func `plain text reads back to the same double`() {
  var random = SplitMix(state: 3)
  for _ in 0..<5_000 {
    let value = Double(bitPattern: random.next() & 0x7FEF_FFFF_FFFF_FFFF)
    guard value.isFinite, value > 1e-30, value < 1e30 else { continue }
    #expect(Double(plainDecimal(value)) == value)
    #expect(Double(ExactNumber(value).plainText) == value)
  }
  #expect(
    plainDecimal(1e-5) == "0.00001" && plainDecimal(1.5e17) == "150000000000000000"
      && plainDecimal(-12.0) == "-12")
}

@Test func `floor and ceiling of negative fractions go down and up`() {
  #expect(ExactNumber(-7, over: 2).floor == -4 && ExactNumber(-7, over: 2).ceiling == -3)
  #expect(ExactNumber(7, over: 2).floor == 3 && ExactNumber(7, over: 2).ceiling == 4)
}

/// A small seeded generator: the tests replay.
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {  // Steele, Lea & Flood 2014
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func fraction() -> ExactNumber {
    ExactNumber(Int(next() % 2_000_001) - 1_000_000, over: Int(next() % 9_999) + 1)
  }
}

@Test func `what underflows is zero, and has digits`() {
  let tiny = ExactNumber(1, over: 1_000_000_000_000)
  let nothing = (0..<60).reduce(ExactNumber.one) { product, _ in product * tiny }
  #expect(nothing == .zero && nothing.plainText == "0")
  #expect(nothing.rounded(toSignificantDigits: 4) == .zero)  // once searched for the first digit for ever
}
