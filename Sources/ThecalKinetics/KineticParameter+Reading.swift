public import ThecalQuantities

extension KineticParameter {
  /// The value that `text` states: a number in L, h and their quotients, or a quantity of the parameter's dimension
  /// such as `180 mL/min`.
  ///
  /// - Throws: `QuantityProblem`, naming the units accepted.
  public func value(reading text: String) throws(QuantityProblem) -> Double {
    // One format and no prefixes: what is no plain number must have a unit.
    if let number = try? NumberReader(NumberFormat(exponents: true, negative: true)).read(text) {
      return number.double
    }
    switch self {
    case .CL, .Q, .Q3: return try Flow(reading: text).value(in: .litersPerHour)
    case .V, .V2, .V3: return try Volume(reading: text).value(in: .liters)
    case .KA: return try RateConstant(reading: text).base
    case .F: return try Ratio(reading: text).value(in: .one)
    case .ALAG: return try Time(reading: text).base
    }
  }

  /// What the parameter is measured in, as people write it; nothing for a share.
  public var unit: String {
    switch self {
    case .CL, .Q, .Q3: "L/h"
    case .V, .V2, .V3: "L"
    case .KA: "1/h"
    case .F: ""
    case .ALAG: "h"
    }
  }
}

extension KineticPopulation {
  /// The coefficient of variation that `text` states: `30 %`, or the share itself, `0.3`.
  public static func variation(reading text: String) throws(QuantityProblem) -> Double {
    if let number = try? NumberReader(NumberFormat(exponents: true, negative: true)).read(text) {
      return number.double
    }
    return try Ratio(reading: text).value(in: .one)
  }
}
