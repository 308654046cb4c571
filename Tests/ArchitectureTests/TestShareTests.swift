import Foundation
import Testing

/// The lines of tests that stand behind a module.
struct TestShare {
  let module: String
  let source: Int
  let tests: Int
  let count: Int

  /// Lines of tests for each line of source.
  var share: Double { source == 0 ? 1 : Double(tests) / Double(source) }

  /// One for every module that has Swift in it.
  static let all: [TestShare] = Dictionary(grouping: SourceTree.files, by: \.module).map { module, files in
    let tests = swiftFiles(of: "Tests/\(module)Tests")
    return TestShare(
      module: module, source: files.reduce(0) { $0 + $1.lines.count - 1 },
      tests: tests.reduce(0) { $0 + $1.count - 1 },
      count: tests.joined().filter { $0.contains("@Test") }.count)
  }.sorted { $0.module < $1.module }

  private static func swiftFiles(of folder: String) -> [[Substring]] {
    let root = SourceTree.root.appending(path: folder)
    let names = (try? FileManager.default.subpathsOfDirectory(atPath: root.path)) ?? []
    return names.sorted().filter { $0.hasSuffix(".swift") }.compactMap { name in
      (try? String(contentsOf: root.appending(path: name), encoding: .utf8))?.split(
        separator: "\n", omittingEmptySubsequences: false)
    }
  }

  /// The shares as a table.
  static var table: String {
    let lines = all.map { share in
      func right(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
      }
      let name = share.module + String(repeating: " ", count: max(0, 22 - share.module.count))
      return
        "\(name)\(right("\(share.source)", 7))\(right("\(share.tests)", 7))  \((share.share * 100).rounded() / 100)"
    }
    return (["module                 source  tests  share"] + lines).joined(separator: "\n")
  }
}

/// Modules whose tests are at least half as long as they are: once here, they stay.
private let wellTested = [
  "Thecal", "ThecalBatch", "ThecalCInterface", "ThecalCommand", "ThecalConversion", "ThecalDosing",
  "ThecalEstimation", "ThecalFormulary", "ThecalIntake", "ThecalKinetics", "ThecalLinearAlgebra",
  "ThecalOptimization", "ThecalPlan", "ThecalPump", "ThecalPumpTools", "ThecalQuantities", "ThecalReports",
  "ThecalResponse", "ThecalSampling", "ThecalScenario", "ThecalServer", "ThecalSolvers", "ThecalStatistics",
  "ThecalStudy", "ThecalSweep", "ThecalTabular", "ThecalTitration", "ThecalTransport", "ThecalWork",
]

@Test func `no module is without tests`() {
  #expect(TestShare.all.count >= 20)
  for share in TestShare.all { #expect(share.count > 0, "\(share.module) has no test") }
}

@Test func `tests are half as long as what they test, where they once were`() {
  print(TestShare.table)
  for module in wellTested {
    let share = TestShare.all.first { $0.module == module }
    #expect(share?.share ?? 0 >= 0.5, "\(module): \(share.map { "\($0.tests) of \($0.source)" } ?? "gone")")
  }
}

@Test func `no test is switched off and none waits for a failure that is known`() {
  let tests = SourceTree.root.appending(path: "Tests")
  let names = (try? FileManager.default.subpathsOfDirectory(atPath: tests.path)) ?? []
  for name in names where name.hasSuffix(".swift") && !name.hasPrefix("Fuzz") {
    let text = (try? String(contentsOf: tests.appending(path: name), encoding: .utf8)) ?? ""
    for word in [".dis" + "abled(", "withKnown" + "Issue", "@Test func `plac" + "eholder"] {
      #expect(!text.contains(word), "\(name): \(word)")
    }
  }
}
