import ThecalDosing
import ThecalFormulary
import ThecalQuantities

/// What directions amount to with the strength of a product: mass in a day, or the rate of what is worn.
struct DailyDose {
  /// A dose and how often, in the drug itself.
  struct Part: Hashable {
    /// The mass of one dose; nil for a patch.
    var mass: Mass?
    /// The rate of the patches worn together.
    var rate: DoseRate?
    /// Doses in a day; for a patch hours from one to the next, where the text says so.
    var times: ExactNumber?
    var interval: ExactNumber?
    /// Whether it flows all day: "2 mg/h".
    var isContinuous = false
  }

  let product: Product
  let reading: SigReading
  private(set) var parts: [Part] = []
  private(set) var findings: [Finding] = []
  /// The most in a day, where a strength turns the words into drug.
  private(set) var largest: Evidence?

  init(_ product: Product, _ reading: SigReading) {
    self.product = product
    self.reading = reading
    findings += reading.reasons.sorted { $0.rawValue < $1.rawValue }.map { reason in
      reason == .unclearWords
        ? .ask(.unclearWords, [.list(reading.unclear.map { .text($0) })]) : .ask(IntakeTopic(reason))
    }
    if let other = reading.drugs.first(where: { $0 != product.drug }) { ask(.otherDrug, [.drug(other)]) }
    var most = Mass.zero
    var mostRate = DoseRate.zero
    var isComplete = !reading.parts.isEmpty
    for part in reading.parts {
      guard let amount = part.amount, let unit = unit(of: part) else { isComplete = false; continue }
      let dose = drug(amount.lowerBound, unit, part)
      let high = drug(amount.upperBound, unit, part)
      parts.append(
        Part(
          mass: dose.mass, rate: dose.rate, times: part.times?.lowerBound, interval: part.interval,
          isContinuous: part.isRate))
      check(part, amount.lowerBound, unit, dose)
      let times = part.times?.upperBound ?? 1
      if let mass = high.mass { most = reading.isSequence ? max(most, times * mass) : most + times * mass }
      if let rate = high.rate { mostRate = mostRate + rate }
      if high.mass == nil && high.rate == nil { isComplete = false }
    }
    if isComplete { setLargest(most, mostRate) }
    checkMaximum(most)
  }

  private mutating func ask(_ topic: IntakeTopic, _ evidence: [Evidence] = []) {
    let finding = Finding.ask(topic, evidence)
    if !findings.contains(where: { $0.topic == finding.topic }) { findings.append(finding) }
  }

  /// Doses in a day, added up; nil where the parts are no masses with a frequency.
  var daily: Mass? {
    parts.reduce(Mass?.some(.zero)) { sum, part in
      guard let sum, let mass = part.mass, let times = part.times else { return nil }
      return sum + times * mass
    }
  }

  /// The rate of all patches; nil where the parts are none.
  var rate: DoseRate? {
    parts.isEmpty
      ? nil
      : parts.reduce(DoseRate?.some(.zero)) { sum, part in
        guard let sum, let rate = part.rate else { return nil }
        return sum + rate
      }
  }

  /// The unit of a dose: what the directions state, or what the form is counted in.
  private mutating func unit(of part: SigReading.Part) -> SigUnit? {
    guard !part.isUnitStated || part.unit == .piece else {
      let isLiquid = product.kind == .volume
      let isWrong =
        switch part.unit {
        case .milliliter: product.kind == .piece || product.kind == .patch
        case .patch: product.kind != nil && product.kind != .patch
        case .spray: product.kind != nil && product.kind != .spray
        default: false
        }
      if isWrong && !(isLiquid && part.unit == .milliliter) {
        ask(.formConflict, [.text(part.unit.rawValue), .text(product.form ?? "")])
        return nil
      }
      return part.unit
    }
    switch product.kind {
    case .patch: return part.isUnitStated ? conflict() : .patch
    case .spray: return part.isUnitStated ? conflict() : .spray
    case .volume: return conflict()
    case .piece, .other, nil:
      if case .liquid? = product.strength { return conflict() }
      if case .rate? = product.strength { return part.isUnitStated ? conflict() : .patch }
      return .piece
    }
  }

  private mutating func conflict() -> SigUnit? {
    ask(.formConflict, [.text("number"), .text(product.form ?? "")])
    return nil
  }

