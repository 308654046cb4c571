/// Files that a text may name, handed over beside it: a program that computes for strangers opens none by their names.
public struct NamedTexts: Sendable {
  private let texts: [String: String]

  /// The files by the names under which texts refer to them.
  public init(_ texts: [String: String] = [:]) { self.texts = texts }

  /// The file that stands at a place of a text.
  ///
  /// - Throws: `ScenarioError` where it was not handed over.
  public func text(_ name: Placed<String>) throws(ScenarioError) -> String {
    guard let text = texts[name.value] else {
      throw name.place.error(
        "'\(name.value)' was not handed over; write it here, or hand it over by this name")
    }
    return text
  }

  /// The names of files to which the text `yaml` refers, in their order.
  public static func names(in yaml: String) throws(ScenarioError) -> [String] {
    var names: [String] = []
    for (key, value) in try ScenarioNode(yaml: yaml, file: "text").pairs()
    where keys.contains(key) && !value.isMapping && !value.isList {
      let text = try value.text()
      // A table that stands in the text itself has lines.
      if !text.contains("\n") { names.append(text) }
    }
    return names
  }

  /// Keys whose value may be the name of a file.
  private static let keys: Set = ["scenario", "diary", "data"]
}
