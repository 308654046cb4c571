import Testing
import _ThecalTestSupport

@testable import ThecalIntake
import ThecalQuantities

private func folded(_ text: String) -> String {
  var folded = FoldedText()
  let bytes = Array(text.utf8)
  folded.read(bytes.span)
  return String(decoding: folded.bytes, as: UTF8.self)
}

private func written(_ text: String) -> TextNumber {
  let bytes = Array(text.utf8)
  var place = 0
  return TextNumber.read(bytes.span, &place)
}

private func tokens(_ text: String) -> [String] {
  var tokenized = TokenizedText()
  let bytes = Array(text.utf8)
  tokenized.read(bytes.span) { _, _, _ in -1 }
  return tokenized.tokens.indices.map { tokenized.string($0..<$0 + 1) }
}

/// Texts, and what they fold to.
let foldings: [(text: String, folded: String)] = [
  ("MORPHINE", "morphine"), ("comprimé", "comprime"), ("TÄGLICH", "taglich"), ("Straße", "strasse"),
  ("cœur", "coeur"), ("mañana", "manana"), ("10 µg", "10 ug"), ("10 μg", "10 ug"), ("1–2", "1-2"),
  ("1 − 2", "1 - 2"), ("2×", "2x"), ("½", " 1/2 "), ("¼", " 1/4 "), ("¾", " 3/4 "), ("Percocet®", "percocet"),
  ("Norco™", "norco"), ("a\u{200B}b", "ab"), ("a\u{00AD}b", "ab"), ("d’eau", "d'eau"), ("≤ 2", "~ 2"),
  ("±1", "~1"), ("a\u{00A0}b", "a b"), ("• a", "  a"), ("日本", "~~"),
]

@Test(arguments: foldings) func `what looks alike is spelled alike, and what has no letter is kept as a mark`(
  text: String, folding: String
) {
  #expect(folded(text) == folding)
}

@Test(arguments: 0..<200 as Range<UInt64>) func `any bytes fold to ASCII`(seed: UInt64) {
  var random = SeededGenerator(seed: seed)
  let bytes = (0..<40).map { _ in UInt8.random(in: 0...255, using: &random) }
  var text = FoldedText()
  text.read(bytes.span)
  #expect(text.bytes.allSatisfy { $0 < 128 && !($0 >= 65 && $0 <= 90) })
}

/// Spellings of numbers: the value, its digits behind the mark, and what is doubtful.
let numberSpellings: [(text: String, value: ExactNumber, doubts: TextNumber.Doubts)] = [
  ("5", 5, []), ("0.5", ExactNumber(1, over: 2), []), ("0,5", ExactNumber(1, over: 2), []),
  (".5", ExactNumber(1, over: 2), .barePoint), ("5.0", 5, .trailingZero),
  ("7.50", ExactNumber(15, over: 2), .trailingZero),
  ("1,500", 1_500, [.grouped, .twoReadings]), ("1,000,000", 1_000_000, .grouped),
  ("12,5", ExactNumber(25, over: 2), []),
  ("1.500", ExactNumber(3, over: 2), .twoReadings), ("0.025", ExactNumber(1, over: 40), []),
  ("0,025", ExactNumber(1, over: 40), []), ("1,2345", ExactNumber(12_345, over: 10_000), []),
]

@Test(arguments: 0..<13) func `a number keeps its value and says what is doubtful about it`(index: Int) {
  let (text, value, doubts) = numberSpellings[index]
  let read = written(text)
  #expect(read.exact == value && read.doubts == doubts, "\(text): \(read)")
}

@Test func `a number longer than any dose is doubtful`() {
  #expect(written("9999999999999").doubts.contains(.tooLong))
  #expect(written("0.1234567890123").doubts.contains(.tooLong))
}

@Test(arguments: 0..<300 as Range<UInt64>) func `a decimal reads back as it was written`(seed: UInt64) {
  var random = SeededGenerator(seed: seed)
  let (whole, places) = (Int.random(in: 0...9_999, using: &random), Int.random(in: 1...6, using: &random))
  let scale = (0..<places).reduce(1) { power, _ in power * 10 }
  let part = Int.random(in: 1..<scale, using: &random)
  let digits = String(part)
  let text = "\(whole).\(String(repeating: "0", count: places - digits.count))\(digits)"
  #expect(written(text).exact == ExactNumber(whole * scale + part, over: scale), "\(text)")
}

