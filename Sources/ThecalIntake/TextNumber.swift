import ThecalQuantities

/// A decimal number as text writes it, with what is doubtful about its spelling.
struct TextNumber: Hashable, Sendable {
  /// What a careful reader would stop at.
  struct Doubts: OptionSet, Hashable, Sendable {
    let rawValue: UInt8
    /// `1.500` or `1,500`: one and a half, or fifteen hundred.
    static let twoReadings = Doubts(rawValue: 1)
    /// `5.0`, easily read as 50.
    static let trailingZero = Doubts(rawValue: 2)
    /// `.5`, easily read as 5.
    static let barePoint = Doubts(rawValue: 4)
    /// More digits than any dose has.
    static let tooLong = Doubts(rawValue: 8)
    /// `1,500` with three digits after the comma.
    static let grouped = Doubts(rawValue: 16)
  }

  /// All digits, without the decimal mark.
  var digits = 0
  /// How many of them stand behind the mark.
  var places = 0
  /// What is doubtful.
  var doubts: Doubts = []

  /// The number; a grouped one without its commas.
  var exact: ExactNumber { ExactNumber(digits, over: Self.powers[places]) }

  /// Whether this is the whole number `value`.
  func isWhole(_ value: Int) -> Bool { places == 0 && digits == value }

  private static let powers = (0...12).map { place in (0..<place).reduce(1) { power, _ in power * 10 } }

  /// Reads a number that begins at `start`, and moves `start` behind it.
  ///
  /// A comma before exactly three digits groups thousands, another one is a decimal comma.
  static func read(_ text: borrowing Span<UInt8>, _ start: inout Int) -> TextNumber {
    var number = TextNumber()
    var place = start
    number.takeDigits(text, &place)
    let whole = place - start
    if place + 1 < text.count, isDigit(text[place + 1]), text[place] == point || text[place] == comma {
      let mark = text[place]
      var end = place + 1
      while end < text.count, isDigit(text[end]) { end += 1 }
      let behind = end - place - 1
      place += 1
      if mark == comma && behind == 3 && whole >= 1 && whole <= 3 && number.digits > 0 {
        number.takeDigits(text, &place)
        number.doubts.formUnion([.grouped, .twoReadings])
        number.takeGroups(text, &place)
      } else {
        number.takeDigits(text, &place)
        number.places = min(behind, 12)
        if behind > 12 { number.doubts.insert(.tooLong) }
        if whole == 0 { number.doubts.insert(.barePoint) }
        if text[place - 1] == zero {
          number.doubts.insert(behind == 3 && number.digits >= 1_000 ? .twoReadings : .trailingZero)
        }
      }
    }
    start = place
    return number
  }

  private mutating func takeDigits(_ text: borrowing Span<UInt8>, _ place: inout Int) {
    while place < text.count, Self.isDigit(text[place]) {
      if digits > 99_999_999_999 {
        doubts.insert(.tooLong)
      } else {
        digits = digits * 10 + Int(text[place] - Self.zero)
      }
      place += 1
    }
  }

  /// Further groups of three digits, and a decimal point behind them: the comma then is no decimal mark.
  private mutating func takeGroups(_ text: borrowing Span<UInt8>, _ place: inout Int) {
    while place + 3 < text.count, text[place] == Self.comma, Self.isDigit(text[place + 1]),
      Self.isDigit(text[place + 2]), Self.isDigit(text[place + 3])
    {
      place += 1
      takeDigits(text, &place)
      doubts.remove(.twoReadings)
    }
  }

  static func isDigit(_ byte: UInt8) -> Bool { byte &- zero < 10 }
  private static let zero = UInt8(ascii: "0")
  private static let point = UInt8(ascii: ".")
  private static let comma = UInt8(ascii: ",")
}
