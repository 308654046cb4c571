import Foundation
import Testing
import ThecalFormulary
import ThecalResponse

@testable import ThecalReports

private let pictures = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
  .deletingLastPathComponent().appending(path: "Sources/ThecalResponse/ThecalResponse.docc")

@Suite struct `Models beside their counts` {
  private static let plots = CountsPlot.all(in: .embedded)

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

  /// The page says which counts the most probable share does not agree with: a postoperative count and a small one below it, a
  /// series of pumps above. Their models allow for it by the variance between studies.
  @Test func `the most probable share lies in the interval of every count but the three that the page names`()
    throws
  {
    let lines = ModelComparison.all(in: .embedded).flatMap(\.lines)
    let apart = lines.filter { !($0.row.interval?.contains($0.expected) ?? false) }.map(\.row.citation.source)
    #expect(lines.count == 25 && apart.sorted() == ["anderson1999", "irish1994", "sviggum2016"])
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
