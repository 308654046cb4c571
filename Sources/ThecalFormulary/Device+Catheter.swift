extension Device {
  /// A catheter: length as sold and volume per length.
  public struct Catheter: Hashable, Sendable, Decodable, Identifiable {
    /// The id, `ascenda_8780`.
    public let id: String
    /// The name of the product.
    public let name: String
    /// Who makes it.
    public let maker: String
    /// Model numbers.
    public let models: [String]
    /// The length as sold; nil where no document gave it.
    public let length: CitedRange?
    /// The volume per length.
    public let volumePerLength: CitedRange
    /// How it is shortened.
    public let trimming: Statement?
  }
}
