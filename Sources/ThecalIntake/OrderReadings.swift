import ThecalQuantities

/// The one or two readings of an order: its cells of dose, unit and frequency, and its directions.
struct OrderReadings {
  private(set) var readings: [SigReading] = []
  /// Whether one of them says that the medicine is not taken.
  private(set) var isSkipped = false
  /// A frequency that is a number which may be an interval: 4, 6, 8, 12, 24.
  private(set) var isBareFrequency = false

  /// The readings of `source`; `directions` are those of its cell, nil where that is blank.
  init(_ source: MedicineSource, _ directions: SigReading?, _ sigs: inout SigReader) {
    if let given = source.readings {
      choose(given.flatMap(\.self))
      isSkipped = readings.contains { $0.outcome == .skip }
      return
    }
    let (dose, frequency) = (Self.dose(source), frequency(source))
    if let directions, dose.isEmpty && frequency.isEmpty {
      readings = [directions]
    } else {
      let cells = sigs.read("\(dose) \(frequency)")
      if let directions {
        join(cells, directions, dose, frequency, source[.sig], &sigs)
      } else {
        readings = [cells]
      }
    }
    isSkipped = readings.contains { $0.outcome == .skip }
  }

  /// Data and text of an order that has both: a half that lacks what the other has is no contradiction.
  private mutating func choose(_ given: [SigReading]) {
    let missing: Set<SigReading.Reason> = [.noAmount, .noFrequency]
    readings = given.isEmpty ? [SigReading.empty] : given
    guard given.count == 2 else { return }
    for (own, other) in [(0, 1), (1, 0)] {
      let lacks = given[own].reasons.intersection(missing)
      if lacks.isEmpty || !given[own].reasons.isSubset(of: missing) { continue }
      guard given[other].reasons.isDisjoint(with: missing) else { continue }
      readings = [given[other]]
      if let times = given[own].parts.first?.times, given[other].parts.count == 1,
        let stated = given[other].parts[0].times, stated != times
      {
        readings[0].reasons.insert(.contradiction)
      }
      return
    }
  }

  /// Cells and directions complete each other; where both are complete, both are kept to be compared.
  private mutating func join(
    _ cells: SigReading, _ text: SigReading, _ dose: String, _ frequency: String, _ sig: String,
    _ sigs: inout SigReader
  ) {
    let missing: Set<SigReading.Reason> = [.noAmount, .noFrequency]
    let cellsLack = cells.reasons.intersection(missing)
    let textLacks = text.reasons.intersection(missing)
    if !cellsLack.isEmpty && cells.reasons.isSubset(of: missing) && textLacks.isEmpty {
      // Directions that are whole; what the cells do say must not contradict them.
      readings = [text]
      let times = cells.parts.first?.times ?? sigs.read("1 \(frequency)").parts.first?.times
      if !frequency.isEmpty, let times, text.parts.count == 1, let own = text.parts[0].times, own != times {
        readings[0].reasons.insert(.contradiction)
        readings[0].outcome = .ask
      }
      if !dose.isEmpty { readings.append(sigs.read("\(dose) \(Self.frequencyWords(text))")) }
    } else if !textLacks.isEmpty && text.reasons.isSubset(of: missing) {
      let whole = cellsLack.isEmpty ? cells : sigs.read("\(dose) \(frequency) \(sig)")
      readings = [whole]
      if cellsLack.isEmpty, let amount = text.parts.first?.amount, text.parts.count == 1,
        amount.lowerBound > .zero
      {
        readings.append(sigs.read("\(sig) \(frequency)"))
      }
    } else {
      readings = [cells, text]
    }
  }

  /// The frequency of directions as cells would state it.
  private static func frequencyWords(_ reading: SigReading) -> String {
    guard reading.parts.count == 1, let times = reading.parts[0].times else { return "" }
    if let interval = reading.parts[0].interval { return "q\(interval.plainText)h" }
    return "\(times.lowerBound.plainText) times daily"
  }

  private static func dose(_ source: MedicineSource) -> String {
    if source[.dose].isEmpty { return "" }
    return "\(source[.dose]) \(source[.unit])"
  }

  private static func isScheduled(_ cell: String) -> Bool {
    cell.split { ";, ".contains($0) }.allSatisfy {
      ["n", "no", "false", "0", "f", "none", "nein", "non"].contains($0.lowercased())
    }
  }

  private mutating func frequency(_ source: MedicineSource) -> String {
    var words = source[.frequency]
    if let number = Int(words) {
      isBareFrequency = [4, 6, 8, 12, 24, 48, 72].contains(number)
      words = "\(number) times daily"
    }
    if words.isEmpty, !source[.perDay].isEmpty { words = "\(source[.perDay]) times daily" }
    // "Y", "pain", "breakthrough": whatever is no "no" says that it is taken as needed.
    if !source[.prn].isEmpty, !Self.isScheduled(source[.prn]) { words += " prn" }
    if !source[.maximum].isEmpty { words += ", max \(source[.maximum])" }
    return words
  }
}
