package import ThecalFormulary
import ThecalQuantities
import ThecalStatistics

/// One fitted curve with everything by which it can be judged.
package struct RiskFit: Sendable {
  /// One count, what the curve says of it, and what it would say without its study.
  package struct Line: Sendable {
    /// The count.
    package let point: IncidenceCurve.Point
    /// What the curve says.
    package let estimate: IncidenceCurve.Estimate
    /// (seen − expected) / √variance.
    package let residual: Double
    /// What a curve without this study says; nil where no other can be fitted.
    package let without: Double?
  }

  /// The drug.
  package let drug: String
  /// The effect.
  package let effect: String
  /// Whom it was counted in.
  package let population: String
  /// The unit of the doses.
  package let unit: String
  /// The curve.
  package let curve: IncidenceCurve
  /// The intercept, at a dose of one unit, and the slope per ln unit.
  package let intercept: Double, slope: Double
  /// The slope without a penalty; nil where that likelihood has no maximum.
  package let plainSlope: Double?
  /// The counts.
  package let lines: [Line]
  /// Whether every count was read in its source.
  package let isVerified: Bool

  /// The fits of every group of counts with a dose-response, of one drug or of all.
  package static func all(drug: String?, in formulary: Formulary) -> [RiskFit] {
    var groups: [(key: String, rows: [IncidenceCount])] = []
    for row in formulary.incidence where row.fit && (drug == nil || row.drug == drug) {
      guard let group = row.group else { continue }
      let key = "\(row.drug) \(group) \(row.effect)"
      if let index = groups.firstIndex(where: { $0.key == key }) {
        groups[index].rows.append(row)
      } else {
        groups.append((key, [row]))
      }
    }
    return groups.compactMap { RiskFit($0.rows) }
  }

  private init?(_ rows: [IncidenceCount]) {
    let points = rows.compactMap { row -> IncidenceCurve.Point? in
      guard let events = row.events, let n = row.n, let dose = row.dose?.standing?.double else { return nil }
      return .init(source: row.citation.source, dose: dose, events: Double(events), n: Double(n))
    }
    guard points.count == rows.count, let unit = rows.first?.dose?.unit else { return nil }
    let doses = points.compactMap(\.dose)
    guard let low = doses.min(), let high = doses.max() else { return nil }
    let curve = IncidenceCurve(points, studied: low...high, fits: true)
    guard let fit = curve.fit else { return nil }
    self.curve = curve
    self.unit = unit
    (drug, effect, population) = (rows[0].drug, rows[0].effect, rows[0].population)
    (intercept, slope) = (fit.intercept, fit.slope)
    plainSlope = (try? LogisticRegression(fit.groups, .plain))?.slope
    let left = curve.leaveOneOut
    lines = zip(points, fit.residuals).map { point, residual in
      let without = left.first { $0.source == point.source && $0.observed == point.events / point.n }
      return Line(
        point: point, estimate: curve.estimate(at: point.dose), residual: residual,
        without: without.flatMap(\.predicted))
    }
    isVerified = rows.allSatisfy(\.citation.verified)
  }
}
