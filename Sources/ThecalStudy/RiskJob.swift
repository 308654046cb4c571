import ThecalFormulary
public import ThecalResponse
import ThecalTransport

/// A question of risks on its way to an answer.
public struct RiskJob: Sendable {
  /// The answer.
  public let assessment: RiskAssessment

  /// The risks of `request`; nil where the drug is not known or not given intrathecally.
  ///
  /// - Throws: A refusal where the drug must never be given so; where one of the people of the models cannot be computed.
  public init?(_ request: RiskRequest) throws(SimulationProblem) {
    try SimulationProblem.refuseForbidden(request.drug)
    do throws(SimulationError) {
      guard let assessment = try RiskAssessment(request) else { return nil }
      self.assessment = assessment
    } catch {
      throw SimulationProblem(
        message: "a virtual patient cannot be computed: \(error.explanation)", exitCode: 65)
    }
  }
}

/// The curves and models behind the risks, fitted to the counts of the data.
public struct RiskFitJob: Sendable {
  package let fits: [RiskFit]
  package let models: [ModelFit]
  package let absent: [CurveAbsence]

  /// The fits of every group of counts that has a dose-response and of every model that counts calibrate, of one drug or of all;
  /// with `renewing` the exposures are simulated again.
  public init(drug: String? = nil, renewing: Bool = false) {
    fits = RiskFit.all(drug: drug, in: .embedded)
    models = ModelFit.all(drug: drug, in: .embedded, renewing: renewing)
    absent = CurveAbsence.all(drug: drug, beside: fits, in: .embedded)
  }
}

/// What the models and curves say of each count that they rest on.
public struct CountComparison: Sendable {
  package let models: [ModelComparison]
  package let fits: [RiskFit]

  /// Every comparison that the compiled data allow.
  public init() {
    models = ModelComparison.all(in: .embedded)
    fits = RiskFit.all(drug: nil, in: .embedded)
  }
}
