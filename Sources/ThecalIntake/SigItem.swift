import ThecalQuantities

/// A piece of directions that the grammar takes as one.
enum SigItem: Sendable {
  /// An amount, low to high.
  case quantity(SigQuantity)
  /// `1-0-2-0`: doses in the morning, at noon, in the evening, at night.
  case scheme(ExactNumber)
  /// `08:00`, `8 am` behind "at".
  case clock
  case word(SigWord)
  case mark(UInt8)
  case unknown(Range<Int>)
}

/// Cuts directions into items: finds numbers in words and digits, fractions, ranges and clock times.
struct SigItems {
  private let tokens: [TextToken]
  private let words: SigWords
  private var place = 0
  private(set) var items: [SigItem] = []

  init(_ tokens: [TextToken], _ words: SigWords) {
    self.tokens = tokens
    self.words = words
    items.reserveCapacity(tokens.count)
    while place < tokens.count { step() }
  }

  private mutating func step() {
    if takeScheme() || takeClock() || takeCountedPhrase() { return }
    if var quantity = takeQuantity() {
      quantity.isBeforeHalfDay = isHalfDay(place)
      quantity.isGluedToHalfDay = quantity.isBeforeHalfDay && !tokens[place].followsBlank
      items.append(.quantity(quantity))
      return
    }
    if tokens[place].kind == .mark {
      items.append(.mark(tokens[place].mark))
      place += 1
      return
    }
    guard let (meaning, count) = words.lexicon.longest(tokens, at: place) else {
      items.append(.unknown(place..<place + 1))
      place += 1
      return
    }
    items.append(.word(meaning))
    place += count
  }

  /// A phrase that begins with digits and is no number: "24 hours", "1 dose".
  private mutating func takeCountedPhrase() -> Bool {
    guard tokens[place].kind == .number, let (meaning, count) = words.lexicon.longest(tokens, at: place),
      count > 1
    else {
      return false
    }
    switch meaning {
    case .number, .mixed, .fraction: return false
    default: break
    }
    items.append(.word(meaning))
    place += count
    return true
  }

  /// Three or four numbers with hyphens and no blanks between them.
  private mutating func takeScheme() -> Bool {
    var (end, sum, count) = (place, ExactNumber.zero, 0)
    while end < tokens.count, tokens[end].kind == .number, tokens[end].number.exact <= 10,
      count == 0 || !tokens[end].followsBlank
    {
      sum = sum + tokens[end].number.exact
      count += 1
      end += 1
      guard end + 1 < tokens.count, tokens[end].mark == UInt8(ascii: "-"), !tokens[end].followsBlank else {
        break
      }
      end += 1
    }
    guard count == 3 || count == 4, tokens[end - 1].kind == .number else { return false }
    items.append(.scheme(sum))
    place = end
    return true
  }

  /// `08:00`, `8:30 pm`, `0800`, and `at 8 am`.
  private mutating func takeClock() -> Bool {
    guard tokens[place].kind == .number else { return false }
    let number = tokens[place].number
    if place + 2 < tokens.count, tokens[place + 1].mark == UInt8(ascii: ":"),
      tokens[place + 2].kind == .number,
      number.places == 0, number.digits < 25, tokens[place + 2].number.digits < 60
    {
      place += 3
    } else if number.places == 0, tokens[place].end - tokens[place].start == 4, number.digits <= 2_400,
      number.digits % 100 < 60, !isUnit(place + 1)
    {
      place += 1
    } else if followsAt, number.places == 0, number.digits <= 12, isHalfDay(place + 1) {
      place += 1
    } else {
      return false
    }
    if isHalfDay(place) || isHours(place) { place += 1 }
    items.append(.clock)
    return true
  }

  /// Whether "at" or "@" stands right before, or a clock time and a mark or "and".
  private var followsAt: Bool {
    guard place > 0 else { return false }
    if tokens[place - 1].mark == UInt8(ascii: "@") || isAt(place - 1) { return true }
    if case .clock? = items.last { return true }
    if items.count > 1, case .clock = items[items.count - 2] {
      switch items[items.count - 1] {
      case .mark, .word(.and): return true
      default: return false
      }
    }
    return false
  }

  private func isAt(_ place: Int) -> Bool {
    tokens[place].end - tokens[place].start == 2 && tokens[place].word == words.at
  }

  private func text(_ place: Int) -> SigWord? {
    place < tokens.count && tokens[place].kind == .word
      ? words.lexicon.longest(tokens, at: place)?.meaning : nil
  }

  private func isHalfDay(_ place: Int) -> Bool {
    guard place < tokens.count, tokens[place].end - tokens[place].start == 2 else { return false }
    switch text(place) {
    case .part(.morning)?, .part(.evening)?: return true
    default: return false
    }
  }

  private func isUnit(_ place: Int) -> Bool { if case .unit? = text(place) { true } else { false } }

  private func isHours(_ place: Int) -> Bool { if case .hours? = text(place) { true } else { false } }

  // MARK: Quantities

