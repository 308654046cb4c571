import ThecalFormulary
import ThecalQuantities
import Testing

@testable import ThecalIntake

let sigWords = SigWords(.embedded)

func sig(_ text: String) -> SigReading {
  var reader = SigReader(sigWords)
  return reader.read(text)
}

/// Directions in one line: R, A or S, the amount of a day, its unit.
func summary(_ reading: SigReading) -> String {
  let letter = reading.outcome == .read ? "R" : reading.outcome == .ask ? "A" : "S"
  guard let largest = reading.largest, let unit = reading.unit else { return letter }
  return "\(letter) \(largest) \(unit.rawValue)"
}

@Test(arguments: dailyAmounts) func `directions give the amount of a day, or are asked`(
  text: String, day: String
) {
  #expect(summary(sig(text)) == day, "\(sig(text).reasons) \(sig(text).unclear)")
}

@Test func `the table holds at least two hundred directions`() {
  #expect(Set(dailyAmounts.map(\.0)).count >= 200)
}

@Test(arguments: dailyAmounts) func `capitals and blanks in directions change nothing`(
  text: String, day: String
) {
  #expect(summary(sig(text.uppercased())) == day)
  #expect(summary(sig("  " + text.split(separator: " ").joined(separator: "  ") + "\n")) == day)
}

@Test func `no phrase of directions has two meanings`() {
  var repeated: [String] = []
  _ = SigWords(.embedded) { repeated.append($0) }
  #expect(repeated.isEmpty, "\(repeated)")
}

@Test func `every meaning in the data is one that the grammar has`() {
  for entry in Formulary.embedded.productVocabulary.sigWords {
    #expect(SigWord(entry) != nil, "\(entry.means)")
  }
}

@Test func `a spoon, a half tablet, a bare point and a trailing zero are noted`() {
  #expect(sig("1 tsp bid").notes == [.spoon])
  #expect(sig("half a tab bid").notes == [.fraction])
  #expect(sig(".5 mg bid").notes == [.barePoint])
  #expect(sig("5.0 mg bid").notes == [.trailingZero])
  #expect(sig("1 tab bid for 5 days").notes == [.bounded])
  #expect(sig("1 tab with meals").notes == [.meals])
}

@Test func `what directions say beside the amount is kept`() {
  let reading = sig("Take 2 tablets (20 mg total) of morphine by mouth every 12 hours, max 60 mg/day")
  #expect(reading.parts.first?.mass == Mass(20, .milligrams) && reading.parts.first?.isMassTotal == true)
  #expect(reading.route == .oral && reading.drugs == ["morphine"])
  #expect(reading.maximum == SigReading.Maximum(amount: 60, unit: .milligram))
  #expect(sig("1 patch every 72 hours").parts.first?.interval == 72)
  #expect(sig("1 patch 25 q72h").parts.first?.statedStrength == 25)
}