/// Texts, and the tokens that they are cut into.
let cuts: [(text: String, tokens: [String])] = [
  ("10mg", ["10", "mg"]), ("q.i.d.", ["q.i.d", "."]), ("b.i.d", ["b.i.d"]), ("5/325", ["5", "/", "325"]),
  ("bidx30", ["bid", "x", "30"]), ("tablet(s) bid", ["tablet", "bid"]), ("tab(2)", ["tab", "(", "2", ")"]),
  ("1.5mL", ["1.5", "ml"]), ("q6h", ["q", "6", "h"]), ("patient's", ["patient's"]), ("a,b", ["a", ",", "b"]),
  ("8:00", ["8", ":", "00"]), ("", []), ("   ", []), ("no.5", ["no", ".", "5"]),
]

@Test(arguments: cuts) func `letters and digits part, and points within a word do not`(
  text: String, expected: [String]
) {
  #expect(tokens(text) == expected)
}

@Test func `the longest phrase wins, and marks within it do not count`() {
  let lexicon = Lexicon([("take", 1), ("take one", 2), ("take one half", 3), ("bid", 4)])
  func longest(_ text: String) -> (Int, Int)? {
    var tokenized = TokenizedText()
    let bytes = Array(text.utf8)
    tokenized.read(bytes.span) { lexicon.word($0, $1, $2) }
    return lexicon.longest(tokenized.tokens, at: 0).map { ($0.meaning, $0.count) }
  }
  #expect(longest("take two")! == (1, 1))
  #expect(longest("take one tablet")! == (2, 2))
  #expect(longest("take one-half")! == (3, 4))
  #expect(longest("b.i.d.")! == (4, 1))
  #expect(longest("taken") == nil && longest("two") == nil)
}

@Test func `the first meaning of a phrase holds, and a second one is told`() {
  var repeated: [String] = []
  let lexicon = Lexicon([("a b", 1), ("a-b", 2)]) { repeated.append($0) }
  #expect(repeated == ["a-b"])
  var tokenized = TokenizedText()
  let bytes = Array("a b".utf8)
  tokenized.read(bytes.span) { lexicon.word($0, $1, $2) }
  #expect(lexicon.longest(tokenized.tokens, at: 0)?.meaning == 1)
}

/// Dates as exports write them: the first and the last day that each may mean.
let dates: [(text: String, earliest: String, latest: String)] = [
  ("1962-03-14", "1962-03-14", "1962-03-14"), ("19620314", "1962-03-14", "1962-03-14"),
  ("14.03.1962", "1962-03-14", "1962-03-14"), ("03.04.1962", "1962-04-03", "1962-04-03"),
  ("03/14/1962", "1962-03-14", "1962-03-14"), ("14/03/1962", "1962-03-14", "1962-03-14"),
  ("03/04/1962", "1962-03-04", "1962-04-03"), ("3/4/1962", "1962-03-04", "1962-04-03"),
  ("03-04-1962", "1962-03-04", "1962-04-03"), ("1962-03-14T00:00:00Z", "1962-03-14", "1962-03-14"),
  ("1962-03-14 00:00:00", "1962-03-14", "1962-03-14"), ("02/29/2024", "2024-02-29", "2024-02-29"),
]

@Test(arguments: dates) func `a slashed date is the two days that it may be`(
  text: String, earliest: String, latest: String
) throws {
  let date = try #require(WrittenDate(text))
  let first = try CalendarDate(reading: earliest)
  let last = try CalendarDate(reading: latest)
  #expect(date.earliest == first && date.latest == last)
}

@Test(arguments: [
  "", "14", "1962", "13/13/1962", "02/30/2024", "30.02.2024", "1962-13-01", "03/14/62", "unknown", "99999999",
  "14 March 1962",
])
func `what is no date is none`(text: String) { #expect(WrittenDate(text) == nil) }

@Test(arguments: [
  ("1962-03-14", "2026-03-13", 63), ("1962-03-14", "2026-03-14", 64), ("2000-02-29", "2026-02-28", 25),
  ("2000-02-29", "2026-03-01", 26), ("2026-01-01", "2026-11-25", 0),
])
func `an age counts whole years`(born: String, day: String, years: Int) throws {
  let (birth, now) = (try CalendarDate(reading: born), try CalendarDate(reading: day))
  #expect(birth.years(until: now) == years)
}
