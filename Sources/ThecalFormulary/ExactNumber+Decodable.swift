public import ThecalQuantities

extension ExactNumber: Decodable {
  /// The decimal number as it is written: 0.1 is one tenth. Holds for the 15 digits that a double keeps.
  public init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(Double.self))
  }
}
