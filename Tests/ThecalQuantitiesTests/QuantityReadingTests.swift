import Testing

@testable import ThecalQuantities

@Test(arguments: [
  ("25 mg/mL", ExactNumber(25)), ("25 MG/ML", 25), ("25 g/L", 25), ("25000 mcg/mL", 25), ("25000 mg/L", 25),
  ("25 mg per mL", 25), ("25mg/mL", 25),
  ("25000 µg/ml", 25), ("25000 ug/mL", 25), ("25000000 ng/mL", 25),
])
func `every spelling of a strength is one strength`(text: String, milligrams: ExactNumber) throws {
  #expect(try Concentration(reading: text).exactValue(in: .milligramsPerMilliliter) == milligrams)
}

@Test(arguments: [
  ("0.4 mL/day", ExactNumber(0.4)), ("0.4 mL/d", 0.4), ("0.4 ml per day", 0.4), ("0.4 mL/24 h", 0.4),
  ("0.1 mL/h", 2.4), ("100 mcL/h", 2.4),
  ("100 µL/h", 2.4), ("0.0004 L/day", 0.4), ("0.001 mL/min", 1.44), ("0.1 mL/hr", 2.4),
])
func `every spelling of a flow is one flow`(text: String, perDay: ExactNumber) throws {
  #expect(try Flow(reading: text).exactValue(in: .millilitersPerDay) == perDay)
}

@Test(arguments: [
  ("2 h", ExactNumber(2)), ("120 min", 2), ("7200 s", 2), ("2 hours", 2), ("1 day", 24), ("1 d", 24),
  ("1 wk", 168), ("1 a", 8_766), ("2 hrs", 2),
  ("90 mins", 1.5),
])
func `every spelling of a time is one time`(text: String, hours: ExactNumber) throws {
  #expect(try Time(reading: text) == Time(hours, .hours))
}

@Test(arguments: [
  ("500 mcg", ExactNumber(0.5)), ("500 µg", 0.5), ("500 μg", 0.5), ("500 ug", 0.5), ("0.5 mg", 0.5),
  ("0.0005 g", 0.5), ("500000 ng", 0.5), ("500 MCG", 0.5), ("5e-1 mg", 0.5),
])
func `every spelling of a mass is one mass`(text: String, milligrams: ExactNumber) throws {
  #expect(try Mass(reading: text) == Mass(milligrams, .milligrams))
}

private func explanation<D>(_: Quantity<D>.Type, _ text: String) -> String {
  do throws(QuantityProblem) {
    _ = try Quantity<D>(reading: text)
    return ""
  } catch {
    return error.explanation
  }
}

@Test func `a fault of a quantity is told with the units that are read`() {
  #expect(explanation(Mass.self, "5") == "'5' has no unit; a mass is written in mg, mcg, g, ng")
  #expect(explanation(Mass.self, "5 mL").hasPrefix("'mL' is no unit of mass; write mg, mcg, g, ng"))
  #expect(explanation(Volume.self, "5 cc") == "'cc' is easily misread; write mL")
  #expect(
    explanation(Mass.self, "5 gr").contains("easily misread")
      && explanation(Mass.self, "5 IU").contains("units"))
  #expect(
    explanation(DoseRate.self, "0,4 mg/day").contains("more than one reading")
      && explanation(Time.self, "").contains("is empty"))
  #expect(explanation(Mass.self, "1O mg").contains("10?"))
}

@Test(arguments: [
  ("0.4 mg/day", "0.4", "mg/day"), ("0.4mg/d", "0.4", "mg/d"), ("14.5%", "14.5", "%"),
  ("3.0e-5 1/s", "3.0e-5", "1/s"), ("5", "5", ""), ("1O mg", "1O", "mg"),
  ("5  mg per day", "5", "mg per day"),
])
func `number and unit part at the space or the first letter`(text: String, number: String, unit: String) {
  let parts = splitUnit(text)
  #expect(parts.number == number && parts.unit == unit)
}

