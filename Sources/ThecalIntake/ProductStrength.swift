import ThecalFormulary
import ThecalQuantities

/// Finds out which of a name's amounts is the strength of the opioid or pump drug.
struct ProductStrength {
  let parse: ProductParse
  let words: ProductWords
  /// Ingredients in the order of the text, each once; those of the brand behind.
  let ingredients: [Int]
  /// The one whose strength is wanted.
  let subject: Int
  /// Whether an ingredient is in it that nobody named.
  let isOpen: Bool
  /// Whether the order of `ingredients` is that of the text, and not of a list of brands.
  let isOrdered: Bool
  /// What the product is counted in.
  let kind: FormKind?

  enum Problem: Error { case none, several }

  /// The strength, or why the name does not settle it.
  func resolve() throws(Problem) -> Strength {
    if parse.amounts.count == 1 && !parse.amounts[0].isOfUnknown {
      // Most names have one amount, which is in no doubt about its group.
      guard let strength = try strength(of: parse.amounts) ?? numbered(parse.amounts).first else {
        throw .none
      }
      return strength
    }
    let outside = parse.amounts.filter { !$0.isBracketed }
    var amounts = outside.isEmpty ? parse.amounts : outside
    if amounts.contains(where: { $0.isOfUnknown && $0.values.count > 1 }) { throw .several }
    amounts.removeAll(where: \.isOfUnknown)
    if let paired = try paired(amounts) { return paired }
    if amounts.contains(where: { $0.measure != nil && $0.per == .mL || $0.measure == .percent }) {
      // Beside a concentration, a mass alone is what the vial holds or what is given of it.
      amounts.removeAll { $0.measure != .percent && $0.per == nil && !$0.isJoined && $0.values.count == 1 }
    }
    var found: [Strength] = []
    for group in groups(amounts) {
      if let strength = try strength(of: group), !found.contains(strength) { found.append(strength) }
    }
    if found.isEmpty { found = numbered(amounts) }
    guard let strength = found.first else { throw .none }
    if found.count > 1 { throw .several }
    return strength
  }

  /// Amounts that stand behind one ingredient each: "acetaminophen 325 MG / oxycodone 5 MG".
  private func paired(_ amounts: [ProductAmount]) throws(Problem) -> Strength? {
    let mentions = parse.mentions
    guard mentions.count > 1, amounts.count == mentions.count,
      amounts.indices.allSatisfy({ amounts[$0].mentions == $0 + 1 && amounts[$0].values.count == 1 })
    else { return nil }
    let own = mentions.indices.filter { mentions[$0].ingredient == subject }
    var total: Strength?
    for (nth, index) in own.enumerated() {
      if amounts[index].values[0].isDoubtful { throw .several }
      guard let strength = strength(amounts[index], amounts[index].values[0]) else { throw .none }
      guard let sum = total else { total = strength; continue }
      if sum == strength && mentions[index].salt == mentions[own[0]].salt { continue }
      // Two salts of one drug in a tablet are given together; anything else is two readings.
      guard mentions[index].isJoined, mentions[index].salt >= 0,
        mentions[index].salt != mentions[own[nth - 1]].salt,
        case .each(let a) = sum, case .each(let b) = strength
      else { throw .several }
      total = .each(a + b)
    }
    return total
  }

  /// Amounts that only a mark parts: "5 MG / 325 MG" is one group.
  private func groups(_ amounts: [ProductAmount]) -> [[ProductAmount]] {
    var groups: [[ProductAmount]] = []
    for amount in amounts {
      if amount.isJoined, let last = groups.indices.last, groups[last].last?.mentions == amount.mentions {
        groups[last].append(amount)
      } else {
        groups.append([amount])
      }
    }
    return groups
  }

  private func strength(of group: [ProductAmount]) throws(Problem) -> Strength? {
    guard let last = group.last else { return nil }
    if group.count == 1 && last.values.count == 1 { return try strength(ofOne: last.values[0], last) }
    var values: [(TextNumber, ProductAmount)] = []
    for var amount in group {
      if amount.measure == nil { amount.measure = last.measure }
      if amount.per == nil { (amount.per, amount.perValue) = (last.per, last.perValue) }
      values += amount.values.map { ($0, amount) }
    }
    if values.contains(where: { $0.0.isDoubtful }) { throw .several }
    guard let place = place(of: subject, in: values.map(\.0.exact), hasUnit: last.measure != nil) else {
      throw .several
    }
    return strength(values[place].1, values[place].0)
  }

