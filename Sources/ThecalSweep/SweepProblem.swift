public import ThecalScenario
import ThecalTabular

/// Why a sweep, or what it was to write, is not there: one line for a person, a number for a program.
public struct SweepProblem: Error, Equatable, Sendable {
  /// What happened and what to do.
  public let message: String
  /// 1 the clinical rules refuse a dose, 65 a file is unusable, 66 there is none, 73 no output, 74 input or output failed.
  public let exitCode: Int32
  /// The refusal of a dose by the clinical rules; nil for a problem of another kind.
  public let refusal: ScenarioError?

  init(message: String, exitCode: Int32, refusal: ScenarioError? = nil) {
    self.message = message
    self.exitCode = exitCode
    self.refusal = refusal
  }

  init(_ error: TabularError) { self.init(message: error.description, exitCode: error.exitCode) }

  /// Why a file could not be read.
  init(reading error: TabularError) {
    self.init(message: error.description, exitCode: error.exitCodeOfReading)
  }

  init(_ error: ScenarioError) {
    let isRefusal = !error.refused.isEmpty
    self.init(message: error.description, exitCode: isRefusal ? 1 : 65, refusal: isRefusal ? error : nil)
  }
}
