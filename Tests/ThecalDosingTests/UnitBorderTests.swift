import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// Every unit in which a dose, a bolus or a solution may be written.
private let rates: [DoseRate.Unit] = DoseRateDimension.units
private let masses: [Mass.Unit] = MassDimension.units
private let strengths: [Concentration.Unit] = ConcentrationDimension.units

/// Where `border` times each of the three lies: a thousandth below, at, a thousandth above.
private let sides = [justBelow, 1, justAbove]

/// The same quantity, written in another unit and read again.
private func rewritten<D>(_ quantity: Quantity<D>, _ unit: Quantity<D>.Unit) -> Quantity<D> {
  Quantity(quantity.exactValue(in: unit), unit)
}

@Suite struct `A border is the same in every unit` {
  @Test(arguments: [
    "morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine", "fentanyl", "bupivacaine",
  ])
  func `of the limit`(drug: String) throws {
    let limit = try #require(try intrathecal(drug).limit).value
    for unit in rates {
      let found = sides.map { rules.check(rewritten($0 * limit, unit), of: drug).has(.doseOverLimit) }
      #expect(found == [false, false, true], "\(unit.symbol)")
      let near = [justBelow, 1].map {
        rules.check(rewritten($0 * DosingRules.nearShare * limit, unit), of: drug).has(.doseNearLimit)
      }
      #expect(near == [false, true], "\(unit.symbol)")
    }
  }

  @Test(arguments: ["morphine", "hydromorphone", "baclofen", "ziconotide", "clonidine"])
  func `of the strongest solution`(drug: String) throws {
    let most = try #require(try intrathecal(drug).strongest).value
    for unit in strengths {
      let found = sides.map { rules.check(rewritten($0 * most, unit), of: drug).has(.strengthOverLimit) }
      #expect(found == [false, false, true], "\(unit.symbol)")
    }
  }

  @Test(arguments: ["morphine", "baclofen", "ziconotide", "clonidine"])
  func `of the largest bolus`(drug: String) throws {
    let most = try #require(try intrathecal(drug).largestBolus).value
    for unit in masses {
      let found = sides.map { rules.check(bolus: rewritten($0 * most, unit), of: drug).has(.bolusOverLimit) }
      #expect(found == [false, false, true], "\(unit.symbol)")
    }
  }

  @Test(arguments: ["morphine", "hydromorphone", "baclofen", "ziconotide"])
  func `of what is ordinary and of what is possible`(drug: String) throws {
    let window = try #require(try use(drug).window(.intrathecal))
    func topics(_ milligrams: ExactNumber, _ unit: DoseRate.Unit) -> [DosingTopic] {
      rules.check(rewritten(DoseRate(milligrams, .milligramsPerDay), unit), of: drug).topics
    }
    for unit in rates {
      let low = [justBelow, 1, justAbove].map { topics($0 * window.oddBelow, unit).contains(.unusualDose) }
      #expect(low == [true, false, false], "\(unit.symbol)")
      let least = [justBelow, 1].map { topics($0 * window.impossibleBelow, unit).contains(.implausibleDose) }
      #expect(least == [true, false], "\(unit.symbol)")
      let most = sides.map { topics($0 * window.impossibleAbove, unit).contains(.implausibleDose) }
      #expect(most == [false, false, true], "\(unit.symbol)")
    }
  }

  @Test(arguments: [23, 24, 48, 72, 95, 96, 97])
  func `of tolerance, however sixty milligrams a day are split`(hours: Int) {
    let days = ExactNumber(hours, over: 24)
    for (amount, expected) in zip(sides.map { 60 * $0 }, [OpioidClass.notTolerant, .tolerant, .tolerant]) {
      let medicine = Medicine(
        drug: "hydrocodone", route: .oral,
        amount: .doses(Mass(amount * days, .milligrams), Frequency(timesPerDay: 1 / days)))
      let equivalent = rules.equivalents(of: [medicine]).total
      let found = rules.opioidClass(
        of: patient { $0.opioidDays = 7 }, taking: [medicine], equivalent: equivalent)
      #expect(found.patientClass == expected, "\(amount) mg/day, every \(hours) h")
    }
  }

  @Test(arguments: [(64, false), (65, true), (66, true)])
  func `of age, in years and in tenths of them`(years: Int, halves: Bool) throws {
    for tenths in [0, 9] where years != 64 || tenths == 9 {
      let age = ExactNumber(10 * years + tenths, over: 10)
      let start = rules.start(
        of: try use("morphine"), for: patient { $0.ageYears = age }, .tolerant,
        StartQuestion(share: 0.4, origin: .ratio(300, table: "leaflet_300", potency: nil), crosses: false))
      #expect(start?.dose == mg(halves ? 0.2 : 0.4), "\(age) years")
    }
  }
}
