/// Where a drug enters the body. Only marker types conform.
public protocol RouteMarker: Sendable {}
/// By mouth.
public enum Oral: RouteMarker {}
/// Into the cerebrospinal fluid.
public enum Intrathecal: RouteMarker {}

/// A mass of drug on one route. Oral and intrathecal milligrams never add, compare or mix.
public struct Dose<Route: RouteMarker>: Hashable, Sendable {
  /// The drug alone, without its vehicle.
  public let mass: Mass

  /// A dose of `mass` on this route.
  public init(_ mass: Mass) { self.mass = mass }

  /// Two doses by the same route.
  public static func + (a: Self, b: Self) -> Self { Self(a.mass + b.mass) }
}

/// A mass of drug given per time on one route.
public struct DailyDose<Route: RouteMarker>: Hashable, Sendable {
  /// How much is given in a time.
  public let rate: DoseRate

  /// A dose given at `rate` on this route.
  public init(_ rate: DoseRate) { self.rate = rate }

  /// Two doses given side by side, by the same route.
  public static func + (a: Self, b: Self) -> Self { Self(a.rate + b.rate) }
}
