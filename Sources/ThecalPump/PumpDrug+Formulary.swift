public import ThecalFormulary
import ThecalQuantities

extension PumpDrug {
  /// The drug that a generic name or a brand names; where none is known, an unknown drug of that name.
  public init(named name: String, in formulary: Formulary = .embedded) {
    guard let drug = formulary.drug(named: name) else {
      let id = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
      self.init(id: id, tallMan: id)
      isKnown = false
      isForbidden = formulary.neverIntrathecal(named: name) != nil
      return
    }
    self.init(drug, stopping: formulary.stopping)
    isForbidden = formulary.neverIntrathecal(named: name) != nil
  }

  /// What `drug` and `stopping` mean for the arithmetic.
  ///
  /// Where sources disagree, the lowest limit of a label or consensus counts; what a series reports as
  /// survived is no limit.
  public init(_ drug: Drug, stopping: StoppingRules) {
    self.init(id: drug.id, tallMan: drug.tallMan)
    unit = drug.units[.intrathecal]?.first.flatMap(DoseUnit.init(rawValue:)) ?? .milligrams
    if let withdrawal = stopping.withdrawal(from: drug.id) {
      withdrawalOnset = withdrawal.earliestHours.map {
        PumpFigure(
          Time($0, .hours), source: withdrawal.citation.source, isVerified: withdrawal.citation.verified)
      }
      withdrawalIsDangerous = withdrawal.danger
      withdrawalText = drug.intrathecal?.withdrawal.text
    }
    guard let use = drug.intrathecal else { return }
    dailyMaximum = use.maxDaily.filter(\.isLimit).leastFigure(.low)
    concentrationMaximum = use.maxConcentration.filter(\.isLimit).leastFigure(.high)
    bolusMaximum = use.trialBolus.first { $0.isLimit && $0.population == nil }?.figure(.high)
    stability = use.stability.leastFigure(.low)
    stabilities = use.stability.map {
      "\(ClinicalText.number($0.low)) days: \($0.condition ?? "no condition stated")"
    }
    reserve = use.reserveVolume?.figure(.high)
    largestDrop = use.maxStepDownPercentPerDay.map {
      PumpFigure(
        Ratio($0.low, .percent), source: $0.citation.source, isVerified: $0.citation.verified)
    }
    naiveStart =
      use.firstDayCap?.figure(.high)
      ?? use.start.first { $0.basis == "consensus" }?.figure(.low)
    supply = use.supply.compactMap { item in
      let strength: Concentration? = item.concentration.quantity()
      return strength.map {
        Supply(
          strength: $0, vial: item.volumes_mL.max().map { Volume($0, .milliliters) },
          source: item.concentration.citation.source)
      }
    }
  }
}

extension CitedRange {
  /// Whether a label or a consensus says it as a limit, and not a series as a report.
  fileprivate var isLimit: Bool {
    let authority = basis.map { $0.hasPrefix("label") || $0 == "consensus" || $0 == "compendium" } ?? false
    return authority && meaning != "usual"
  }
}

extension [CitedRange] {
  /// The least of all, by one end; nil where there is none of this dimension.
  fileprivate func leastFigure<D: Dimension>(_ end: CitedRange.End) -> PumpFigure<D>? {
    compactMap { range -> PumpFigure<D>? in range.figure(end) }.min { $0.value < $1.value }
  }
}
