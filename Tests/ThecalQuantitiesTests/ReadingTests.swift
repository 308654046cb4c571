import Testing

@testable import ThecalQuantities

@Test(arguments: [
  ("0.4 mg/day", 0.4), ("400 mcg/day", 0.4), ("400 µg/day", 0.4), ("400 μg/d", 0.4), ("400 ug/d", 0.4),
  ("0.4 MG/DAY", 0.4), ("0.4mg/d", 0.4), ("0.4 mg per day", 0.4), ("0.0004 g/day", 0.4), ("0.4 mg/24 h", 0.4),
])
func `every spelling of a dose rate is one rate`(text: String, milligrams: ExactNumber) throws {
  #expect(try DoseRate(reading: text).exactValue(in: .milligramsPerDay) == milligrams)
}

@Test func `units of other dimensions are read`() throws {
  #expect(try Flow(reading: "0.4 mL/d") == Flow(reading: "0.4 mL/day"))
  #expect(try Ratio(reading: "14.5 %").exactValue(in: .one) == 0.145)
  #expect(try Ratio(reading: "0.34").exactValue(in: .one) == 0.34)
  #expect(try Diffusivity(reading: "0.67 cm2/s").exactValue(in: .squareCentimetersPerHour) == 2_412)
  #expect(try RateConstant(reading: "3.0e-5 1/s").exactValue(in: .perHour) == 0.108)
  #expect(
    try VolumePerLength(reading: "0.0022 mL/cm") * Length(reading: "60 cm") == Volume(0.132, .milliliters))
  #expect(try Time(reading: "7 day") == Time(168, .hours))
  #expect(
    try MassPerBodyWeight(reading: "0.05 mg/kg") * BodyWeight(reading: "70 kg") == Mass(3.5, .milligrams))
}

@Test func `a bare number, a wrong dimension and an unknown unit name the units accepted`() {
  for text in ["5", "5 mL", "5 bananas", "5 mg/mL"] {
    #expect(throws: QuantityProblem.self) { try Mass(reading: text) }
    do { _ = try Mass(reading: text) } catch { #expect(error.explanation.contains("mg, mcg, g, ng")) }
  }
  #expect(throws: QuantityProblem.errorProneUnit(unit: "cc", instead: "mL")) { try Volume(reading: "5 cc") }
}

@Test(arguments: [
  ("1,500", ["1500", "1.5"]), ("1.500,0", ["1500", "1.5"]), ("1,5", ["15", "1.5"]),
  ("1,500.5", ["1500.5", "1.5005"]),
  ("1,500,000", ["1500000"]),
])
func `a number with two readings is refused with both`(text: String, readings: [String]) {
  #expect(throws: NumberProblem.ambiguous(readings: readings)) { try NumberReader().read(text) }
}

@Test(arguments: [
  "1O", "l0", "５", "٥", "5 mg", "5mg", "NaN", "inf", "-inf", "0x10", "1e3", "1e308", "1..2", ".5", "5.", "+5",
  "-5", "−5",
  "5/325", "1-2", "<5", "--5", "1 500", "1'500", "5 5", "n/a", "five", "1.2.3.4", "", "   ", "\u{200B}",
  "99999999999999999999999999999999999999999999",
])
func `what is not a plain number is refused`(text: String) {
  #expect(throws: NumberProblem.self) { try NumberReader().read(text) }
}

@Test func `letters that look like digits are named`() {
  do { _ = try NumberReader().read("1O") } catch { #expect(error.explanation.contains("10?")) }
  do { _ = try NumberReader().read("５") } catch { #expect(error.explanation.contains("5?")) }
}

@Test func `a decimal comma is read where the document says so, and nothing else is`() throws {
  let reader = NumberReader(NumberFormat(decimalComma: true))
  #expect(try reader.read("1,5") == 1.5)
  #expect(throws: NumberProblem.ambiguous(readings: ["1500", "1.5"])) { try reader.read("1.500") }
  #expect(throws: NumberProblem.self) { try reader.read("1.500,0") }
}

@Test func `milligrams and micrograms scale exactly`() throws {
  var random = SplitMix(state: 5)
  for _ in 0..<1_000 {
    let thousandths = Int(random.next() % 1_000_000) + 1
    let milligrams = try Mass(reading: "\(ExactNumber(thousandths, over: 1_000)) mg")
    #expect(try milligrams == Mass(reading: "\(thousandths) mcg"))
    #expect(milligrams.exactValue(in: .micrograms).plainText == "\(thousandths)")
  }
}

@Test(arguments: [
  ("q6h", ExactNumber(4)), ("Q 6 H", 4), ("bid", 2), ("TID", 3), ("qid", 4), ("daily", 1),
  ("weekly", ExactNumber(1, over: 7)),
  ("q72h", ExactNumber(1, over: 3)), ("3", 3), ("every 8 hours", 3), ("q7d", ExactNumber(1, over: 7)),
  ("2.5", 2.5),
])
func `frequencies give doses a day`(text: String, times: ExactNumber) throws {
  #expect(try Frequency(reading: text).timesPerDay == times)
}

@Test(arguments: [
  "", "prn", "q4h prn", "q4-6h", "1-2", "q0h", "-3", "0", "qod", "qd", "sometimes", "q6", "60", "q999h",
])
func `frequencies that give no daily amount are refused`(text: String) {
  #expect(throws: Frequency.Problem.self) { try Frequency(reading: text) }
}

@Test(arguments: ["1e-9223372036854775808", "1e9223372036854775807", "1e401", "1e-401"])
func `an exponent beyond reason is refused and ends nothing`(text: String) {
  let reader = NumberReader(NumberFormat(exponents: true, negative: true))
  #expect(throws: NumberProblem.self) { try reader.read(text) }
}
