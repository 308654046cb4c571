public import ThecalEstimation
import ThecalTransport

extension TransportModel {
  /// A model of `scenario` in which the parameters of these keys are free: `loss`, `catheter.tip`, `program[1].rate`.
  ///
  /// - Throws: `ScenarioError` naming the place in the file, or the key that is not known.
  public convenience init(
    _ scenario: SimulationScenario, free keys: [String], tolerance: Double = 1e-7
  ) throws(ScenarioError) {
    var free: [Free] = []
    for key in keys {
      free.append(try Self.free(key, scenario, at: Place(file: "free", line: nil, key: key)))
    }
    do throws(InputProblem) { try self.init(scenario.input, free: free, tolerance: tolerance) } catch {
      throw scenario.places.located(error)
    }
  }

  /// The parameter of `scenario` that `key` names.
  static func free(_ key: String, _ scenario: SimulationScenario, at place: Place) throws(ScenarioError)
    -> Free
  {
    if let parameter = TransportParameter(rawValue: key) { return .canal(parameter) }
    if key == "catheter.tip" { return .tip }
    return .entry(try scenario.entry(named: key, at: place), key: key)
  }
}
