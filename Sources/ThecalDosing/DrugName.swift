public import ThecalFormulary
import ThecalQuantities

/// What a name of a medicine means.
public enum DrugName: Sendable {
  /// Nothing is written.
  case blank
  /// A drug by its generic name, or by the brand of a product of it alone.
  indirect case known(Drug, Drug.Brand?)  // one reference, because every line of a batch copies it
  /// Must never be intrathecal; the name it has in the list.
  case forbidden(String)
  /// A product with a second drug in it: what was written, and the opioid.
  case combination(String, of: String)
  /// None of these: what was written, and names that differ from it in two letters at most.
  case unknown(String, near: [String])

  /// Looks up a generic name or a brand.
  public init(_ text: String, in formulary: Formulary) {
    if text.isEmpty {
      self = .blank
    } else if formulary.neverIntrathecal(named: text) != nil {
      self = .forbidden(text.lowercased())
    } else if let brand = formulary.brand(named: text), brand.combination ?? false {
      self = .combination(text, of: formulary.drug(named: text)?.id ?? "")
    } else if let drug = formulary.drug(named: text) {
      self = .known(drug, formulary.brand(named: text))
    } else {
      self = .unknown(text, near: names(near: text, in: formulary))
    }
  }

  /// The id of the drug; nil where it is not known by one.
  public var id: String? {
    switch self {
    case .known(let drug, _): drug.id
    case .forbidden(let name): name
    case .blank, .combination, .unknown: nil
    }
  }

  /// The routes on which it may be given where none is written: by mouth, or those that must be named.
  var routes: [AdministrationRoute] {
    switch self {
    case .known(let drug, let brand): brand?.routes ?? drug.routes
    case .blank, .forbidden, .combination, .unknown: [.oral]
    }
  }
}

/// Longer than any name: what is longer is no slip of one.
private let longestName = 40

private func names(near text: String, in formulary: Formulary) -> [String] {
  let key = text.lowercased()
  guard key.utf8.count <= longestName else { return [] }
  return formulary.drugs.flatMap { [$0.id] + $0.brands.map(\.name) }.filter { editDistance($0, key) <= 2 }
}
