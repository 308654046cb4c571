import ThecalTitration
package import ThecalTransport

/// Where the parts of an input stand in the file that they were read from.
package struct InputPlaces: Hashable, Sendable {
  let top: Place
  let drug: Place?
  /// The sites in the order in which the models look at them.
  package var sites: [Placed<CanalSite>]

  /// What a model says of an input, at the line and key of the part that it means.
  package func located(_ problem: InputProblem) -> ScenarioError {
    switch problem.subject {
    case .whole: top.error(problem.message)
    case .drug: (drug ?? top).error(problem.message)
    case .site(let site): (sites.first { $0.value == site }?.place ?? top).error(problem.message)
    }
  }
}
