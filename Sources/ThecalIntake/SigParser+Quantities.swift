import ThecalQuantities

extension SigParser {
  mutating func take(_ quantity: SigQuantity) {
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

  mutating func note(_ quantity: SigQuantity, _ unit: SigUnit) {
    if quantity.doubts.contains(.trailingZero) { notes.insert(.trailingZero) }
    if quantity.doubts.contains(.barePoint) { notes.insert(.barePoint) }
    if quantity.isFraction && unit == .piece { notes.insert(.fraction) }
  }

  mutating func takeAmount(_ quantity: SigQuantity, _ unit: SigUnit, _ scale: ExactNumber) {
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
    if draft.amount != nil && draft.isAmountMass && (bracketed || (!draft.hasTimes && !isJoined)) {
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
  mutating func takeMass(
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
  mutating func takeRate() {
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
  mutating func takeCount(_ quantity: SigQuantity) {
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

  mutating func takeDuration(_ quantity: SigQuantity) {
    notes.insert(.bounded)
    draft.isBounded = true
    place += 2
  }

  /// "2 qam", "1 noon": so many then. "6am" is a time of the day, and "2 pm" behind "1 tab" may be either.
  mutating func takeBesidePart(_ quantity: SigQuantity) {
    guard quantity.isBeforeHalfDay, quantity.isPlain, quantity.low <= 12 else { return takeBare(quantity) }
    let isBehindUnit = draft.amount != nil && draft.isUnitStated
    if quantity.isGluedToHalfDay || draft.clocks > 0 || (isBehindUnit && quantity.low > 4) {
      draft.clocks += 1
      place += 2
      return
    }
    if isBehindUnit { reasons.insert(.contradiction) }
    takeBare(quantity)
  }

  /// A number without a unit.
  mutating func takeBare(_ quantity: SigQuantity) {
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
  mutating func takePerDay(_ quantity: SigQuantity) {
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
  mutating func takeRatio(_ top: SigQuantity, _ bottom: SigQuantity) {
    place += 2
    if bottom.low == 7 || bottom.low == 52 || bottom.low == 12 {
      notes.insert(.bounded)
      draft.isBounded = true
    } else {
      reasons.insert(.unclearNumber)
    }
  }

  /// "10 mg tab x2": how many; "1 tab x2": how often, and on how many days is open.
  mutating func takeTimesNumber(_ quantity: SigQuantity) {
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
  func isTime(_ word: SigWord?) -> Bool {
    switch word {
    case .hours?, .days?, .weeks?, .months?, .minutes?: true
    default: false
    }
  }
}
