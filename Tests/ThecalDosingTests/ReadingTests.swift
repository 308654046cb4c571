import Testing
import ThecalDosing
import ThecalFormulary
import ThecalQuantities

private func read(_ text: String) throws -> (medicine: Medicine?, problems: [Finding]) {
  rules.read(try #require(MedicineWords(text)), line: 5)
}

@Test(arguments: [
  ("oxycodone oral 20 mg q6h", taken("oxycodone", 20, times: 4, line: 5)),
  ("oxycodone 20 mg q6h", taken("oxycodone", 20, times: 4, line: 5)),
  ("OxyContin oral 20 mg bid", taken("oxycodone", 20, times: 2, line: 5)),
  ("hydromorphone iv 1 mg q4h", taken("hydromorphone", 1, times: 6, by: .intravenous, line: 5)),
  ("morphine oral 500 mcg daily", taken("morphine", 0.5, line: 5)),
  ("methadone oral 10 mg weekly", taken("methadone", 10, times: ExactNumber(1, over: 7), line: 5)),
])
func `a medicine in a line of words is read`(text: String, medicine: Medicine) throws {
  let found = try read(text)
  #expect(found.medicine == medicine && found.problems.isEmpty)
}

@Test func `a patch and an infusion are read by their rate`() throws {
  #expect(
    try read("fentanyl transdermal 25 mcg/h").medicine?.amount == .rate(DoseRate(25, .microgramsPerHour)))
  #expect(try read("fentanyl transdermal 25 mcg/h q72h").medicine?.route == .transdermal)
  #expect(try read("morphine intrathecal 2 mg/day").medicine?.amount == .rate(mg(2)))
}

private let unreadable: [(String, ReadingTopic, Code, String)] = [
  ("exampline oral 20 mg q6h", .unknownName, .unknownDrug, "drug"),
  ("Percocet oral 5 mg q6h", .combination, .unknownDrug, "drug"),
  ("oxycodone oral 0 mg q6h", .zeroDose, .badNumber, "dose"),
  ("oxycodone oral 1,500 mg q6h", .badNumber, .ambiguousNumber, "dose"),
  ("oxycodone oral 1O mg q6h", .badNumber, .badNumber, "dose"),
  ("oxycodone oral -5 mg q6h", .badNumber, .badNumber, "dose"),
  ("oxycodone oral 20 ml q6h", .volumeUnit, .badUnit, "unit"),
  ("oxycodone oral 20 tablets q6h", .badUnit, .badUnit, "unit"),
  ("fentanyl transdermal 25 mcg q72h", .patchUnit, .patchUnit, "unit"),
  ("fentanyl transdermal 25 mcg/day", .patchUnit, .patchUnit, "unit"),
  ("oxycodone oral 20 mg", .blankFrequency, .missingField, "frequency"),
  ("oxycodone oral 20 mg prn", .badFrequency, .badFrequency, "frequency"),
  ("oxycodone oral 20 mg q4-6h", .badFrequency, .badFrequency, "frequency"),
  ("oxycodone oral 20 mg as needed", .badFrequency, .badFrequency, "frequency"),
  ("morphine iv 2 mg/h q6h", .frequencyBesideRate, .badFrequency, "frequency"),
]

@Test(arguments: unreadable.indices) func `what cannot be read gives no medicine, a code and its place`(
  index: Int
) throws {
  let (text, topic, code, field) = unreadable[index]
  let found = try read(text)
  #expect(found.medicine == nil && found.problems.count == 1)
  let problem = try #require(found.problems.first)
  #expect(problem.isAbout(topic) && problem.code == code && problem.severity == .error)
  #expect(problem.place == Place(line: 5, field: field))
}

@Test func `every fault of a line is named at once`() throws {
  let problems = try read("exampline oral 1O drops sometimes").problems
  #expect(problems.map(\.code) == [.unknownDrug, .badNumber, .badUnit])
}

@Test func `a route that is none is named with those that are`() {
  let found = rules.read(
    MedicineWords(drug: "morphine", route: "by balloon", dose: "20", unit: "mg", frequency: "q6h"))
  #expect(found.medicine == nil && found.problems.first?.isAbout(ReadingTopic.badRoute) == true)
  guard case .list(let routes)? = found.problems.first?.evidence.last else {
    Issue.record("no routes")
    return
  }
  #expect(routes.count == AdministrationRoute.allCases.count)
}

@Test func `a drug that must never be given is read, so that the rules can refuse it`() throws {
  let medicine = try #require(read("vincristine iv 2 mg weekly").medicine)
  #expect(rules.neverIntrathecal(medicine.drug) != nil)
}

@Test(arguments: ["", "morphine", "20 mg q6h", "morphine oral", "morphine 20", "morphine oral mg"])
func `a line without drug, dose and unit is no medicine`(text: String) {
  #expect(MedicineWords(text) == nil)
}

@Test func `words stand in their places`() {
  #expect(
    MedicineWords("morphine sulfate oral 30 mg every 12 hours")
      == MedicineWords(
        drug: "morphine sulfate", route: "oral", dose: "30", unit: "mg", frequency: "every 12 hours"))
  #expect(MedicineWords("oral 30 mg bid")?.drug == "oral")
}
