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

  /// Counts that the model contradicts are few: of 25 counts the most probable share lies in the interval of 23.
  @Test func `the most probable share lies in the interval of nearly every count`() {
    let lines = ModelComparison.all(in: .embedded).flatMap(\.lines)
    let near = lines.count { $0.row.interval?.contains($0.expected) ?? false }
    #expect(lines.count == 25 && near >= 23, "\(near) of \(lines.count)")
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
