import ThecalQuantities

extension SigParser {
  mutating func take(_ word: SigWord) {
    defer { place += 1 }
    switch word {
    case .perDay(let times): takeTimes(times)
    case .daily: takeDaily()
    case .hourly: takeTimes(24)
    case .part(let part):
      isReason = false
      if part == .night, draft.dayParts == [.evening], case .part(.evening)? = self.word(-1) {
        // "in the evening at bedtime" is one dose to most, and two to some.
        reasons.insert(.contradiction)
      }
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
    case .article:
      // "a.n." for "as needed" reads like the article.
      if place + 1 == items.count || mark(1) != nil { reasons.insert(.unclearWords) }
    case .times, .to, .hours, .minutes, .days, .weeks, .months, .total, .silent: break
    }
  }

  mutating func takeTimes(_ times: ExactNumber) {
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

  mutating func takeDaily() {
    isReason = false
    draft.isDaily = true
  }

  mutating func takeWeekly(_ times: ExactNumber) {
    isReason = false
    draft.weekly = times
    if times == 1 { draft.interval = 168 }
    reasons.insert(.notEveryDay)
    draft.addTimes(1, 1)
  }

  mutating func takeCaution(_ reason: SigReading.Reason) {
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
  mutating func takeReason() {
    if let quantity = quantity(1), quantity.isTime(word(2)) {
      notes.insert(.bounded)
      draft.isBounded = true
      place += 2
    } else {
      isReason = true
    }
  }

  /// "until 10/12", "until seen": what stands there is no dose.
  mutating func takeUntil() {
    notes.insert(.bounded)
    isReason = true
  }

  /// "was on 30 mg": the amount that follows is none of today's.
  mutating func takeHistory() {
    guard quantity(1) != nil else { reasons.insert(.unclearWords); return }
    place += 1
    if case .unit? = word(1) { place += 1 }
  }

  /// "every 6 hours", "q4-6h", "every 8 to 12 hours", "every 3 days".
  mutating func takeEvery() {
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
  mutating func takeMaximum() {
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
}
