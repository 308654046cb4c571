import ThecalFormulary
import ThecalQuantities

/// Reads names of products. Keeps its memory from name to name; each thread has one of its own.
package struct ProductReader {
  private let words: ProductWords
  private var text = TokenizedText()

  /// A reader of names made of `words`.
  package init(_ words: ProductWords) { self.words = words }

  /// A reader by all the words of an intake.
  package init(_ words: IntakeWords) { self.init(words.products) }

  /// The product that `name` is.
  package mutating func read(_ name: String) -> Product {
    var name = name
    return name.withUTF8 { read($0.span) }
  }

  /// The product that `name`, which is UTF-8, is.
  package mutating func read(_ name: borrowing Span<UInt8>) -> Product {
    text.read(name) { words.lexicon.word($0, $1, $2) }
    return product(of: ProductParse(text.tokens, words))
  }

  private func product(of parse: ProductParse) -> Product {
    var product = Product()
    let brand = parse.brand.map { words.brands[$0] }
    let ingredients = ingredients(of: parse)
    product.ingredients = ingredients.map { words.ingredients[$0].id }
    product.brand = brand?.name
    for ingredient in ingredients {
      product.classes += words.ingredients[ingredient].classes.filter { !product.classes.contains($0) }
    }
    product.release = parse.release ?? brand?.release
    if let form = parse.form { (product.form, product.kind) = (words.forms[form].id, words.forms[form].kind) }
    product.isCombination = ingredients.count > 1 || brand?.isOpen ?? false
    if ingredients.isEmpty { product.doubts.insert(.unknownDrug) }
    if brand?.isVeterinary ?? false { product.doubts.insert(.veterinary) }
    if brand?.isDepot ?? false { product.doubts.insert(.depot) }
    if parse.otherBrand || !agree(brand, parse) { product.doubts.insert(.brandConflict) }
    let subjects = ingredients.filter { words.ingredients[$0].isSubject }
    if subjects.count > 1 { product.doubts.insert(.severalDrugs) }
    if subjects.isEmpty && hidesAnother(ingredients, parse) {
      product.doubts.insert(.unknownDrug)
    }
    guard subjects.count == 1, let subject = subjects.first else { return product }
    product.drug = words.ingredients[subject].id
    product.route = route(of: product, parse, brand)
    setStrength(of: &product, subject, ingredients, parse)
    return product
  }

  /// Ingredients in the order of the text, each once; those that only the brand names come last.
  private func ingredients(of parse: ProductParse) -> [Int] {
    var found: [Int] = []
    for mention in parse.mentions where !found.contains(mention.ingredient) {
      found.append(mention.ingredient)
    }
    if let brand = parse.brand {
      for ingredient in words.brands[brand].ingredients where !found.contains(ingredient) {
        found.append(ingredient)
      }
    }
    return found
  }

  /// Whether the opioid that the text names is the brand's.
  private func agree(_ brand: BrandEntry?, _ parse: ProductParse) -> Bool {
    guard let brand, !brand.isOpen else { return true }
    return parse.mentions.allSatisfy { brand.ingredients.contains($0.ingredient) }
  }

  /// Whether a strength is none of what stands beside an opioid: "SK-65 APAP 65 mg" holds something more.
  private func hidesAnother(_ ingredients: [Int], _ parse: ProductParse) -> Bool {
    let known = ingredients.compactMap { words.ingredients[$0].amounts }.flatMap(\.self)
    guard !known.isEmpty else { return false }
    return parse.amounts.contains {
      $0.measure == .mg
        && $0.values.contains {
          // More than an opioid's tablet holds is a painkiller's own, as 600 mg of ibuprofen.
          !known.contains($0.exact) && $0.exact < ProductStrength.leastOfPainkillers
        }
    }
  }

  private func route(of product: Product, _ parse: ProductParse, _ brand: BrandEntry?) -> MedicineRoute? {
    let drugRules = product.drug.flatMap { words.defaultRoutes[$0] }
    let rule = product.form.flatMap { drugRules?[$0] }
    if let route = parse.route, route != .oral || rule == nil || brand?.route == .oral { return route }
    if let route = brand?.route { return route }
    if let rule { return rule }
    return parse.form.flatMap { words.formRoutes[$0] }
  }

  private func setStrength(
    of product: inout Product, _ subject: Int, _ ingredients: [Int], _ parse: ProductParse
  ) {
    let named = Set(parse.mentions.map(\.ingredient))
    let finder = ProductStrength(
      parse: parse, words: words, ingredients: ingredients, subject: subject,
      isOpen: parse.brand.map { words.brands[$0].isOpen } ?? false,
      isOrdered: ingredients.allSatisfy(named.contains), kind: product.kind)
    do {
      product.strength = try finder.resolve()
    } catch {
      product.doubts.insert(error == .several ? .severalStrengths : .noStrength)
    }
    let isPatch = product.kind == .patch || product.route == .transdermal
    if isPatch {
      product.route = product.route ?? .transdermal
      if case .each? = product.strength { product.doubts.insert(.patchUnit) }
      return
    }
    let isReleased = product.kind == .piece && parse.amounts.contains(where: \.isReleaseOverHours)
    if product.release == nil && (isReleased || (parse.hours ?? .zero) >= 12) { product.release = .extended }
  }
}
