import ThecalTransport

/// A simulation with its levels along the whole canal, over time.
public struct CanalCourse: Sendable {
  /// The simulation and what it gave.
  public let job: SimulationJob
  /// The middles of equal parts of the canal, cm from its upper end.
  public let positions_cm: [Double]
  /// Per position the level at each time of the result, ng/mL.
  public let levels_ng_per_mL: [[Double]]
}

extension SimulationJob {
  /// The levels along the canal in `parts` equal parts, 1 or more.
  ///
  /// - Throws: `SimulationProblem` where the model cannot be computed.
  public func alongCanal(parts: Int = 120) throws(SimulationProblem) -> CanalCourse {
    precondition(parts >= 1)
    let length = simulation.canalLength_cm
    let positions = (0..<parts).map { (Double($0) + 0.5) * length / Double(parts) }
    let field: [[Double]]
    do { field = try simulation.map(positions: positions) } catch {
      throw SimulationProblem(message: error.explanation, exitCode: 65)
    }
    return CanalCourse(job: self, positions_cm: positions, levels_ng_per_mL: field)
  }
}
