import CThecal
import Thecal
import ThecalPumpTools

/// What the calls do, in Swift's words.
enum Calls {
  static let engine = "thecal \(thecalVersion)"

  static func convert(_ table: String, format: String) throws -> (thecal_status, CallResult) {
    guard let kind = BatchFormat(rawValue: format), kind != .xlsx else {
      throw CallFailure(status: 64, message: "format is csv or jsonl, not '\(format)'")
    }
    var options = BatchOptions()
    options.format = kind
    do throws(BatchProblem) {
      let made = try BatchRun(options, engine: engine).convert(table: Array(table.utf8))
      let text = String(decoding: made.bytes, as: UTF8.self)
      return (made.summary.hasRefusals ? 1 : 0, CallResult(text: text))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }

  static func intake(_ source: String, format: String, asOf: String?, map: [String], linesBefore: Int) throws
    -> (
      thecal_status, CallResult
    )
  {
    guard ["csv", "jsonl"].contains(format) else {
      throw CallFailure(status: 64, message: "format is csv or jsonl, not '\(format)'")
    }
    do throws(IntakeProblem) {
      var options = try IntakeOptions(map: map, asOf: asOf)
      options.linesBefore = linesBefore
      let made = try IntakeTable(asJSON: format == "jsonl") { each throws(IntakeProblem) in
        try IntakeRun(options).read(bytes: Array(source.utf8), name: "source", each: each)
      }
      return (
        made.summary.counts[.ask] ?? 0 > 0 ? 1 : 0,
        CallResult(text: String(decoding: made.bytes, as: UTF8.self))
      )
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }

  static func simulate(_ yaml: String) throws -> (thecal_status, CallResult) {
    let job: SimulationJob
    do throws(SimulationProblem) { job = try SimulationJob(yaml: yaml, named: "scenario") } catch {
      return try refused(error)
    }
    let columns = job.result.concentrations_ng_per_mL
    var levels: [Double] = []
    levels.reserveCapacity(job.result.times_h.count * columns.count)
    for row in job.result.times_h.indices {
      for column in columns { levels.append(column.isEmpty ? .nan : column[row]) }
    }
    return (
      0,
      CallResult(
        message: job.warnings.joined(separator: "; "), text: job.facts, times: job.result.times_h,
        names: job.result.siteNames, levels: levels)
    )
  }

  static func titrate(_ yaml: String, _ files: NamedTexts) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      let report = try TitrationFile(yaml: yaml, named: "plan", files).course().report
      return (report.isBlocked ? 1 : 0, CallResult(text: report.answer.json))
    } catch {
      return try refused(error)
    }
  }

  static func fit(_ yaml: String, _ files: NamedTexts) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      return (0, CallResult(text: try FitJob(yaml: yaml, named: "specification", files).answer.json))
    } catch {
      return try refused(error)
    }
  }

  static func candidate(_ yaml: String) throws -> (thecal_status, CallResult) {
    do throws(SimulationProblem) {
      let report = CandidateReport(try CandidateJob(yaml: yaml, named: "facts"))
      return (report.isBlocked ? 1 : 0, CallResult(text: report.answer.json))
    } catch {
      return try refused(error)
    }
  }

  static func risk(_ flags: [String]) throws -> (thecal_status, CallResult) {
    do {
      let report = try RiskQuestion.report(flags: flags)
      return (report.isBlocked ? 1 : 0, CallResult(text: report.answer.json))
    } catch let problem as SimulationProblem {
      return try refused(problem)
    } catch let problem as PumpToolProblem {
      throw CallFailure(problem.exitCode, problem.message)
    }
  }

  /// What the clinical rules refuse is an answer; anything else is a failure of the call.
  static func refused(_ problem: SimulationProblem) throws -> (thecal_status, CallResult) {
    guard !problem.findings.isEmpty else { throw CallFailure(problem.exitCode, problem.message) }
    return (1, CallResult(message: problem.message, text: problem.answer.json))
  }

  static func cite(_ id: String) throws -> (thecal_status, CallResult) {
    guard let source = Formulary.embedded.source(id) else {
      throw CallFailure(status: 64, message: "no source '\(id)'")
    }
    return (0, CallResult(text: SourceText(source).json))
  }
}
