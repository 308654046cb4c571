/// What a simulation gave: concentrations at the sites, and where the drug is.
public struct SimulationResult: Sendable {
  /// Times of the rows, h.
  public let times_h: [Double]
  /// The names of the sites: `tip`, `L4`, `cranial`, `plasma`.
  public let siteNames: [String]
  /// Per site one concentration per time, ng/mL; empty for plasma where no kinetics are known.
  public let concentrations_ng_per_mL: [[Double]]
  /// Where the drug is, per time.
  public let ledger: [Ledger]
  /// The way through time that was taken: `spectral`, `contour`, `implicit` or `steady`.
  public let method: String
  /// A bound of the error of the time integration, as a share of the largest concentration.
  public let timeError: Double
  /// What the cells cost, as a share of the peak at each site; see `errorBound`.
  public let gridError: Double
  /// A bound of the error in time and space, as a share of the peak at each site.
  public var errorBound: Double { timeError + gridError }
  /// What a reader of the result should know.
  public let remarks: [TransportRemark]
  /// The ids of the sources of every number that went in.
  public let sources: [String]

  /// Where the drug is at one time. The parts are computed separately; that they add up is a check.
  public struct Ledger: Hashable, Sendable {
    /// Given so far, mcg.
    public let administered_mcg: Double
    /// In the CSF of the canal, mcg.
    public let csf_mcg: Double
    /// In the cranial pool, mcg.
    public let cranial_mcg: Double
    /// In cord and epidural tissue, mcg.
    public let tissue_mcg: Double
    /// In plasma and what it exchanges with, mcg; 0 where no kinetics are known.
    public let plasma_mcg: Double
    /// Gone from the body; without plasma kinetics, gone from the CSF, mcg.
    public let eliminated_mcg: Double

    /// What is missing, as a share of what was given.
    public var defect: Double {
      let sum = csf_mcg + cranial_mcg + tissue_mcg + plasma_mcg + eliminated_mcg
      return administered_mcg > 0 ? abs(administered_mcg - sum) / administered_mcg : abs(sum)
    }
  }
}

/// Why a simulation has no result.
public enum SimulationError: Error, Equatable, Sendable {
  /// The time integration could not reach its accuracy; the text says where and what to change.
  case integration(String)
  /// A steady state was asked for, and nothing is ever lost.
  case noSteadyState(String)
  /// A steady state depends on the concentration, and none of the linear methods applies.
  case notLinear(String)
  /// The person, or a place in the person, is none that can be computed.
  case input(InputProblem)

  /// The reason in words.
  public var explanation: String {
    switch self {
    case .integration(let text), .noSteadyState(let text), .notLinear(let text): text
    case .input(let problem): problem.message
    }
  }
}
