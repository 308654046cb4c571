import ThecalQuantities

/// One amount and how often it is taken, while its text is being read.
struct SigDraft: Sendable {
  var amount: ClosedRange<ExactNumber>?
  var unit = SigUnit.piece
  var isUnitStated = false
  /// A unit without a number, as in "change patch".
  var unitAlone: SigUnit?
  /// Whether "60 mg/day" is the amount of a day and not of a dose.
  var isDailyTotal = false
  /// Whether "1 mg/h" is an amount of each hour.
  var isHourly = false
  /// Whether the dose may be repeated.
  var repeats = false
  var mass: Mass?
  var isMassTotal = false
  var isMassOfOne = false
  /// Whether the mass beside is two numbers: "8-2 mg".
  var strength: ExactNumber?
  var isDaily = false
  /// Times of the day; clock times are counted.
  var dayParts: Set<DayPart> = []
  var clocks = 0
  var meals = false
  var weekly: ExactNumber?
  /// Hours between doses, where the text gives them.
  var interval: ExactNumber?
  var isBounded = false
  /// Whether a further amount follows before any frequency.
  var isOpen = false
  private(set) var times: ClosedRange<ExactNumber>?
  private(set) var contradicts = false

  var isAmountMass: Bool { unit.micrograms != nil && amount != nil }
  var hasTimes: Bool { isHourly || times != nil || isDaily || !dayParts.isEmpty || clocks > 0 || meals }
  var isByPartsOfDay: Bool { times == nil && (!dayParts.isEmpty || clocks > 0) }
  /// Whether it says how often in a day, and not when.
  var isCounted: Bool { (isHourly || times != nil || isDaily) && dayParts.isEmpty && clocks == 0 }
  var isEmpty: Bool { amount == nil && mass == nil && !hasTimes }

  mutating func setAmount(_ low: ExactNumber, _ high: ExactNumber) { amount = low...high }

  mutating func setMass(_ quantity: SigQuantity, _ unit: SigUnit) {
    guard let scale = unit.micrograms else { return }
    if let second = quantity.second, second < quantity.low || quantity.low < quantity.high {
      strength = nil
    }
    mass = Mass(quantity.low * scale, .micrograms)
    if quantity.low != quantity.high {
      // "1 film (8-2 mg)": two ingredients; which is the drug's, only the product says.
      mass = nil
      strength = quantity.high
    }
  }

  /// "10 mg (1 tablet)": the mass stands beside the number of tablets.
  mutating func moveMassAside() {
    guard let amount, let scale = unit.micrograms else { return }
    if amount.lowerBound == amount.upperBound { mass = Mass(amount.lowerBound * scale, .micrograms) }
    self.amount = nil
  }

  mutating func addTimes(_ low: ExactNumber, _ high: ExactNumber) {
    if let times, times != low...high {
      contradicts = true
      self.times = min(times.lowerBound, low)...max(times.upperBound, high)
    } else {
      times = low...high
    }
  }

  mutating func addInterval(_ low: ExactNumber, _ high: ExactNumber) {
    // "q0h" is no interval, and what stands beside it is not to be relied on.
    guard low > .zero, high > .zero else {
      contradicts = true
      return
    }
    if low == high { interval = low }
    addTimes(24 / high, 24 / low)
  }

  /// How often in a day, from all that the text says, and whether that agrees.
  func resolved() -> (times: ClosedRange<ExactNumber>?, agrees: Bool) {
    let parts = ExactNumber(dayParts.count + clocks)
    if isHourly { return (24...24, parts == .zero && (times == nil || interval.map { $0 >= 24 } ?? false)) }
    if let times {
      if parts == .zero || times == parts...parts { return (times, !contradicts) }
      // "at bedtime" beside "once daily" is the same dose; beside anything else it is a question.
      return (times.lowerBound...max(times.upperBound, parts), false)
    }
    if parts > .zero {
      let all = meals ? 3 + parts : parts
      return (all...all, !meals || (dayParts == [.night] && clocks == 0))
    }
    if isDaily { return (meals ? 1...3 : 1...1, !meals) }
    return meals ? (3...3, true) : (nil, true)
  }
}

extension SigUnit {
  /// A unit of mass in micrograms; nil for what is counted or measured otherwise.
  var micrograms: ExactNumber? {
    switch self {
    case .milligram: 1_000
    case .microgram: 1
    case .gram: 1_000_000
    default: nil
    }
  }
}