@Test func `quantities of one dimension add, scale and compare as their numbers do`() {
  var random = SplitMix(state: 41)
  for _ in 0..<500 {
    let (a, b) = (random.fraction(), random.fraction())
    #expect(Mass(a, .milligrams) + Mass(b, .micrograms) == Mass(1_000 * a + b, .micrograms))
    #expect(Mass(a, .milligrams) - Mass(b, .milligrams) == Mass(a - b, .milligrams))
    #expect(
      (Time(a, .hours) < Time(b, .hours)) == (a < b)
        && 3 * Volume(a, .milliliters) == Volume(3 * a, .milliliters))
    if b != .zero { #expect(Flow(a, .millilitersPerDay) / Flow(b, .millilitersPerDay) == a / b) }
  }
}

@Test func `what is divided comes back by multiplication, in every relation of a pump`() {
  var random = SplitMix(state: 43)
  func positive() -> ExactNumber {
    ExactNumber(Int(random.next() % 100_000) + 1, over: Int(random.next() % 999) + 1)
  }
  for _ in 0..<300 {
    let (mass, volume, time) = (
      Mass(positive(), .milligrams), Volume(positive(), .milliliters), Time(positive(), .hours)
    )
    let (strength, rate, flow) = (mass / volume, mass / time, volume / time)
    #expect(
      strength * volume == mass && mass / strength == volume && rate * time == mass && mass / rate == time)
    #expect(
      flow * time == volume && volume / flow == time && strength * flow == rate && rate / strength == flow
        && rate / flow == strength)
    #expect(VolumePerLength(positive(), .millilitersPerCentimeter) * Length.zero == .zero)
    #expect(
      MassPerBodyWeight(2, .milligramsPerKilogram) * BodyWeight(70, .kilograms) == Mass(140, .milligrams))
  }
}

@Test func `a quantity is rounded down in the unit in which it is written`() {
  let dose = DoseRate(ExactNumber(1, over: 3), .milligramsPerDay)
  #expect(
    dose.roundedDown(toSignificantDigits: 3, in: .milligramsPerDay) == DoseRate(0.333, .milligramsPerDay))
  #expect(
    dose.roundedDown(toSignificantDigits: 3, in: .microgramsPerHour) == DoseRate(13.8, .microgramsPerHour))
  #expect(
    Mass(0.1, .milligrams).exactValue(in: .micrograms) == 100
      && Mass(0.1, .milligrams).value(in: .micrograms) == 100)
}

@Test(arguments: [
  ("morphin", "morphine"), ("Morphien", "morphine"), ("hydromorphon", "hydromorphone"),
  ("baclofin", "baclofen"),
])
func `a name that is nearly right is answered with the right one`(name: String, meant: String) {
  #expect(
    suggestion(for: name, among: ["morphine", "hydromorphone", "baclofen"]) == "did you mean '\(meant)'?")
}

@Test func `a name that is near nothing is answered with all that are known`() {
  #expect(suggestion(for: "xyz", among: ["morphine", "baclofen"]) == "known here: morphine, baclofen")
  #expect(
    suggestion(for: "abc", among: ["abd", "xyz"]) == "did you mean 'abd'?"
      && suggestion(for: "abcdef", among: ["abcxyw"]).hasPrefix("known here"))
  // two of six letters: a third
  #expect(suggestion(for: "abcdef", among: ["abcdxy"]) == "did you mean 'abcdxy'?")
}

@Test(arguments: [
  ("TRUE", "write it in digits"), ("mg/day", "write it in digits"), ("five mg/day", "write digits"),
  ("2 mg/day to 4 mg/day", "a range is not read"), ("2 to 4 mg/day", "a range is not read"),
  ("2 mg/day or 3 mg/day", "a range is not read"), ("", "is empty"),
])
func `a text that is no number is told from an empty one, and a range from a unit`(text: String, hint: String)
{
  #expect { try DoseRate(reading: text) } throws: { error in
    (error as? QuantityProblem)?.explanation.contains(hint) == true
  }
}

@Test func `a unit with a digit in it is one`() throws {
  #expect(try Quantity<DiffusivityDimension>(reading: "0.67 cm2/s") == .init(reading: "0.67 cm²/s"))
}
