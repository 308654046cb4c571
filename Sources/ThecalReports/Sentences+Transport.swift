import ThecalDosing
import ThecalFormulary
import ThecalTransport

extension TransportRemark {
  /// The remark as a person reads it.
  var sentence: String {
    switch self {
    case .noPlasmaKinetics(let drug):
      "No plasma kinetics are known for \(drug): the column plasma_ng_per_mL is empty."
    case .noUptake(let drug):
      "Nothing is known of how \(drug) comes from plasma into CSF: what is given beside the pump is missing there."
    case .uptakeNotRead(let drug, let ratio):
      "The uptake of \(drug) from plasma into CSF, \(ratio.value), was not compared with its source."
    case .injectionsLeftOut:
      "A steady state is that of the last rate: what is given at once has no part in it."
    }
  }

  /// The reason for machines; nil where the remark only informs.
  var code: Code? {
    switch self {
    case .noPlasmaKinetics, .noUptake: .noPlasmaKinetics
    case .uptakeNotRead: .unverifiedSource
    case .injectionsLeftOut: nil
    }
  }
}
