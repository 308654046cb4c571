package import ArgumentParser
import Glibc
package import Thecal

/// A tool around a pump: its long flags in, a report out. The terminal, programs over HTTP, C and Python read the same flags.
package protocol PumpTool: ParsableArguments {
  /// What it is called, and what it does.
  static var configuration: CommandConfiguration { get }
  /// The pump.
  var options: PumpOptions { get }
  /// Computes.
  func report() throws -> PumpReport
}

extension PumpTool {
  /// Its name: `pocket-fill`.
  package static var name: String { configuration.commandName ?? "" }

  /// The report for `words` of a command line.
  ///
  /// - Throws: `PumpToolProblem`.
  fileprivate static func report(_ words: [String]) throws -> PumpReport {
    try asked(words) { try $0.report() }
  }
}

extension ParsableArguments {
  /// What `answer` makes of `words` of a command line.
  ///
  /// - Throws: `PumpToolProblem`, and what `answer` throws beside words that make no sense.
  static func asked<Answer>(_ words: [String], _ answer: (Self) throws -> Answer) throws -> Answer {
    do { return try answer(try parse(words)) } catch let problem as PumpToolProblem {
      throw problem
    } catch let problem as SimulationProblem {
      throw problem
    } catch let problem as BatchProblem {
      throw PumpToolProblem(message: problem.message, exitCode: problem.exitCode)
    } catch {
      throw PumpToolProblem(message: message(for: error), exitCode: ExitCode.validationFailure.rawValue)
    }
  }
}

/// Why a tool gave no report: what happened, and the exit code that the command line ends with for it.
package struct PumpToolProblem: Error {
  /// What happened, in words.
  package let message: String
  /// 64 for a flag, 65 and 66 for a file.
  package let exitCode: Int32
}

/// The tools around a pump that answer with a report.
package enum PumpTools {
  /// All of them, in the order of the help.
  package static var all: [any PumpTool.Type] {
    [
      PumpRefill.self, PumpChoose.self, PumpPrime.self, PumpFlush.self, PumpBridge.self, PumpAdmix.self,
      PumpCompound.self, PumpFlex.self, PumpPTM.self, PumpDiscrepancy.self, PumpWashout.self, PumpWean.self,
      PumpBattery.self, PumpInterruption.self, PumpPocketFill.self,
    ]
  }

  /// The report of the tool called `name`, for flags without hyphens before them: `dose=4 mg/day`, `keep-old`.
  ///
  /// - Throws: `PumpToolProblem`.
  package static func report(_ name: String, flags: [String]) throws -> PumpReport {
    guard let tool = all.first(where: { $0.name == name }) else {
      throw PumpToolProblem(
        message: "'\(name)' is no tool; there are \(all.map { $0.name }.joined(separator: ", "))",
        exitCode: ExitCode.validationFailure.rawValue)
    }
    return try tool.report(flags.map { "--\($0)" })
  }
}

extension CalendarDate {
  /// The day by the machine's clock, in Greenwich.
  package static var today: Self { CalendarDate(dayNumber: Glibc.time(nil) / 86_400) }
}
