import ThecalDosing
package import ThecalFormulary
import ThecalQuantities

/// The words of all parts of a medicine, ready for look-up; made once and shared.
package final class IntakeWords: Sendable {
  let products: ProductWords
  let sigs: SigWords
  let headers: HeaderNames
  let indications: IndicationWords
  /// Drugs by their generic names.
  let drugs: [String: Drug]
  /// Generic names by the codes that the data carry.
  let coded: [String: String]

  /// The words of `formulary`.
  package init(_ formulary: Formulary) {
    products = ProductWords(formulary)
    sigs = SigWords(formulary)
    headers = HeaderNames(formulary)
    indications = IndicationWords(formulary)
    drugs = Dictionary(uniqueKeysWithValues: formulary.drugs.map { ($0.id, $0) })
    coded = Dictionary(formulary.drugs.compactMap { drug in drug.rxnorm.map { ($0.value, drug.id) } }) {
      first, _ in first
    }
  }

  /// The words of the data that are built in.
  package static let embedded = IntakeWords(.embedded)
}

/// Reads medicines out of the cells of an export. Nothing is guessed: what the words do not settle is asked for.
struct MedicineReader {
  let words: IntakeWords
  /// The day on which ages are counted and orders have ended; nil where none was given.
  let asOf: CalendarDate?
  /// Names of products by code, from a table that the user built.
  let codes: (any ProductCodes)?
  private var products: ProductReader
  private var sigs: SigReader
  private var indicationText = TokenizedText()

  init(_ words: IntakeWords, asOf: CalendarDate?, codes: (any ProductCodes)?) {
    self.words = words
    self.asOf = asOf
    self.codes = codes
    products = ProductReader(words.products)
    sigs = SigReader(words.sigs)
  }

  /// The medicine of `source`.
  mutating func read(_ source: MedicineSource) -> IntakeMedicine {
    var medicine = IntakeMedicine()
    medicine.patient = source[.patientID]
    medicine.facts = source.facts
    medicine.line = source.line
    medicine.text = source.text
    medicine.findings = source.findings
    readAge(source, &medicine)
    let (product, name) = product(of: source)
    medicine.drug = product.drug ?? name
    if let skipping = source.skipping {
      skip(skipping, &medicine)
      return medicine
    }
    if readStatus(source, &medicine) || readBeside(product, name, &medicine) { return medicine }
    readIndication(source, &medicine)
    readDoubts(of: product, name, &medicine)
    readRoute(source, product, &medicine)
    readAmount(source, product, &medicine)
    decide(&medicine)
    return medicine
  }

  // MARK: The product

  private mutating func product(of source: MedicineSource) -> (Product, String) {
    var names = ([source[.name]] + source.otherNames).filter { !$0.isEmpty }
    for code in ([source[.code]] + source.codes).reversed() where !code.isEmpty {
      // A table that the user built knows products; the data that are built in know ingredients.
      if let coded = codes?.name(of: code) {
        names.insert(coded, at: 0)
      } else if let drug = words.coded[code] {
        names.append(drug)
      }
    }
    var best = (Product(), names.first ?? source[.code])
    best.0.doubts = [.unknownDrug]
    for name in names {
      let read = withStrength(products.read(name), name, source)
      if read.doubts.contains(.unknownDrug) { continue }
      best.0 = best.0.doubts.contains(.unknownDrug) ? read : together(best.0, read)
      if best.1 == names.first { best.1 = name }
    }
    return best
  }

