import Foundation
import Testing

@testable import ThecalFormulary

private let files = DataFiles.embedded
private let sources = Dictionary(uniqueKeysWithValues: Formulary.embedded.sources.map { ($0.id, $0) })

/// Every object of every file that cites a place in a source.
private func everyFigure() throws -> [(path: String, figure: [String: Any])] {
  try files.paths.filter { $0.hasSuffix(".json") && !$0.hasPrefix("references") && $0 != "manifest.json" }
    .flatMap { path in
      try cited(JSONSerialization.jsonObject(with: Data(files[path] ?? []))).map { (path, $0) }
    }
}

private func cited(_ node: Any) -> [[String: Any]] {
  if let object = node as? [String: Any] {
    let own = object["locator"] is String && object["source"] is String ? [object] : []
    return own + object.keys.sorted().flatMap { cited(object[$0] ?? 0) }
  }
  return (node as? [Any])?.flatMap(cited) ?? []
}

/// The errors that the check finds where the first row of a file that `fits` is another.
private func errors(
  in path: String, where fits: ([String: Any]) -> Bool, _ edit: (inout [String: Any]) -> Void
) throws -> [String] {
  var all: [String: [UInt8]] = [:]
  for name in files.paths { all[name] = files[name] }
  var document = try #require(
    JSONSerialization.jsonObject(with: Data(files[path] ?? [])) as? [String: Any])
  var rows = try #require(document["rows"] as? [[String: Any]])
  let found = rows.firstIndex(where: fits)
  let place = try #require(found)
  edit(&rows[place])
  document["rows"] = rows
  all[path] = Array(try JSONSerialization.data(withJSONObject: document))
  return Formulary(files: DataFiles(all)).check([path]).filter {
    $0.severity == .error && $0.place == "rows[\(place)]"
  }.map(\.message)
}

@Suite struct `The mark of a figure` {
  @Test func `says no more than was read, in every file`() throws {
    let figures = try everyFigure()
    #expect(figures.count > 1_000)
    for (path, figure) in figures where figure["rows"] == nil {
      let source = try #require(sources[figure["source"] as? String ?? ""], "\(path)")
      let read = try #require((figure["read"] as? String).flatMap(Citation.Reading.init), "\(path)")
      let verified = try #require(figure["verified"] as? Bool, "\(path)")
      let held =
        (figure["readIn"] as? [String: Any]).flatMap { sources[$0["document"] as? String ?? ""] } ?? source
      let name = "\(path) \(source.id) \(figure["locator"] ?? "")"
      switch read {
      case .recalled: #expect(!verified, "\(name)")
      case .primary: #expect(source.reading == .primary, "\(name)")
      case .abstract: #expect(source.reading == .primary || source.reading == .abstract, "\(name)")
      case .secondary: #expect(held.reading != .none, "\(name)")
      case .derived: break
      }
      if verified { #expect(held.reading != .none && held.doubt == nil, "\(name)") }
    }
  }

  @Test func `of a count that was taken from a percentage says derived, in every file`() throws {
    let counts = try everyFigure().filter { $0.figure["events"] is Int && $0.figure["n"] is Int }
    #expect(counts.count > 200)
    let taken = counts.filter { $0.figure["countRange"] != nil }
    #expect(taken.count > 25)
    for (path, figure) in taken { #expect(figure["read"] as? String == "derived", "\(path) \(figure)") }
    for (path, figure) in counts where figure["read"] as? String == "derived" && figure["percent"] != nil {
      #expect(figure["countRange"] != nil, "\(path) \(figure)")
    }
  }

  @Test func `of a machine's extraction or an unsigned page is never verified`() throws {
    let doubted = sources.values.filter { $0.doubt != nil }
    #expect(Set(doubted.map(\.doubt)) == [.machine, .unsigned])
    let found = try errors(in: "incidence/ziconotide.json") {
      ($0["readIn"] as? [String: Any])?["document"] as? String == "sider41"
    } _: {
      $0["verified"] = true
    }
    #expect(found == ["nobody vouches for 'sider41': a figure of it is not verified"])
  }

  @Test func `of a percentage is refused where it claims a reading or lacks its counts`() throws {
    func found(_ edit: (inout [String: Any]) -> Void) throws -> [String] {
      try errors(in: "incidence/morphine.json", where: { $0["countRange"] != nil }, edit)
    }
    #expect(try found { _ in } == [])
    #expect(
      try found { $0["read"] = "abstract" } == ["a count taken from a percentage claims to have been read"])
    #expect(
      try found { $0["countRange"] = nil } == [
        "a count taken from a percentage without every count that prints as it"
      ])
    #expect(
      try found { $0["countRange"] = ["low": 0, "high": 1] } == [
        "the count is none of those that print as its percentage"
      ])
  }

  @Test func `of a count is refused where events, people and percentage do not agree`() throws {
    func found(_ edit: (inout [String: Any]) -> Void) throws -> [String] {
      try errors(
        in: "incidence/morphine.json",
        where: { $0["percent"] is Double && $0["countRange"] == nil && $0["n"] is Int }, edit)
    }
    #expect(try found { _ in } == [])
    #expect(try found { $0["percent"] = 60 } == ["the count is not its percentage"])
    #expect(try found { ($0["events"], $0["percent"]) = (38, nil) } == ["more events than people"])
  }
}
