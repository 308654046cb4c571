/// What is wrong with an input, and with which part of it; whoever read the input from a file knows the line.
public struct InputProblem: Error, Hashable, Sendable {
  /// The part of an input that is at fault.
  public enum Subject: Hashable, Sendable {
    /// The input as a whole.
    case whole
    /// The drug.
    case drug
    /// A place along the CSF space, wherever it is named first.
    case site(CanalSite)
  }

  /// The part that is at fault.
  public let subject: Subject
  /// What is wrong and what would be right.
  public let message: String

  /// A problem with a part of an input.
  public init(_ subject: Subject, _ message: String) {
    self.subject = subject
    self.message = message
  }
}
