package import ThecalQuantities

/// The words in which hospitals write medicines: ingredients, trade names, forms, what stands beside an opioid.
///
/// The grammar that puts them together is code, in the module that reads such text; the words are data.
package struct ProductVocabulary: Sendable {
  /// Ingredients without a file of their own, and what stands beside an opioid in one tablet.
  package let ingredients: [Ingredient]
  /// Other spellings of drugs that have a file of their own.
  package let synonyms: [Synonym]
  /// Trade names with their ingredients.
  package let brands: [Brand]
  /// Forms of medicines.
  package let forms: [Form]
  /// Where a form of a drug goes, other than the form itself suggests.
  package let defaultRoutes: [DefaultRoute]
  /// Words that are none of these.
  package let words: Words
  /// Medicines beside an opioid, by what they say about a patient.
  package let beside: [MedicineClass]
  /// Words of directions for use.
  package let sigWords: [SigEntry]
  /// Names of columns, by what they hold.
  package let headers: [HeaderEntry]
  /// Names of the columns of a clinic's pumps, by what they hold.
  package let refillHeaders: [HeaderEntry]
  /// Words of free-text indications.
  package let indications: [SigEntry]
  /// Names with the capitals that keep look-alikes apart, beside those of the drugs that have a file of their own.
  let tallNames: [TallName]

  /// An ingredient.
  package struct Ingredient: Sendable, Decodable {
    /// The generic name, in lower case.
    package let id: String
    /// Other names.
    package let names: [String]
    /// Amounts of it that combination products hold, in mg or mg/mL; nil where any is possible.
    package let amounts: [ExactNumber]?
    /// Whether a combination always holds less of it than of the opioid.
    package let less: Bool?
    /// Whether it is an opioid.
    package let opioid: Bool?
  }

  /// A name as it is written for people.
  struct TallName: Sendable, Decodable {
    /// The name with its capitals.
    let name: String
  }

  /// Other names of a drug.
  package struct Synonym: Sendable, Decodable {
    /// The drug's own name.
    package let drug: String
    /// Other names.
    package let names: [String]
  }

  /// A trade name.
  package struct Brand: Sendable, Decodable {
    /// The name, in lower case.
    package let name: String
    /// Generic names, the opioid first.
    package let ingredients: [String]
    /// How the product releases its drug, where every strength of it does so.
    package let release: String?
    /// How it is given, where its form does not say so.
    package let route: String?
    /// Whether it is a depot, which has no daily amount.
    package let depot: Bool?
    /// Whether it is made for animals.
    package let veterinary: Bool?
    /// Amounts of the opioid, in mg, of the products numbered 1, 2, 3 and 4.
    package let numbered: [ExactNumber]?
  }

  /// A form.
  package struct Form: Sendable, Decodable {
    /// What is counted or measured.
    package enum Kind: String, Sendable, Decodable { case piece, volume, patch, spray, other }
    /// Its name.
    package let id: String
    /// How it is written.
    package let words: [String]
    /// What is counted or measured.
    package let kind: Kind
    /// How it is given; nil where that depends on the product.
    package let route: String?
  }

  /// Where a form of a drug goes.
  package struct DefaultRoute: Sendable, Decodable {
    /// The drug.
    package let drug: String
    /// The form.
    package let form: String
    /// How it is given; nil where only the product says so.
    package let route: String?
  }

  /// Words of directions for use, with one meaning.
  package struct SigEntry: Sendable, Decodable {
    /// What the words mean, as the grammar names it.
    package let means: String
    /// The words.
    package let words: [String]
    /// The number that they are.
    package let amount: ExactNumber?
    /// What they count.
    package let counts: String?
    /// How often in the time that `means` names.
    package let times: ExactNumber?
    /// The way.
    package let route: String?
  }

  /// Names of a column.
  package struct HeaderEntry: Sendable, Decodable {
    /// What it holds: a column of `convert`, or one that only an export has.
    package let column: String
    /// Its names.
    package let words: [String]
  }

  /// What a medicine says about the patient who takes it.
  package struct MedicineClass: Sendable, Decodable {
    /// What it says about a start in the pump.
    package enum Fact: String, Sendable, Decodable {
      case cnsDepressant = "cns_depressant"
      case anticoagulant, antiplatelet
      case monoamineOxidaseInhibitor = "mao_inhibitor"
      case none
    }
    /// The name of the class.
    package let id: String
    /// What it says about a start in the pump.
    package let fact: Fact
    /// Generic names, and trade names of mixtures, in lower case.
    package let names: [String]
    /// Trade names, in lower case, with the generic name that each is read as.
    package let trade: [String: String]?
  }

  /// Words that name neither drug nor form.
  package struct Words: Sendable, Decodable {
    /// Words for one meaning each.
    package struct Meanings: Sendable, Decodable { package let entries: [Meaning] }
    /// The words for a route, a release or a unit of measure.
    package struct Meaning: Sendable, Decodable {
      package let route, release, measure: String?
      package let words: [String]
    }
    /// Words with one meaning together.
    package struct List: Sendable, Decodable { package let words: [String] }
    package let routes, release, units: Meanings
    package let salts, noise, joins: List
  }
}

extension ProductVocabulary {
  /// The folder of the files.
  static let folder = "products"

  init(_ files: DataFiles) {
    func entries<Entry: Decodable>(_ name: String) -> [Entry] {
      files.require("\(Self.folder)/\(name).json", as: Groups<Entry>.self).groups.flatMap(\.entries)
    }
    ingredients = entries("ingredients")
    synonyms = entries("synonyms")
    brands = entries("brands")
    forms = entries("forms")
    defaultRoutes = entries("default-routes")
    words = files.require("\(Self.folder)/product-words.json")
    sigWords = entries("sig-words")
    headers = entries("headers")
    refillHeaders = entries("refill-headers")
    indications = entries("indications")
    tallNames = entries("tall-man")
    beside = files.require("\(Self.folder)/beside.json", as: Classes.self).groups
  }

  /// Reads the file at `path` as what its name says.
  static func decode(_ path: String, _ files: DataFiles) throws {
    switch path.dropFirst(folder.count + 1) {
    case "ingredients.json": _ = try files.decode(path, as: Groups<Ingredient>.self)
    case "synonyms.json": _ = try files.decode(path, as: Groups<Synonym>.self)
    case "brands.json": _ = try files.decode(path, as: Groups<Brand>.self)
    case "forms.json": _ = try files.decode(path, as: Groups<Form>.self)
    case "default-routes.json": _ = try files.decode(path, as: Groups<DefaultRoute>.self)
    case "headers.json", "refill-headers.json": _ = try files.decode(path, as: Groups<HeaderEntry>.self)
    case "sig-words.json", "indications.json": _ = try files.decode(path, as: Groups<SigEntry>.self)
    case "tall-man.json": _ = try files.decode(path, as: Groups<TallName>.self)
    case "beside.json": _ = try files.decode(path, as: Classes.self)
    default: _ = try files.decode(path, as: Words.self)
    }
  }

  private struct Groups<Entry: Decodable>: Decodable {
    struct Group: Decodable { let entries: [Entry] }
    let groups: [Group]
  }

  private struct Classes: Decodable { let groups: [MedicineClass] }
}
