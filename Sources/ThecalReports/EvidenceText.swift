import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// Evidence as a person reads it, in the style of `ClinicalText`.
enum EvidenceText {
  /// `evidence` in words.
  static func text(_ evidence: Evidence, digits: Int = 4) -> String {
    var bytes: [UInt8] = []
    write(evidence, digits: digits, to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Appends `evidence` in words; what most findings name makes no text on the way.
  static func write(_ evidence: Evidence, digits: Int, to bytes: inout [UInt8]) {
    switch evidence {
    case .number(let value): write(value, digits, to: &bytes)
    case .amount(let value, let unit):
      write(value, digits, to: &bytes)
      if !unit.isEmpty && unit != "1" { write(" ", unit, to: &bytes) }
    case .range(let low, let high, let unit):
      if low != high {
        write(low, digits, to: &bytes)
        write(" to ", to: &bytes)
      }
      write(.amount(high, unit), digits: digits, to: &bytes)
    case .text(let text): write(text.withEveryMark, to: &bytes)
    case .list(let values): write(values, joinedBy: ", ", digits, to: &bytes)
    case .either(let values): write(values, joinedBy: "; or ", digits, to: &bytes)
    case .slip(let slip, let value, let unit):
      write(slip.words, " (", to: &bytes)
      write(value, digits, to: &bytes)
      write(" ", unit, ")", to: &bytes)
    case .dose(let dose, let unit): write(unit.text(dose), to: &bytes)
    case .mass(let mass, let unit): write(unit.map { $0.text(mass) } ?? ClinicalText.mass(mass), to: &bytes)
    case .strength(let strength, let unit): write(unit.text(strength), to: &bytes)
    case .volume(let volume): write(ClinicalText.quantity(volume, in: .milliliters), to: &bytes)
    case .flow(let flow): write(ClinicalText.quantity(flow, in: .millilitersPerDay), to: &bytes)
    case .time(let time): write(text(time), to: &bytes)
    case .share(let share): write(ClinicalText.quantity(share, in: .percent), to: &bytes)
    case .length(let length): write(ClinicalText.quantity(length, in: .centimeters), to: &bytes)
    case .date(let date): write(date.text, to: &bytes)
    case .drug(let id): write(DrugNames.tallMan[id] ?? id, to: &bytes)
    }
  }

  private static func write(_ texts: String..., to bytes: inout [UInt8]) {
    for text in texts { bytes.append(contentsOf: text.utf8) }
  }

  private static func write(
    _ values: [Evidence], joinedBy separator: String, _ digits: Int, to bytes: inout [UInt8]
  ) {
    for (place, value) in values.enumerated() {
      if place > 0 { write(separator, to: &bytes) }
      write(value, digits: digits, to: &bytes)
    }
  }

  private static func write(_ value: ExactNumber, _ digits: Int, to bytes: inout [UInt8]) {
    ClinicalText.write(value.rounded(toSignificantDigits: digits), to: &bytes)
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
    case .gramsForMicrograms: "g typed for mcg"
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
  static let tallMan = Formulary.embedded.tallManNames
}
