import ArgumentParser
import Thecal
import ThecalPumpTools

/// `thecal diary`: what a pain diary says.
struct DiaryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diary",
    abstract: "Summarize a pain diary: hours, days, trend, relief, gaps, a rhythm to talk about.",
    discussion: """
      The table has the columns date (2026-01-05, 2026-01-05 08:00 or 2026-01-05T08:00, local time) and pain (0 to \
      10), and optionally time, ashworth (0 to 4), dose (400 mcg/day) and side_effect. Rows that cannot be read are \
      named by line, in the answer too, and leave exit code 1. \(thecalIntendedUse)
      """)

  @Argument(help: "The diary, a CSV file, or - for standard input.")
  var file: String

  @Option(
    help: "What to compare with: a score before the diary (8), or its first days (\"7 day\").",
    transform: Self.baseline)
  var baseline: DiarySummary.Baseline?

  @Option(help: "Draw pain by hour and by day; the name ends in .svg or .png.")
  var plot: String?

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    try requirePictureName(plot)
  }

  @Sendable private static func baseline(_ text: String) throws -> DiarySummary.Baseline {
    if let score = try? NumberReader().read(text) {
      guard score > 0, score <= 10 else { throw ValidationError("a score lies above 0 and up to 10") }
      return .score(score.double)
    }
    let days = try Time.positive(text).value(in: .days)
    guard days == days.rounded(), days >= 1 else { throw ValidationError("'\(text)' is no number of days") }
    return .days(Int(days))
  }

  func run() throws {
    let report: DiarySummary
    do throws(SimulationProblem) {
      report = try DiarySummary(path: file, baseline: baseline)
    } catch {
      throw CommandFailure(error)
    }
    if let plot {
      try OutputGuard.refuseOverlap(outputs: [plot, "-"], inputs: [file])
      do throws(SimulationProblem) { try report.plot(to: plot) } catch { throw CommandFailure(error) }
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
    if report.hasBadRows { throw ExitCode(1) }
  }
}
