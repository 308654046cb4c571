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
    cord = set.cord.map(TissueParameters.init)
    epidural = set.epidural.map(TissueParameters.init)
    baricity = set.baricity.map {
      Baricity(flow: ($0.towardHead ? -1 : 1) * $0.flow.base, limit: $0.limit.base)
    }
  }
}

extension TissueParameters {
  fileprivate init(_ tissue: TransportParameters.Tissue) {
    self.init(
      permeability: tissue.permeability.base, partition: tissue.partition, loss: tissue.loss.base,
      area: tissue.area?.base)
  }
}
