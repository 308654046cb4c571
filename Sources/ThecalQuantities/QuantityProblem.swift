/// Why a text is not taken as a quantity.
public enum QuantityProblem: Error, Hashable, Sendable {
  /// The number in front could not be read.
  case number(text: String, NumberProblem)
  /// A number without a unit.
  case missingUnit(text: String, dimension: String, accepted: [String])
  /// A unit of another dimension, or none that is known.
  case unknownUnit(unit: String, dimension: String, accepted: [String])
  /// A unit that is on the lists of error-prone abbreviations.
  case errorProneUnit(unit: String, instead: String)

  /// What is wrong and what to write instead, as a sentence.
  public var explanation: String {
    switch self {
    case .number(let text, let problem): "'\(text)' \(problem.explanation)"
    case .missingUnit(let text, let dimension, let accepted):
      "'\(text)' has no unit; a \(dimension) is written in \(accepted.joined(separator: ", "))"
    case .unknownUnit(let unit, let dimension, let accepted):
      "'\(unit)' is no unit of \(dimension); write \(accepted.joined(separator: ", "))"
    case .errorProneUnit(let unit, let instead): "'\(unit)' is easily misread; write \(instead)"
    }
  }
}
