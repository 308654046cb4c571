public import ThecalFormulary
public import ThecalQuantities

/// What a reader of levels should know beside them.
public enum TransportRemark: Hashable, Sendable {
  /// No plasma kinetics are known for the drug: its column stays empty.
  case noPlasmaKinetics(drug: String)
  /// Nothing is known of how the drug comes from plasma into CSF: what is given beside the pump is missing there.
  case noUptake(drug: String)
  /// The uptake from plasma into CSF was not compared with its source.
  case uptakeNotRead(drug: String, ratio: Cited<ExactNumber>)
  /// What is given at once has no part in the steady state of a rate.
  case injectionsLeftOut
}
