import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension MedicineReader {
  mutating func product(of source: MedicineSource) -> (Product, String) {
    let names = names(of: source)
    if names.count == 1 {
      // As most exports have it; the loop below would give the same.
      let read = withStrength(products.read(names[0]), names[0], source)
      if !read.doubts.contains(.unknownDrug) { return (read, names[0]) }
    }
    var best = (Product(), names.first ?? source[.code])
    best.0.doubts = [.unknownDrug]
    if names.count == 1 { return best }
    for name in names {
      let read = withStrength(products.read(name), name, source)
      if read.doubts.contains(.unknownDrug) { continue }
      best.0 = best.0.doubts.contains(.unknownDrug) ? read : together(best.0, read)
      if best.1 == names.first { best.1 = name }
    }
    return best
  }

  /// What the source calls the medicine, and what its codes stand for.
  func names(of source: MedicineSource) -> [String] {
    var names = source.otherNames
    if !source[.name].isEmpty { names.insert(source[.name], at: 0) }
    let codes = source[.code].isEmpty ? source.codes : [source[.code]] + source.codes
    for code in codes.reversed() {
      // A table that the user built knows products; the data that are built in know ingredients.
      if let coded = self.codes?.name(of: code) {
        names.insert(coded, at: 0)
      } else if let drug = words.coded[code] {
        names.append(drug)
      }
    }
    return names.filter { !$0.isEmpty }
  }

  /// Two names of one medicine: the fuller one, and a question where they name different things.
  func together(_ a: Product, _ b: Product) -> Product {
    var whole = a.strength == nil && b.strength != nil ? b : a
    let other = a.strength == nil && b.strength != nil ? a : b
    if whole.drug != other.drug {
      whole.doubts.insert(.severalDrugs)
      whole.strength = nil
    }
    if let strength = whole.strength, let second = other.strength, strength != second {
      whole.strength = nil
      whole.doubts.insert(.severalStrengths)
    }
    whole.form = whole.form ?? other.form
    whole.kind = whole.kind ?? other.kind
    whole.route = whole.route ?? other.route
    whole.release = whole.release ?? other.release
    return whole
  }

  /// The product with the strength and form of their own columns, where its name has none.
  mutating func withStrength(_ product: Product, _ name: String, _ source: MedicineSource) -> Product {
    var strength = source[.strength]
    if !strength.isEmpty, strength.utf8.allSatisfy({ !isLetter($0 | 0x20) && $0 != UInt8(ascii: "%") }) {
      strength += " " + source[.unit]
    }
    if strength.isEmpty && (product.form != nil || source[.form].isEmpty) { return product }
    var whole = products.read(
      "\(name) \(product.strength == nil ? strength : "") \(product.form == nil ? source[.form] : "")")
    if product.strength != nil, !strength.isEmpty {
      let column = products.read("\(product.drug ?? "") \(strength)")
      if let other = column.strength, other != product.strength, !isSameAmount(other, product.strength) {
        whole.doubts.insert(.severalStrengths)
        whole.strength = nil
      }
    }
    return whole
  }

  /// Whether a rate is written as a mass in the column of strengths: "50 mcg" beside "50 mcg/hr".
  func isSameAmount(_ a: Strength, _ b: Strength?) -> Bool {
    if case .each(let mass) = a, case .rate(let rate)? = b { return mass / Time(1, .hours) == rate }
    return false
  }

  func readDoubts(of product: Product, _ name: String, _ medicine: inout IntakeMedicine) {
    for doubt in product.doubts.sorted(by: { $0.rawValue < $1.rawValue }) {
      switch doubt {
      case .unknownDrug: medicine.findings.append(.ask(.unknownDrug, [.text(name)]))
      case .severalDrugs:
        medicine.findings.append(.ask(.severalDrugs, [.list(product.ingredients.map { .text($0) })]))
      case .brandConflict: medicine.findings.append(.ask(.brandConflict, [.text(name)]))
      case .depot, .veterinary: medicine.findings.append(.ask(.noDailyAmount, [.text(name)]))
      case .patchUnit: medicine.findings.append(.ask(.patchUnit))
      case .noStrength, .severalStrengths: break  // matter only where the directions count units
      }
    }
  }
}
