import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// The most in a day, written down a second time: a label's before a consensus's, of a range the lower end.
private let limits: [(String, DoseRate, String)] = [
  ("morphine", mg(20), "infumorph_label_2024"), ("hydromorphone", mg(10), "pacc2017"),
  ("fentanyl", mcg(1_000), "pacc2017"),
  ("sufentanil", mcg(500), "pacc2017"), ("bupivacaine", mg(15), "pacc2017"),
  ("clonidine", mcg(600), "pacc2017"),
  ("baclofen", mcg(1_000), "lioresal_label_2022"), ("ziconotide", mcg(19.2), "prialt_label_2023"),
]

@Test(arguments: limits.indices) func `the limit of a drug is that of its label, else of the consensus`(
  index: Int
) throws {
  let (drug, limit, source) = limits[index]
  #expect(try intrathecal(drug).limit?.value == limit && intrathecal(drug).limit?.source == source)
}

@Test(arguments: limits.indices) func `the limit itself may be given, and nothing above it`(index: Int) throws
{
  let (drug, limit, _) = limits[index]
  let at = rules.check(limit, of: drug)
  #expect(at.status == .ok && at.has(.doseNearLimit) && !at.has(.doseOverLimit))
  let above = rules.check(justAbove * limit, of: drug)
  #expect(
    above.status == .blocked && above.first(.doseOverLimit)?.code == .overLimit && !above.has(.doseNearLimit))
}

@Test(arguments: limits.indices)
func `from four fifths of the limit on a dose is near it, which only informs`(index: Int) throws {
  let (drug, limit, source) = limits[index]
  let near = ExactNumber(8, over: 10) * limit
  let found = try #require(rules.check(near, of: drug).first(.doseNearLimit))
  #expect(
    try found.severity == .note
      && found.evidence == [.dose(near, intrathecal(drug).unit), .dose(limit, intrathecal(drug).unit)])
  #expect(found.citations.map(\.source) == [source])
  #expect(rules.check(justBelow * near, of: drug).isEmpty)
  #expect(rules.check(justBelow * near, of: drug, keepsPassed: true).topics == [.doseWithinLimit])
  #expect(rules.check(ExactNumber(85, over: 100) * limit, of: drug).has(.doseNearLimit))
}

@Test func `a finding stands where the caller says`() {
  let place = Place(line: 7, field: "dose")
  for finding in rules.check(mg(25), of: "morphine", at: place) { #expect(finding.place == place) }
  for finding in rules.check(bolus: Mass(30, .milligrams), of: "morphine", at: place) {
    #expect(finding.place == place)
  }
}

@Test func `a drug without a limit is flagged, not passed`() {
  let found = rules.check(mg(8), of: "ropivacaine")
  #expect(found.topics == [.limitUnknown] && found.status == .review)
}

@Test(arguments: ["vincristine", "potassium chloride", "tranexamic acid", "preserved morphine"])
func `what must never be there is refused as dose, solution and bolus`(drug: String) throws {
  let all = [
    rules.check(mg(1), of: drug), rules.check(Concentration(1, .milligramsPerMilliliter), of: drug),
    rules.check(bolus: Mass(1, .milligrams), of: drug),
  ]
  for found in all { #expect(found.topics == [.neverIntrathecal] && found.status == .blocked) }
  let refusal = try #require(rules.refusal(of: drug))
  #expect(refusal == rules.neverIntrathecal(drug) && refusal.citations.count == 1)
}

@Test func `an unknown drug is an error, and one without intrathecal use is refused`() {
  #expect(
    rules.check(mg(1), of: "exampline").topics == [.unknownDrug]
      && rules.check(mg(1), of: "exampline").status == .error)
  #expect(rules.check(mg(1), of: "oxycodone").topics == [.noIntrathecalUse])
  #expect(rules.check(bolus: Mass(1, .milligrams), of: "oxycodone").status == .blocked)
  #expect(rules.check(Concentration(1, .milligramsPerMilliliter), of: "oxycodone").isEmpty)
  #expect(
    rules.refusal(of: "exampline")?.code == .unknownDrug
      && rules.refusal(of: "oxycodone")?.code == .noConversion)
  #expect(rules.refusal(of: "morphine") == nil && rules.refusal(of: "Infumorph") == nil)
}

