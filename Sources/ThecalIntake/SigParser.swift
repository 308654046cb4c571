import ThecalQuantities

/// Reads the items of directions from left to right.
///
/// A text is `read` only where every word of it is known and says nothing that makes the amount uncertain.
struct SigParser {
  private let items: [SigItem]
  private var place = 0
  private(set) var parts: [SigDraft] = [SigDraft()]
  private(set) var reasons: Set<SigReading.Reason> = []
  private(set) var notes: Set<SigReading.Note> = []
  private(set) var route: MedicineRoute?
  private(set) var maximum: SigReading.Maximum?
  private(set) var unclear: [Range<Int>] = []
  private(set) var isSkipped = false
  private(set) var isSequence = false
  private(set) var drugs: Set<Int> = []
  /// Inside a reason, numbers and unknown words say nothing about the dose.
  private var isReason = false
  /// Whether something stands between the last part and here that adds a further dose.
  private var isJoined = false
  /// Doses that the text splits a daily amount into.
  private var isDivided = false

  init(_ items: [SigItem]) {
    self.items = items
    while place < items.count { step() }
  }

  private var draft: SigDraft {
    get { parts[parts.count - 1] }
    set { parts[parts.count - 1] = newValue }
  }

  private func word(_ offset: Int) -> SigWord? {
    guard place + offset < items.count, case .word(let word) = items[place + offset] else { return nil }
    return word
  }

  private func mark(_ offset: Int) -> UInt8? {
    guard place + offset < items.count, case .mark(let mark) = items[place + offset] else { return nil }
    return mark
  }

  private func quantity(_ offset: Int) -> SigQuantity? {
    guard place + offset < items.count, case .quantity(let quantity) = items[place + offset] else {
      return nil
    }
    return quantity
  }

  private mutating func step() {
    switch items[place] {
    case .quantity(let quantity): take(quantity)
    case .scheme(let sum):
      begin()
      draft.setAmount(sum, sum)
      draft.addTimes(1, 1)
      isReason = false
      place += 1
    case .clock:
      draft.clocks += 1
      place += 1
    case .word(let word): take(word)
    case .mark(let mark):
      take(mark: mark)
      place += 1
    case .unknown(let range):
      if !isReason { unclear.append(range) }
      place += 1
    }
  }

