import Foundation
import Testing
import ThecalFormulary
import ThecalResponse
import ThecalStudy

@testable import ThecalReports

private let pictures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Sources/ThecalResponse/ThecalResponse.docc")

@Suite struct `Models beside their counts` {
  private static let plots = CountsPlot.all(CountComparison())

  /// Every model that is kept and every curve has its picture; each shows every count once, observed and predicted.
  @Test func `every model and curve is drawn, with every count that calibrates it`() throws {
    let models = ModelComparison.all(in: .embedded)
    #expect(
      models.count == 3 && Self.plots.count == models.count + RiskFit.all(drug: nil, in: .embedded).count)
    #expect(Set(Self.plots.map(\.name)).count == Self.plots.count)
    for model in models {
      let plot = try #require(
        Self.plots.first { $0.title.hasPrefix("\(model.drug),") && $0.rows.count == model.lines.count })
      for (line, row) in zip(model.lines, plot.rows) {
        #expect(row.label.hasPrefix(line.row.citation.source))
        let (events, n) = (try #require(line.row.events), try #require(line.row.n))
        #expect(row.label.hasSuffix("\(events) of \(n)"))
        #expect(abs(row.observed.value - Double(events) / Double(n)) < 1e-12)
        for bar in [row.observed, row.predicted] {
          #expect(0 <= bar.low && bar.low <= bar.value && bar.value <= bar.high && bar.high <= 1)
        }
      }
    }
  }

  /// The page says which counts the most probable share does not agree with: a postoperative count and two series below it, a
  /// series of pumps above. Their models allow for it by the variance between studies.
  @Test func `the most probable share lies in the interval of every count but the four that the page names`()
    throws
  {
    let lines = ModelComparison.all(in: .embedded).flatMap(\.lines)
    let apart = lines.filter { !($0.row.interval?.contains($0.expected) ?? false) }.map(\.row.citation.source)
    #expect(
      lines.count == 27 && apart.sorted() == ["anderson1999", "irish1994", "roberts2001", "sviggum2016"])
    let page = try String(contentsOf: pictures.appending(path: "Risk.md"), encoding: .utf8)
    let captions = page.split(separator: "\n").filter { $0.hasPrefix("![") }
    for source in apart { #expect(captions.contains { $0.contains(source) }, "\(source)") }
  }

  @Test func `the pictures of the documentation are those of today's data, and its page shows each`() throws {
    let page = try String(contentsOf: pictures.appending(path: "Risk.md"), encoding: .utf8)
    for plot in Self.plots {
      let file = pictures.appending(path: "Resources/\(plot.name).svg")
      let picture = try String(contentsOf: file, encoding: .utf8)
      #expect(picture.hasSuffix(plot.mark + "\n"), "\(plot.name): make plots")
      #expect(page.contains("](\(plot.name))"), "\(plot.name) is not in the page")
    }
  }
}

@Suite struct `What has no curve` {
  private let absences = CurveAbsence.all(beside: RiskFit.all(drug: nil, in: .embedded), in: .embedded)

  @Test func `has a reason, and what has none has a curve or a model`() {
    let drugs = Formulary.embedded.drugs.filter { $0.intrathecal != nil }.map(\.id)
    let effects = Formulary.embedded.harms.effects.map(\.id)
    let drawn = CountsPlot.all(CountComparison()).count
    #expect(absences.count + drawn >= drugs.count * effects.count)
    #expect(Set(absences.map { "\($0.drug) \($0.effect)" }).count == absences.count)
    for (drug, effect) in [
      ("morphine", "respiratory_depression"), ("morphine", "inadequate_relief"), ("morphine", "pruritus"),
      ("morphine", "nausea"), ("baclofen", "inadequate_relief"),
    ] {
      #expect(!absences.contains { $0.drug == drug && $0.effect == effect }, "\(drug) \(effect)")
    }
    func reason(_ drug: String, _ effect: String) -> CurveAbsence.Reason? {
      absences.first { $0.drug == drug && $0.effect == effect }?.reason
    }
    #expect(reason("ropivacaine", "pruritus") == .notCounted)
    #expect(reason("clonidine", "respiratory_depression") == .otherRoute)
    #expect(reason("fentanyl", "pruritus") == .noPeople)
    #expect(reason("ziconotide", "anxiety") == .unread)
    #expect(reason("bupivacaine", "hypotension") == .oneDose)
    #expect(reason("sufentanil", "inadequate_relief") == .notComparable)
  }

  /// The page of the module lists them as the program does.
  @Test func `stands in the page as the program says it`() throws {
    let page = try String(contentsOf: pictures.appending(path: "Risk.md"), encoding: .utf8)
    let lines = Set(page.split(separator: "\n").map(String.init))
    let said = RiskFitReport.absences(absences)
    #expect(said.count > 20)
    for line in said { #expect(lines.contains("- \(line)"), "not in Risk.md: \(line)") }
    let listed = lines.filter { line in
      CurveAbsence.Reason.allCases.contains { line.hasPrefix("- ") && line.contains(", \($0.words): ") }
    }
    #expect(listed.count == said.count, "Risk.md lists what has a curve now")
  }

  @Test func `closes the answer of a drug without any, in words and for a program`() {
    let report = RiskFitReport(RiskFitJob(drug: "clonidine"))
    let text = report.answer.text
    #expect(text.hasPrefix("Without a curve\n  clonidine, nobody counted it: "))
    #expect(text.contains("\n  clonidine, counted after another way of giving alone: respiratory depression"))
    #expect(report.answer.json.contains(#""without_curve":[{"drug":"clonidine","effect":"#))
    #expect(report.absent.count == Formulary.embedded.harms.effects.count)
    #expect(report.answer.message == "No counts at two doses or more are on record.")
  }

  @Test func `has a reason of its own words each`() {
    let words = CurveAbsence.Reason.allCases.map(\.words)
    #expect(Set(words).count == words.count && words.allSatisfy { !$0.isEmpty && !$0.contains(":") })
  }
}
