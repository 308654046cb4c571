public import ThecalQuantities

/// A figure about a device or a drug, with who says so.
public struct PumpFigure<D: Dimension>: Hashable, Sendable {
  /// What is said.
  public let value: Quantity<D>
  /// The id of the source; nil where the caller stated the figure.
  public let source: String?
  /// Whether the figure was read in its source. An unverified figure marks every result that rests on it.
  public let isVerified: Bool

  /// A figure from `source`.
  public init(_ value: Quantity<D>, source: String, isVerified: Bool) {
    self.value = value
    self.source = source
    self.isVerified = isVerified
  }

  /// A figure that the caller answers for, such as one read on the pump's own label.
  public init(stated value: Quantity<D>) {
    self.value = value
    source = nil
    isVerified = true
  }
}
