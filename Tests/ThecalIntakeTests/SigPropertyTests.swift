import ThecalQuantities
import Testing
import _ThecalTestSupport

@testable import ThecalIntake

/// Spellings of one thing, from which directions are put together.
struct SigSpelling {
  let amounts: [([String], ExactNumber)] = [
    (["1", "one", "One (1)", "1 (one)", "1.0"], 1), (["2", "two", "two (2)", "ii"], 2),
    (["3", "three", "3 (three)"], 3), (["1.5", "1 1/2", "one and a half", "1½", "1 and 1/2", "1,5"], 1.5),
    (["0.5", "½", "1/2", "half a", "one half"], 0.5),
  ]
  let units = ["tab", "tabs", "tablet", "tablets", "TAB", "caplet", "pill"]
  let frequencies: [([String], ExactNumber)] = [
    (
      ["daily", "once daily", "every day", "qd", "q24h", "every 24 hours", "once a day", "1x daily"],
      ExactNumber(1)
    ),
    (
      [
        "bid", "b.i.d.", "BID", "twice daily", "2 times a day", "two times daily", "q12h", "q 12 hours",
        "2x/day",
      ], 2
    ),
    (
      [
        "tid", "t.i.d.", "three times daily", "3 times a day", "q8h", "every 8 hours", "every eight hours",
        "3x daily",
      ], 3
    ),
    (["qid", "four times a day", "q6h", "every 6 hrs", "4 times daily", "4x/day", "q 6 h"], 4),
  ]
  let routes = ["", "po", "by mouth", "orally", "PO"]
  let verbs = ["", "take", "Take", "TAKE"]
  let endings = ["", ".", " for pain", " for 7 days", " with food", ", do not crush or chew"]
}

@Test(arguments: 0..<400 as Range<UInt64>)
func `words or digits, order, case and abbreviations give the same reading`(seed: UInt64) {
  var random = SeededGenerator(seed: seed)
  let spelling = SigSpelling()
  let (amounts, amount) = spelling.amounts.randomElement(using: &random)!
  let (frequencies, times) = spelling.frequencies.randomElement(using: &random)!
  let dose = "\(amounts.randomElement(using: &random)!) \(spelling.units.randomElement(using: &random)!)"
  var rest = [spelling.routes.randomElement(using: &random)!, frequencies.randomElement(using: &random)!]
  rest.shuffle(using: &random)
  var phrases = [dose] + rest
  // "twice daily take one tablet" is as good; a number in front of the dose would run into it.
  if Bool.random(using: &random), let last = rest.last, last.last?.isLetter ?? false {
    phrases = [last + ",", dose] + rest.dropLast()
  }
  let text =
    ([spelling.verbs.randomElement(using: &random)!] + phrases).filter { !$0.isEmpty }.joined(separator: " ")
    + spelling.endings.randomElement(using: &random)!
  let reading = sig(Bool.random(using: &random) ? text.uppercased() : text)
  #expect(
    reading.outcome == .read && reading.largest == amount * times,
    "\(text): \(reading.reasons) \(reading.unclear)")
}

/// What makes any order uncertain.
let uncertainties: [String] = [
  "prn", "PRN", "p.r.n.", "as needed", "as needed for pain", "if needed", "when required",
  "for breakthrough pain",
  "bei Bedarf", "si besoin", "según necesidad", "then 1 tab daily", "then taper", "titrate to effect",
  "wean weekly",
  "increase to 2 tabs", "decrease by 1 tab", "as directed", "ud", "or as directed", "every other day", "qod",
  "may repeat", "up to 4 times a day", "or 2 tabs", "twice weekly", "mon wed fri", "unless sleepy",
  "alternating with 2 tabs",
]

/// Ranges that stand in the place of a number or a frequency.
let ranges: [String] = [
  "1-2 tabs bid", "1 to 2 tabs bid", "1 or 2 tabs q6h", "1 tab q4-6h", "1 tab q 4 to 6 hours",
  "1 tab bid-tid", "5-10 mg q4h", "1 tab 2-3 times daily", "½-1 tab tid", "one to two tablets daily",
]

@Test(arguments: 0..<3_000 as Range<UInt64>)
func `as needed, a range or a taper is never read`(seed: UInt64) {
  var random = SeededGenerator(seed: seed &+ 7_000)
  let text = uncertainText(&random)
  #expect(sig(text).outcome != .read, "\(text)")
}

/// Random directions with something in them that nobody can add up.
func uncertainText(_ random: inout SeededGenerator) -> String {
  let spelling = SigSpelling()
  var phrases: [String]
  if Bool.random(using: &random) {
    phrases = [ranges.randomElement(using: &random)!]
  } else {
    phrases = [
      "\(spelling.amounts.randomElement(using: &random)!.0.randomElement(using: &random)!) \(spelling.units.randomElement(using: &random)!)",
      spelling.frequencies.randomElement(using: &random)!.0.randomElement(using: &random)!,
    ]
    phrases.insert(
      uncertainties.randomElement(using: &random)!, at: Int.random(in: 0...phrases.count, using: &random))
  }
  for _ in 0..<Int.random(in: 0...3, using: &random) {
    let more = [
      spelling.routes, spelling.verbs, spelling.endings,
      ["for back pain", "with water", ",", ";", "(10 mg total)"],
    ]
    phrases.insert(
      more.randomElement(using: &random)!.randomElement(using: &random)!,
      at: Int.random(in: 0...phrases.count, using: &random))
  }
  return phrases.filter { !$0.isEmpty }.joined(separator: Bool.random(using: &random) ? " " : "  ")
}

@Test(arguments: 0..<500 as Range<UInt64>)
func `no bytes break a reader, and what is read has an amount`(seed: UInt64) {
  var random = SeededGenerator(seed: seed &+ 90_000)
  var bytes = Array(dailyAmounts.randomElement(using: &random)!.0.utf8)
  for _ in 0..<Int.random(in: 1...6, using: &random) where !bytes.isEmpty {
    let place = Int.random(in: 0..<bytes.count, using: &random)
    switch Int.random(in: 0..<3, using: &random) {
    case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
    case 1: bytes.remove(at: place)
    default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
    }
  }
  var (sigs, products) = (SigReader(sigWords), ProductReader(productWords))
  let reading = sigs.read(bytes.span)
  #expect(reading.outcome != .read || reading.largest ?? .zero > .zero)
  _ = products.read(bytes.span)
}
