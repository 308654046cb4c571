import ThecalFormulary
import ThecalQuantities
import ThecalResponse
import ThecalTransport

/// How levels that must not be passed answer to the dose in many people, for plans that hold for most of them.
package struct PopulationResponse: Sendable {
  /// Per limit and person, the response at its site.
  let responses: [[LevelResponse]]
  /// Per limit, a response that no one of those who are counted exceeds on any day of any schedule.
  let envelopes: [LevelResponse]

  /// The people of `plan` around its patient. `columns` are those of the sites with a limit.
  init(
    _ plan: TitrationRequest, _ simulation: Simulation, columns: [Int], drug: String, _ formulary: Formulary
  ) throws(InputProblem) {
    let drawn = VirtualPatients(around: simulation.parameters, drug: drug, seed: plan.seed, in: formulary)
    let people = (0..<plan.population).map(drawn.parameters)
    let found = try Self.responses(simulation, people, columns)
    responses = columns.indices.map { limit in found.map { $0[limit] } }
    let kept = max(1, plan.population - Int(plan.exceeding * Double(plan.population)))
    envelopes = responses.map { Self.envelope($0, kept: kept) }
  }

  /// The share of the people in whom `rates` (µg/h, one per day) pass a limit, each given in ng/mL.
  package func exceeding(_ rates: [Double], _ limits: [Double]) -> Double {
    let count = responses.first?.count ?? 0
    let passing = (0..<count).count { person in
      limits.indices.contains { index in
        responses[index][person].levels(rates).contains { $0 > limits[index] }
      }
    }
    return count > 0 ? Double(passing) / Double(count) : 0
  }

  /// Those with the highest steady level are left out. What an increment of dose adds on each later day is taken
  /// from whoever of the others adds most then: doses are not negative, so the sum is above each of them.
  private static func envelope(_ responses: [LevelResponse], kept: Int) -> LevelResponse {
    let counted = responses.sorted { $0.gain < $1.gain }.prefix(kept)
    let days = counted.map(\.steps.count).max() ?? 1
    var (sum, steps): (Double, [Double]) = (0, [])
    for day in 1...days {
      sum += counted.map { $0.after(day) - $0.after(day - 1) }.max() ?? 0
      steps.append(sum)
    }
    return LevelResponse(steps: steps)
  }

  private static func responses(
    _ simulation: Simulation, _ people: [CanalParameters], _ columns: [Int]
  ) throws(InputProblem) -> [[LevelResponse]] {
    let ends = Array(stride(from: 24, to: simulation.times.count, by: 24))
    var batch = SimulationBatch(simulation, tolerance: UnitDose.tolerance)
    var found: [[LevelResponse]] = []
    for start in stride(from: 0, to: people.count, by: SimulationBatch.width) {
      let group = Array(people[start..<min(start + SimulationBatch.width, people.count)])
      do { try batch.run(group.span) } catch {
        throw InputProblem(.whole, "a virtual patient cannot be computed: \(error.explanation)")
      }
      for lane in group.indices {
        found.append(
          columns.map { column in
            LevelResponse(steps: ends.map { batch.concentration(site: column, time: $0, set: lane) })
          })
      }
    }
    return found
  }
}
