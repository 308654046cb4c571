public import ThecalDosing
public import ThecalFormulary
import ThecalQuantities

extension PumpDrug {
  /// The drug that a generic name or a brand names; where none is known, an unknown drug of that name.
  public init(named name: String, in formulary: Formulary = .embedded, rules: DosingRules = .standard) {
    let spelled = name.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    guard let drug = formulary.drug(named: name) else {
      self.init(id: spelled, tallMan: spelled, name: spelled, use: nil)
      return
    }
    self.init(id: drug.id, tallMan: drug.tallMan, name: spelled, use: rules.drug(drug.id))
    read(drug, formulary.stopping)
  }

  /// What `drug` and `stopping` say about fillings, supply and withdrawal.
  private mutating func read(_ drug: Drug, _ stopping: StoppingRules) {
    if let withdrawal = stopping.withdrawal(from: drug.id) {
      withdrawalOnset = withdrawal.timing.map { Cited(Time($0.earliestHours, .hours), $0.citation) }
      withdrawalIsDangerous = withdrawal.danger
      withdrawalSigns = drug.intrathecal?.withdrawal
    }
    isNeverStoppedAtOnce = stopping.maxStepDownPercentPerDay.contains { $0.drug == drug.id }
    guard let use = drug.intrathecal else { return }
    keeping = use.stability.compactMap { range in
      range.figure(.low).map {
        Keeping(
          time: $0, condition: range.condition,
          filling: range.meaning.flatMap(Keeping.Filling.init(rawValue:)))
      }
    }
    reserve = use.reserveVolume?.figure(.high)
    supply = use.supply.compactMap { item in
      let strength: Concentration? = item.concentration.quantity()
      return strength.map {
        Supply(strength: $0, vial: item.volumes_mL.max().map { Volume($0, .milliliters) })
      }
    }
  }
}
