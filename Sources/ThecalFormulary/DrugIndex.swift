/// Drugs by every name that is read.
struct DrugIndex: Sendable {
  let drugs: [Drug]
  private let byName: [String: Drug]
  private let brands: [String: Drug.Brand]

  init(_ drugs: [Drug]) {
    self.drugs = drugs
    var byName: [String: Drug] = [:]
    var brands: [String: Drug.Brand] = [:]
    for drug in drugs {
      for name in [drug.id] + drug.names { byName[name] = drug }
      for brand in drug.brands {
        byName[brand.name] = drug
        brands[brand.name] = brand
      }
    }
    self.byName = byName
    self.brands = brands
  }

  func drug(named text: String) -> Drug? { byName[text] ?? byName[lookupKey(text)] }

  func brand(named text: String) -> Drug.Brand? { brands[lookupKey(text)] }
}

/// A name as the index holds it: lower case, no spaces around it, single spaces within.
func lookupKey(_ text: String) -> String {
  text.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
}
