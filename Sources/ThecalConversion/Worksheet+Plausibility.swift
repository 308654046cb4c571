import ThecalFormulary
import ThecalQuantities

extension Worksheet {
  /// Holds every amount against the window of its drug, and every interval against those in use.
  mutating func checkPlausibility() {
    for (medicine, rule) in zip(request.medicines, medicineRules) {
      if let window = rule?.windows[medicine.route.index] {
        check(medicine, DailyAmount(of: medicine), in: window)
      }
      if case .doses(_, let frequency) = medicine.amount, !TypoNeighborhood.isUsual(frequency) {
        result.add(.unusualInterval(frequency, line: medicine.line))
      }
    }
  }

  private mutating func check(_ medicine: Medicine, _ amount: DailyAmount, in window: PlausibleWindow) {
    let value = amount.value
    if value >= window.oddBelow && value <= window.oddAbove { return }
    let impossible = value < window.impossibleBelow || value > window.impossibleAbove
    let slips = TypoNeighborhood.slips(explaining: value, in: window, medicine: medicine)
    result.add(.implausible(medicine, amount, window, impossible: impossible))
    if !slips.isEmpty { result.add(.typo(slips, line: medicine.line, blocked: impossible)) }
  }
}

/// The single slips of a pen that would turn an ordinary dose into the odd one that was typed.
enum TypoNeighborhood {
  /// Whether doses come at an interval that clinics use.
  static func isUsual(_ frequency: Frequency) -> Bool {
    let times = frequency.timesPerDay
    if times >= 1 { return [1, 2, 3, 4, 5, 6, 8, 12, 24].contains(times) }
    return [48, 72, 84, 168].contains(ExactNumber(24) / times)
  }

  /// The interval that loses a digit, or gains one, to become usual: q60h for q6h.
  static func likelyInterval(_ frequency: Frequency) -> ExactNumber? {
    let hours = ExactNumber(24) / frequency.timesPerDay
    return [hours / 10, hours * 10].first { $0 >= 1 && isUsual(Frequency(timesPerDay: ExactNumber(24) / $0)) }
  }

  /// Slips that bring `value` back into the ordinary part of `window`, in words with the value they give.
  static func slips(explaining value: ExactNumber, in window: PlausibleWindow, medicine: Medicine) -> [String]
  {
    var candidates: [(String, ExactNumber)] = [
      ("mg typed for mcg", value / 1_000), ("mcg typed for mg", value * 1_000),
      ("a decimal point lost or a zero too many", value / 10),
      ("a zero lost or a point too many", value * 10),
    ]
    if case .rate = medicine.amount {
      candidates += [("per hour typed for per day", value / 24), ("per day typed for per hour", value * 24)]
    } else {
      candidates += [("the daily amount typed as a single dose", value / timesPerDay(medicine))]
    }
    return candidates.filter { $0.1 >= window.oddBelow && $0.1 <= window.oddAbove && $0.1 != value }.map {
      "\($0.0) (\(ClinicalText.number($0.1.rounded(toSignificantDigits: 4))) \(window.unit))"
    }
  }

  private static func timesPerDay(_ medicine: Medicine) -> ExactNumber {
    if case .doses(_, let frequency) = medicine.amount { return frequency.timesPerDay }
    return 1
  }
}
