import ThecalQuantities

/// Walks through the tokens of a product's name and gives out what belongs together.
struct ProductCursor {
  enum Item {
    case word(ProductWord)
    case amount(ProductAmount)
    case unknown
    case bracket(opens: Bool)
  }

  let tokens: [TextToken]
  private let words: ProductWords
  private var place = 0
  private var endOfAmount = -1
  /// The word that was read last.
  private(set) var lastWord: Int32 = -1
  /// Whether the item before was a mark or word that joins ingredients.
  private(set) var wasJoined = false
  private var joins = false
  /// Whether the item before was an unknown word behind a mark that joins ingredients.
  private var followsUnknownPartner = false
  var isBracketed = false

  init(tokens: [TextToken], words: ProductWords) {
    self.tokens = tokens
    self.words = words
  }

  mutating func next() -> Item? {
    while place < tokens.count {
      let token = tokens[place]
      wasJoined = joins
      switch token.kind {
      case .word: return word()
      case .number:
        if let (meaning, count) = words.lexicon.longest(tokens, at: place), count > 1 {
          place += count
          joins = false
          return .word(meaning)
        }
        return .amount(amount())
      case .mark:
        place += 1
        joins = joins || isJoin(token.mark)
        if token.mark == UInt8(ascii: "[") { return .bracket(opens: true) }
        if token.mark == UInt8(ascii: "]") { return .bracket(opens: false) }
      }
    }
    return nil
  }

  private mutating func word() -> Item {
    lastWord = tokens[place].word
    guard let (meaning, count) = words.lexicon.longest(tokens, at: place) else {
      place += 1
      followsUnknownPartner = joins
      joins = false
      return .unknown
    }
    place += count
    followsUnknownPartner = false
    if case .join = meaning { joins = true } else { joins = false }
    return .word(meaning)
  }

  /// Reads `5`, `5-325 mg`, `10 mg/5 mL`, `25 mcg/h`.
  private mutating func amount() -> ProductAmount {
    var amount = ProductAmount(values: [tokens[place].number])
    amount.isBracketed = isBracketed
    amount.isOfUnknown = followsUnknownPartner
    amount.isJoined = place > 0 && endOfAmount == place - 1 && isJoin(tokens[place - 1].mark)
    amount.followsNumberSign = place > 0 && tokens[place - 1].mark == UInt8(ascii: "#")
    place += 1
    while place + 1 < tokens.count, isBetweenNumbers(tokens[place].mark), tokens[place + 1].kind == .number {
      amount.values.append(tokens[place + 1].number)
      place += 2
    }
    amount.measure = takeMeasure()
    // "(7.5 mg-325 mg)/15 mL": the bracket is passed on the way to what the amounts are per.
    if amount.measure != nil { takePer(&amount) }
    endOfAmount = place
    joins = false
    return amount
  }

  private mutating func takeMeasure() -> Measure? {
    guard place < tokens.count else { return nil }
    if tokens[place].mark == UInt8(ascii: "%") {
      place += 1
      return .percent
    }
    if tokens[place].mark == UInt8(ascii: "-"), place + 1 < tokens.count,
      case .measure(let measure)? = meaning(place + 1)
    {
      place += 2
      return measure
    }
    guard case .measure(let measure)? = meaning(place) else { return nil }
    place += 1
    return measure
  }

  private mutating func takePer(_ amount: inout ProductAmount) {
    var i = place
    if i < tokens.count, tokens[i].mark == UInt8(ascii: ")") { i += 1 }
    guard i < tokens.count else { return }
    if tokens[i].mark != UInt8(ascii: "/") {
      guard case .per? = meaning(i) else { return }
    }
    i += 1
    var value = ExactNumber.one
    if i < tokens.count, tokens[i].kind == .number {
      value = tokens[i].number.exact
      i += 1
    }
    guard value > .zero, i < tokens.count, let meaning = meaning(i) else { return }
    switch meaning {
    case .measure(let measure) where measure.micrograms == nil && measure != .percent:
      (amount.per, amount.perValue) = (measure, value)
    case .form:  // per tablet, per spray: the form itself is read next
      place = i
      return
    default: return
    }
    place = i + 1
  }

  private func meaning(_ place: Int) -> ProductWord? {
    tokens[place].kind == .word ? words.lexicon.longest(tokens, at: place)?.meaning : nil
  }

  private func isBetweenNumbers(_ mark: UInt8) -> Bool {
    mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/")
  }

  private func isJoin(_ mark: UInt8) -> Bool {
    switch mark {
    case UInt8(ascii: "/"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: ";"), UInt8(ascii: "&"),
      UInt8(ascii: ","):
      true
    default: false
    }
  }
}
