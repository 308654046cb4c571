public import ThecalDosing

/// What is wrong with a file that a user wrote, and where.
public struct ScenarioError: Error, Equatable, Sendable {
  /// The file, as the user named it.
  public let file: String
  /// The line, counted from 1; nil where the file as a whole is meant.
  public let line: Int?
  /// The key, with the keys above it: `program[1].rate`.
  public let key: String
  /// What is wrong and what to write instead.
  public let message: String
  /// What the clinical rules refuse; empty where the file cannot be read.
  public let refused: [Finding]

  /// An error at this place.
  public init(file: String, line: Int?, key: String, message: String, refused: [Finding] = []) {
    self.file = file
    self.line = line
    self.key = key
    self.message = message
    self.refused = refused
  }
}

extension ScenarioError: CustomStringConvertible {
  /// `file:line: key: message`, as compilers write it.
  public var description: String {
    "\(file):\(line.map { "\($0):" } ?? "") \(key.isEmpty ? "" : "\(key): ")\(message)"
  }
}

/// Where a value stands, so that a later check can name the place.
public struct Place: Hashable, Sendable {
  /// The file.
  public let file: String
  /// The line, counted from 1.
  public let line: Int?
  /// The key, with the keys above it.
  public let key: String

  /// A place in a file, or in a request that a program puts together.
  package init(file: String, line: Int?, key: String) {
    self.file = file
    self.line = line
    self.key = key
  }

  /// An error at this place.
  public func error(_ message: String, refused: [Finding] = []) -> ScenarioError {
    ScenarioError(file: file, line: line, key: key, message: message, refused: refused)
  }
}

/// A value and where it stands.
public struct Placed<Value: Sendable & Hashable>: Hashable, Sendable {
  /// The value.
  public let value: Value
  /// Where it stands.
  public let place: Place

  /// A value at a place.
  public init(_ value: Value, at place: Place) {
    self.value = value
    self.place = place
  }
}

extension Placed<String> {
  /// The error that this names a file outside the folder of the file where it stands; `what` is to be put beside it.
  package func outsideFolder(_ what: String) -> ScenarioError {
    place.error("'\(value)' lies outside the folder of this file: put \(what) beside it")
  }
}