  /// How much drug `amount` of `unit` is.
  private mutating func drug(_ amount: ExactNumber, _ unit: SigUnit, _ part: SigReading.Part)
    -> (mass: Mass?, rate: DoseRate?)
  {
    if let scale = unit.micrograms {
      let mass = Mass(scale * amount, .micrograms)
      if part.isRate { return isWorn(part) ? (nil, mass / Time(1, .hours)) : (mass, nil) }
      if product.kind == .patch || product.route == .transdermal {
        ask(.patchUnit)
        return (nil, nil)
      }
      return (mass, nil)
    }
    switch (product.strength, unit) {
    case (.each(let each)?, .piece), (.each(let each)?, .spray): return (amount * each, nil)
    case (.liquid(let content)?, .milliliter): return (content * Volume(amount, .milliliters), nil)
    case (.rate(let rate)?, .patch): return (nil, amount * rate)
    case (nil, _): return unstated(amount, unit, part)
    default:
      if product.doubts.contains(.patchUnit) { ask(.patchUnit) } else { ask(.noStrength) }
      return (nil, nil)
    }
  }

  /// Whether a rate is that of a patch, and not of an infusion.
  private func isWorn(_ part: SigReading.Part) -> Bool {
    product.kind == .patch || product.route == .transdermal || part.interval != nil
  }

  /// The mass beside the amount stands in for a strength that no name gives: "7.5 mL (15 mg)".
  private mutating func unstated(_ amount: ExactNumber, _ unit: SigUnit, _ part: SigReading.Part) -> (
    Mass?, DoseRate?
  ) {
    if product.doubts.contains(.severalStrengths) {
      ask(.severalStrengths)
    } else if let mass = part.mass, part.isMassTotal || unit == .milliliter || amount == 1,
      part.amount?.lowerBound == part.amount?.upperBound
    {
      return (mass, nil)
    } else {
      ask(.noStrength)
    }
    return (nil, nil)
  }

  /// What stands beside an amount must agree with it.
  private mutating func check(
    _ part: SigReading.Part, _ amount: ExactNumber, _ unit: SigUnit, _ dose: (mass: Mass?, rate: DoseRate?)
  ) {
    if let stated = part.mass, let mass = dose.mass, unit.micrograms == nil, product.strength != nil {
      let isStrength: Bool =
        if case .each(let each)? = product.strength {
          stated == each && (amount == 1 || part.isMassOfOne)
        } else { false }
      if stated != mass && !isStrength {
        ask(.massConflict, [.mass(stated, nil), .mass(mass, nil)])
      }
    }
    if let stated = part.mass, let rate = dose.rate, case .rate(let each)? = product.strength {
      let hourly = stated / Time(1, .hours)
      if hourly != rate && hourly != each {
        ask(.massConflict, [.mass(stated, nil), .text(product.form ?? "")])
      }
    }
    if let stated = part.statedStrength { check(stated) }
    let isDivided = amount.denominatorIsNotOne && (unit == .piece || unit == .patch)
    if isDivided && (product.release == .extended || unit == .patch) { ask(.dividedExtendedRelease) }
    if let interval = part.interval, unit == .patch || dose.rate != nil, interval < 24 || interval > 168 {
      ask(.patchInterval, [.number(interval)])
    }
  }

  /// A bare number in the directions must be the strength.
  private mutating func check(_ stated: ExactNumber) {
    let known: ExactNumber? =
      switch product.strength {
      case .each(let each)?: each.exactValue(in: .milligrams)
      case .rate(let rate)?: rate.exactValue(in: .microgramsPerHour)
      default: nil
      }
    if let known, known != stated { ask(.strengthConflict, [.number(stated), .number(known)]) }
  }

  private mutating func setLargest(_ mass: Mass, _ rate: DoseRate) {
    if rate > .zero {
      largest = .amount(rate.exactValue(in: .microgramsPerHour), "mcg/h")
    } else if mass > .zero {
      largest = .amount(mass.exactValue(in: .milligrams), "mg/day")
    }
    if let maximum = reading.maximum, let most = self.mass(of: maximum),
      mass > most || reading.reasons.contains(.noFrequency),
      !reading.reasons.isDisjoint(with: [.asNeeded, .range, .upTo, .noFrequency])
    {
      largest = .amount(most.exactValue(in: .milligrams), "mg/day")
    }
  }

  /// A definite amount above its own maximum is a contradiction.
  private mutating func checkMaximum(_ most: Mass) {
    guard let maximum = reading.maximum, let limit = mass(of: maximum), most > limit,
      reading.reasons.isDisjoint(with: [.asNeeded, .range, .upTo, .noFrequency])
    else { return }
    ask(.aboveMaximum)
  }

  private func mass(of maximum: SigReading.Maximum) -> Mass? {
    if let scale = maximum.unit.micrograms { return Mass(scale * maximum.amount, .micrograms) }
    switch (product.strength, maximum.unit) {
    case (.each(let each)?, .piece), (.each(let each)?, .spray): return maximum.amount * each
    case (.liquid(let content)?, .milliliter): return content * Volume(maximum.amount, .milliliters)
    default: return nil
    }
  }
}

extension ExactNumber {
  /// Whether this is no whole number.
  var denominatorIsNotOne: Bool { Int(exactly: double).map { ExactNumber($0) != self } ?? true }
}
