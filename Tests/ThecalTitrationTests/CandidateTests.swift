import Testing
import ThecalDosing
import ThecalFormulary
import ThecalScenario

@testable import ThecalTitration

private let formulary = Formulary.embedded
private let checklist = formulary.candidateChecklist

/// The checklist for facts in YAML.
private func assess(_ yaml: String) throws -> CandidateAssessment {
  let scenario = try CandidateScenario(
    yaml: yaml, file: "facts.yaml", indications: checklist.indications, questions: checklist.questions)
  return try CandidateAssessment(scenario, formulary: formulary)
}

extension CandidateAssessment {
  fileprivate var status: Status { findings.status }
  fileprivate var codes: [Code] { findings.codes.codes }
}

/// Facts that meet every item for an indication and a drug, with some of them changed.
private func facts(
  _ indication: String, _ drug: String, _ changes: [String: String] = [:], without: Set<String> = []
)
  -> String
{
  let items = checklist.items(indication: indication, drug: drug)
  let answers = items.filter { !without.contains($0.id) }.map {
    "\($0.id): \(changes[$0.id] ?? $0.expects.rawValue)"
  }
  return (["indication: \(indication)", "drug: \(drug)"] + answers).joined(separator: "\n")
}

private let pairs = [
  ("noncancer", "morphine"), ("noncancer", "ziconotide"), ("cancer", "morphine"), ("cancer", "hydromorphone"),
  ("spasticity_spinal", "baclofen"), ("spasticity_cerebral", "baclofen"),
]

@Suite struct `the checklist for candidates` {
  @Test(arguments: pairs) func `is ok when every item is met, and lists them all`(
    indication: String, drug: String
  ) throws {
    let result = try assess(facts(indication, drug))
    #expect(result.status == .ok && result.codes.isEmpty)
    #expect(result.lines.allSatisfy { $0.verdict == .met } && result.lines.count >= 13)
    for source in result.sources { #expect(formulary.source(source) != nil, "\(source)") }
  }

  @Test(arguments: pairs) func `one item turned round decides alone, as its data says`(
    indication: String, drug: String
  ) throws {
    for item in checklist.items(indication: indication, drug: drug) {
      let turned = item.expects == .yes ? "no" : "yes"
      let result = try assess(facts(indication, drug, [item.id: turned]))
      let excludes = item.ifNot == .excludes
      #expect(result.status == (excludes ? .blocked : .review), "\(item.id)")
      #expect(result.codes.contains(excludes ? .excluded : .notMet))
      #expect(result.codes.contains(.unverifiedSource) == !item.citation.verified)
      #expect((result.excluding + result.toWeigh).map(\.item.id) == [item.id])
      let finding = try #require(result.findings.all.first)
      #expect(finding.evidence.first == .text(item.id.replacing("_", with: " ")))
      #expect(finding.citations == [item.citation])
    }
  }

  @Test(arguments: pairs) func `what is absent or unknown is missing, never met and never excluding`(
    indication: String, drug: String
  ) throws {
    for item in checklist.items(indication: indication, drug: drug) {
      for yaml in [
        facts(indication, drug, [item.id: "unknown"]), facts(indication, drug, without: [item.id]),
      ] {
        let result = try assess(yaml)
        #expect(result.status == .review && result.codes == [.missingField])
        #expect(result.missing.map(\.item.id) == [item.id])
      }
    }
  }

  @Test func `an exclusion outweighs everything that is met, and nothing that is met outweighs it`() throws {
    let result = try assess(
      facts("noncancer", "ziconotide", ["psychosis_history": "yes", "pregnancy": "yes"]))
    #expect(result.status == .blocked)
    #expect(Set(result.codes) == [.excluded, .notMet, .unverifiedSource])
  }

  @Test(arguments: [
    ("positive_trial", "50 %", true), ("positive_trial", "49.9 %", false), ("positive_trial", "0.6", nil),
    ("positive_trial", "-10 %", false), ("age", "18 year", true), ("age", "17 year", false),
    ("age", "216 months", true), ("age", "215 months", false), ("age", "40", nil), ("infection", "3", nil),
    ("infection", "maybe", nil), ("age", "x months", nil),
  ])
  func `numbers are held against the number of the source, with their unit`(
    key: String, value: String, met: Bool?
  ) throws {
    let yaml = facts("noncancer", "morphine", [key: value])
    guard let met else {
      #expect(throws: ScenarioError.self) { try assess(yaml) }
      return
    }
    #expect(try assess(yaml).lines.first { $0.item.id == key }?.verdict == (met ? .met : .notMet))
  }

  @Test func `life expectancy in months, weeks and years means the same`() throws {
    for (text, met) in [("3 months", true), ("1 year", true), ("10 week", false), ("2.9 month", false)] {
      let result = try assess(facts("cancer", "morphine", ["life_expectancy": text]))
      #expect(result.lines.first { $0.item.id == "life_expectancy" }?.verdict == (met ? .met : .notMet))
    }
  }

  @Test func `cancer and noncancer differ as their sources do`() throws {
    let noncancer = checklist.items(indication: "noncancer", drug: nil).map(\.id)
    let cancer = checklist.items(indication: "cancer", drug: nil).map(\.id)
    #expect(cancer.contains("life_expectancy") && !noncancer.contains("life_expectancy"))
    #expect(
      noncancer.contains("further_surgery_would_help") && !cancer.contains("further_surgery_would_help"))
    let short = facts("cancer", "morphine", ["positive_trial": "no", "life_expectancy": "1 month"])
    #expect(try assess(short).status == .review)
    #expect(try assess(facts("noncancer", "morphine", ["positive_trial": "no"])).status == .blocked)
  }

  @Test func `a drug brings the questions of its label, and brands are known`() throws {
    let yaml = facts("noncancer", "ziconotide").replacing("drug: ziconotide", with: "drug: Prialt")
    #expect(try assess(yaml).drug?.id == "ziconotide")
    let without = facts("noncancer", "ziconotide").replacing("drug: ziconotide\n", with: "")
    let result = try assess(without)
    #expect(
      result.status == .review && result.notAsked == ["intrathecal_chemotherapy", "psychosis_history"])
    #expect(result.findings.all.contains { $0.isAbout(TitrationTopic.noDrugOfPump) })
  }

  @Test(arguments: [
    ("indication: noncancer\nage: 3 year\ninfektion: no", "did you mean 'infection'?"),
    ("indication: back", "unknown indication"), ("drug: morphine", "'indication' is missing"),
    ("indication: cancer\ndrug: morfine", "did you mean 'morphine'?"),
    ("indication: cancer\ndrug: oxycodone", "no drug of a pump"),
    ("indication: cancer\ninfection: [no, yes]", "expected one value"), ("", "empty"),
  ])
  func `mistakes are named with their place`(yaml: String, words: String) {
    do {
      _ = try assess(yaml)
      Issue.record("nothing was thrown")
    } catch { #expect("\(error)".contains(words) && "\(error)".hasPrefix("facts.yaml"), "\(error)") }
  }

  @Test func `the data agree with themselves`() {
    for indication in checklist.indications {
      for drug in [nil, "morphine", "hydromorphone", "ziconotide", "baclofen"] {
        let ids = checklist.items(indication: indication, drug: drug).map(\.id)
        #expect(Set(ids).count == ids.count, "\(indication), \(drug ?? "no drug"): asked twice")
      }
    }
    for item in checklist.items {
      #expect(item.citation.verified || item.ifNot == .review, "\(item.id): excludes on a recalled source")
      #expect(item.drugs == nil || item.drugs?.allSatisfy { formulary.drug(named: $0) != nil } == true)
    }
  }
}