  /// A number with what belongs to it: a fraction, its words in brackets, the other end of a range.
  private mutating func takeQuantity() -> SigQuantity? {
    guard var quantity = takeNumber() else { return nil }
    takeRepetition(&quantity)
    let start = place
    if isRangeMark(place) {
      place += 1
      if let end = takeNumber() {
        return joined(quantity, end)
      }
      place = start
    }
    return quantity
  }

  private func joined(_ low: SigQuantity, _ high: SigQuantity) -> SigQuantity {
    var range = low
    range.doubts.formUnion(high.doubts)
    range.isFraction = low.isFraction || high.isFraction
    range.isPlain = false
    range.second = high.low
    // "1-1/2" may be one and a half, or one to a half.
    (range.low, range.high) = (min(low.low, high.low), max(low.high, high.high))
    if high.isFraction && high.high < 1 && !low.isFraction { range.high = low.high + high.high }
    return range
  }

  /// Whether the tokens at `place` stand between the ends of a range.
  private func isRangeMark(_ place: Int) -> Bool {
    guard place + 1 < tokens.count else { return false }
    if tokens[place].mark == UInt8(ascii: "-") { return startsNumber(place + 1) }
    switch text(place) {
    case .or?, .to?: return startsNumber(place + 1)
    // "1 à 2 comprimés", "1 a 2 tabletas"
    case .article?: return startsNumber(place + 1)
    default: return false
    }
  }

  private func startsNumber(_ place: Int) -> Bool {
    if tokens[place].kind == .number { return true }
    switch text(place) {
    case .number?, .fraction?, .mixed?: return true
    default: return false
    }
  }

  /// "2 (two)" and "two (2)".
  private mutating func takeRepetition(_ quantity: inout SigQuantity) {
    let start = place
    let isBracketed = place < tokens.count && tokens[place].mark == UInt8(ascii: "(")
    if isBracketed { place += 1 }
    guard place < tokens.count, isBracketed || tokens[place].kind == .word, let again = takeNumber() else {
      place = start
      return
    }
    if isBracketed {
      guard place < tokens.count, tokens[place].mark == UInt8(ascii: ")") else { place = start; return }
      place += 1
    }
    quantity.contradicts = again.low != quantity.low
  }

  private mutating func takeNumber() -> SigQuantity? {
    guard place < tokens.count else { return nil }
    if let phrase = takePhrase() { return phrase }
    guard tokens[place].kind == .number else { return nil }
    var quantity = SigQuantity(tokens[place].number.exact)
    quantity.doubts = tokens[place].number.doubts
    if let fraction = simpleFraction(place) {
      quantity = SigQuantity(fraction)
      (quantity.isFraction, quantity.isPlain) = (true, false)
      place += 3
      return quantity
    }
    place += 1
    takeFraction(&quantity)
    return quantity
  }

  /// Numbers in words, "half a", "one and a half".
  private mutating func takePhrase() -> SigQuantity? {
    guard let (meaning, count) = words.lexicon.longest(tokens, at: place) else { return nil }
    switch meaning {
    case .number(let value), .mixed(let value):
      place += count
      var quantity = SigQuantity(value)
      quantity.isPlain = false
      if case .mixed = meaning { quantity.isFraction = true } else { takeFraction(&quantity) }
      return quantity
    case .fraction(let value):
      place += count
      var quantity = SigQuantity(value)
      (quantity.isFraction, quantity.isPlain) = (true, false)
      return quantity
    case .article:
      guard case .unit? = text(place + count) else { return nil }
      place += count
      var quantity = SigQuantity(1)
      quantity.isPlain = false
      return quantity
    default: return nil
    }
  }

  /// "1 1/2", "1 and 1/2", "1 and a half".
  private mutating func takeFraction(_ quantity: inout SigQuantity) {
    guard quantity.low < 20, place < tokens.count else { return }
    var next = place
    var hasAnd = false
    if case .and? = text(next) { (next, hasAnd) = (next + 1, true) }
    if next < tokens.count, tokens[next].mark == UInt8(ascii: "&") { (next, hasAnd) = (next + 1, true) }
    guard next < tokens.count else { return }
    if let fraction = simpleFraction(next) {
      quantity.low = quantity.low + fraction
      place = next + 3
    } else if hasAnd, case .fraction(let value)? = words.lexicon.longest(tokens, at: next)?.meaning, value < 1
    {
      // "1 tab and half a tab" has its unit in between and is not this.
      quantity.low = quantity.low + value
      place = next + (words.lexicon.longest(tokens, at: next)?.count ?? 1)
    } else {
      return
    }
    quantity.high = quantity.low
    (quantity.isFraction, quantity.isPlain) = (true, false)
  }

  /// `1/2`, `1/4`, `3/4`, `1/3`, `2/3`.
  private func simpleFraction(_ place: Int) -> ExactNumber? {
    guard place + 2 < tokens.count, tokens[place].kind == .number,
      tokens[place + 1].mark == UInt8(ascii: "/"),
      tokens[place + 2].kind == .number
    else { return nil }
    let (top, bottom) = (tokens[place].number, tokens[place + 2].number)
    guard top.places == 0, bottom.places == 0, (2...4).contains(bottom.digits), top.digits > 0,
      top.digits < bottom.digits
    else { return nil }
    return ExactNumber(top.digits, over: bottom.digits)
  }
}
