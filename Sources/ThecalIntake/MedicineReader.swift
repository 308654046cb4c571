import ThecalDosing
package import ThecalFormulary
import ThecalQuantities
import ThecalTabular

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
  var products: ProductReader
  var sigs: SigReader
  var indicationText = TokenizedText()
  private var spoiledIDs = SpoiledIdentifier()

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
    readPatient(&medicine)
    readIndication(source, &medicine)
    readDoubts(of: product, name, &medicine)
    let directions = source[.sig].isEmpty ? nil : sigs.read(source[.sig])
    readRoute(source, product, directions, &medicine)
    readAmount(source, product, directions, &medicine)
    decide(&medicine)
    return medicine
  }

  // MARK: What is no order, and what is beside

  func readStatus(_ source: MedicineSource, _ medicine: inout IntakeMedicine) -> Bool {
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
  static let endedWords = [
    "discontinu", "stopped", "complete", "cancel", "entered-in-error", "draft", "inactive", "expired",
    "ended",
    "not taking", "not-taking", "intended", "suspended", "void", "unknown",
  ]

  func skip(_ finding: Finding, _ medicine: inout IntakeMedicine) {
    medicine.outcome = .skip
    medicine.findings.append(finding)
  }

  func readBeside(_ product: Product, _ name: String, _ medicine: inout IntakeMedicine) -> Bool {
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

  /// A medicine of which nobody can say whose it is, is asked for, whatever its words say.
  private mutating func readPatient(_ medicine: inout IntakeMedicine) {
    if medicine.patient.isInvisible {
      medicine.findings.append(.ask(.noPatient))
    } else if !spoiledIDs.faults(of: medicine.patient).isEmpty {
      medicine.findings.append(.ask(.unclearPatient, [.text(medicine.patient)]))
    }
  }

  func readAge(_ source: MedicineSource, _ medicine: inout IntakeMedicine) {
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

  mutating func readIndication(_ source: MedicineSource, _ medicine: inout IntakeMedicine) {
    let text = source[.indication]
    if text.isEmpty { return }
    medicine.indication =
      Indication(rawValue: text.lowercased()) ?? words.indications.read(text, &indicationText)
    if medicine.indication == nil { medicine.findings.append(.note(.indicationUnclear, [.text(text)])) }
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
    guard times > .zero else { return nil }
    return switch times {
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
