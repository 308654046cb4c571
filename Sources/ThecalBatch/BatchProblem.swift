import ThecalConversion
package import ThecalTabular

/// Why a batch did not run: nothing was written.
public struct BatchProblem: Error, Hashable, Sendable {
  /// What happened and what to do, in one line.
  public let message: String
  /// The exit code that says the same: 64 usage, 65 unusable data, 66 no input, 73 no output, 74 input or output.
  public let exitCode: Int32

  /// A problem that happened above the batch.
  package init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }

  static func file(_ error: TabularError) -> Self {
    Self(message: error.description, exitCode: error.exitCode)
  }

  static func refused(path: String, reason: String) -> Self {
    Self(message: "\(path == "-" ? "standard input" : path): \(reason)", exitCode: 65)
  }

  static func table(_ problem: Converter.Problem) -> Self {
    let message =
      switch problem {
      case .unknownTable(let id, let known): "no table '\(id)'; there are \(known.joined(separator: ", "))"
      case .wrongDirection(let id):
        "'\(id)' converts intrathecal to oral; it is used for those rows by itself and cannot be chosen"
      case .incompleteData(let what): "the data lacks \(what); run 'thecal doctor'"
      }
    return Self(message: message, exitCode: 64)
  }
}

extension BatchProblem {
  /// What is wrong with a file, as a problem of the batch.
  package init(_ error: TabularError) { self = .file(error) }
}
