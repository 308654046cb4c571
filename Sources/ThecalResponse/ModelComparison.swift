package import ThecalFormulary
import ThecalQuantities

/// What a model, as the data keep it, says of each count that calibrates it.
package struct ModelComparison: Sendable {
  /// One count beside its prediction.
  package struct Line: Sendable {
    /// The count.
    package let row: IncidenceCount
    /// The probability and the ends of its 95 % interval, study deviations not in it.
    package let expected: Double, low: Double, high: Double
  }

  /// The drug.
  package let drug: String
  /// The effect.
  package let effect: String
  /// One line for each count, in the order of the data.
  package let lines: [Line]

  /// The comparison for one effect of a drug; nil where no model is kept.
  package init?(_ effect: String, of drug: String, in formulary: Formulary) {
    guard let problem = ModelProblem(effect, of: drug, formulary, renewing: false),
      let fit = formulary.fit(effect, of: drug)
    else { return nil }
    self.drug = drug
    self.effect = effect
    lines = problem.rows.map { row in
      let ends = Self.middle(fit.draws.map { problem.probability(of: row, $0) })
      return Line(
        row: row, expected: problem.probability(of: row, fit.estimates), low: ends.lowerBound,
        high: ends.upperBound)
    }
  }

  /// The comparisons for every model that is kept.
  package static func all(in formulary: Formulary) -> [ModelComparison] {
    formulary.drugs.flatMap { drug in
      ModelFit.effects.compactMap { ModelComparison($0, of: drug.id, in: formulary) }
    }
  }

  /// The middle 95 % of values.
  static func middle(_ values: [Double]) -> ClosedRange<Double> {
    precondition(!values.isEmpty)
    let sorted = values.sorted()
    let cut = sorted.count * 25 / 1_000
    return sorted[cut]...sorted[sorted.count - 1 - cut]
  }
}
