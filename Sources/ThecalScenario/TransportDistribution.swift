import Glibc
import ThecalFormulary
import ThecalQuantities
import ThecalTransport

/// How a transport parameter varies between people, as the data have it, in the data's unit.
struct TransportDistribution {
  private let shipped: Formulary.TransportData.Distribution
  /// The median, in the unit of the parameter.
  private let value: Double

  /// The distribution of `parameter` for `drug`; nil where the data have none.
  init?(_ parameter: TransportParameter, of drug: String, _ data: Formulary.TransportData) {
    let figure: (Formulary.TransportData.Distribution, Cited<ExactNumber>)?
    if parameter == .loss {
      figure = data.loss(drug).map { ($0.distribution, $0.value) }
    } else {
      figure = data.parameters.first { $0.id == parameter.rawValue }.flatMap { entry in
        entry.distribution.map { ($0, entry.value) }
      }
    }
    guard let figure else { return nil }
    (shipped, value) = (figure.0, figure.1.value.double)
  }

  /// The parameter with which it is correlated.
  var correlated: String? { shipped.correlated }
  /// The correlation.
  var correlation: Double? { shipped.correlation }

  /// The same as a parameter of a sweep, within the range of the table.
  func varied(_ parameter: TransportParameter, at place: Place) -> SweepScenario.Parameter {
    let (unit, scale) = parameter.unit
    let range = (parameter.range.lowerBound / scale)...(parameter.range.upperBound / scale)
    return SweepScenario.Parameter(
      key: parameter.rawValue, unit: unit, scale: scale, family: family,
      range: shipped.kind == .uniform ? nil : range, place: place)
  }

  private var family: SweepScenario.Family {
    switch shipped.kind {
    case .normal: .normal(mean: value, sd: value * (shipped.cv ?? 0))
    case .uniform: .uniform(low: shipped.low ?? value, high: shipped.high ?? value)
    case .lognormal:
      if let gsd = shipped.gsd {
        .lognormal(median: value, sigma: log(gsd))
      } else {
        .lognormal(median: value, sigma: log(1 + (shipped.cv ?? 0) * (shipped.cv ?? 0)).squareRoot())
      }
    }
  }
}
