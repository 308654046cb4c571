public import ThecalDosing
package import ThecalEstimation
package import ThecalKinetics
package import ThecalScenario
package import ThecalTabular

/// Why a study, or what it was to write, is not there: what happened for a person, a number for a program.
public struct SimulationProblem: Error, Equatable, Sendable {
  /// What happened, as far as the room that found it has said it.
  package enum Cause: Equatable, Sendable {
    /// A fault of a file or a call, in the words of its reader.
    case fault(String)
    /// The clinical rules refuse a dose or a drug.
    case refused([Finding])
    /// A line of the event table called `table` cannot be followed.
    case events(table: String, DosingError)
    /// Parameters that are none of a model of plasma.
    case kinetics(KineticProblem)
    /// What was measured cannot be fitted.
    case estimation(EstimationProblem)
  }

  /// What happened.
  package let cause: Cause
  /// 64 a call makes no sense, 65 what was read is unusable, 66 there is none, 73 no output, 74 input or output failed, 1 refused.
  public let exitCode: Int32
  /// The line of the input that is wrong, counted from 1; nil where no line is to blame.
  public let line: Int?

  /// What the clinical rules refuse; empty for a problem of another kind.
  public var findings: [Finding] { if case .refused(let findings) = cause { findings } else { [] } }

  package init(_ cause: Cause, exitCode: Int32 = 65, line: Int? = nil) {
    self.cause = cause
    self.exitCode = exitCode
    self.line = line
  }

  /// A fault in words.
  package init(message: String, exitCode: Int32, line: Int? = nil) {
    self.init(.fault(message), exitCode: exitCode, line: line)
  }

  /// What is wrong with a scenario, at its line, or what the clinical rules refuse of it.
  package init(_ error: ScenarioError) {
    if error.refused.isEmpty {
      self.init(message: "\(error)", exitCode: 65, line: error.line)
    } else {
      self.init(refusedFor: Findings(error.refused))
    }
  }

  /// A refusal by the clinical rules.
  package init(refusedFor findings: Findings) { self.init(.refused(findings.all), exitCode: 1) }

  /// What went wrong with a file.
  package init(_ error: TabularError) { self.init(message: error.description, exitCode: error.exitCode) }

  /// Refuses a drug that must never reach the cerebrospinal fluid, before anything else is asked of it.
  public static func refuseForbidden(_ drug: String) throws(SimulationProblem) {
    guard let never = DosingRules.standard.neverIntrathecal(drug.lowercased()) else { return }
    throw SimulationProblem(refusedFor: Findings([never]))
  }
}

/// The text of the file at `path`, or of standard input for `-`.
func readText(_ path: String) throws(SimulationProblem) -> String {
  do { return try TextFile(path).text } catch { throw SimulationProblem(error) }
}

/// What errors call the file at `path`.
func nameOfInput(_ path: String) -> String { path == "-" ? "standard input" : path }
