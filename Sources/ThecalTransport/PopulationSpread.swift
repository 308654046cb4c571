import Glibc
package import ThecalFormulary

/// How a transport parameter varies between people, in the base system µg · cm · h, as the data say it.
package enum PopulationSpread: Hashable, Sendable {
  /// The logarithm is normal: standard deviation of the natural logarithm.
  case lognormal(median: Double, sigma: Double)
  /// Normal, and cut off where nobody is.
  case normal(mean: Double, sd: Double, range: ClosedRange<Double>)
  /// Equally likely between two ends.
  case uniform(low: Double, high: Double)
}

extension TransportParameter {
  /// How this parameter varies around `median` between people who are given `drug`; nil where it is not varied.
  package func spread(around median: Double, drug: String, in formulary: Formulary) -> PopulationSpread? {
    guard let found = shipped(drug, formulary) else { return nil }
    switch found.kind {
    case .lognormal:
      let sigma = found.cv.map { log1p($0 * $0).squareRoot() } ?? found.gsd.map { log($0) }
      guard let sigma, median > 0 else { return nil }
      return .lognormal(median: median, sigma: sigma)
    case .normal:
      guard let cv = found.cv else { return nil }
      // Nobody is five standard deviations from the mean; a height below zero would be no height.
      return .normal(mean: median, sd: cv * median, range: median * (1 - 5 * cv)...median * (1 + 5 * cv))
    case .uniform:
      guard let low = found.low, let high = found.high else { return nil }
      return .uniform(low: low * unit.scale, high: high * unit.scale)
    }
  }

  /// The parameter with which it varies together, and the correlation of their normal scores.
  package func partner(
    drug: String, in formulary: Formulary
  ) -> (parameter: TransportParameter, correlation: Double)? {
    guard let found = shipped(drug, formulary), let name = found.correlated,
      let correlation = found.correlation,
      let other = TransportParameter(rawValue: name)
    else { return nil }
    return (other, correlation)
  }

  /// The id of the source of its spread.
  package func spreadSource(drug: String, in formulary: Formulary) -> String? {
    self == .loss
      ? formulary.transport.loss(drug)?.value.citation.source
      : formulary.transport.parameter(rawValue)?.value.citation.source
  }

  private func shipped(_ drug: String, _ formulary: Formulary) -> Formulary.TransportData.Distribution? {
    self == .loss
      ? formulary.transport.loss(drug)?.distribution : formulary.transport.parameter(rawValue)?.distribution
  }
}
