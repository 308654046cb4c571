package import ThecalFormulary
import ThecalQuantities

extension CanalParameters {
  /// The defaults for `drug`, with what `set` says.
  package init(
    _ set: TransportParameters, drug: String, _ formulary: Formulary
  ) throws(InputProblem) {
    if let loss = set[.loss] {
      self.init(loss: RateConstant(base: loss), formulary)
    } else if let defaults = CanalParameters(drug: drug, formulary) {
      self = defaults
    } else {
      throw InputProblem(.drug, "no loss from CSF is known for '\(drug)'")
    }
    for parameter in TransportParameter.allCases {
      if let value = set[parameter] { self[parameter] = value }
    }
    (cord, epidural, baricity) = (set.cord, set.epidural, set.baricity)
  }
}
