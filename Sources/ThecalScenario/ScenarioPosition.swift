public import ThecalQuantities

/// A place that a user names: where a catheter ends, or where a level is read.
public enum ScenarioPosition: Hashable, Sendable {
  /// The midpoint of a vertebra, C1 … S2.
  case level(String)
  /// The middle of the segment of the cord that supplies a dermatome: `dermatome T10`.
  case dermatome(String)
  /// A distance along the canal from its upper end at C1.
  case distance(Length)
  /// The end of the catheter.
  case tip
  /// The cranial pool.
  case cranial
  /// Plasma.
  case plasma

  /// Reads `L3`, `dermatome T10`, `45 cm`, `tip`, `cranial` or `plasma`.
  init(_ node: ScenarioNode) throws(ScenarioError) {
    let text = try node.text()
    let words = text.lowercased().split(separator: " ")
    switch words.first {
    case "tip": self = .tip
    case "cranial": self = .cranial
    case "plasma": self = .plasma
    case "dermatome" where words.count == 2: self = .dermatome(words[1].uppercased())
    case let first? where first.first?.isNumber == true || first.first == "-":
      self = .distance(try node.positive(orZero: true))
    default: self = .level(text.uppercased())
    }
  }

  /// A name for a column of data: `tip`, `L4`, `dermatome_T10`, `45cm`.
  public var columnName: String {
    switch self {
    case .level(let name): name
    case .dermatome(let name): "dermatome_\(name)"
    case .distance(let length): "\(length.exactValue(in: .centimeters))cm"
    case .tip: "tip"
    case .cranial: "cranial"
    case .plasma: "plasma"
    }
  }
}
