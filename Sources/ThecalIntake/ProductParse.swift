import ThecalQuantities

/// One amount in a product's name: a number, or several for several ingredients, with what they are per.
struct ProductAmount {
  var values: [TextNumber]
  var measure: Measure?
  /// `5 mL` of "10 mg/5 mL".
  var perValue: ExactNumber = .one
  var per: Measure?
  /// How many ingredients the text has named before.
  var mentions = 0
  /// Whether only a mark stands between it and the amount before.
  var isJoined = false
  /// Whether it stands in square brackets, as the brand of RxNorm does.
  var isBracketed = false
  /// Whether it stands behind a partner that is not known.
  var isOfUnknown = false
  /// Whether `#`, "no." or the brand's own name stands right before it.
  var followsNumberSign = false

  /// Whether it is released over the 12 or 24 hours of an extended-release tablet.
  var isReleaseOverHours: Bool { per == .h && (perValue == 12 || perValue == 24) }
}

/// What has been found in a product's name.
struct ProductParse {
  struct Mention {
    let ingredient: Int
    var salt: Int32 = -1
    /// Whether `/`, `+`, `;` or "and" stands before it.
    let isJoined: Bool
  }

  var mentions: [Mention] = []
  var brand: Int?
  var otherBrand = false
  var amounts: [ProductAmount] = []
  var form: Int?
  var route: MedicineRoute?
  var release: Release?
  /// Hours of action or wear, as in "12 HR".
  var hours: ExactNumber?
  var unknownWords = 0

  /// Reads the tokens of a name.
  init(_ tokens: [TextToken], _ words: ProductWords) {
    var cursor = ProductCursor(tokens: tokens, words: words)
    while let item = cursor.next() {
      switch item {
      case .word(let word): take(word, &cursor)
      case .amount(let amount): take(amount, &cursor)
      case .unknown: unknownWords += 1
      case .bracket(let opens): cursor.isBracketed = opens
      }
    }
  }

  private mutating func take(_ word: ProductWord, _ cursor: inout ProductCursor) {
    switch word {
    case .ingredient(let index):
      // "[Cheracol with codeine]" names the drug once more and is no further ingredient.
      if cursor.isBracketed && mentions.contains(where: { $0.ingredient == index }) { return }
      mentions.append(Mention(ingredient: index, isJoined: cursor.wasJoined))
    case .brand(let index):
      if let brand, brand != index { otherBrand = true }
      brand = brand ?? index
    case .form(let index): form = form ?? index
    case .route(let route): self.route = self.route ?? route
    case .release(let release): self.release = self.release ?? release
    case .salt: if !mentions.isEmpty { mentions[mentions.count - 1].salt = cursor.lastWord }
    case .measure, .join, .per, .silent: break
    }
  }

  private mutating func take(_ amount: ProductAmount, _ cursor: inout ProductCursor) {
    switch amount.measure {
    case .h where amount.values.count == 1: hours = hours ?? amount.values[0].exact
    case .day where amount.values.count == 1: hours = hours ?? 24 * amount.values[0].exact
    case .mL, .L, .actuation, .other, .h, .day: break
    case .mg, .mcg, .g, .ng, .percent, nil:
      var amount = amount
      amount.mentions = mentions.count
      amounts.append(amount)
    }
  }
}
