import ThecalQuantities

extension OralEquivalentTable.Row {
  /// What is wrong with the row; nil where nothing is.
  func problem(_ formulary: Formulary) -> String? {
    guard let drug = formulary.drug(named: drug), drug.id == self.drug else { return "\(drug) is no drug" }
    if [factor != nil, tiers != nil, refused != nil].count(where: { $0 }) != 1 {
      return "\(drug.id): a row has a factor, or tiers, or a refusal"
    }
    if !convertible && reason == nil {
      return "\(drug.id): no dose may be derived, and the row does not say why"
    }
    if let units = drug.units[route], !units.contains(unit) {
      return "\(drug.id): \(unit) is not a unit of \(route)"
    }
    return tiers.flatMap(gap)
  }

  /// Where tiers leave a gap or overlap; nil where they cover every amount above zero, once.
  private func gap(_ tiers: [OralEquivalentTable.Tier]) -> String? {
    var reached: ExactNumber? = .zero
    for tier in tiers {
      guard let end = reached, tier.above == end else {
        return "\(drug): tiers leave a gap or overlap at \(tier.above)"
      }
      if let upTo = tier.upTo, upTo <= tier.above { return "\(drug): an empty tier at \(tier.above)" }
      reached = tier.upTo
    }
    return reached.map { "\(drug): no tier above \($0)" }
  }
}

extension RatioTable {
  /// What is wrong with the table; nil where nothing is.
  func problem(_ formulary: Formulary) -> String? {
    for drug in drugs where formulary.drug(named: drug)?.id != drug { return "\(drug) is no drug" }
    if low > high || mid.map({ $0 < low || $0 > high }) ?? false { return "the ratios are out of order" }
    if start.map({ $0 < low || $0 > high }) ?? false { return "the start lies outside the range" }
    if rangeOnly && (mid != nil || start != nil) { return "a mere range has neither middle nor start" }
    if !ruleOfThumb.allSatisfy(drugs.contains) {
      return "a rule of thumb for a drug that the table does not name"
    }
    return nil
  }
}
