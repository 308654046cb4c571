import CThecal
import Thecal

extension Calls {
  static func plan(_ yaml: String) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      let report = PlanReport(
        try PlanJob(yaml: yaml, named: "patient", engine: engine, wording: ClinicalWording()))
      return (report.isBlocked ? 1 : 0, CallResult(text: report.answer.json))
    } catch {
      return try refused(error)
    }
  }

  static func timeline(_ yaml: String) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      let job = try TimelineJob(yaml: yaml, named: "plan")
      return (
        job.isBlocked ? 1 : 0, CallResult(message: job.remarks.joined(separator: "; "), text: job.json)
      )
    } catch {
      return try refused(error)
    }
  }

  static func pk(_ words: KineticStudy.Words, _ events: String) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      let rows = try KineticsJob(KineticStudy(words)).rows(events: Array(events.utf8))
      return (0, CallResult(text: String(decoding: rows, as: UTF8.self)))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }

  static func explainRatio(
    _ drug: String, tip: String, at site: String, samples: Int, seed: UInt64
  ) throws -> (thecal_status, CallResult) {
    guard (20...100_000).contains(samples) else {
      throw CallFailure(status: usage, message: "samples lies between 20 and 100000")
    }
    do throws(InputProblem) {
      let found = try ExposureComparison(drug: drug, tip: tip, at: site, samples: samples, seed: seed)
      return (0, CallResult(text: found.answer.json))
    } catch {
      throw CallFailure(status: unusable, message: error.message)
    }
  }
}
