/// What `thecal risk fit` has estimated from the counts: written by it, checked by a test that estimates again.
package struct EffectFits: Hashable, Sendable, Decodable {
  /// How far people's levels lie apart at the place of an effect: normal on the logarithm of ng/mL per µg (single), or per µg/h.
  package struct Exposure: Hashable, Sendable, Decodable {
    /// Mean and standard deviation of the logarithm.
    package let meanLog: Double, sdLog: Double

    /// Levels of this mean and spread.
    package init(meanLog: Double, sdLog: Double) { (self.meanLog, self.sdLog) = (meanLog, sdLog) }
  }

  /// One parameter with the ends of its 95 % profile interval.
  package struct Parameter: Hashable, Sendable, Decodable {
    /// Its name, such as `ln_ec50`.
    package let name: String
    /// The most probable value.
    package let estimate: Double
    /// The ends.
    package let from: Double, to: Double

    /// A parameter.
    package init(name: String, estimate: Double, from: Double, to: Double) {
      (self.name, self.estimate, self.from, self.to) = (name, estimate, from, to)
    }
  }

  /// The estimates of one effect of one drug.
  package struct Model: Hashable, Sendable, Decodable {
    /// The drug and the effect.
    package let drug: String, effect: String
    /// Levels after an injection at L3 and under an infusion at T10.
    package let single: Exposure, continuous: Exposure
    /// The parameters, in the order of the draws.
    package let parameters: [Parameter]
    /// Parameter sets as likely as the counts leave them.
    package let draws: [[Double]]
    /// The ids of the studies.
    package let studies: [String]

    /// A model.
    package init(
      drug: String, effect: String, single: Exposure, continuous: Exposure, parameters: [Parameter],
      draws: [[Double]],
      studies: [String]
    ) {
      (self.drug, self.effect, self.single, self.continuous) = (drug, effect, single, continuous)
      (self.parameters, self.draws, self.studies) = (parameters, draws, studies)
    }

    /// The most probable parameters, in the order of the draws.
    package var estimates: [Double] { parameters.map(\.estimate) }
  }

  /// The models.
  package let models: [Model]

  static let path = "response/fits.json"
}

extension Formulary {
  /// The estimates for an effect of a drug; nil where no counts calibrate it.
  package func fit(_ effect: String, of drug: String) -> EffectFits.Model? {
    rules.fits.value.models.first { $0.drug == drug && $0.effect == effect }
  }
}
