import ThecalQuantities
import ThecalScenario
import ThecalTransport
import _ThecalTestSupport

/// A scenario and a specification that varies some of it, drawn at random.
struct RandomSpecification {
  let scenario: String
  let specification: String
  /// The keys that vary.
  let keys: [String]
  private let units: [String: Double]

  init(using random: inout SeededGenerator) {
    let tip = ["T10", "L3", "dermatome T12", "44 cm", "30.5 cm"].randomElement(using: &random) ?? "L3"
    let site = ["T4", "45 cm", "12.3 cm", "dermatome L1"].randomElement(using: &random) ?? "T4"
    let volume = Bool.random(using: &random) ? ", volume: 2 mL" : ""
    scenario = """
      drug: morphine
      catheter: {tip: \(tip)}
      program:
        - {at: 12 h, rate: 0.6 mg/day}
        - {at: 0 h, rate: 1 mg/day}
        - {at: 30 min, bolus: 0.1 mg\(volume)}
        - {at: 6 h, bolus: 50 mcg}
      cells: 60
      output: {every: 3 h, until: 1 day, at: [tip, \(site), L4, cranial]}
      """
    var spread = [
      "height": "{uniform: {low: 120 cm, high: 195 cm}}",
      "area_lumbosacral": "{lognormal: {median: 1, cv: 24 %}}",
      "area_cervical": "{lognormal: {median: 1, cv: 14 %}}",
      "production": "{lognormal: {median: 0.35 mL/min, cv: 25 %}}",
      "spinal_fraction": "{uniform: {low: 0.05, high: 0.5}}",
      "dispersion_c1": "{lognormal: {median: 0.67 cm2/s, gsd: 1.6}}",
      "dispersion_sac": "{lognormal: {median: 0.014 cm2/s, gsd: 1.6}}",
      "cranial_volume": "{lognormal: {median: 180 mL, cv: 25 %}}",
      "loss": "{lognormal: {median: 3.0e-5 1/s, cv: 40 %}}",
      "cranial_loss_ratio": "{uniform: {low: 0.2, high: 1}}",
      "bolus_sigma": "{uniform: {low: 2 cm, high: 4 cm}}",
      "rate_sigma": "{uniform: {low: 0.4 cm, high: 1 cm}}",
      "heart_rate": "{uniform: {low: 50 1/min, high: 110 1/min}}",
      "stroke_volume": "{uniform: {low: 0.4 mL, high: 0.8 mL}}",
      "program[0].rate": "{uniform: {low: 0.2 mg/day, high: 2 mg/day}}",
      "program[1].rate": "{uniform: {low: 0.2 mg/day, high: 2 mg/day}}",
      "program[2].bolus": "{uniform: {low: 50 mcg, high: 200 mcg}}",
    ]
    spread["catheter.tip"] =
      Bool.random(using: &random) ? "{uniform: {low: 25 cm, high: 55 cm}}" : "{values: [L3, T10, 40 cm]}"
    units = [
      "height": 1, "production": 60, "dispersion_c1": 3_600, "dispersion_sac": 3_600, "loss": 3_600,
      "heart_rate": 60, "program[0].rate": 1_000 / 24.0, "program[1].rate": 1_000 / 24.0,
    ]
    let chosen = spread.keys.sorted().shuffled(using: &random).prefix(5).sorted()
    keys = chosen
    let lines = chosen.map { "  \($0): \(spread[$0] ?? "")" }
    specification = """
      scenario: scenario.yaml
      design: {method: latin, samples: 20, seed: \(Int.random(in: 1...1_000, using: &random))}
      parameters:
      \(lines.joined(separator: "\n"))
      outputs: [csf, steady, peak, auc]
      """
  }

  /// The name of the variable of a key.
  func variable(_ key: String) -> String {
    var name = ""
    for character in key {
      if character.isLetter || character.isNumber || character == "_" {
        name.append(character)
      } else if !name.hasSuffix("_"), character != "]" {
        name.append("_")
      }
    }
    return name
  }

  /// The simulation of one sample, put together from the scenario as a user would.
  func simulation(_ scenario: SimulationScenario, _ values: [String: Double]) throws -> Simulation {
    var input = scenario.input
    var (rates, boluses) = (input.schedule.rates, input.schedule.boluses)
    for (key, value) in values {
      let base = value * (units[key] ?? 1)
      switch key {
      case "catheter.tip": input.tip = .distance(Length(base: base))
      case "program[0].rate": rates[1] = .init(start: rates[1].start, rate: DoseRate(base: base))
      case "program[1].rate": rates[0] = .init(start: rates[0].start, rate: DoseRate(base: base))
      case "program[2].bolus":
        boluses[0] = .init(time: boluses[0].time, mass: Mass(base: base), volume: boluses[0].volume)
      default: if let parameter = TransportParameter(rawValue: key) { input.parameters[parameter] = base }
      }
    }
    input.schedule = DeliverySchedule(rates: rates, boluses: boluses)
    return try Simulation(input)
  }
}
