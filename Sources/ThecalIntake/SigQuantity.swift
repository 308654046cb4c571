import ThecalQuantities

/// A number or a range of numbers.
struct SigQuantity: Sendable {
  var low: ExactNumber
  var high: ExactNumber
  var doubts: TextNumber.Doubts = []
  var isFraction = false
  /// Two numbers that should be one and are not, as in "2 (three)".
  var contradicts = false
  /// Whether it is a plain whole number or decimal, with no word, range or fraction in it.
  var isPlain = true
  /// Whether "am" or "pm" stands behind it, and whether without a blank: `6am` is a time of the day.
  var isBeforeHalfDay = false
  var isGluedToHalfDay = false
  /// `8-2`, which beside a mass is a strength of two ingredients.
  var second: ExactNumber?

  init(_ value: ExactNumber) { (low, high) = (value, value) }
}
