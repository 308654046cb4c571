import ThecalFormulary
import ThecalQuantities

/// Gathers the entries of the lexicon of product names.
struct ProductWordsBuilder {
  private(set) var entries: [(phrase: String, meaning: ProductWord)] = []
  private(set) var ingredients: [IngredientEntry] = []
  private(set) var brands: [BrandEntry] = []
  private var places: [String: Int] = [:]
  private var taken: Set<String> = []
  private let vocabulary: ProductVocabulary

  init(_ vocabulary: ProductVocabulary) { self.vocabulary = vocabulary }

  private mutating func name(_ phrase: String, _ meaning: ProductWord) {
    if taken.insert(phrase).inserted { entries.append((phrase, meaning)) }
  }

  private func classes(of names: [String]) -> [MedicineClassName] {
    vocabulary.beside.filter { $0.fact != .none && !Set($0.names).isDisjoint(with: names) }.map {
      MedicineClassName(name: $0.id, fact: $0.fact)
    }
  }

  private mutating func add(
    _ id: String, _ names: [String], isSubject: Bool, from entry: ProductVocabulary.Ingredient?
  ) {
    places[id] = ingredients.count
    ingredients.append(
      IngredientEntry(
        id: id, isSubject: isSubject, amounts: entry?.amounts, isLess: entry?.less ?? false,
        classes: classes(of: [id] + names)))
    for name in [id] + names { self.name(name, .ingredient(ingredients.count - 1)) }
  }

  mutating func addDrugs(_ formulary: Formulary) {
    for drug in formulary.drugs {
      let more = vocabulary.synonyms.filter { $0.drug == drug.id }.flatMap(\.names)
      add(drug.id, drug.names + more, isSubject: true, from: nil)
    }
  }

  mutating func addIngredients() {
    for entry in vocabulary.ingredients {
      add(entry.id, entry.names, isSubject: entry.opioid ?? false, from: entry)
    }
  }

  mutating func addBrands(_ formulary: Formulary) {
    for brand in vocabulary.brands {
      let parts = brand.ingredients.compactMap { places[$0] }
      name(brand.name, .brand(brands.count))
      brands.append(
        BrandEntry(
          name: brand.name, ingredients: parts, release: brand.release.flatMap(Release.init),
          route: brand.route.flatMap(MedicineRoute.init), isDepot: brand.depot ?? false,
          isVeterinary: brand.veterinary ?? false, isOpen: parts.count < brand.ingredients.count,
          numbered: brand.numbered ?? []))
    }
    for drug in formulary.drugs {
      for brand in drug.brands where !taken.contains(brand.name) {
        name(brand.name, .brand(brands.count))
        brands.append(
          BrandEntry(
            name: brand.name, ingredients: [places[drug.id]].compactMap(\.self), release: nil, route: nil,
            isDepot: false, isVeterinary: false, isOpen: brand.combination ?? false, numbered: []))
      }
    }
  }

  mutating func addBeside() {
    for group in vocabulary.beside {
      for name in group.names where !taken.contains(name) { add(name, [], isSubject: false, from: nil) }
    }
    // `diazePAM (VALIUM)` is one ingredient: a trade name is another name of what it holds, whose classes it has.
    for (trade, generic) in vocabulary.beside.flatMap({ $0.trade ?? [:] }).sorted(by: <) {
      guard let place = places[generic] else { continue }
      name(trade, .ingredient(place))
    }
  }

  mutating func addForms() {
    for (index, form) in vocabulary.forms.enumerated() {
      for word in form.words { name(word, .form(index)) }
    }
  }

  mutating func addWords() {
    let words = vocabulary.words
    for entry in words.release.entries {
      guard let release = entry.release.flatMap(Release.init) else { continue }
      for word in entry.words { name(word, .release(release)) }
    }
    for entry in words.routes.entries {
      guard let route = entry.route.flatMap(MedicineRoute.init) else { continue }
      for word in entry.words { name(word, .route(route)) }
    }
    for entry in words.units.entries {
      guard let measure = entry.measure.flatMap(Measure.init) else { continue }
      for word in entry.words { name(word, .measure(measure)) }
    }
    name("per", .per)
    for word in words.joins.words { name(word, .join) }
    for word in words.salts.words { name(word, .salt) }
    for word in words.noise.words { name(word, .silent) }
  }
}
