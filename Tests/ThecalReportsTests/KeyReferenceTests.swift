import Foundation
import Testing
import ThecalScenario

@testable import ThecalReports

/// The page in the sources, which `make reference` writes.
private let page: String = {
  let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..")
  let file = root.appending(path: "Sources/ThecalScenario/ThecalScenario.docc/Keys.md")
  return (try? String(contentsOf: file, encoding: .utf8)) ?? ""
}()

@Test func `the reference page is that of the tables`() {
  #expect(page == KeyReference().page, "run make reference")
}

@Test(arguments: ScenarioFile.allCases) func `a schema names every key of its file and refuses others`(
  file: ScenarioFile
) throws {
  let text = SchemaReport(file).json
  let found = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  let properties = try #require(found["properties"] as? [String: Any])
  #expect(Set(properties.keys) == Set(file.keys.names))
  #expect(Set(found["required"] as? [String] ?? []) == Set(file.keys.keys.filter(\.isRequired).map(\.name)))
  #expect(found["additionalProperties"] as? Bool == false)
  let definitions = try #require(found["$defs"] as? [String: Any])
  // Every reference leads somewhere.
  for part in text.split(separator: "\"#/$defs/").dropFirst() {
    let name = String(part.prefix { $0 != "\"" })
    #expect(definitions[name] != nil, "\(name)")
  }
}

@Test func `the pattern of a quantity takes what the reader takes`() throws {
  let text = SchemaReport(.simulate).json
  let found = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  let definitions = try #require(found["$defs"] as? [String: Any])
  func pattern(_ dimension: String) throws -> Regex<AnyRegexOutput> {
    let entry = definitions.first { $0.key.hasPrefix("\(dimension)_of") }?.value as? [String: Any]
    return try Regex(#require(entry?["pattern"] as? String))
  }
  for (dimension, good, bad) in [
    (
      "mass", ["0.25 mg", "250 mcg", "250mcg", "250 µg", "250 μg", "1e-3 g", "250 UG"],
      ["5", "5 mL", "-5 mg", "mg", "5 mg/day"]
    ),
    ("time", ["0 h", "7 day", "15 min", "2 weeks", ".5 h"], ["5", "5 m/s", "-1 h"]),
    ("dose_rate", ["1 mg/day", "400 mcg/d", "1 MG/H"], ["1 mg", "1", "-1 mg/day"]),
  ] {
    let pattern = try pattern(dimension)
    for text in good { #expect(text.wholeMatch(of: pattern) != nil, "\(text)") }
    for text in bad { #expect(text.wholeMatch(of: pattern) == nil, "\(text)") }
  }
}
