import ThecalQuantities

/// Reads directions for use. Keeps its memory from text to text; each thread has one of its own.
package struct SigReader {
  private let words: SigWords
  private var text = TokenizedText()

  /// A reader of directions made of `words`.
  package init(_ words: SigWords) { self.words = words }

  /// What `sig` says.
  package mutating func read(_ sig: String) -> SigReading {
    var sig = sig
    return sig.withUTF8 { read($0.span) }
  }

  /// What `sig`, which is UTF-8, says.
  package mutating func read(_ sig: borrowing Span<UInt8>) -> SigReading {
    text.read(sig) { words.lexicon.word($0, $1, $2) }
    let items = SigItems(text.tokens, words)
    return reading(SigParser(items.items))
  }

  private func reading(_ parser: SigParser) -> SigReading {
    var reading = SigReading()
    reading.reasons = parser.reasons
    reading.notes = parser.notes
    reading.route = parser.route
    reading.maximum = parser.maximum
    reading.drugs = parser.drugs.sorted().map { words.drugs[$0] }
    reading.unclear = parser.unclear.map { text.string($0) }
    if !reading.unclear.isEmpty { reading.reasons.insert(.unclearWords) }
    if parser.isSkipped {
      reading.outcome = .skip
      return reading
    }
    let drafts = parser.parts.filter { !$0.isEmpty }
    reading.parts = drafts.map { part($0, &reading) }
    // "1 tab q6h, takes 2 a day" is not the sum of both; "1 tab tid and 2 at bedtime" is.
    if drafts.count > 1 && drafts.filter(\.isCounted).count > 1 { reading.reasons.insert(.contradiction) }
    let isBounded = drafts.count > 1 && drafts.contains(where: \.isBounded)
    if isBounded { reading.reasons.insert(.steps) }
    reading.isSequence = isBounded || parser.isSequence
    Self.check(&reading)
    reading.outcome = reading.reasons.isEmpty ? .read : .ask
    return reading
  }

  private func part(_ draft: SigDraft, _ reading: inout SigReading) -> SigReading.Part {
    var part = SigReading.Part()
    let (times, agrees) = draft.resolved()
    if !agrees { reading.reasons.insert(.contradiction) }
    if draft.meals && draft.times == nil {
      reading.notes.insert(.meals)
    }
    part.amount = draft.amount
    part.unit = draft.unit
    part.isUnitStated = draft.isUnitStated || draft.unitAlone != nil
    part.mass = draft.mass
    if draft.amount == nil, let mass = draft.mass {
      // "10 mg tab bid": the mass is the dose.
      let milligrams = mass.exactValue(in: .milligrams)
      (part.amount, part.unit, part.mass) = (milligrams...milligrams, .milligram, nil)
    }
    part.isMassTotal = draft.isMassTotal
    part.isMassOfOne = draft.isMassOfOne
    part.statedStrength = draft.strength
    part.isRate = draft.isHourly
    part.times = draft.repeats ? times.map { $0.lowerBound...2 * $0.upperBound } : times
    if part.amount == nil, let unit = draft.unitAlone {
      // "change patch every 3 days": one, but the text does not say so.
      (part.amount, part.unit) = (1...1, unit)
      reading.reasons.insert(.noAmount)
    }
    if let interval = draft.interval, part.unit == .patch || part.isRate, interval >= 24 {
      (part.interval, part.times) = (interval, part.isRate ? 24...24 : 1...1)
      // A patch works on until it is changed: the interval is no gap.
      reading.reasons.remove(.notEveryDay)
    } else if let times, times.upperBound < 1 || draft.weekly != nil {
      reading.reasons.insert(.notEveryDay)
      part.times = 1...1
    }
    return part
  }

  /// What the parts leave open, and whether they stay below the maximum.
  static func check(_ reading: inout SigReading) {
    if reading.parts.isEmpty { reading.reasons.formUnion([.noAmount, .noFrequency]) }
    for part in reading.parts {
      guard let amount = part.amount else {
        reading.reasons.insert(.noAmount)
        continue
      }
      if part.times == nil { reading.reasons.insert(.noFrequency) }
      if amount.lowerBound != amount.upperBound || part.times?.lowerBound != part.times?.upperBound {
        reading.reasons.insert(.range)
      }
      if amount.lowerBound <= .zero { reading.reasons.insert(.unclearNumber) }
      if part.unit == .other { reading.reasons.insert(.unclearUnit) }
    }
    if reading.parts.count > 1 && reading.unit == nil { reading.reasons.insert(.contradiction) }
    let isOpen = !reading.reasons.isDisjoint(with: [.asNeeded, .range, .upTo, .noFrequency])
    if !isOpen, let maximum = reading.maximum, maximum.unit == reading.unit, let largest = reading.uncapped,
      largest > maximum.amount
    {
      reading.reasons.insert(.aboveMaximum)
    }
  }
}
