import ThecalQuantities

// Quantities as the sheets of this module print them: one unit per dimension, four significant digits.

extension Quantity where D == VolumeDimension {
  var text: String { ClinicalText.quantity(self, in: .milliliters) }
  var milliliters: ExactNumber { exactValue(in: .milliliters) }
}

extension Quantity where D == FlowDimension {
  var text: String { ClinicalText.quantity(self, in: .millilitersPerDay) }
  var millilitersPerDay: ExactNumber { exactValue(in: .millilitersPerDay) }
}

extension Quantity where D == TimeDimension {
  /// In days from two days up, in hours from 2 h up, in minutes below.
  var text: String {
    if self >= Time(2, .days) {
      return ClinicalText.quantity(self, in: .days) + (self == Time(1, .days) ? "" : "s")
    }
    return ClinicalText.quantity(self, in: self >= Time(2, .hours) ? .hours : .minutes)
  }
  var days: ExactNumber { exactValue(in: .days) }
  /// Whole days, at most a million: more than any pump or calendar here can mean.
  var wholeDays: Int { min(days, 1_000_000).floor }
  var hours: ExactNumber { exactValue(in: .hours) }
}

extension Quantity where D == RatioDimension {
  var text: String { ClinicalText.quantity(self, in: .percent) }
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

  /// The smallest whole number that is not below this one, at most a million million.
  var count: Int { min(self, 1_000_000_000_000).ceiling }

  /// As a person reads it, with four significant digits.
  var clinical: String { ClinicalText.number(rounded(toSignificantDigits: 4)) }
}
