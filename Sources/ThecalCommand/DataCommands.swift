import ArgumentParser
import Thecal

/// `thecal tables`: what conversions rest on.
struct TablesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tables", abstract: "List the tables of factors and ratios, or show one with its sources.",
    subcommands: [ListTables.self, ShowTable.self], defaultSubcommand: ListTables.self)
}

/// `thecal tables`, without an id.
struct ListTables: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the tables.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let answer = TableCatalog(.embedded)
    try Terminal.print(json ? answer.list.json : answer.list.text)
  }
}

/// `thecal tables show ID`.
struct ShowTable: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show one table, every figure with its source.")

  @Argument(help: "The id of a table: cdc_2022, leaflet_300, …")
  var id: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let catalog = TableCatalog(.embedded)
    guard let table = catalog.table(id) else {
      throw CommandFailure.usage("no table '\(id)'; there are \(catalog.ids.joined(separator: ", "))")
    }
    try Terminal.print(json ? table.json : table.text)
  }
}

/// `thecal cite ID`.
struct CiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cite", abstract: "Print the document behind a source id.")

  @Argument(help: "One or more ids, as results name them.")
  var ids: [String]

  @Flag(help: "Print JSON, an object a line.")
  var json = false

  func run() throws {
    for id in ids {
      guard let source = Formulary.embedded.source(id) else {
        throw CommandFailure.usage("no source '\(id)'; 'thecal tables show ID' names the sources of a table")
      }
      let answer = SourceText(source)
      try Terminal.print(json ? answer.json : answer.text)
    }
  }
}

/// `thecal check-data`: the data's own test program.
struct CheckDataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check-data",
    abstract: "Prove the data: checksums, sources, ranges, what nobody has verified.")

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Name every figure that nobody has compared with its source.")
  var unverified = false

  func run() throws {
    let check = DataCheck(Formulary.embedded.check(), version: Formulary.embedded.version)
    try Terminal.print(json ? check.answer.json : check.text(namingUnverified: unverified))
    if check.hasErrors { throw ExitCode(65) }
  }
}

/// `thecal doctor`: whether the installation works.
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Check the installation and say what to do about each failure.")

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let check = InstallationCheck(today: Terminal.today)
    let report = InstallationReport(check, engine: Versions.text)
    try Terminal.print(json ? report.answer.json : report.text)
    if check.hasFailures { throw ExitCode(1) }
  }
}
