import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// What a cell of the `drug` column names.
enum DrugName {
  case known(Drug)
  /// Must never be intrathecal; the name it has in the list.
  case forbidden(String)
  /// A product with a second drug in it.
  case combination(String, of: String)
  case unknown(String, near: [String])

  /// Looks up a generic name or a brand.
  init(_ text: String, in formulary: Formulary) {
    let key = text.lowercased()
    if formulary.neverIntrathecal(named: text) != nil {
      self = .forbidden(key)
    } else if let brand = formulary.brand(named: text), brand.combination ?? false {
      self = .combination(text, of: formulary.drug(named: text)?.id ?? "")
    } else if let drug = formulary.drug(named: text) {
      self = .known(drug)
    } else {
      let near = formulary.drugs.flatMap { [$0.id] + $0.brands.map(\.name) }.filter {
        editDistance($0, key) <= 2
      }
      self = .unknown(text, near: near)
    }
  }
}

/// What a cell of the `unit` column means.
enum WrittenUnit {
  case mass(Mass.Unit)
  case rate(DoseRate.Unit)
  case other(isVolume: Bool)

  init(_ text: String) {
    if let unit = Mass.unit(named: text) {
      self = .mass(unit)
    } else if let unit = DoseRate.unit(named: text) {
      self = .rate(unit)
    } else {
      self = .other(isVolume: Volume.unit(named: text) != nil)
    }
  }
}

/// Yes, no, or something else.
enum YesNo {
  case yes, no, unreadable

  init(_ text: String) {
    switch text.lowercased() {
    case "yes", "y", "true": self = .yes
    case "no", "n", "false": self = .no
    default: self = .unreadable
    }
  }
}

/// How many letters must be inserted, deleted or replaced to get from one word to the other. Source: Levenshtein 1966.
func editDistance(_ a: String, _ b: String) -> Int {
  let (a, b) = (Array(a.utf8), Array(b.utf8))
  var row = Array(0...b.count)
  for i in a.indices {
    var diagonal = row[0]
    row[0] = i + 1
    for j in b.indices {
      let replaced = diagonal + (a[i] == b[j] ? 0 : 1)
      diagonal = row[j + 1]
      row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
    }
  }
  return row[b.count]
}
