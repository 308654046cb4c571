import ThecalFormulary
import ThecalQuantities

/// A conversion in progress: the request, the rules, and the result as far as it has come.
struct Worksheet {
  let rules: RuleBook
  let request: ConversionRequest
  let explaining: Bool
  /// The rule of each medicine, in order; nil for a drug that the formulary does not have.
  let medicineRules: [DrugRule?]
  var result = Conversion()

  init(_ request: ConversionRequest, rules: RuleBook, explaining: Bool) {
    self.request = request
    self.rules = rules
    self.explaining = explaining
    medicineRules = request.medicines.map { rules.drugs[$0.drug] }
    result.notices.reserveCapacity(8)
  }

  var facts: PatientFacts { request.facts }

  /// The indication that decides: noncancer pain where none is stated.
  var indication: Indication { facts.indication ?? .noncancer }

  /// Whether no dose may come out any more: then none is computed, so that neither a message nor the derivation has one.
  var isRefused: Bool { result.status >= .blocked }

  /// Adds a step of the derivation, if anyone asked; the arithmetic is not even written otherwise.
  mutating func step(
    _ quantity: @autoclosure () -> String, _ arithmetic: @autoclosure () -> String,
    _ figures: @autoclosure () -> [Figure] = []
  ) {
    if explaining { result.derivation.append(DerivationStep(quantity(), arithmetic(), figures())) }
  }

  /// Notes that `figure` acted on the result: an unverified one asks for a review.
  mutating func acted(_ figure: Figure, on part: ActedOn) {
    if let warning = figure.warning(actingOn: part) { result.add(warning) }
  }
}

/// A daily amount in the unit in which the tables of its route count: mg/day, or mcg/h for what is worn.
struct DailyAmount {
  let value: ExactNumber
  let unit: String

  init(of medicine: Medicine) {
    switch medicine.amount {
    case .doses(let mass, let frequency):
      value = mass.exactValue(in: .milligrams) * frequency.timesPerDay
      unit = "mg/day"
    case .rate(let rate) where medicine.route == .transdermal:
      value = rate.exactValue(in: .microgramsPerHour)
      unit = "mcg/h"
    case .rate(let rate):
      value = rate.exactValue(in: .milligramsPerDay)
      unit = "mg/day"
    }
  }

  var text: String { "\(ClinicalText.number(value.rounded(toSignificantDigits: 6))) \(unit)" }
}
