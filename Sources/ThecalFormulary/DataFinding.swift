/// Something that `Formulary.check()` found in the data.
public struct DataFinding: Hashable, Sendable {
  /// How bad it is.
  public enum Severity: String, Hashable, Sendable {
    /// The data must not be used.
    case error
    /// Worth knowing: a figure that nobody has compared with its document.
    case note
  }

  /// How bad it is.
  public let severity: Severity
  /// The file, as a path below `Data/`.
  public let file: String
  /// The place in the file, such as `intrathecal.start[0]`; empty for the file itself.
  public let place: String
  /// What is wrong, as a sentence.
  public let message: String
}
