import ThecalPlan

extension PlanTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .moreGoesOn:
      "{0} oral morphine equivalent goes on beside the pump on day 1, but the start counts on {1} going on: state "
        + "residual_mme, or stop more before the pump starts."
    case .stopsAtStart: "{0} ({1}) stops when the pump starts: the start replaces it."
    case .takenBack: "{0} ({1}) is taken back by {2} of what goes on, every {3}; described for: {4}."
    case .goesOn: "{0} ({1}) goes on unchanged: no source on record says how it is taken back."
    case .breakthrough:
      "{0} ({1}) for pain that breaks through counts {2} oral morphine equivalent at the most that may be taken."
    case .noBreakthrough:
      "No dose for pain that breaks through is stated, and none is proposed: no source on record gives one. Write breakthrough."
    case .refillAtHighest:
      "The first refill is planned at the highest dose of the schedule, {0}, so that it is never late."
    case .noPath: "No path was stated: write path, and the priming bolus is computed."
    case .noModel: "No model is known for {0} {1}: its level is missing."
    case .noFactor: "A medicine has no factor in {0}: no oral morphine is given for that time."
    }
  }
}
