import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalStudy

@testable import ThecalReports

/// Every text that the reports of the samples print for a person, by the name of its sample.
private let texts: [(name: String, text: String)] =
  Sample.plans.compactMap { plan in
    (try? Sample.report(plan.name)).map { ("plan \(plan.name)", $0.answer.text) }
  }
  + Sample.conversions.flatMap {
    [
      ("conversion \($0.name)", ConversionText($0.row).explained),
      ("card \($0.name)", CardText($0.row).summary),
    ]
  } + Sample.risks.map { ("risk \($0.name)", $0.report.answer.text) }
  + [("whole plan", Sample.wholePlan?.text ?? ""), ("refused plan", Sample.refusedPlan?.text ?? "")]
  + [("diary", (try? Sample.diary())?.answer.text ?? "")]

/// The same as objects.
private let answers: [(name: String, answer: Answer)] =
  Sample.plans.compactMap { plan in (try? Sample.report(plan.name)).map { (plan.name, $0.answer) } }
  + Sample.risks.map { ($0.name, $0.report.answer) }
  + [Sample.wholePlan, Sample.refusedPlan].compactMap { $0 }.map { ("plan", $0.answer) }
  + ((try? Sample.diary()).map { [("diary", $0.answer)] } ?? [])

@Suite struct `Every text of the samples` {
  @Test func `is there`() {
    #expect(texts.count == 8 + 20 + 5 + 3 && texts.allSatisfy { !$0.text.isEmpty })
    #expect(answers.count == 8 + 5 + 2 + 1)
  }

  @Test(arguments: texts.indices) func `has nothing empty, nothing of a machine and no sign that is misread`(
    index: Int
  ) {
    let (name, text) = texts[index]
    #expect(Reading.faults(text).isEmpty, "\(name): \(Reading.faults(text))")
  }

  @Test(arguments: answers.indices)
  func `has a status, codes where something is to decide, and sources that resolve`(index: Int)
    throws
  {
    let (name, answer) = answers[index]
    let read = try ReadAnswer(answer)
    let status = try #require(read.status)
    #expect(["ok", "review", "blocked", "error"].contains(status))
    if status != "ok" { #expect(!read.codes.isEmpty, "\(name)") }
    #expect(Set(read.codes).count == read.codes.count, "\(name): \(read.codes)")
    for source in read.texts("sources") {
      #expect(Formulary.embedded.source(source) != nil, "\(name): \(source)")
    }
    #expect(answer.text.contains("Status: \(status.uppercased())"))
  }

  @Test(arguments: answers.indices) func `says no sentence of its message twice, and of unread figures once`(
    index: Int
  ) throws {
    let (name, answer) = answers[index]
    let message = try ReadAnswer(answer).message
    #expect(Reading.repeated(message).isEmpty, "\(name): \(Reading.repeated(message))")
    #expect(
      message.ranges(of: "nobody has read").count + message.ranges(of: "not read in their source").count <= 2,
      "\(name)")
  }
}

@Suite struct `A finding in words` {
  /// A line of a file names itself once, before the field.
  @Test func `with a place begins with it, and without one with the sentence`() {
    for finding in Found.findings {
      let text = finding.text
      if let line = finding.place?.line { #expect(text.hasPrefix("line \(line), "), "\(text)") }
      if let field = finding.place?.field { #expect(text.contains("\(field): "), "\(text)") }
      if finding.place == nil { #expect(!text.hasPrefix("line "), "\(text)") }
      #expect(Reading.faults(text).isEmpty, "\(Reading.faults(text))")
    }
  }

  @Test func `of several calculations lists the figures that they rest on once`() {
    func unread(_ names: String...) -> Finding {
      Finding(DosingTopic.unverifiedFigures, .unverifiedSource, nil, [.list(names.map { .text($0) })])
    }
    func own(_ name: String) -> Finding {
      Finding(DosingTopic.ownCutoffs, .ownCutoff, nil, [.list([.text(name)])])
    }
    let other = Finding(DosingTopic.naloxoneAtHand)
    #expect(
      [unread("a", "b"), other, own("x"), unread("b", "c"), own("x"), other].sentences == [
        "Rests on figures that nobody has read in their source: a, b, c.",
        "Have naloxone and resuscitation at hand.",
        "Rests on this project's own cut-offs: x.",
      ])
    #expect([Finding]().sentences.isEmpty && [other, other].sentences.count == 1)
  }

  @Test(arguments: [
    (MedicineWords("oxycodone oral 20 ml q6h"), "volume is not a dose"),
    (MedicineWords("oxycodone oral 1,500 mg q6h"), "1,500"),
    (MedicineWords("oxycodone oral 5-325 mg q6h"), "5-325"),
    (MedicineWords("oxycodone oral 20 mg prn"), "prn"),
    (MedicineWords("fentanyl transdermal 25 mcg q72h"), "mcg/h"),
    (MedicineWords("exampline oral 20 mg q6h"), "exampline"),
  ]) func `fits the field that it is about`(words: MedicineWords?, hint: String) throws {
    let found = DosingRules.standard.read(try #require(words), line: 4).problems.map(\.text)
    #expect(
      found.contains { $0.contains(hint) } && found.allSatisfy { Reading.faults($0).isEmpty }, "\(found)")
  }
}

@Suite struct `How text is laid out` {
  @Test func `columns end together, whatever stands in them`() {
    #expect(
      [["a", "bbb"], ["cc", "d"]].aligned == ["   a  bbb", "  cc    d"] && [[String]]().aligned.isEmpty)
    #expect("ab".padded(to: 4) == "ab  " && "abcd".padded(to: 4) == "abcd " && "".padded(to: 2) == "  ")
  }

  @Test(arguments: [
    (1_234.5, 3, "1,230"), (0.000_123_456, 2, "0.00012"), (0, 3, "0"), (-2.5, 3, "-2.5"),
    (1e6, 3, "1,000,000"),
  ])
  func `numbers are those of the clinic`(value: Double, digits: Int, shown: String) {
    #expect(value.clinical(digits) == shown)
  }

  @Test func `what is said twice is kept once, in its first place`() {
    #expect(["b", "a", "b", "c", "a"].distinct == ["b", "a", "c"] && [String]().distinct.isEmpty)
  }

  @Test func `a section of a page is there only where it holds something`() {
    #expect(section("") as? Bool == false && section([]) as? Bool == false)
    #expect((section("x") as? [String: String])?["text"] == "x")
    #expect((section(["x"]) as? [String: [[String: String]]])?["items"] == [["text": "x"]])
  }
}
