import ThecalScenario
import ThecalTabular

/// Why a sweep, or what it was to write, is not there: one line for a person, a number for a program.
public struct SweepProblem: Error, Equatable, Sendable {
  /// What happened and what to do.
  public let message: String
  /// 65 a file is unusable, 66 there is none, 73 no output, 74 input or output failed.
  public let exitCode: Int32

  init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  init(_ error: TabularError) { self.init(message: error.description, exitCode: error.exitCode) }

  /// Why a file could not be read.
  init(reading error: TabularError) {
    self.init(message: error.description, exitCode: error.exitCodeOfReading)
  }

  init(_ error: ScenarioError) { self.init(message: error.description, exitCode: 65) }
}
