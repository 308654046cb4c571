import ArgumentParser
import Thecal

/// `thecal intake`: what a hospital exports, as a clinic's table.
struct IntakeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "intake",
    abstract: "Read what a hospital exports (tables, FHIR R4) into the table that 'convert' takes.",
    discussion: """
      One row for each medicine of the source, in its order. 'intake' says what came of it: read, ask (the words do not \
      settle a daily amount; the reason says the most that they allow) or skip (no opioid and no drug of a pump, or not \
      taken). Exit code 1 says that something is asked. \(thecalIntendedUse)
      """)

  @Argument(help: "A CSV or TSV file, a FHIR bundle, resource or NDJSON file, or - for standard input.")
  var export: String

  @Option(name: .shortAndLong, help: "Where the table goes; - or nothing for standard output.")
  var output = "-"

  @OptionGroup var reading: IntakeReadingOptions

  @Option(help: "Write a page that shows every medicine beside its source, as HTML.")
  var report: String?

  @Flag(help: "Write JSON, an object for each medicine.")
  var json = false

  @Flag(help: "Say nothing on standard error.")
  var quiet = false

  func validate() throws {
    try requireTableEnding(output, asObjects: json)
  }

  func run() throws {
    let summary: IntakeSummary
    do throws(IntakeProblem) {
      let options = try reading.options
      var writer = try IntakeWriter(
        to: output, inputs: [export], asJSON: json, page: report, engine: Versions.text)
      let read = try IntakeRun(options).read(path: export) { writer.add($0) }
      summary = try writer.finish(read)
    } catch {
      throw CommandFailure(message: error.message, exitCode: error.exitCode)
    }
    if !quiet { Terminal.say(IntakeReadingOptions.text(summary)) }
    if summary.counts[.ask] ?? 0 > 0 { throw ExitCode(1) }
  }
}

/// How an export is read, for every command that reads one.
struct IntakeReadingOptions: ParsableArguments {
  @Option(
    help: "What a column holds, where its name does not say so: --map \"HEADER=column\". May be repeated.")
  var map: [String] = []

  @Option(help: "A table of codes made by 'thecal codes build'.")
  var codes: String?

  @Option(help: "The day on which ages are counted from dates of birth, and orders have ended: 2026-01-31.")
  var asOf: String?

  /// Whether any of them was given.
  var isGiven: Bool { !map.isEmpty || codes != nil || asOf != nil }

  /// The options of a run.
  var options: IntakeOptions {
    get throws(IntakeProblem) { try IntakeOptions(map: map, asOf: asOf, codes: codes) }
  }

  /// What was read, for standard error.
  static func text(_ summary: IntakeSummary) -> String {
    let counts = [SigReading.Outcome.read, .ask, .skip].map { "\(summary.counts[$0] ?? 0) \($0.rawValue)" }
    let unread = summary.unread.isEmpty ? "" : "\nnot read: \(summary.unread.joined(separator: ", "))"
    return "\(summary.total) medicines: \(counts.joined(separator: ", "))\(unread)"
  }
}

/// `thecal codes`: the table of codes.
struct CodesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "codes", abstract: "Tables of RxNorm and NDC codes.", subcommands: [Build.self])

  /// `thecal codes build`
  struct Build: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Make the table for --codes out of a release that you have.",
      discussion: """
        The release is RxNorm's folder with RXNCONSO.RRF, RXNREL.RRF and RXNSAT.RRF, or product.txt of the FDA's NDC \
        directory. Thecal carries neither.
        """)

    @Argument(help: "The folder of an RxNorm release, or product.txt of the NDC directory.")
    var release: String

    @Option(name: .shortAndLong, help: "Where the table goes, an SQLite file.")
    var output: String

    func run() throws {
      do throws(IntakeProblem) {
        let count = try CodeTableBuilder(source: release).build(to: output)
        Terminal.say("\(output): \(count) codes")
      } catch {
        throw CommandFailure(message: error.message, exitCode: error.exitCode)
      }
    }
  }
}
