import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func changes(_ drug: String, _ indication: Indication?, age: ExactNumber? = 50, slow: Bool = false)
  throws -> ChangeRules
{
  let patient = patient { ($0.indication, $0.ageYears) = (indication, age) }
  return try #require(rules.changes(of: use(drug), for: patient, isSlow: slow))
}

/// Step in percent and days between two steps, by drug and setting; `deer2007_panel` and the labels.
private let shares: [(String, Indication?, percent: ExactNumber, days: Int)] = [
  ("morphine", .noncancer, 30, 3), ("morphine", .cancer, 50, 1), ("morphine", nil, 30, 3),
  ("hydromorphone", .noncancer, 30, 3), ("hydromorphone", .cancer, 50, 1), ("clonidine", .cancer, 20, 7),
  ("bupivacaine", .noncancer, 20, 7), ("baclofen", .spasticitySpinal, 30, 1),
  ("baclofen", .spasticityCerebral, 15, 1),
]

@Test(arguments: shares.indices) func `step and interval go by drug and setting`(index: Int) throws {
  let (drug, indication, percent, days) = shares[index]
  let changes = try changes(drug, indication)
  #expect(changes.step == .share(percent / 100) && changes.intervalDays == days)
  #expect(changes.perWeek == nil && changes.limitNotBefore == nil && !changes.figures.isEmpty)
  let dose = mg(1)
  #expect(changes.next(after: dose) == (1 + percent / 100) * dose)
}

/// What is held against the rule of the test below.
private let childSteps: [(ExactNumber, Indication, ExactNumber)] =
  [
    (ExactNumber(17), Indication.spasticitySpinal, ExactNumber(15)), (17.9, .spasticitySpinal, 15),
    (18, .spasticitySpinal, 30),
    (40, .spasticityCerebral, 15), (17, .spasticityCerebral, 15),
  ] as [(ExactNumber, Indication, ExactNumber)]

@Test(arguments: childSteps.indices)
func `a child's step of baclofen is the smaller one, and eighteen is no child`(index: Int) throws {
  let (age, indication, percent) = childSteps[index]
  let changes = try changes("baclofen", indication, age: age)
  #expect(changes.step == .share(percent / 100) && changes.findings.isEmpty)
}

@Test(
  arguments: [(nil, .spasticitySpinal, "age_years"), (50, nil, "indication"), (nil, nil, "age_years")]
    as [(ExactNumber?, Indication?, String)])
func `what nobody stated brings the smallest step, and is named`(
  age: ExactNumber?, indication: Indication?, field: String
) throws {
  let changes = try changes("baclofen", indication, age: age)
  #expect(changes.step == .share(0.15))
  #expect(changes.findings.topics == [.smallestStep] && changes.findings[0].evidence == [.text(field)])
  #expect(changes.findings[0].severity == .review && changes.findings[0].code == .missingField)
}

@Test func `ziconotide rises by the label's amount, three times a week, its limit not before day twenty-one`()
  throws
{
  let label = try changes("ziconotide", .noncancer)
  #expect(
    label.step == .amount(mcg(2.4)) && label.intervalDays == 2 && label.perWeek == 3
      && label.limitNotBefore == 21)
  #expect(label.next(after: mcg(2.4)) == mcg(4.8))
  let slow = try changes("ziconotide", .noncancer, slow: true)
  #expect(slow.step == .amount(mcg(0.5)) && slow.intervalDays == 7 && slow.perWeek == nil)
}

@Test(arguments: ["fentanyl", "sufentanil", "ropivacaine", "oxycodone"])
func `a drug of which neither step nor interval is on record is not titrated`(drug: String) throws {
  #expect(try rules.changes(of: use(drug), for: Patient()) == nil)
}

@Test func `every figure of a change says what it decides`() throws {
  let figures = try changes("morphine", .cancer).figures
  #expect(figures.map(\.part) == ["the step", "the interval between increases"])
  #expect(figures[0].citation.source == "deer2007_panel" && figures[1].citation.isOwn)
  #expect(try changes("ziconotide", .noncancer).figures.map(\.part).contains("the day of the limit"))
}

@Test func `a slower protocol never rises faster than the label's`() throws {
  for drug in ["ziconotide", "morphine", "baclofen", "clonidine"] {
    let (usual, slow) = (try changes(drug, .noncancer), try changes(drug, .noncancer, slow: true))
    #expect(
      slow.intervalDays >= usual.intervalDays && slow.next(after: mcg(100)) <= usual.next(after: mcg(100)),
      "\(drug)")
  }
}

@Test(
  arguments: [
    ("baclofen", 20), ("clonidine", 20), ("morphine", 20), ("hydromorphone", 20), ("fentanyl", nil),
    ("ziconotide", nil),
  ] as [(String, ExactNumber?)])
func `the largest fall in a day is on record or nothing is`(drug: String, percent: ExactNumber?) throws {
  let drop = try intrathecal(drug).largestDrop
  #expect(drop?.value == percent.map { Ratio($0, .percent) } && (drop?.citation.isOwn ?? true))
}
