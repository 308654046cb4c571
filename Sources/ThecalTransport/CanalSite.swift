public import ThecalQuantities

/// A place along the CSF space: where a catheter ends, or where a level is read.
public enum CanalSite: Hashable, Sendable {
  /// The midpoint of a vertebra, C1 … S2.
  case level(String)
  /// The middle of the segment of the cord that supplies a dermatome, such as T10.
  case dermatome(String)
  /// A distance along the canal from its upper end at C1.
  case distance(Length)
  /// The end of the catheter.
  case tip
  /// The cranial pool.
  case cranial
  /// Plasma.
  case plasma

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
