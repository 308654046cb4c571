public import ArgumentParser
import Glibc
import Synchronization
public import Thecal
import ThecalServer

/// `thecal convert`: a clinic's patients, or one patient given inline.
struct ConvertCommand: ServedCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Convert oral regimens to intrathecal doses, for a file of patients or for one.",
    discussion: """
      Each result carries an estimate (what a published ratio gives), a start (what label, consensus or \
      screening allow on day 1), a limit, and a status: ok, review, blocked or error. Exit code 1 says that \
      something was blocked or could not be read. \(thecalIntendedUse)
      """)

  @Argument(
    help:
      "A CSV file with one line per medicine, a hospital's export or FHIR as 'intake' reads them, or - for standard input."
  )
  var input: String?

  @Option(name: .shortAndLong, help: "Where the result goes; - or nothing for standard output.")
  var output = "-"

  @Option(help: "csv, jsonl or xlsx; by default what the name of the output says, or csv.")
  var format: BatchFormat?

  @Option(name: .customLong("mme-table"), help: "Table of oral morphine equivalents; see 'thecal tables'.")
  var equivalentTable = "cdc_2022"

  @Option(help: "Table of ratios from oral to intrathecal; see 'thecal tables'.")
  var ratioTable = "leaflet_300"

  @Option(help: "Write a page with the results as HTML.")
  var report: String?

  @Option(help: "Number of threads; the result does not depend on it.")
  var threads: Int?

  @Flag(help: "A comma separates the decimals in the input.")
  var decimalComma = false

  @Flag(help: "Print the calculation of every result step by step, with sources.")
  var explain = false

  @Flag(help: "Add the two worst risks of too much and of too little at the start to every result.")
  var risk = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  @Flag(help: "Write JSON, an object for each result.")
  var json = false

  @Flag(help: "Name the time of the run in the engine column; without it equal input gives equal bytes.")
  var stamp = false

  @Option(help: "A medicine of one patient: \"oxycodone oral 20 mg q6h\". May be repeated.")
  var medication: [String] = []

  @OptionGroup(title: "Reading a hospital's export")
  var reading: IntakeReadingOptions

  @OptionGroup(title: "Facts about the patient of --medication")
  var facts: InlineFacts

  func validate() throws {
    switch options.format {
    case .csv, .jsonl: try requireTableEnding(output, asObjects: options.format == .jsonl)
    case .xlsx: try requireEnding(output, of: "xlsx")
    }
    if let threads, !(1...256).contains(threads) {
      throw ValidationError("--threads is a number from 1 to 256")
    }
    if medication.isEmpty {
      if input == nil {
        throw ValidationError("name a file of patients, - for standard input, or --medication")
      }
      if json, let format, format != .jsonl {
        throw ValidationError("--json and --format \(format.rawValue) contradict each other")
      }
      if let given = facts.columns.keys.sorted().first {
        throw ValidationError("\(given) belongs to --medication; in a file it is a column")
      }
    } else if input != nil {
      throw ValidationError("give a file or --medication, not both")
    }
  }

  func run() throws {
    if medication.isEmpty { try convertFile() } else { try convertInline() }
  }

  private var options: BatchOptions {
    var options = BatchOptions()
    options.format =
      json
      ? .jsonl
      : format ?? BatchFormat.allCases.first { output.lowercased().hasSuffix(".\($0.rawValue)") } ?? .csv
    options.equivalentTable = equivalentTable
    options.ratioTable = ratioTable
    options.decimalComma = decimalComma
    options.threads = threads ?? max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    options.explains = explain || report != nil
    options.risks = risk
    return options
  }

  private func convertFile() throws {
    if explain && output == "-" {
      throw ValidationError("--explain prints to standard output: give the table a file with -o")
    }
    var run = BatchRun(options, engine: stamp ? "\(Versions.engine) at \(Terminal.time)" : Versions.engine)
    let bar = ProgressBar(isOn: !quiet && Terminal.isWatched)
    run.progress = { done, all in bar.show(done, of: all, unit: "lines") }
    let page = report.map { _ in ReportCollector() }
    let explains = explain
    let explained = ExplainedRows()
    if page != nil || explains {
      run.visitor = { row in
        page?.add(row)
        if explains { explained.print(row) }
      }
    }
    warnOfOverdueTable()
    try OutputGuard.refuseOverlap(
      outputs: [output, report, explain ? "-" : nil].compactMap(\.self), inputs: [input ?? "-"])
    let source = try source()
    let summary = try withExtendedLifetime(source) { try run.convert(input: source.path, output: output) }
    if let failure = explained.failure { throw failure }
    bar.clear()
    if let report, let page {
      try ConversionReport(summary, page.rows, total: page.total, engine: Versions.text).write(to: report)
    }
    if !quiet { Terminal.say(BatchText(summary).text) }
    if summary.hasRefusals { throw ExitCode(1) }
  }

  /// The table, or what a hospital's export becomes.
  private func source() throws -> ConvertSource {
    do throws(IntakeProblem) {
      let run = IntakeRun(try reading.options)
      let source = try ConvertSource(
        input ?? "-", run, outputs: [output] + [report].compactMap(\.self)
      ) { export, table throws(IntakeProblem) in
        var writer = try IntakeWriter(to: table, inputs: [export])
        let summary = try run.read(path: export) { writer.add($0) }
        return try writer.finish(summary)
      }
      if !quiet, let summary = source.summary { Terminal.say(IntakeReadingOptions.text(summary)) }
      return source
    } catch {
      throw CommandFailure(message: error.message, exitCode: error.exitCode)
    }
  }

  private func warnOfOverdueTable() {
    for table in Formulary.embedded.overdueTables(on: Terminal.today)
    where !quiet && table.id == equivalentTable {
      Terminal.say("thecal: \(TableCatalog.overdue(table)): check for a newer edition")
    }
  }

  func forms() throws -> [String: @Sendable () throws -> [UInt8]] {
    guard !medication.isEmpty else { throw ValidationError("--medication is needed, once for each medicine") }
    let result = try inlineResult()
    return [
      ServedType.json: { Array(result.jsonLines.utf8) }, ServedType.lines: { Array(result.jsonLines.utf8) },
      ServedType.csv: { Array(result.csv.utf8) },
      ServedType.text: { Array(result.rows.map { ConversionText($0).explained + "\n" }.joined().utf8) },
    ]
  }

  private func inlineResult() throws -> InlineResult {
    let run = BatchRun(options, engine: stamp ? "\(Versions.engine) at \(Terminal.time)" : Versions.engine)
    return try run.convert(InlinePatient(medications: medication, facts: facts.columns))
  }

  private func convertInline() throws {
    warnOfOverdueTable()
    let result = try inlineResult()
    if json || format == .jsonl {
      try Terminal.print(result.jsonLines, terminator: "")
    } else if format == .csv {
      try Terminal.print(result.csv, terminator: "")
    } else {
      for row in result.rows {
        try Terminal.print(ConversionText(row).summary)
        if explain { try Terminal.print("\n\(ConversionText(row).derivation)") }
      }
      try Terminal.print("\n\(thecalIntendedUse)")
    }
    if result.rows.contains(where: { $0.conversion.status >= .blocked }) { throw ExitCode(1) }
  }
}

extension BatchFormat: ExpressibleByArgument {}

/// Prints results with their calculation, until printing fails.
private final class ExplainedRows: Sendable {
  private let problem = Mutex<(any Error)?>(nil)

  /// Why printing stopped; nil where all of it is printed.
  var failure: (any Error)? { problem.withLock { $0 } }

  func print(_ row: ReportRow) {
    problem.withLock { problem in
      guard problem == nil else { return }
      do { try Terminal.print(ConversionText(row).explained) } catch {
        problem = error
      }
    }
  }
}
