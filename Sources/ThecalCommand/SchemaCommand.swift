import ArgumentParser
import Thecal

/// `thecal schema`: what may stand in a file.
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the JSON Schema of a YAML file, or the reference page of every key.",
    discussion: """
      An editor that knows JSON Schema completes and checks keys as they are written. Schema and page are made from the \
      tables by which the files are read.
      """)

  @Argument(help: "The kind of file: \(Self.kinds).", transform: Self.kind)
  var kind: ScenarioFile?

  private static let kinds = ScenarioFile.allCases.map(\.rawValue).joined(separator: ", ")

  private static func kind(_ name: String) throws -> ScenarioFile {
    guard let kind = ScenarioFile(rawValue: name) else {
      throw ValidationError("'\(name)' is no kind of file; there are \(kinds)")
    }
    return kind
  }

  @Flag(help: "Print the reference page in Markdown.")
  var page = false

  func validate() throws {
    guard (kind == nil) == page else { throw ValidationError("name one kind of file, or --page") }
  }

  func run() throws {
    if let kind {
      try Terminal.print(SchemaReport(kind).json)
    } else {
      try Terminal.print(SchemaReport.page, terminator: "")
    }
  }
}
