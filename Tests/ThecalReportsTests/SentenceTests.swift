import Testing
import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalIntake
import ThecalPlan
import ThecalPump
import ThecalQuantities
import ThecalResponse
import ThecalScenario
import ThecalTitration

@testable import ThecalReports

/// Every topic of the engine with its sentence as it is written.
private let sentences: [(topic: Topic, name: String, template: String)] = {
  func all<T: FindingTopic>(_: T.Type, _ sentence: (T) -> String) -> [(Topic, String, String)] {
    T.allCases.map { (Topic($0), "\(T.self).\($0)", sentence($0)) }
  }
  return all(DosingTopic.self, \.sentence) + all(ConversionTopic.self, \.sentence)
    + all(ReadingTopic.self, \.sentence)
    + all(PumpTopic.self, \.sentence) + all(TitrationTopic.self, \.sentence)
    + all(ScenarioTopic.self, \.sentence) + all(PlanTopic.self, \.sentence)
    + all(IntakeTopic.self, \.sentence) + all(RiskTopic.self, \.sentence)
}()

/// What a topic carries and its sentence does not name: for tests, tables and pages.
private let unnamed: [Topic: Set<Int>] = [
  Topic(PumpTopic.alarmFirst): [0],  // the accuracy, which the other side of the check names
  Topic(PumpTopic.dropWithin): [1],
]

@Test func `every topic has a sentence, and the book gives that one`() {
  #expect(sentences.count > 250)
  for (topic, name, template) in sentences {
    #expect(!template.isEmpty, "\(name)")
    #expect(SentenceBook.standard[topic] == Sentence(template), "\(name)")
  }
  #expect(Set(sentences.map(\.topic)).count == sentences.count)
}

@Test func `a sentence is written as a sentence`() {
  for (_, name, template) in sentences {
    #expect(
      !template.contains("  ") && !template.contains("()") && !template.contains(" ,"), "\(name): \(template)"
    )
    #expect(!template.contains(" .") || template.contains(" ..."), "\(name): \(template)")
    #expect(!template.hasPrefix(" ") && !template.hasSuffix(" "), "\(name)")
    if name.hasPrefix("DosingTopic.step") || name.hasPrefix("ConversionTopic.step") {
      #expect(template.contains(": "), "\(name)")
    } else if !template.hasSuffix("}") {
      #expect(template.hasSuffix(".") || template.hasSuffix("?"), "\(name): \(template)")
    }
    for (open, close) in [("(", ")"), ("{", "}")] {
      #expect(
        template.filter { String($0) == open }.count == template.filter { String($0) == close }.count,
        "\(name)")
    }
  }
}

/// Source: `ismp_error_prone`, the abbreviations and symbols that are misread.
@Test func `no sentence holds what is misread`() {
  for (_, name, template) in sentences {
    for bad in [
      "µ", "μ", " ug", "ug/", " cc", " U ", "IU", " QD", " qd", "q.d.", "@", "&", "°", " > ", " < ", "≥", "≤",
    ] {
      #expect(!template.contains(bad), "\(name) holds '\(bad)'")
    }
    #expect(template.firstMatch(of: #/(?:^|[^0-9])\.[0-9]/#) == nil, "\(name): a naked point")
    #expect(template.firstMatch(of: #/[0-9]\.0(?![0-9])/#) == nil, "\(name): a trailing zero")
    #expect(
      template.firstMatch(of: #/(?:^|[^q0-9])[0-9]+(?:mg|mcg|mL|h)\b/#) == nil,
      "\(name): no space before the unit")
  }
}

@Test func `places are numbered from zero without a gap`() {
  for (topic, name, template) in sentences {
    let places = Set(template.matches(of: #/\{(\d)\}/#).compactMap { Int($0.1) }).union(unnamed[topic] ?? [])
    #expect(places == Set(0..<places.count), "\(name): \(template)")
  }
}

@Test func `what the rules find fills every place of its sentence and nothing is left over`() throws {
  var seen: Set<Topic> = []
  for finding in Found.findings {
    let entry = try #require(sentences.first { $0.topic == finding.topic })
    seen.insert(finding.topic)
    let places = Set(entry.template.matches(of: #/\{(\d)\}/#).compactMap { Int($0.1) })
    #expect(
      places.union(unnamed[finding.topic] ?? []).isSuperset(of: finding.evidence.indices),
      "\(entry.name): \(finding.evidence)")
    #expect(places.allSatisfy(finding.evidence.indices.contains), "\(entry.name): \(finding.evidence)")
  }
  // So broad a set reaches most of what can be found.
  #expect(seen.count > 120, "\(seen.count)")
}

@Test func `what is found reads as a text`() {
  for finding in Found.findings {
    let text = finding.text
    #expect(!text.isEmpty && !text.contains("{") && !text.contains("}"), "\(text)")
    #expect(
      !text.contains("  ") && !text.contains("()") && !text.contains(" ,") && !text.contains(", ."), "\(text)"
    )
    #expect(text.firstMatch(of: #/[0-9]\.0+(?![0-9])/#) == nil, "\(text)")
    #expect(text.firstMatch(of: #/(?:^|[^0-9])\.[0-9]/#) == nil, "\(text)")
    #expect(
      text.firstMatch(of: #/(?:^|[^0-9.])[0-9]{5,}/#) == nil || text.contains("_") || !text.contains("mg"),
      "\(text)")
    #expect(!text.contains("e-") || text.firstMatch(of: #/[0-9]e-[0-9]/#) == nil, "\(text)")
  }
}

@Test func `after a place a sentence does not begin anew`() {
  for finding in Found.findings where finding.place?.field != nil {
    let place = finding.place?.field ?? ""
    let after = finding.text.components(after: "\(place): ")
    // A name may keep its capitals: what follows is no sentence of its own.
    for word in ["One ", "No ", "The ", "A ", "Several ", "There "] {
      #expect(!after.hasPrefix(word), "\(finding.text)")
    }
  }
}

extension String {
  /// What stands behind the first `separator`.
  fileprivate func components(after separator: String) -> Substring {
    firstRange(of: separator).map { self[$0.upperBound...] } ?? self[...]
  }
}

@Test func `every step of a calculation says what it computes and how`() {
  #expect(Found.steps.count > 50)
  for step in Found.steps {
    let (quantity, arithmetic) = step.words
    #expect(
      !quantity.isEmpty && !arithmetic.isEmpty && !arithmetic.contains("{") && !arithmetic.contains("  "),
      "\(quantity): \(arithmetic)")
  }
}

@Test func `a finding names its line and its field before the sentence`() {
  let finding = Finding(ReadingTopic.blank, .missingField, nil, [], at: Place(line: 3, field: "dose"))
  #expect(finding.text == "line 3, dose: is blank.")
  #expect(
    Finding(ReadingTopic.blank, .missingField, nil, [], at: Place(field: "dose")).text == "dose: is blank.")
  #expect(
    Finding(ReadingTopic.notUTF8, .badText, nil, [], at: Place(line: 9)).text.hasPrefix("line 9, holds bytes")
  )
}

@Test func `a template without evidence leaves its places empty rather than fail`() {
  var bytes: [UInt8] = []
  Sentence("{0} is above {1}.").write([.text("a")], digits: 4, to: &bytes)
  #expect(String(decoding: bytes, as: UTF8.self) == "a is above .")
  #expect(
    Sentence("{0} is above {1}.").places == 2 && Sentence("Nothing.").places == 0
      && Sentence("a { b").places == 0)
}
