package import ThecalFormulary
package import ThecalTitration
public import ThecalTransport

extension Simulation {
  /// The simulation that `scenario` describes.
  ///
  /// - Throws: `ScenarioError` naming the place in the file: an unknown drug or level, a tip outside the canal.
  public init(_ scenario: SimulationScenario) throws(ScenarioError) {
    try self.init(scenario, formulary: .embedded)
  }

  package init(_ scenario: SimulationScenario, formulary: Formulary) throws(ScenarioError) {
    try scenario.refuse()
    do throws(InputProblem) { try self.init(scenario.input, formulary: formulary) } catch {
      throw scenario.places.located(error)
    }
  }
}

extension TitrationPlan {
  /// The plan for `scenario`.
  ///
  /// - Throws: `ScenarioError` where the file names a drug or a place that is not known.
  package init(_ scenario: TitrationScenario) throws(ScenarioError) {
    do throws(InputProblem) { try self.init(scenario.request) } catch { throw scenario.places.located(error) }
  }
}

extension Trial {
  /// The trial that `scenario` asks for.
  ///
  /// - Throws: `ScenarioError` where the file names a drug or a place that is not known.
  package init(_ scenario: TitrationScenario) throws(ScenarioError) {
    do throws(InputProblem) { try self.init(scenario.request) } catch { throw scenario.places.located(error) }
  }
}

extension TrialMatch {
  /// The programme that follows from the result of the trial in `scenario`; nil where it has none.
  ///
  /// - Throws: `ScenarioError` where the file names no drug of a pump.
  package init?(_ scenario: TitrationScenario) throws(ScenarioError) {
    do throws(InputProblem) {
      guard let match = try TrialMatch(scenario.request) else { return nil }
      self = match
    } catch {
      throw scenario.places.located(error)
    }
  }
}

extension CandidateAssessment {
  /// Holds the facts of `scenario` against the checklist of `formulary`.
  package init(_ scenario: CandidateScenario, formulary: Formulary) throws(ScenarioError) {
    do throws(InputProblem) { try self.init(scenario.facts, formulary: formulary) } catch {
      throw scenario.places.located(error)
    }
  }
}
