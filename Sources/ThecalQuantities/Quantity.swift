/// What a quantity measures: its name, the units it may be written in, and an example to show in errors.
public protocol Dimension: Sendable {
  /// The name used in messages, in lower case.
  static var name: String { get }
  /// Every unit that is read, the most usual first.
  static var units: [Quantity<Self>.Unit] { get }
  /// A quantity as a user would write it.
  static var example: String { get }
}

/// A number that knows its dimension. The base system is **µg · cm · h**, so 1 mL is 1 cm³.
///
/// Magnitudes are exact fractions: 0.1 mg is 100 mcg, not 100.00000000000001.
public struct Quantity<D: Dimension>: Hashable, Sendable {
  /// Magnitude in the base system.
  package let exact: ExactNumber

  /// Magnitude in the base system, for the door to a kernel; users of the package name a unit.
  package var base: Double { exact.double }

  /// A unit of this dimension; `scale` is its size in the base system.
  public struct Unit: Hashable, Sendable {
    /// How the unit is written, `mg/day`.
    public let symbol: String
    /// Its size in the base system.
    package let scale: ExactNumber
    /// Other spellings that are read, in lower case, with `u` for the micro sign.
    package let aliases: [String]

    package init(_ symbol: String, _ scale: ExactNumber, aliases: [String] = []) {
      self.symbol = symbol
      self.scale = scale
      self.aliases = aliases
    }
  }

  /// A magnitude in the base system.
  package init(exact: ExactNumber) { self.exact = exact }

  /// A magnitude in the base system, coming out of a kernel.
  package init(base: Double) { exact = ExactNumber(base) }

  /// A magnitude of `value` in `unit`; 0.1 means one tenth.
  ///
  /// - Precondition: `value` is finite.
  @_disfavoredOverload  // so that a literal becomes an exact number without passing through a double
  public init(_ value: Double, _ unit: Unit) { exact = ExactNumber(value) * unit.scale }

  /// A magnitude of `value` in `unit`.
  public init(_ value: ExactNumber, _ unit: Unit) { exact = value * unit.scale }

  /// The magnitude expressed in `unit`, as the nearest double.
  public func value(in unit: Unit) -> Double { (exact / unit.scale).double }

  /// The magnitude expressed in `unit`, without rounding.
  public func exactValue(in unit: Unit) -> ExactNumber { exact / unit.scale }

  /// Nothing at all.
  public static var zero: Self { Self(exact: .zero) }
}

extension Quantity: Comparable {
  /// Whether `a` is the smaller of the two.
  public static func < (a: Self, b: Self) -> Bool { a.exact < b.exact }

  /// The sum of two quantities of one dimension.
  public static func + (a: Self, b: Self) -> Self { Self(exact: a.exact + b.exact) }

  /// The difference of two quantities of one dimension.
  public static func - (a: Self, b: Self) -> Self { Self(exact: a.exact - b.exact) }

  /// A multiple.
  public static func * (factor: ExactNumber, a: Self) -> Self { Self(exact: factor * a.exact) }

  /// A fraction, for a divisor other than zero.
  public static func / (a: Self, divisor: ExactNumber) -> Self { Self(exact: a.exact / divisor) }

  /// How many times `b`, which is not zero, goes into `a`.
  public static func / (a: Self, b: Self) -> ExactNumber { a.exact / b.exact }
}

extension Quantity {
  /// This quantity in `unit`, with `digits` significant digits, never more than it was.
  public func roundedDown(toSignificantDigits digits: Int, in unit: Unit) -> Self {
    Self(exactValue(in: unit).roundedDown(toSignificantDigits: digits), unit)
  }
}
