/// The product file of the FDA's NDC directory: one product on a line, fields that tabs separate.
struct ProductDirectory {
  let path: String

  /// Names by key, written as RxNorm writes them.
  func names() throws(IntakeProblem) -> [String: String] {
    var rows = try SeparatedRows(path: path, separator: UInt8(ascii: "\t"))
    guard let header = try rows.next()?.map(fieldText) else { throw IntakeProblem("\(path): it is empty") }
    func column(_ name: String) throws(IntakeProblem) -> Int {
      guard let place = header.firstIndex(of: name) else {
        throw IntakeProblem(
          "\(path): it has no column \(name); give the folder of an RxNorm release, or product.txt of the NDC directory"
        )
      }
      return place
    }
    let columns = (
      code: try column("PRODUCTNDC"), brand: try column("PROPRIETARYNAME"),
      substance: try column("SUBSTANCENAME"),
      strength: try column("ACTIVE_NUMERATOR_STRENGTH"), unit: try column("ACTIVE_INGRED_UNIT"),
      form: try column("DOSAGEFORMNAME"), route: try column("ROUTENAME")
    )
    var entries: [String: String] = [:]
    var doubtful: Set<String> = []
    while let row = try rows.next() {
      func field(_ place: Int) -> String { place < row.count ? fieldText(row[place]) : "" }
      guard let product = ProductCode.product(dashed: field(columns.code)[...]),
        let content = content(field(columns.substance), field(columns.strength), field(columns.unit))
      else { continue }
      let route = field(columns.route).split(separator: ";").first.map(String.init) ?? ""
      let name = "\(content) \(route) \(field(columns.form)) [\(field(columns.brand))]"
      let key = "n\(product)"
      if let known = entries[key], known != name { doubtful.insert(key) }
      entries[key] = name
    }
    for key in doubtful { entries[key] = nil }
    return entries
  }

  /// `ACETAMINOPHEN; OXYCODONE HYDROCHLORIDE`, `325; 5`, `mg/1; mg/1`, joined ingredient by ingredient.
  private func content(_ substances: String, _ strengths: String, _ units: String) -> String? {
    func parts(_ text: String) -> [String] {
      text.split(separator: ";").map { part in String(part.drop { $0 == " " }) }
    }
    let (names, numbers, measures) = (parts(substances), parts(strengths), parts(units))
    guard !names.isEmpty, names.count == numbers.count, names.count == measures.count else { return nil }
    return names.indices.map { place in
      let measure = measures[place].hasSuffix("/1") ? String(measures[place].dropLast(2)) : measures[place]
      return "\(names[place]) \(numbers[place]) \(measure)"
    }.joined(separator: " / ")
  }
}
