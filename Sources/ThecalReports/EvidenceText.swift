import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// Evidence as a person reads it, in the style of `ClinicalText`.
enum EvidenceText {
  /// `evidence` in words.
  static func text(_ evidence: Evidence, digits: Int = 4) -> String {
    switch evidence {
    case .number(let value): number(value, digits)
    case .amount(let value, let unit):
      unit.isEmpty || unit == "1" ? number(value, digits) : "\(number(value, digits)) \(unit)"
    case .dose(let dose, let unit): unit.text(dose)
    case .mass(let mass, let unit): unit.map { $0.text(mass) } ?? ClinicalText.mass(mass)
    case .strength(let strength, let unit): unit.text(strength)
    case .volume(let volume): ClinicalText.quantity(volume, in: .milliliters)
    case .flow(let flow): ClinicalText.quantity(flow, in: .millilitersPerDay)
    case .time(let time): text(time)
    case .share(let share): ClinicalText.quantity(share, in: .percent)
    case .length(let length): ClinicalText.quantity(length, in: .centimeters)
    case .date(let date): date.text
    case .drug(let id): DrugNames.tallMan[id] ?? id
    case .text(let text): text
    case .slip(let slip, let value, let unit): "\(slip.words) (\(number(value, digits)) \(unit))"
    case .list(let values): values.map { text($0, digits: digits) }.joined(separator: ", ")
    case .either(let values): values.map { text($0, digits: digits) }.joined(separator: "; or ")
    }
  }

  /// Appends `evidence` in words.
  static func write(_ evidence: Evidence, digits: Int, to bytes: inout [UInt8]) {
    bytes.append(contentsOf: text(evidence, digits: digits).utf8)
  }

  private static func number(_ value: ExactNumber, _ digits: Int) -> String {
    ClinicalText.number(value.rounded(toSignificantDigits: digits))
  }

  /// In days from two days up, in hours from 2 h up, in minutes below.
  private static func text(_ time: Time) -> String {
    if time >= Time(2, .days) { return ClinicalText.quantity(time, in: .days) + "s" }
    return ClinicalText.quantity(time, in: time >= Time(2, .hours) ? .hours : .minutes)
  }
}

extension Slip {
  /// The slip as a person names it.
  var words: String {
    switch self {
    case .milligramsForMicrograms: "mg typed for mcg"
    case .microgramsForMilligrams: "mcg typed for mg"
    case .tenfold: "a decimal point lost or a zero too many"
    case .tenth: "a zero lost or a point too many"
    case .perHourForPerDay: "per hour typed for per day"
    case .perDayForPerHour: "per day typed for per hour"
    case .dailyAsSingle: "the daily amount typed as a single dose"
    case .intervalAsCount: "an interval in hours typed as a number of doses"
    case .digitOfInterval: "a digit of the interval"
    case .unitOfSize: "a unit too large"
    }
  }
}

/// The names of drugs with the capitals that keep them apart.
private enum DrugNames {
  static let tallMan = Dictionary(
    uniqueKeysWithValues: Formulary.embedded.drugs.map { ($0.id, $0.tallMan) })
}
