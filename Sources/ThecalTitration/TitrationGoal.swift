import ThecalFormulary
import ThecalDosing
package import ThecalQuantities
import ThecalResponse
import ThecalTransport

/// The dose that holds what a plan wants, and how far it can be held within the limits.
package struct TitrationGoal: Sendable {
  /// The dose that holds the target.
  package let wanted: DoseRate
  /// The most of it that the limits allow.
  package let goal: DoseRate
  /// The level that counts, where the target is one: at the effect site for an effect.
  let response: LevelResponse?

  /// The goal of `plan`; nil where it is refused, which the findings explains.
  init?(
    _ plan: TitrationRequest, _ responses: PatientResponse, _ limits: TitrationLimits,
    _ findings: inout PlanFindings
  ) {
    guard let target = plan.target else {
      findings.add(
        .missingField, .blocked, .noTarget)
      return nil
    }
    var response: LevelResponse?
    switch target {
    case .dose(let dose): wanted = dose
    case .level(let level, _):
      response = responses.target
      wanted = responses.target.dose(for: level.value(in: .nanogramsPerMilliliter))
    case .relief(let share):
      guard let dose = responses.dose(for: share, "relief", plan, &findings) else { return nil }
      response = responses.effectSite
      wanted = dose
    case .ashworth(let score):
      guard let dose = responses.dose(for: score, "ashworth", plan, &findings) else { return nil }
      response = responses.effectSite
      wanted = dose
    }
    guard response == nil || wanted.base < LevelResponse.mostDose else {
      findings.add(.targetNotReached, .blocked, .nothingArrives)
      return nil
    }
    self.response = response
    if response != nil {
      findings.add(
        .prediction, .review, .doseFromPrediction)
    }
    var goal = min(wanted, limits.highest)
    for (cap, limit) in zip(responses.caps, plan.limits) {
      let level = limit.level.value(in: .nanogramsPerMilliliter)
      // A share is left for doses that rounding raises.
      let most = cap.dose(for: level * 0.99)
      if most < goal {
        findings.add(
          .overLimit, .review, .levelAllows,
          [
            .amount(ExactNumber(level), "ng/mL"), .text(limit.site.columnName),
            .dose(limits.deliverable(most), limits.unit),
          ])
      }
      goal = min(goal, most)
    }
    guard limits.deliverable(goal) > .zero, goal >= limits.lowest else {
      findings.add(
        .overLimit, .blocked, .nothingWithinLimits, [.dose(goal, limits.unit)])
      return nil
    }
    self.goal = goal
  }
}
