import Foundation
import ThecalDosing
import ThecalQuantities
import ThecalTabular
import Testing

@testable import ThecalIntake

/// A product that somebody else has described: what its name must be read as.
struct PublicProduct {
  let name: String
  let form: String
  let ingredient: String
  let strength: String
  let unit: String
  /// Products on the market with this description; 1 where nobody counted.
  let count: Int
  /// Whether strength, unit and form stand in the name itself.
  let isWhole: Bool
}

/// How a reading compares with the description.
enum Comparison { case right, open, wrong }

extension PublicProduct {
  /// A list of `Tests/References`.
  static func list(_ file: String, isWhole: Bool) throws -> [PublicProduct] {
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "References/\(file)").path
    var reader = try CSVReader(path: path)
    let header = reader.header
    var batch = RowBatch()
    var found: [PublicProduct] = []
    while try reader.nextBatch(into: &batch, maxRows: 1_024) {
      for row in 0..<batch.count {
        func cell(_ name: String) -> String {
          header.firstIndex(of: name).map { batch.string(row: row, column: $0) } ?? ""
        }
        found.append(
          PublicProduct(
            name: cell("name"), form: cell("form"), ingredient: cell("ingredient"),
            strength: cell("strength"),
            unit: cell("unit"), count: Int(cell("products")) ?? 1, isWhole: isWhole))
      }
    }
    return found
  }

  /// 438 names of opioid products as RxNorm writes them. Source: `rxnorm`, as quoted by `opioid_mme_cql`.
  static let rxNorm = Result { try list("rxnorm-opioids.csv", isWhole: true) }
  /// 415 opioid products with the number that was on the market in 2016. Source: `cdc_mme_2016`.
  static let cdc = Result { try list("cdc-products.csv", isWhole: false) }

  /// Whether the grammar and its words were made without looking at this name: half of the names, by their SHA-256.
  var isHeldOut: Bool {
    var hasher = SHA256Hasher()
    hasher.update(Array(name.lowercased().utf8).span)
    var digest = ByteWriter()
    hasher.finish(into: &digest)
    let odd: [UInt8] = Array("13579bdf".utf8)
    return odd.contains(digest.bytes[1])
  }

  /// The row as a hospital's table has it.
  private var source: MedicineSource {
    var source = MedicineSource()
    source[.patientID] = "1"
    source[.name] = name
    if !isWhole { (source[.form], source[.strength]) = (form, "\(strength) \(unit)") }
    return source
  }

  /// The ways that the form has, stated here apart from the vocabulary of the grammar.
  private var routes: Set<String> {
    let form = form.lowercased()
    for (word, routes) in Self.routesByForm where form.contains(word) { return routes }
    switch (ingredient, form) {
    case ("fentanyl", _), ("buprenorphine", _): return ["sublingual", "buccal"]
    case ("butorphanol", _): return ["nasal"]
    case (_, let form) where form.contains("suppository"): return ["rectal"]
    default: return ["oral"]
    }
  }

  private static let routesByForm: [(String, Set<String>)] = [
    ("inject", ["injection", "sc", "iv", "im"]), ("syringe", ["injection", "sc", "iv", "im"]),
    ("cartridge", ["injection", "iv", "im", "sc"]), ("transdermal", ["transdermal"]),
    ("patch", ["transdermal"]),
    ("nasal", ["nasal"]), ("rectal", ["rectal"]), ("implant", ["implant"]), ("mucosal", ["sublingual"]),
    ("pack", ["sublingual"]), ("sublingual", ["sublingual"]), ("buccal", ["buccal"]),
  ]

  /// The strength in mcg, mcg/mL or mcg/h. Two salts of one drug in a tablet are given together, where the list has one of them.
  private var micrograms: ExactNumber? {
    let sums = [
      "oxycodone hydrochloride 4.5 MG / oxycodone terephthalate 0.38 MG": ExactNumber(4_880),
      "oxycodone hydrochloride 2.25 MG / oxycodone terephthalate 0.19 MG": 2_440,
    ]
    if let sum = sums.first(where: { name.contains($0.key) }) { return sum.value }
    let bytes = Array(strength.utf8)
    var place = 0
    if bytes.isEmpty { return nil }
    return TextNumber.read(bytes.span, &place).exact * (unit.hasPrefix("MCG") ? 1 : 1_000)
  }

  /// Reads the product and compares.
  func comparison(_ reader: inout MedicineReader) -> Comparison {
    let (product, _) = reader.product(of: source)
    let medicine = reader.read(source)
    guard let drug = product.drug else { return product.isBeside ? .wrong : .open }
    if drug != ingredient { return .wrong }
    let read: (amount: ExactNumber, per: String)? =
      switch product.strength {
      case .each(let mass)?: (mass.exactValue(in: .micrograms), "")
      case .liquid(let content)?: (1_000 * content.exactValue(in: .milligramsPerMilliliter), "/ML")
      case .rate(let rate)?: (rate.exactValue(in: .microgramsPerHour), "/HR")
      case nil: nil
      }
    let route = product.route?.rawValue ?? medicine.route
    if let read {
      let isRight =
        micrograms.map { abs($0.double - read.amount.double) < 1e-9 * read.amount.double } ?? false
      let per = unit.hasSuffix("/ML") ? "/ML" : unit.hasSuffix("/HR") ? "/HR" : ""
      if !isRight || read.per != per { return .wrong }
    }
    if !route.isEmpty && !routes.contains(route) { return .wrong }
    return read != nil && !route.isEmpty ? .right : .open
  }
}