  /// Two names of one medicine: the fuller one, and a question where they name different things.
  private func together(_ a: Product, _ b: Product) -> Product {
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
  private mutating func withStrength(_ product: Product, _ name: String, _ source: MedicineSource) -> Product
  {
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
  private func isSameAmount(_ a: Strength, _ b: Strength?) -> Bool {
    if case .each(let mass) = a, case .rate(let rate)? = b { return mass / Time(1, .hours) == rate }
    return false
  }

  private func readDoubts(of product: Product, _ name: String, _ medicine: inout IntakeMedicine) {
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

  // MARK: What is no order, and what is beside

  private func readStatus(_ source: MedicineSource, _ medicine: inout IntakeMedicine) -> Bool {
    let status = source[.status].lowercased()
    if status == "no" || status == "n" {
      skip(.note(.notTaken), &medicine)
      return true
    }
    if !status.isEmpty && Self.endedWords.contains(where: status.contains)
      && !status.contains("not discontinued")
    {
      skip(.note(.inactive, [.text(source[.status])]), &medicine)
      return true
    }
    if let asOf, let stop = WrittenDate(source[.stop]), stop.latest < asOf {
      skip(.note(.ended, [.date(stop.latest)]), &medicine)
      return true
    }
    return false
  }

  /// Words of a status column that say an order is over; of FHIR's as of hospitals' own.
  private static let endedWords = [
    "discontinu", "stopped", "complete", "cancel", "entered-in-error", "draft", "inactive", "expired",
    "ended",
    "not taking", "not-taking", "intended", "suspended", "void", "unknown",
  ]

  private func skip(_ finding: Finding, _ medicine: inout IntakeMedicine) {
    medicine.outcome = .skip
    medicine.findings.append(finding)
  }

  private func readBeside(_ product: Product, _ name: String, _ medicine: inout IntakeMedicine) -> Bool {
    guard product.isBeside else { return false }
    medicine.drug = product.ingredients.joined(separator: "-")
    let facts = product.classes.filter { $0.fact == .cnsDepressant || $0.fact == .anticoagulant }
    for fact in facts {
      if fact.fact == .anticoagulant { medicine.isAnticoagulant = true } else { medicine.isDepressant = true }
    }
    let finding: Finding =
      product.classes.isEmpty
      ? .note(.beside, [.text(medicine.drug)])
      : .note(.besideWithFact, [.text(medicine.drug), .list(product.classes.map { .text($0.words) })])
    skip(finding, &medicine)
    return true
  }

  // MARK: The patient

  private func readAge(_ source: MedicineSource, _ medicine: inout IntakeMedicine) {
    if let age = Int(source[.ageYears]) { medicine.ageYears = age }
    guard let asOf, medicine.ageYears == nil, !source[.birthDate].isEmpty else { return }
    guard let born = WrittenDate(source[.birthDate]),
      case let (older, younger) = (born.earliest.years(until: asOf), born.latest.years(until: asOf)),
      older == younger
    else {
      medicine.findings.append(.note(.birthDateUnclear, [.text(source[.birthDate])]))
      return
    }
    medicine.ageYears = older
  }

  private mutating func readIndication(_ source: MedicineSource, _ medicine: inout IntakeMedicine) {
    let text = source[.indication]
    if text.isEmpty { return }
    medicine.indication =
      Indication(rawValue: text.lowercased()) ?? words.indications.read(text, &indicationText)
    if medicine.indication == nil { medicine.findings.append(.note(.indicationUnclear, [.text(text)])) }
  }

  // MARK: The way

  private mutating func readRoute(
    _ source: MedicineSource, _ product: Product, _ medicine: inout IntakeMedicine
  ) {
    var route = product.route
    let column = source[.route].isEmpty ? nil : sigs.read(source[.route]).route
    let text = sigs.read(source[.sig]).route
    for other in [column, text].compactMap(\.self) {
      guard let known = route else { route = other; continue }
      switch (known, other) {
      case (known, known) where known == other: break
      case (.injection, .iv), (.injection, .im), (.injection, .sc), (.injection, .epidural),
        (.injection, .intrathecal):
        route = other
      case (.sublingual, .oral), (.buccal, .oral): break  // "by mouth" is the way there, too
      case (.transdermal, .topical): break
      default:
        if known != other {
          medicine.findings.append(.ask(.routeConflict, [.text(known.rawValue), .text(other.rawValue)]))
        }
      }
    }
    let drug = product.drug.flatMap { words.drugs[$0] }
    if route == nil, drug?.routes.contains(.oral) ?? false, product.brand.map({ !isSpinal($0) }) ?? true {
      route = .oral
    }
    if let route, route != .injection {
      medicine.route = route.rawValue
    } else if product.drug != nil {
      medicine.findings.append(.ask(.noRoute))
    }
  }

  /// Whether the brand has no oral form, so that a missing route cannot be by mouth.
  private func isSpinal(_ brand: String) -> Bool {
    words.products.brands.first { $0.name == brand }?.route.map { $0 != .oral } ?? false
  }

  // MARK: The amount

  private mutating func readAmount(
    _ source: MedicineSource, _ product: Product, _ medicine: inout IntakeMedicine
  ) {
    guard product.drug != nil else { return medicine.findings.append(contentsOf: []) }
    let orders = OrderReadings(source, &sigs)
    if orders.isSkipped {
      medicine.findings.append(.note(.notTaken))
      medicine.outcome = .skip
      return
    }
    if orders.isBareFrequency { medicine.findings.append(.ask(.bareFrequency, [.text(source[.frequency])])) }
    var doses = orders.readings.map { DailyDose(product, $0) }
    if doses.count == 2 {
      if !agree(doses[0], doses[1]) { medicine.findings.append(.ask(.sourcesDisagree)) }
      doses.sort { $0.findings.count < $1.findings.count }
    }
    for finding in doses.flatMap(\.findings) where !medicine.findings.contains(finding) {
      medicine.findings.append(finding)
    }
    medicine.largest = doses.compactMap(\.largest).max { $0.size < $1.size }
    let notes = Set(orders.readings.flatMap(\.notes))
    if notes.contains(.spoon) { medicine.findings.append(.note(.spoon)) }
    if !notes.isDisjoint(with: [.trailingZero, .barePoint]) {
      medicine.findings.append(.note(.errorProneNumber))
    }
    if notes.contains(.bounded) { medicine.findings.append(.note(.bounded)) }
    if notes.contains(.meals) { medicine.findings.append(.note(.meals)) }
    if let dose = doses.first { write(dose, &medicine) }
  }

  /// Whether two readings of one order give the same amount of drug in a day.
  private func agree(_ a: DailyDose, _ b: DailyDose) -> Bool {
    if let left = a.rate, let right = b.rate { return left == right && interval(a) == interval(b) }
    if let left = a.daily, let right = b.daily { return left == right }
    // Where one of them is asked for anyway, its own reason says why.
    return !a.findings.isEmpty || !b.findings.isEmpty
  }

  private func interval(_ dose: DailyDose) -> ExactNumber? { dose.parts.first?.interval }

  /// Writes the dose in the unit in which the drug's amounts are read.
  private func write(_ dose: DailyDose, _ medicine: inout IntakeMedicine) {
    if let rate = dose.rate {
      medicine.dose = rate.exactValue(in: .microgramsPerHour)
      medicine.unit = "mcg/h"
      if let hours = interval(dose) { medicine.frequency = "q\(hours.plainText)h" }
      return
    }
    guard let daily = dose.daily, let drug = words.drugs[medicine.drug] else { return }
    let route = AdministrationRoute(rawValue: medicine.route)
    let isMicrograms = route.flatMap { drug.units[$0]?.first } == "mcg"
    let unit: Mass.Unit = isMicrograms ? .micrograms : .milligrams
    if dose.parts.count == 1, !dose.parts[0].isContinuous, let mass = dose.parts[0].mass,
      let times = dose.parts[0].times,
      let frequency = FrequencyText.text(times)
    {
      medicine.dose = mass.exactValue(in: unit)
      medicine.unit = unit.symbol
      medicine.frequency = frequency
    } else {
      medicine.dose = daily.exactValue(in: unit)
      medicine.unit = unit.symbol + "/day"
    }
  }

  /// Settles what may be done, and leaves no amount beside a question.
  private func decide(_ medicine: inout IntakeMedicine) {
    if medicine.outcome == .skip {
      (medicine.dose, medicine.unit, medicine.frequency) = (nil, "", "")
      return
    }
    let isAsked = medicine.findings.contains { $0.severity >= .error }
    if !isAsked && medicine.dose != nil {
      medicine.outcome = .read
      medicine.findings.append(Finding(IntakeTopic.readFromText, .readFromText, .review))
      return
    }
    medicine.outcome = .ask
    (medicine.dose, medicine.unit, medicine.frequency) = (nil, "", "")
    if !isAsked { medicine.findings.append(.ask(.noAmount)) }
    if let largest = medicine.largest { medicine.findings.append(.note(.largest, [largest])) }
  }
}

/// Names of products by their codes.
package protocol ProductCodes: Sendable {
  /// The name of the product with `code`, of RxNorm or the national drug code; nil where it is not known.
  func name(of code: String) -> String?
}

/// Frequencies as `convert` reads them.
enum FrequencyText {
  /// The word for `times` a day; nil where there is none.
  static func text(_ times: ExactNumber) -> String? {
    switch times {
    case 1: "daily"
    case 2: "bid"
    case 3: "tid"
    case 4: "qid"
    default:
      Int(exactly: (24 / times).double).map { ExactNumber($0) * times == 24 ? "q\($0)h" : nil } ?? nil
    }
  }
}

extension MedicineClassName {
  /// The class in words.
  var words: String { name.split(separator: "_").joined(separator: " ") }
}

extension Evidence {
  /// The size of an amount, for the largest of several in one unit.
  fileprivate var size: ExactNumber { if case .amount(let number, _) = self { number } else { .zero } }
}
