import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

@testable import ThecalReports

/// Some of every calculation, good ones and refused ones.
private let reports: [PumpReport] =
  Found.refillPlans.prefix(20).map(\.report) + Found.discrepancies.prefix(20).map(\.report)
  + Found.tapers.prefix(20).map(\.report) + Found.bolusPlans.prefix(20).map(\.report)
  + Found.bridges.prefix(20).map(\.report) + Found.primings.prefix(20).map(\.report)
  + Found.admixtures.prefix(20).map(\.report) + Found.choices.prefix(20).map(\.report)

@Test func `every page of a pump calculation is whole, and loads and runs nothing`() throws {
  for report in reports {
    let page = try report.html
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>"), "\(report.title)")
    #expect(!page.contains("{{") && !page.contains("}}"), "\(report.title)")
    for word in ["<script", "<link", "<img", "src=", "url(", " style="] { #expect(!page.contains(word)) }
    for tag in ["table", "tr", "td", "ul", "li", "h2", "p"] {
      let opened = page.ranges(of: "<\(tag)>").count + page.ranges(of: "<\(tag) ").count
      #expect(opened == page.ranges(of: "</\(tag)>").count, "\(report.title): \(tag)")
    }
  }
}

@Test func `a page of a refusal shows its reason and no figure of the answer`() throws {
  let refused = reports.filter(\.outcome.isRefused)
  #expect(refused.count > 5)
  for report in refused {
    let page = try report.html
    #expect(page.contains("class=\"tag \(report.outcome.status.rawValue)\"") && page.contains("To decide"))
    for figure in report.questions where figure.role == .answer && !figure.isList {
      #expect(!page.contains("class=\"answer\">\(figure.label):"), "\(report.title): \(figure.label)")
    }
  }
}

@Test func `no page and no text of a pump calculation shows an id of words to people`() throws {
  let restarts = Found.discrepancies.map(\.report) + Found.interruptions.map(\.report)
  #expect(restarts.contains { $0.answer.json.contains("restore_previous") })
  #expect(restarts.contains { $0.answer.json.contains("pocket_fill") })
  for report in reports + restarts {
    let shown = try [ReadPage(report.html).text, report.text]
    for id in shown.flatMap({ $0.matches(of: #/[a-z]+(?:_[a-z0-9]+)+/#) }).map({ String($0.0) })
    where Formulary.embedded.source(id) == nil {
      Issue.record("\(report.title) shows \(id)")
    }
  }
}

@Test func `a name in an input stays a text on the page`() throws {
  let drug = PumpDrug(named: "<b>x</b>")
  let part = Admixture.Part(drug, Concentration(2, .milligramsPerMilliliter), unit: .milligrams)
  let sheet = CompoundingSheet(
    [.init(part, from: Concentration(10, .milligramsPerMilliliter))],
    making: .init(filling: Volume(20, .milliliters)))
  let page = try sheet.report.html
  #expect(page.contains("&lt;b&gt;x&lt;/b&gt;") && !page.contains("<b>x</b>"))
}

@Test func `a part of a refused whole keeps its frame and what would work instead, and no figure`() {
  for report in reports {
    let withheld = report.answer.withheld.json
    #expect(withheld.hasPrefix(#"{"status":"#) && withheld.contains(#""alternative":"#))
    for figure in report.figures where !["alternative", "unit"].contains(figure.key) {
      #expect(!withheld.contains("\"\(figure.key)\":"), "\(figure.key)")
    }
    #expect(report.answer.value.json == report.answer.json)
  }
}

@Test func `what another writer has written stands in an answer as it is`() {
  let answer = Answer(text: "", fields: [.init("a", .written(#"{"b":[1,2]}"#)), .init("c", .number(3))])
  #expect(answer.json == #"{"status":"ok","codes":[],"message":"","sources":[],"a":{"b":[1,2]},"c":3}"#)
}

@Test func `a finding with a code has a sentence of its own, whatever room it is from`() {
  var byCode: [Code: Set<String>] = [:]
  for finding in Found.findings {
    if let code = finding.code { byCode[code, default: []].insert(finding.text) }
  }
  #expect(byCode.count > 60)
  for (code, texts) in byCode { #expect(texts.allSatisfy { $0.count > 8 }, "\(code.name)") }
}
