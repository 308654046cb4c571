package import ThecalFormulary
import ThecalQuantities
package import ThecalScenario

extension CanalParameters {
  /// The defaults for `drug`, with what `scenario` sets.
  package init(
    _ scenario: SimulationScenario, drug: String, _ formulary: Formulary
  ) throws(ScenarioError) {
    let set = scenario.parameters
    if let loss = set.loss {
      self.init(loss: loss, formulary)
    } else if let defaults = CanalParameters(drug: drug, formulary) {
      self = defaults
    } else {
      throw scenario.drug.place.error("no loss from CSF is known for '\(drug)'")
    }
    height = set.height?.base ?? height
    areaLumbosacral = set.areaLumbosacral ?? areaLumbosacral
    areaCervical = set.areaCervical ?? areaCervical
    production = set.production?.base ?? production
    spinalFraction = set.spinalFraction ?? spinalFraction
    dispersionC1 = set.dispersionC1?.base ?? dispersionC1
    dispersionSac = set.dispersionSac?.base ?? dispersionSac
    cranialVolume = set.cranialVolume?.base ?? cranialVolume
    cranialLossRatio = set.cranialLossRatio ?? cranialLossRatio
    bolusSigma = set.bolusSigma?.base ?? bolusSigma
    rateSigma = set.rateSigma?.base ?? rateSigma
    if let rate = set.heartRate,
      let reference = Self.reference("heart_rate", RateConstantDimension.self, formulary)
    {
      heartRateRatio = rate.base / reference
    }
    if let stroke = set.strokeVolume,
      let reference = Self.reference("stroke_volume", VolumeDimension.self, formulary)
    {
      strokeVolumeRatio = stroke.base / reference
    }
    cord = set.cord.map(TissueParameters.init)
    epidural = set.epidural.map(TissueParameters.init)
    baricity = set.baricity.map {
      Baricity(flow: ($0.towardHead ? -1 : 1) * $0.flow.base, limit: $0.limit.base)
    }
  }

  private static func reference<D: Dimension>(_ id: String, _: D.Type, _ formulary: Formulary) -> Double? {
    formulary.transport.parameter(id)?.value.quantity(D.self)?.base
  }
}

extension TissueParameters {
  fileprivate init(_ tissue: ScenarioParameters.Tissue) {
    self.init(
      permeability: tissue.permeability.base, partition: tissue.partition, loss: tissue.loss.base,
      area: tissue.area?.base)
  }
}
