import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func tolerance(
  _ medicines: [Medicine], days: ExactNumber? = 30, stated: Bool? = nil, equivalent: ExactNumber? = nil
) -> (patientClass: OpioidClass, finding: Finding?) {
  rules.opioidClass(
    of: patient { ($0.opioidDays, $0.isStatedTolerant) = (days, stated) }, taking: medicines,
    equivalent: equivalent ?? (medicines.isEmpty ? nil : rules.equivalents(of: medicines).total))
}

/// The label's thresholds, written down a second time; `duragesic_label`.
private let thresholds: [(medicine: @Sendable (ExactNumber) -> Medicine, least: ExactNumber)] = [
  ({ taken("morphine", $0) }, 60), ({ taken("oxycodone", $0) }, 30), ({ taken("hydromorphone", $0) }, 8),
  ({ patch("fentanyl", $0) }, 25),
]

@Test(arguments: thresholds.indices) func `a drug's own threshold counts at its border, and nothing below it`(
  index: Int
) {
  let (medicine, least) = thresholds[index]
  #expect(tolerance([medicine(least)]).patientClass == .tolerant)
  #expect(tolerance([medicine(justAbove * least)]).patientClass == .tolerant)
  // Hydromorphone 8 mg is worth 40 mg of morphine, oxycodone 30 mg is worth 45: without a threshold of their own neither counts.
  #expect(tolerance([medicine(justBelow * least)]).patientClass == .notTolerant)
}

@Test(
  arguments: [("hydrocodone", ExactNumber(60)), ("tapentadol", 150), ("codeine", 400), ("tramadol", 300)]
    as [(String, ExactNumber)])
func `an opioid without a threshold of its own counts from sixty milligrams of morphine on`(
  drug: String, amount: ExactNumber
) {
  #expect(rules.equivalents(of: [taken(drug, amount)]).total == 60)
  #expect(tolerance([taken(drug, amount)]).patientClass == .tolerant)
  #expect(tolerance([taken(drug, justBelow * amount)]).patientClass == .notTolerant)
}

@Test func `sixty milligrams of equivalents are tolerant where nothing else is known of the medicines`() {
  #expect(tolerance([], equivalent: 60).patientClass == .tolerant)
  #expect(tolerance([], equivalent: 59.999).patientClass == .notTolerant)
}

@Test func `two opioids that are each too little are enough together`() {
  #expect(tolerance([taken("morphine", 40), taken("hydrocodone", 20)]).patientClass == .tolerant)
  #expect(tolerance([taken("morphine", 40), taken("hydrocodone", 19)]).patientClass == .notTolerant)
}

@Test(
  arguments: [
    (ExactNumber(6), OpioidClass.notTolerant), (6.9, .notTolerant), (7, .tolerant), (8, .tolerant),
    (0, .notTolerant),
  ] as [(ExactNumber, OpioidClass)])
func `tolerance takes seven days`(days: ExactNumber, expected: OpioidClass) {
  #expect(tolerance([taken("morphine", 120)], days: days).patientClass == expected)
  #expect(rules.opioidClassInPump(of: patient { $0.opioidDays = days }).patientClass == expected)
}

@Test func `days that nobody stated are not assumed, and are asked for`() throws {
  let (patientClass, finding) = tolerance([taken("morphine", 120)], days: nil)
  #expect(patientClass == .unknown)
  #expect(finding?.isAbout(DosingTopic.toleranceUnknown) == true && finding?.code == .toleranceUnknown)
  #expect(finding?.evidence == [.number(7)] && finding?.severity == .review)
  let pump = rules.opioidClassInPump(of: Patient())
  #expect(pump.patientClass == .unknown && pump.finding == finding)
}

@Test func `too little is not tolerant although the days are not stated`() {
  let (patientClass, finding) = tolerance([taken("morphine", 20)], days: nil)
  #expect(patientClass == .notTolerant && finding != nil)
}

@Test func `a stated no overrides dose and days`() {
  #expect(tolerance([taken("morphine", 120)], stated: false).patientClass == .notTolerant)
  #expect(tolerance([taken("morphine", 120)], days: nil, stated: false).patientClass == .notTolerant)
  #expect(tolerance([taken("morphine", 120)], days: nil, stated: false).finding == nil)
}

@Test func `a stated yes stands for days, never for a dose that is too small`() {
  #expect(tolerance([taken("morphine", 120)], days: nil, stated: true).patientClass == .tolerant)
  #expect(tolerance([taken("morphine", 120)], days: nil, stated: nil).patientClass == .unknown)
  #expect(tolerance([taken("morphine", 20)], days: nil, stated: true).patientClass == .notTolerant)
  #expect(tolerance([taken("morphine", 20)], days: 30, stated: true).patientClass == .notTolerant)
}

@Test(
  arguments: [(true, OpioidClass.tolerant), (false, .notTolerant), (nil, .unknown)] as [(Bool?, OpioidClass)])
func `without medicines what a physician states holds`(stated: Bool?, expected: OpioidClass) {
  let (patientClass, finding) = tolerance([], stated: stated)
  #expect(patientClass == expected && (finding == nil) == (stated != nil))
}

@Test func `the thresholds at which results change are the ages and days of the data`() {
  #expect(rules.thresholds.ages == [4, 18, 65] && rules.thresholds.opioidDays == [7])
}
