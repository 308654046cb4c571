package import ThecalFormulary
import ThecalQuantities

/// What is counted or measured in a dose.
typealias FormKind = ProductVocabulary.Form.Kind

/// A class of medicines and what it says about a patient.
package struct MedicineClassName: Hashable, Sendable {
  /// The name of the class, such as `benzodiazepine`.
  package let name: String
  /// What it says.
  package let fact: ProductVocabulary.MedicineClass.Fact
}

/// What a word or phrase of a product's name means.
enum ProductWord: Sendable {
  case ingredient(Int), brand(Int), form(Int)
  case route(MedicineRoute)
  case release(Release)
  case measure(Measure)
  case salt
  /// Joins ingredients: and, with, plus.
  case join
  case per
  case silent
}

/// A unit in a product's name.
enum Measure: String, Sendable {
  case mg, mcg, g, ng, mL, L, h, day, actuation, percent = "%", other

  /// A unit of mass in micrograms; nil for what is no mass.
  var micrograms: ExactNumber? {
    switch self {
    case .mcg: 1
    case .mg: 1_000
    case .g: 1_000_000
    case .ng: ExactNumber(1, over: 1_000)
    default: nil
    }
  }
}

/// An ingredient as the grammar sees it.
struct IngredientEntry: Sendable {
  let id: String
  /// Whether it is an opioid or a drug of a pump.
  let isSubject: Bool
  let amounts: [ExactNumber]?
  let isLess: Bool
  let classes: [MedicineClassName]
}

/// A trade name as the grammar sees it.
struct BrandEntry: Sendable {
  let name: String
  let ingredients: [Int]
  let release: Release?
  let route: MedicineRoute?
  let isDepot: Bool
  let isVeterinary: Bool
  /// Holds more than its known ingredients.
  let isOpen: Bool
  let numbered: [ExactNumber]
}

/// The words of product names, ready for look-up.
package final class ProductWords: Sendable {
  let lexicon: Lexicon<ProductWord>
  let ingredients: [IngredientEntry]
  let brands: [BrandEntry]
  let forms: [ProductVocabulary.Form]
  let formRoutes: [MedicineRoute?]
  /// By drug and form: the way, or nil where it must be stated.
  let defaultRoutes: [String: [String: MedicineRoute?]]

  /// The words of `formulary`; `repeated` is told of phrases that have a second meaning, which does not hold.
  package init(_ formulary: Formulary, repeated: (String) -> Void = { _ in }) {
    let vocabulary = formulary.productVocabulary
    var builder = ProductWordsBuilder(vocabulary)
    builder.addDrugs(formulary)
    builder.addIngredients()
    builder.addBrands(formulary)
    builder.addBeside()
    builder.addForms()
    builder.addWords()
    lexicon = Lexicon(builder.entries, repeated: repeated)
    ingredients = builder.ingredients
    brands = builder.brands
    forms = vocabulary.forms
    formRoutes = vocabulary.forms.map { $0.route.flatMap(MedicineRoute.init) }
    var routes: [String: [String: MedicineRoute?]] = [:]
    for rule in vocabulary.defaultRoutes {
      routes[rule.drug, default: [:]][rule.form] = .some(rule.route.flatMap(MedicineRoute.init))
    }
    defaultRoutes = routes
  }
}