  private func strength(ofOne value: TextNumber, _ amount: ProductAmount) throws(Problem) -> Strength? {
    if value.isDoubtful { throw .several }
    return amount.measure == nil || isPartnerAmount(value) ? nil : strength(amount, value)
  }

  /// The least of acetaminophen, aspirin or ibuprofen in a dose, mg; opioids beside them hold less.
  static let leastOfPainkillers: ExactNumber = 120

  /// Whether one strength beside a combination is its partner's, as in "hydrocodone-acetaminophen 325 mg".
  private func isPartnerAmount(_ value: TextNumber) -> Bool {
    return value.exact >= Self.leastOfPainkillers
      && ingredients.contains {
        $0 != subject && words.ingredients[$0].amounts?.contains(value.exact) ?? false
      }
  }

  /// Which of `values` belongs to `subject`, by order where that agrees with what is known of the partners.
  private func place(of subject: Int, in values: [ExactNumber], hasUnit: Bool) -> Int? {
    guard !isOpen, ingredients.count == values.count, values.count <= 5,
      let own = ingredients.firstIndex(of: subject)
    else { return nil }
    if isOrdered && hasUnit && fits(Array(ingredients.indices), values, own) { return own }
    var places: Set<Int> = []
    for order in permutations(values.count) where fits(order, values, own) { places.insert(order[own]) }
    return places.count == 1 ? places.first : nil
  }

  /// Whether ingredient k may have the value `order[k]`.
  private func fits(_ order: [Int], _ values: [ExactNumber], _ own: Int) -> Bool {
    for (k, ingredient) in ingredients.enumerated() where k != own {
      let entry = words.ingredients[ingredient]
      if let amounts = entry.amounts, !amounts.contains(values[order[k]]) { return false }
      if entry.isLess && values[order[k]] >= values[order[own]] { return false }
    }
    return true
  }

  private func permutations(_ count: Int) -> [[Int]] {
    guard count > 0 else { return [[]] }
    return permutations(count - 1).flatMap { shorter in
      (0...shorter.count).map { place in
        var longer = shorter
        longer.insert(count - 1, at: place)
        return longer
      }
    }
  }

  /// The strength of "Tylenol with codeine no. 3".
  private func numbered(_ amounts: [ProductAmount]) -> [Strength] {
    let brand = parse.brand.map { words.brands[$0] }
    let known =
      brand ?? words.brands.first { !$0.numbered.isEmpty && Set($0.ingredients) == Set(ingredients) }
    guard let numbered = known?.numbered, let amount = amounts.first, amounts.count == 1,
      amount.followsNumberSign, amount.measure == nil, amount.values.count == 1,
      let number = numbered.indices.first(where: { amount.values[0].isWhole($0 + 1) })
    else { return [] }
    return [.each(Mass(numbered[number], .milligrams))]
  }

  private func strength(_ amount: ProductAmount, _ value: TextNumber) -> Strength? {
    let number = value.exact
    guard number > .zero else { return nil }
    if amount.measure == .percent { return .liquid(Concentration(10 * number, .milligramsPerMilliliter)) }
    // A number without a unit counts in mg only where its partners have settled which is which.
    guard let scale = (amount.measure ?? .mg).micrograms else { return nil }
    let mass = Mass(scale * number, .micrograms)
    switch amount.per {
    case nil, .actuation?: return .each(mass)
    case .mL?: return .liquid(mass / Volume(amount.perValue, .milliliters))
    case .L?: return .liquid(mass / Volume(amount.perValue, .liters))
    case .h? where kind == .piece:
      // "30 mg/12 hr oral tablet": an amount that is released over hours, no rate.
      return amount.isReleaseOverHours ? .each(mass) : nil
    case .h?: return .rate(mass / Time(amount.perValue, .hours))
    case .day?: return .rate(mass / Time(amount.perValue, .days))
    default: return nil
    }
  }
}

extension TextNumber {
  /// Whether a name may mean two amounts by it; a comma before three digits groups thousands on every label.
  fileprivate var isDoubtful: Bool {
    doubts.contains(.tooLong) || (doubts.contains(.twoReadings) && !doubts.contains(.grouped))
  }
}