@Test(
  arguments: [
    ("morphine", "400 mg/day", [.milligramsForMicrograms, .perHourForPerDay]),
    ("morphine", "400 g/day", [.gramsForMicrograms]),
    ("hydromorphone", "4 g/day", [.milligramsForMicrograms]),
    ("baclofen", "400 mg/day", [.milligramsForMicrograms]),
    ("baclofen", "4800 mcg/day", [.tenfold, .perHourForPerDay]),
  ] as [(String, String, [Slip])])
func `a dose that one slip explains is blocked with the slip`(drug: String, dose: String, slips: [Slip])
  throws
{
  let found = try rules.check(DoseRate(reading: dose), of: drug)
  #expect(found.status == .blocked && found.has(.doseOverLimit))
  let unit = try intrathecal(drug).unit
  guard case .either(let named)? = found.first(.slipOfDose)?.evidence.first else {
    #expect(slips.isEmpty)
    return
  }
  let kinds = named.compactMap { evidence -> Slip? in
    guard case .slip(let slip, let meant, let written) = evidence else { return nil }
    #expect(written == unit.daily && meant > .zero)
    return slip
  }
  #expect(kinds == slips)
}

// MARK: Solutions

private let strongest: [(String, Concentration)] = [
  ("morphine", Concentration(20, .milligramsPerMilliliter)),
  ("hydromorphone", Concentration(15, .milligramsPerMilliliter)),
  ("fentanyl", Concentration(10, .milligramsPerMilliliter)),
  ("sufentanil", Concentration(5, .milligramsPerMilliliter)),
  ("bupivacaine", Concentration(30, .milligramsPerMilliliter)),
  ("clonidine", Concentration(1, .milligramsPerMilliliter)),
  ("baclofen", Concentration(2_000, .microgramsPerMilliliter)),
  ("ziconotide", Concentration(100, .microgramsPerMilliliter)),
]

@Test(arguments: strongest.indices)
func `the strongest solution on record may be filled, and a stronger one is found`(index: Int) throws {
  let (drug, most) = strongest[index]
  #expect(try intrathecal(drug).strongest?.value == most)
  #expect(rules.check(most, of: drug).isEmpty)
  #expect(rules.check(most, of: drug, keepsPassed: true).topics == [.strengthWithinLimit])
  let above = rules.check(justAbove * most, of: drug)
  #expect(above.first(.strengthOverLimit)?.code == .overConcentration)
  // What a label says refuses; a consensus that nobody has read flags.
  #expect(
    try above.first(.strengthOverLimit)?.severity
      == (intrathecal(drug).strongest?.verified == true ? .blocked : .review))
}

@Test func `a strength that is sold is no slip, and the one beside it is`() throws {
  let sold = rules.check(Concentration(25, .milligramsPerMilliliter), of: "morphine")
  #expect(sold.topics == [.strengthOverLimit] && sold.status == .review)
  let beside = rules.check(Concentration(26, .milligramsPerMilliliter), of: "morphine")
  #expect(beside.topics == [.strengthOverLimit, .slipOfStrength] && beside.status == .blocked)
  for (drug, strengths) in [("morphine", [10, 25, 0.5, 1]), ("hydromorphone", [])]
    as [(String, [ExactNumber])]
  {
    let marketed = try intrathecal(drug).marketed
    for strength in strengths {
      #expect(marketed.contains(Concentration(strength, .milligramsPerMilliliter)))
    }
    #expect(marketed.isEmpty == strengths.isEmpty)
  }
}

@Test func `a slip of a solution may land on the strongest, and says what was meant`() throws {
  let tenfold = rules.check(Concentration(20_000, .microgramsPerMilliliter), of: "baclofen")
  let slip = try #require(tenfold.first(.slipOfStrength))
  #expect(
    slip.evidence == [
      .strength(Concentration(20_000, .microgramsPerMilliliter), .micrograms),
      .either([.slip(.milligramsForMicrograms, 20, "mcg/mL"), .slip(.tenfold, 2_000, "mcg/mL")]),
    ])
  // 20,001 mcg/mL: a tenth is above the strongest still.
  let more = try #require(
    rules.check(Concentration(20_001, .microgramsPerMilliliter), of: "baclofen").first(.slipOfStrength))
  #expect(more.evidence[1] == .either([.slip(.milligramsForMicrograms, 20.001, "mcg/mL")]))
  #expect(
    !rules.check(Concentration(2_000_001, .microgramsPerMilliliter), of: "baclofen").has(.slipOfStrength))
}

