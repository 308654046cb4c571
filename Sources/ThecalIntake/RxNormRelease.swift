/// A release of RxNorm: names of its concepts, brands and their ingredients, national drug codes.
///
/// Columns by RxNorm's technical documentation, appendix 4. Only RxNorm's own names are read, and none that it suppresses.
struct RxNormRelease {
  let folder: String

  /// Kinds of concept that name a product, and those that name what is in it.
  private static let products: Set<String> = ["SCD", "SBD", "GPCK", "BPCK"]
  private static let ingredients: Set<String> = ["IN", "PIN", "MIN", "BN", "SCDC", "SBDC", "SCDF", "SBDF"]

  /// Names by key.
  func names() throws(IntakeProblem) -> [String: String] {
    var names: [String: String] = [:]
    var brands: Set<String> = []
    var concepts = try SeparatedRows(path: "\(folder)/RXNCONSO.RRF", separator: UInt8(ascii: "|"))
    while let row = try concepts.next() {
      guard row.count >= 18, fieldText(row[11]) == "RXNORM", fieldText(row[16]) == "N" else { continue }
      let kind = fieldText(row[12])
      guard Self.products.contains(kind) || Self.ingredients.contains(kind) else { continue }
      let id = fieldText(row[0])
      names[id] = fieldText(row[14])
      if kind == "BN" { brands.insert(id) }
    }
    try addGenericNames(of: brands, to: &names)
    var entries = Dictionary(uniqueKeysWithValues: names.map { ("r\($0.key)", $0.value) })
    try addDrugCodes(names, to: &entries)
    return entries
  }

  /// A brand's own name says nothing of what is in it: `oxycodone [Example]` does.
  private func addGenericNames(of brands: Set<String>, to names: inout [String: String]) throws(IntakeProblem)
  {
    if brands.isEmpty { return }
    var relations = try SeparatedRows(path: "\(folder)/RXNREL.RRF", separator: UInt8(ascii: "|"))
    var generic: [String: Set<String>] = [:]
    while let row = try relations.next() {
      guard row.count >= 16, fieldText(row[10]) == "RXNORM" else { continue }
      let (first, second) = (fieldText(row[0]), fieldText(row[4]))
      // The second concept stands in the relation to the first.
      switch fieldText(row[7]) {
      case "has_tradename": generic[first, default: []].insert(second)
      case "tradename_of": generic[second, default: []].insert(first)
      default: break
      }
    }
    for brand in brands {
      let parts = (generic[brand] ?? []).compactMap { names[$0] }.sorted()
      if let name = names[brand], !parts.isEmpty {
        names[brand] = "\(parts.joined(separator: " / ")) [\(name)]"
      }
    }
  }

  /// National drug codes, eleven digits, of which nine name the product.
  private func addDrugCodes(_ names: [String: String], to entries: inout [String: String])
    throws(IntakeProblem)
  {
    var attributes = try SeparatedRows(path: "\(folder)/RXNSAT.RRF", separator: UInt8(ascii: "|"))
    var doubtful: Set<String> = []
    while let row = try attributes.next() {
      guard row.count >= 13, fieldText(row[8]) == "NDC", fieldText(row[9]) == "RXNORM",
        fieldText(row[11]) != "Y",
        let name = names[fieldText(row[0])]
      else { continue }
      let digits = fieldText(row[10]).filter { $0 != "-" }
      guard digits.count == 11 else { continue }
      let key = "n" + digits.prefix(9)
      // Codes are used again after years: one that names two products names none.
      if let known = entries[key], known != name { doubtful.insert(key) }
      entries[key] = name
    }
    for key in doubtful { entries[key] = nil }
  }
}
