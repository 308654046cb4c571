import ThecalFormulary
import ThecalQuantities

extension PumpLedger {
  /// How long a mixture of `parts` was shown to keep in a pump: the shortest record of exactly these drugs at
  /// such strengths; nil, with a concern, where there is none. What is unknown is never taken from a part.
  mutating func stability(of parts: [Admixture.Part], in formulary: Formulary) -> Time? {
    let records = formulary.stability(of: parts.map(\.drug.id)).filter { record in
      !["glass", "syringe"].contains(record.container)
        && record.components.allSatisfy { component in
          parts.first { $0.drug.id == component.drug }.map { component.covers($0.concentration) } ?? false
        }
    }
    let shortest = records.min { $0.days.low < $1.days.low }
    let names = parts.map(\.drug.tallMan).joined(separator: " + ")
    guard let shortest, let time: Time = shortest.days.lowQuantity() else {
      add("STABILITY_UNKNOWN", .review, "How long \(names) keeps in a pump is not on record.")
      return nil
    }
    cite(shortest.days.citation.source)
    add("STABILITY", .passed, "\(names) was shown to keep in a pump for \(time.text).")
    return time
  }
}

extension StabilityRecord.Component {
  /// Whether `strength` lies among those studied; a record that names none speaks of ordinary ones.
  fileprivate func covers(_ strength: Concentration) -> Bool {
    guard let unit = concentrationUnit.flatMap(Concentration.unit(named:)) else { return true }
    let value = strength.exactValue(in: unit)
    return concentrationLow.map { value >= $0 } ?? true && concentrationHigh.map { value <= $0 } ?? true
  }
}