// MARK: Single doses

private let boluses: [(String, Mass, naive: Mass?)] = [
  ("morphine", Mass(0.5, .milligrams), Mass(0.15, .milligrams)),
  ("hydromorphone", Mass(0.1, .milligrams), Mass(0.04, .milligrams)),
  ("fentanyl", Mass(75, .micrograms), Mass(25, .micrograms)), ("sufentanil", Mass(20, .micrograms), nil),
  ("bupivacaine", Mass(2.5, .milligrams), nil), ("clonidine", Mass(20, .micrograms), nil),
  ("baclofen", Mass(100, .micrograms), nil), ("ziconotide", Mass(5, .micrograms), nil),
]

@Test(arguments: boluses.indices) func `the largest single dose goes by drug and class`(index: Int) throws {
  let (drug, most, naive) = boluses[index]
  #expect(
    try intrathecal(drug).largestBolus?.value == most && intrathecal(drug).largestNaiveBolus?.value == naive)
  for patientClass in [nil, .tolerant, .notTolerant, .unknown] as [OpioidClass?] {
    let isNaive = patientClass == .notTolerant || patientClass == .unknown
    let largest = isNaive ? naive ?? most : most
    #expect(rules.check(bolus: largest, of: drug, patientClass).isEmpty)
    let above = rules.check(bolus: justAbove * largest, of: drug, patientClass)
    #expect(above.topics == [.bolusOverLimit] && above.status == .review)
    #expect(
      try above[0].evidence == [
        .mass(justAbove * largest, intrathecal(drug).unit), .mass(largest, intrathecal(drug).unit),
      ])
  }
}

@Test func `a bolus above the limit of a whole day is blocked, with the slip that explains it`() throws {
  let day = rules.check(bolus: Mass(1_000, .micrograms), of: "baclofen")
  #expect(day.status == .review && day.topics == [.bolusOverLimit])
  let more = rules.check(bolus: Mass(1_001, .micrograms), of: "baclofen")
  #expect(more.status == .blocked && more.topics.first == .bolusOverLimit)
  let slip = try #require(rules.check(bolus: Mass(100, .milligrams), of: "baclofen").first(.slipOfBolus))
  #expect(slip.evidence[1] == .either([.slip(.milligramsForMicrograms, 100, "mcg")]))
  #expect(!rules.check(bolus: Mass(100.1, .milligrams), of: "baclofen").has(.slipOfBolus))
  // 50 g for 50 mcg; the largest is 100 mcg, and 1 g or 101 g would be 1 or 101 mcg.
  let grams = try #require(rules.check(bolus: Mass(50_000, .milligrams), of: "baclofen").first(.slipOfBolus))
  #expect(grams.evidence[1] == .either([.slip(.gramsForMicrograms, 50, "mcg")]))
  #expect(rules.check(bolus: Mass(1_000, .milligrams), of: "baclofen").has(.slipOfBolus))
  #expect(!rules.check(bolus: Mass(999, .milligrams), of: "baclofen").has(.slipOfBolus))
  #expect(!rules.check(bolus: Mass(100_001, .milligrams), of: "baclofen").has(.slipOfBolus))
}

@Test func `trial doses begin with the smallest range and end with the widest`() throws {
  #expect(try intrathecal("ziconotide").smallestTrialBolus?.value == Mass(1, .micrograms))
  #expect(try intrathecal("ziconotide").widestTrialBolus?.value == Mass(5, .micrograms))
  #expect(try intrathecal("clonidine").widestTrialBolus?.value == Mass(50, .micrograms))
  #expect(try intrathecal("clonidine").smallestTrialBolus?.value == Mass(5, .micrograms))
  #expect(try intrathecal("baclofen").smallestTrialBolus?.value == Mass(50, .micrograms))
  #expect(try intrathecal("morphine").widestTrialBolus?.value == Mass(0.5, .milligrams))
}
