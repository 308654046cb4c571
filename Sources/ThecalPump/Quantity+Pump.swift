public import ThecalQuantities

// The units in which the arithmetic of this module counts.

extension Quantity where D == FlowDimension {
  var millilitersPerDay: ExactNumber { exactValue(in: .millilitersPerDay) }
}

extension Quantity where D == TimeDimension {
  /// The number of days.
  public var days: ExactNumber { exactValue(in: .days) }
  /// Whole days, at most a million either way: more than any pump or calendar here can mean.
  public var wholeDays: Int { min(max(days, -1_000_000), 1_000_000).floor }
}

extension Quantity where D == RatioDimension {
  var fraction: ExactNumber { exactValue(in: .one) }
}

extension ExactNumber {
  /// This value with `digits` significant digits, never nearer to zero than it was; above zero.
  func roundedUp(toSignificantDigits digits: Int) -> ExactNumber {
    let down = roundedDown(toSignificantDigits: digits)
    guard down < self else { return down }
    var step = ExactNumber.one
    for _ in 1..<digits { step = step / 10 }
    var scale = ExactNumber.one
    while scale * 10 <= self { scale = scale * 10 }
    while scale > self { scale = scale / 10 }
    return down + step * scale
  }

  /// The smallest whole number that is not below this one, at most a million million either way.
  var count: Int { min(max(self, -1_000_000_000_000), 1_000_000_000_000).ceiling }
}
