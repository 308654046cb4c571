import ThecalFormulary
import ThecalQuantities

extension PlausibleWindow {
  init(_ window: PlausibilityWindow) {
    // Daily amounts come in mg, or in mcg/h for a patch.
    let scale = ExactNumber(1, over: window.unit == "mcg" ? 1_000 : 1)
    impossibleBelow = window.impossibleBelow * scale
    oddBelow = window.oddBelow * scale
    oddAbove = window.oddAbove * scale
    impossibleAbove = window.impossibleAbove * scale
    unit = window.unit == DailyAmount.worn ? DailyAmount.worn : DailyAmount.perDay
  }
}

extension EquivalentRule {
  /// The rule of a row; nil where the table refuses a factor.
  init?(_ row: OralEquivalentTable.Row) {
    // Rows count per mg, per mcg or per mcg/h worn; daily amounts come in mg, or in mcg/h for a patch.
    let scale: ExactNumber = row.unit == "mcg" ? 1_000 : 1
    func figure(_ factor: ExactNumber) -> Cited<ExactNumber> {
      Cited(factor * scale, unit: "mg/day MME per \(row.unit == "mcg" ? "mg" : row.unit)", row.citation)
    }
    if let tiers = row.tiers {
      self.tiers = tiers.map { EquivalentTier(above: $0.above, upTo: $0.upTo, factor: figure($0.factor)) }
    } else if let factor = row.factor {
      tiers = [EquivalentTier(above: .zero, upTo: nil, factor: figure(factor))]
    } else {
      return nil
    }
    overrides = (row.strengthOverrides ?? []).map { ($0.strength, figure($0.factor)) }
    refusal = row.convertible ? nil : row.reason ?? "The table does not convert it."
    citation = row.citation
  }
}

extension IntrathecalRules {
  /// What acts on a dose; nil for a drug without a daily dose in a known unit.
  init?(_ use: IntrathecalUse, of drug: Drug, stopping: StoppingRules, titration: TitrationRules) {
    let limit = SourceChoice.limit(use.maxDaily)
    guard
      let spelled = drug.units[.intrathecal]?.first ?? limit?.unit.prefix(while: { $0 != "/" }).description,
      let unit = DoseUnit(rawValue: spelled)
    else { return nil }
    func range(_ range: CitedRange) -> StartRange? {
      guard let low: DoseRate = range.lowQuantity(), let high: DoseRate = range.highQuantity() else {
        return nil
      }
      return StartRange(
        low: unit.perDay(low),
        high: Cited(unit.perDay(high), unit: unit.daily, population: range.population, range.citation),
        basis: range.basis ?? "")
    }
    self.unit = unit
    labelNaive = SourceChoice.labelStart(use, excluding: "tolerant").flatMap(range)
    labelTolerant = SourceChoice.labelStart(use, excluding: "naive").flatMap(range)
    ceilings = SourceChoice.ceilings(use).compactMap(range)
    firstDayCap = use.firstDayCap.flatMap(range)?.high
    self.limit = limit.flatMap { figure in
      figure.lowQuantity(DoseRateDimension.self).map { Cited($0, unit: figure.unit, figure.citation) }
    }
    strongest = SourceChoice.strongest(use.maxConcentration).flatMap { $0.highFigure() }
    marketed = use.supply.compactMap { $0.concentration.quantity() }
    largestBolus = SourceChoice.largestBolus(use.trialBolus).flatMap { $0.highFigure() }
    smallestTrialBolus = SourceChoice.smallestTrialBolus(use.trialBolus).flatMap { figure in
      figure.lowQuantity(MassDimension.self).map { Cited($0, unit: figure.unit, figure.citation) }
    }
    widestTrialBolus = SourceChoice.widestTrialBolus(use.trialBolus).flatMap { $0.highFigure() }
    largestNaiveBolus = SourceChoice.largestNaiveBolus(use.trialBolus).flatMap { $0.highFigure() }
    largestDrop = SourceChoice.largestDrop(use, of: drug.id, stopping, titration)
    screening = use.screening.flatMap { ScreeningRules($0) }
    changes = ChangeTable(use, of: drug.id, titration)
    monitoring = use.monitoring
    contraindications = use.contraindications
  }
}

extension CitedRange {
  /// The upper end as a figure; nil where the unit is not one of the dimension.
  func highFigure<D: Dimension>() -> Cited<Quantity<D>>? {
    highQuantity(D.self).map { Cited($0, unit: unit, population: population, citation) }
  }
}
