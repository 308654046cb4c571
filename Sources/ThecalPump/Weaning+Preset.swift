import ThecalDosing
public import ThecalFormulary
public import ThecalQuantities

extension Weaning {
  /// A published way to lower a dose. Tapers in print do not agree; each stands with its source.
  public struct Preset: Sendable {
    /// The id, `baclofen_japan`.
    public let id: String
    /// Whom it was described for.
    public let population: String
    /// The share that a step takes.
    public let step: Cited<Ratio>
    /// The time from one step to the next.
    public let interval: Time

    /// The presets for `drug`. Where sudden lack can kill, none takes more than the largest drop of a day.
    public static func all(for drug: PumpDrug, in formulary: Formulary = .embedded) -> [Weaning.Preset] {
      formulary.stopping.presets.filter { $0.drugs.contains(drug.id) }.map { preset in
        let share = Ratio(preset.percentPerStep, .percent)
        let most = drug.use?.intrathecal?.largestDrop?.value ?? share
        return Weaning.Preset(
          id: preset.id, population: preset.population,
          step: Cited(min(share, most), preset.citation),
          interval: Time(preset.everyDays, .days))
      }
    }
  }
}
