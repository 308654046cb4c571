/// What a NetCDF file holds: dimensions, the variables over them, and attributes, in the order of the
/// file. Two files with one schema can be joined along their record dimension.
package struct NetCDFSchema: Hashable, Sendable {
  /// An axis.
  package struct Dimension: Hashable, Sendable {
    /// The name that variables refer to.
    package let name: String
    /// Number of places, or nil for the record dimension, which grows as it is written.
    package let length: Int?

    /// An axis of `length` places, or a growing one.
    package init(_ name: String, length: Int?) {
      self.name = name
      self.length = length
    }
  }

  /// What the elements of a variable are.
  package enum Kind: Hashable, Sendable {
    /// Double-precision numbers; what is never written reads as NaN.
    case number
    /// Texts of at most `width` bytes of UTF-8, stored as characters so that checksums protect them.
    case text(width: Int)
  }

  /// Something that a file or a variable says about itself.
  package struct Attribute: Hashable, Sendable {
    /// The value of an attribute.
    package enum Value: Hashable, Sendable {
      /// Text in UTF-8.
      case text(String)
      /// A number in double precision.
      case number(Double)
      /// A whole number.
      case integer(Int)
    }

    /// The name, such as `units`.
    package let name: String
    /// The value.
    package let value: Value

    /// The attribute `name` with `value`.
    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  /// An array over some dimensions.
  package struct Variable: Hashable, Sendable {
    /// The name, which makes it a coordinate if it is that of its only dimension.
    package let name: String
    /// What its elements are.
    package let kind: Kind
    /// Names of its dimensions, the slowest first; the record dimension can only be the first.
    package let dimensions: [String]
    /// What it says about itself.
    package let attributes: [Attribute]

    /// A variable; with `units`, an attribute that says so comes first.
    package init(
      _ name: String, _ kind: Kind = .number, over dimensions: [String], units: String? = nil,
      attributes: [Attribute] = []
    ) {
      self.name = name
      self.kind = kind
      self.dimensions = dimensions
      self.attributes = (units.map { [Attribute("units", .text($0))] } ?? []) + attributes
    }
  }

  /// The value of an attribute of the file; nil where there is none.
  package func attribute(_ name: String) -> Attribute.Value? { attributes.first { $0.name == name }?.value }

  /// The axes.
  package let dimensions: [Dimension]
  /// The arrays.
  package let variables: [Variable]
  /// What the file says about itself.
  package let attributes: [Attribute]

  /// A schema, whose names must be defined before they are used.
  package init(dimensions: [Dimension], variables: [Variable], attributes: [Attribute] = []) {
    self.dimensions = dimensions
    self.variables = variables
    self.attributes = attributes
  }
}