  private mutating func take(mark: UInt8) {
    switch mark {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "+"):
      isJoined = true
      if mark != UInt8(ascii: ",") { isReason = false }
    case UInt8(ascii: "."), UInt8(ascii: ":"): isReason = false
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "*"),
      UInt8(ascii: "\""), UInt8(ascii: "="),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "#"), UInt8(ascii: "!"), UInt8(ascii: "_"):
      break
    case UInt8(ascii: "@"): break
    default: if !isReason { reasons.insert(.unclearWords) }
    }
  }

  /// Opens a further part where the one here has its amount already.
  private mutating func begin() {
    guard draft.amount != nil || draft.mass != nil else { return }
    if !isJoined && !(draft.hasTimes && draft.isByPartsOfDay) { reasons.insert(.contradiction) }
    if !draft.hasTimes && !isSequence { draft.isOpen = true }
    parts.append(SigDraft())
    isJoined = false
  }

  // MARK: Words

  private mutating func take(_ word: SigWord) {
    defer { place += 1 }
    switch word {
    case .perDay(let times): takeTimes(times)
    case .daily: takeDaily()
    case .hourly: takeTimes(24)
    case .part(let part):
      isReason = false
      draft.dayParts.insert(part)
    case .meals:
      draft.meals = true
    case .perWeek(let times): takeWeekly(times)
    case .alternate, .weekday:
      isReason = false
      reasons.insert(.notEveryDay)
      draft.addTimes(1, 1)
    case .every: takeEvery()
    case .caution(let reason): takeCaution(reason)
    case .maximum: takeMaximum()
    case .skip:
      if parts.count == 1 && draft.isEmpty { isSkipped = true } else { reasons.insert(.contradiction) }
    case .history: takeHistory()
    case .route(let route):
      if let other = self.route, other != route { reasons.insert(.contradiction) }
      self.route = route
    case .or: if !isReason { reasons.insert(.optional) }
    case .and: isJoined = true
    case .reason: takeReason()
    case .until: takeUntil()
    case .duration: notes.insert(.bounded)
    case .divided: isDivided = true
    case .number, .fraction, .mixed: if !isReason { reasons.insert(.unclearNumber) }
    case .unit(let unit, _): if draft.amount == nil { draft.unitAlone = unit }
    case .drug(let index): drugs.insert(index)
    case .verb: isReason = false
    case .again:
      reasons.insert(.optional)
      draft.repeats = true
    case .symptom: isReason = true
    case .times, .article, .to, .hours, .minutes, .days, .weeks, .months, .total, .silent: break
    }
  }

  private mutating func takeTimes(_ times: ExactNumber) {
    isReason = false
    var (low, high) = (times, times)
    // "bid-tid", "bid or tid"
    var isRange = mark(1) == UInt8(ascii: "-")
    if case .or? = word(1) { isRange = true }
    if case .to? = word(1) { isRange = true }
    if isRange, case .perDay(let other)? = word(2) {
      (low, high) = (min(low, other), max(high, other))
      reasons.insert(.range)
      place += 2
    }
    draft.addTimes(low, high)
  }

  private mutating func takeDaily() {
    isReason = false
    draft.isDaily = true
  }

  private mutating func takeWeekly(_ times: ExactNumber) {
    isReason = false
    draft.weekly = times
    if times == 1 { draft.interval = 168 }
    reasons.insert(.notEveryDay)
    draft.addTimes(1, 1)
  }

  private mutating func takeCaution(_ reason: SigReading.Reason) {
    reasons.insert(reason)
    switch reason {
    case .steps:
      isSequence = true
      isJoined = true
    case .once: draft.addTimes(1, 1)
    case .upTo: isReason = false
    default: break
    }
  }

  /// "for 5 days" bounds; "for pain" begins a reason.
  private mutating func takeReason() {
    if let quantity = quantity(1), quantity.isTime(word(2)) {
      notes.insert(.bounded)
      draft.isBounded = true
      place += 2
    } else {
      isReason = true
    }
  }

  /// "until 10/12", "until seen": what stands there is no dose.
  private mutating func takeUntil() {
    notes.insert(.bounded)
    isReason = true
  }

  /// "was on 30 mg": the amount that follows is none of today's.
  private mutating func takeHistory() {
    guard quantity(1) != nil else { reasons.insert(.unclearWords); return }
    place += 1
    if case .unit? = word(1) { place += 1 }
  }

  /// "every 6 hours", "q4-6h", "every 8 to 12 hours", "every 3 days".
  private mutating func takeEvery() {
    isReason = false
    guard var quantity = quantity(1), let unit = word(2), quantity.low > .zero else {
      reasons.insert(.noFrequency)
      return
    }
    place += 2
    // "q4h-q6h", "q4h or 6h"
    if mark(1) == UInt8(ascii: "-"), case .every? = word(2), let other = self.quantity(3) {
      (quantity.low, quantity.high) = (min(quantity.low, other.low), max(quantity.high, other.high))
      quantity.isPlain = false
      place += 4
    }
    if quantity.low != quantity.high { reasons.insert(.range) }
    if quantity.contradicts { reasons.insert(.contradiction) }
    let hours: ExactNumber
    switch unit {
    case .hours: hours = 1
    case .minutes: hours = ExactNumber(1, over: 60)
    case .days: hours = 24
    case .weeks: hours = 168
    case .months: hours = 672  // the shortest month, which allows the most
    default:
      reasons.insert(.noFrequency)
      return
    }
    draft.addInterval(quantity.low * hours, quantity.high * hours)
  }

  /// "max 8 per day", "not to exceed 60 mg in 24 hours".
  private mutating func takeMaximum() {
    isReason = false
    var offset = 1
    while offset < 6, place + offset < items.count, quantity(offset) == nil {
      switch items[place + offset] {
      case .word(.silent), .word(.times), .word(.daily), .word(.total), .word(.reason), .mark,
        .word(.article):
        offset += 1
      default: offset = 6
      }
    }
    guard let quantity = quantity(offset) else {
      reasons.insert(.unclearWords)
      return
    }
    var unit = SigUnit.piece
    var amount = quantity.high
    if case .unit(let stated, let scale)? = word(offset + 1) {
      (unit, amount) = (stated, amount * scale)
      offset += 1
    }
    // "per day", "/24 h", "in 24 hours": a maximum is a day's unless it says a dose's.
    if mark(offset + 1) == UInt8(ascii: "/") { offset += 1 }
    if case .times? = word(offset + 1) { offset += 1 }
    if case .daily? = word(offset + 1) { offset += 1 }
    place += offset
    maximum = SigReading.Maximum(amount: amount, unit: unit)
  }

  // MARK: Quantities

  private mutating func take(_ quantity: SigQuantity) {
    if !quantity.doubts.isDisjoint(with: [.twoReadings, .tooLong]) && !isReason {
      reasons.insert(.unclearNumber)
    }
    if quantity.contradicts && !isReason { reasons.insert(.contradiction) }
    switch word(1) {
    case .unit(let unit, let scale)?: takeAmount(quantity, unit, scale)
    case .times?: takeCount(quantity)
    case .hours?, .minutes?, .days?, .weeks?, .months?: takeDuration(quantity)
    case .hourly?:
      draft.addInterval(quantity.low, quantity.high)
      if quantity.low != quantity.high { reasons.insert(.range) }
      isReason = false
      place += 2
    case .part?:
      isReason = false
      takeBesidePart(quantity)
    case .divided?:
      if !(draft.isAmountMass && (draft.isDaily || draft.isDailyTotal)) { reasons.insert(.contradiction) }
      place += 2
    case .drug?, .silent?:
      // "1 fentanyl patch", "2 of the tablets"
      guard case .unit(let unit, let scale)? = word(2) else { return takeBare(quantity) }
      if case .drug(let index)? = word(1) { drugs.insert(index) }
      place += 1
      takeAmount(quantity, unit, scale)
    case .perDay?, .daily?, .every?, .meals?:
      isReason = false
      takeBare(quantity)
    default: takeBare(quantity)
    }
  }

  private mutating func note(_ quantity: SigQuantity, _ unit: SigUnit) {
    if quantity.doubts.contains(.trailingZero) { notes.insert(.trailingZero) }
    if quantity.doubts.contains(.barePoint) { notes.insert(.barePoint) }
    if quantity.isFraction && unit == .piece { notes.insert(.fraction) }
  }

  private mutating func takeAmount(_ quantity: SigQuantity, _ unit: SigUnit, _ scale: ExactNumber) {
    isReason = false
    note(quantity, unit)
    if scale != 1 { notes.insert(.spoon) }
    let isMass = unit.micrograms != nil
    let next = word(2)
    let bracketed = place > 0 && mark(-1) == UInt8(ascii: "(") || place > 0 && mark(-1) == UInt8(ascii: "=")
    place += 2
    if isMass {
      takeMass(quantity, unit, next, isBracketed: bracketed)
      return
    }
    if draft.amount != nil, !draft.isAmountMass, bracketed { return }
    if draft.amount != nil && draft.isAmountMass && !draft.hasTimes && !isJoined {
      draft.moveMassAside()
    } else {
      begin()
    }
    if quantity.low != quantity.high { reasons.insert(.range) }
    draft.setAmount(quantity.low * scale, quantity.high * scale)
    draft.unit = unit
    draft.isUnitStated = true
    takeRate()
  }

  /// A mass is the dose, or stands beside a number of tablets: "2 tabs (20 mg total)", "10 mg tab".
  private mutating func takeMass(
    _ quantity: SigQuantity, _ unit: SigUnit, _ next: SigWord?, isBracketed: Bool
  ) {
    let isBeside =
      draft.amount != nil && !draft.isAmountMass && draft.mass == nil && !(draft.hasTimes && isJoined)
    var isTabletOf = false
    if case .unit(let count, _)? = next, count.micrograms == nil {
      isTabletOf = draft.amount == nil || isBeside
    }
    if isBeside || isTabletOf {
      draft.setMass(quantity, unit)
      if case .total? = next { draft.isMassTotal = true }
      if isTabletOf, case .unit(let count, _)? = next {
        draft.unit = count
        draft.isUnitStated = true
        draft.isMassOfOne = true
        place += 1
      }
      return
    }
    begin()
    if quantity.low != quantity.high { reasons.insert(.range) }
    draft.setAmount(quantity.low, quantity.high)
    draft.unit = unit
    draft.isUnitStated = true
    takeRate()
  }

  /// "1 mg/h", "60 mg/day".
  private mutating func takeRate() {
    guard mark(0) == UInt8(ascii: "/") else { return }
    switch word(1) {
    case .hours?: draft.isHourly = true
    case .days?, .daily?:
      draft.addTimes(1, 1)
      draft.isDailyTotal = true
    default: return
    }
    place += 2
  }

  /// "3 times a day", "4x daily", "5x/day", "x2", "2 doses".
  private mutating func takeCount(_ quantity: SigQuantity) {
    var offset = 2
    if mark(offset) == UInt8(ascii: "/") { offset += 1 }
    if case .times? = word(offset) { offset += 1 }
    switch word(offset) {
    case .daily?, .days?:
      isReason = false
      if quantity.low != quantity.high { reasons.insert(.range) }
      if quantity.low <= .zero || quantity.isFraction { reasons.insert(.noFrequency) }
      draft.addTimes(quantity.low, quantity.high)
      place += offset + 1
    case .perWeek?, .weeks?, .months?:
      reasons.insert(.notEveryDay)
      draft.addTimes(1, 1)
      place += offset + 1
    default:
      if isReason { place += 2; return }
      if isDivided || (draft.isAmountMass && (draft.isDaily || draft.isDailyTotal)) {
        isDivided = true  // "60 mg/day in 3 doses"
      } else if let following = self.quantity(2), following.isTime(word(3)) {
        // "2 x 5 days"
        begin()
        draft.setAmount(quantity.low, quantity.high)
      } else if draft.amount != nil {
        reasons.insert(.once)
        draft.addTimes(quantity.low, quantity.high)
      } else {
        reasons.insert(.unclearNumber)
      }
      place += 2
    }
  }

  private mutating func takeDuration(_ quantity: SigQuantity) {
    notes.insert(.bounded)
    draft.isBounded = true
    place += 2
  }

  /// "2 qam", "1 noon", and "8 am" behind an amount that has its unit.
  private mutating func takeBesidePart(_ quantity: SigQuantity) {
    if draft.amount != nil && draft.isUnitStated && quantity.isPlain && quantity.low <= 12 && quantity.low > 4
    {
      draft.clocks += 1
      place += 2
      return
    }
    takeBare(quantity)
  }

  /// A number without a unit.
  private mutating func takeBare(_ quantity: SigQuantity) {
    place += 1
    if isReason { return }
    note(quantity, .piece)
    if mark(0) == UInt8(ascii: "/") {
      if let bottom = self.quantity(1), quantity.isPlain { takeRatio(quantity, bottom); return }
      if case .daily? = word(1) { takePerDay(quantity); return }
      if case .days? = word(1) { takePerDay(quantity); return }
    }
    if place > 1, case .word(.times) = items[place - 2] { takeTimesNumber(quantity); return }
    if case .daily? = word(0), draft.amount != nil, !draft.hasTimes, !isJoined {
      takePerDay(quantity); return
    }
    if draft.amount != nil && draft.unit == .patch && !draft.hasTimes && draft.strength == nil {
      draft.strength = quantity.low
      return
    }
    begin()
    if quantity.low != quantity.high { reasons.insert(.range) }
    draft.setAmount(quantity.low, quantity.high)
  }

  /// "3/day" behind an amount: how often; without one: how many.
  private mutating func takePerDay(_ quantity: SigQuantity) {
    if mark(0) == UInt8(ascii: "/") { place += 2 } else { place += 1 }
    if quantity.low != quantity.high { reasons.insert(.range) }
    if draft.amount != nil && !draft.hasTimes {
      draft.addTimes(quantity.low, quantity.high)
    } else {
      begin()
      draft.setAmount(quantity.low, quantity.high)
      draft.addTimes(1, 1)
    }
  }

  /// "10/7" is ten days, "5/52" five weeks.
  private mutating func takeRatio(_ top: SigQuantity, _ bottom: SigQuantity) {
    place += 2
    if bottom.low == 7 || bottom.low == 52 || bottom.low == 12 {
      notes.insert(.bounded)
      draft.isBounded = true
    } else {
      reasons.insert(.unclearNumber)
    }
  }

  /// "10 mg tab x2": how many; "1 tab x2": how often, and on how many days is open.
  private mutating func takeTimesNumber(_ quantity: SigQuantity) {
    if draft.amount == nil {
      draft.setAmount(quantity.low, quantity.high)
    } else {
      reasons.insert(.once)
      draft.addTimes(quantity.low, quantity.high)
    }
  }
}

extension SigQuantity {
  /// Whether `word` makes it a stretch of time.
  fileprivate func isTime(_ word: SigWord?) -> Bool {
    switch word {
    case .hours?, .days?, .weeks?, .months?, .minutes?: true
    default: false
    }
  }
}
