import ThecalScenario

extension ScenarioTopic {
  /// The sentence of the topic, with places for its evidence.
  var sentence: String {
    switch self {
    case .doseAfterEnd: "a dose at {0} comes after the last row, {1}: it is not seen."
    case .volumeImpossible: "no injection has {0}; the largest is taken to be {1}. mL meant?"
    }
  }
}
