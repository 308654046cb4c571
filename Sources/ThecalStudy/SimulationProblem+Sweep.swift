public import ThecalSweep

extension SimulationProblem {
  /// Why there is no sweep: what the clinical rules refuse of its scenario, or what is wrong with a file.
  public init(_ problem: SweepProblem) {
    if let refusal = problem.refusal {
      self.init(refusal)
    } else {
      self.init(message: problem.message, exitCode: problem.exitCode)
    }
  }
}