/// Shares of a list by what was read, each product as often as it is on the market.
struct Shares: CustomStringConvertible {
  private(set) var right = 0
  private(set) var all = 0
  private(set) var open: [String] = []
  private(set) var wrong: [String] = []

  init(_ products: [PublicProduct]) {
    var reader = MedicineReader(.embedded, asOf: nil, codes: nil)
    for product in products {
      all += product.count
      switch product.comparison(&reader) {
      case .right: right += product.count
      case .open: open.append("\(product.name), \(product.form) \(product.strength) \(product.unit)")
      case .wrong: wrong.append("\(product.name), \(product.form) \(product.strength) \(product.unit)")
      }
    }
  }

  var percent: Double { 100 * Double(right) / Double(all) }
  var description: String { "\(right) of \(all), \(percent) %; open: \(open); wrong: \(wrong)" }
}

@Suite struct `Names that somebody else has described` {
  private func half(_ list: Result<[PublicProduct], any Error>, heldOut: Bool) throws -> [PublicProduct] {
    try list.get().filter { $0.isHeldOut == heldOut }
  }

  @Test func `ninety-seven of a hundred RxNorm names that the grammar has not seen are read right`() throws {
    let products = try half(PublicProduct.rxNorm, heldOut: true)
    #expect(products.count > 180, "half of the list")
    let shares = Shares(products)
    #expect(shares.percent >= 97, "\(shares)")
  }

  @Test func `ninety-five of a hundred products on the market that it has not seen are read right`() throws {
    let products = try half(PublicProduct.cdc, heldOut: true)
    #expect(products.count > 180, "half of the list")
    let shares = Shares(products)
    #expect(shares.percent >= 95, "\(shares)")
  }

  @Test func `no name of either list is read as another drug, strength or route`() throws {
    for list in [PublicProduct.rxNorm, PublicProduct.cdc] {
      let shares = Shares(try list.get())
      #expect(shares.wrong.isEmpty, "\(shares.wrong)")
    }
  }

  @Test func `the comparison itself tells right from wrong`() {
    var reader = MedicineReader(.embedded, asOf: nil, codes: nil)
    func compare(_ name: String, _ form: String, _ drug: String, _ strength: String, _ unit: String)
      -> Comparison
    {
      PublicProduct(
        name: name, form: form, ingredient: drug, strength: strength, unit: unit, count: 1, isWhole: true
      ).comparison(&reader)
    }
    #expect(compare("oxycodone 5 MG Oral Tablet", "Oral Tablet", "oxycodone", "5", "MG") == .right)
    #expect(compare("oxycodone 5 MG Oral Tablet", "Oral Tablet", "hydrocodone", "5", "MG") == .wrong)
    #expect(compare("oxycodone 5 MG Oral Tablet", "Oral Tablet", "oxycodone", "50", "MG") == .wrong)
    #expect(compare("oxycodone 5 MG Oral Tablet", "Oral Tablet", "oxycodone", "5", "MG/ML") == .wrong)
    #expect(compare("oxycodone 5 MG Oral Tablet", "Rectal Suppository", "oxycodone", "5", "MG") == .wrong)
    #expect(compare("acetaminophen 325 MG Oral Tablet", "Oral Tablet", "oxycodone", "5", "MG") == .wrong)
    #expect(compare("oxycodone Oral Tablet", "Oral Tablet", "oxycodone", "5", "MG") == .open)
    #expect(compare("unheardof 5 MG Oral Tablet", "Oral Tablet", "oxycodone", "5", "MG") == .open)
  }
}
