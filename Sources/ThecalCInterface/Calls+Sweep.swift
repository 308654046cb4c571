import CThecal
import Thecal

extension Calls {
  static func files(_ yaml: String) throws -> (thecal_status, CallResult) {
    do {
      let names = try NamedTexts.names(in: yaml)
      return (0, CallResult(text: AnswerValue.list(names.map { .text($0) }).json))
    } catch {
      throw CallFailure(status: 65, message: "\(error)")
    }
  }

  static func sweep(
    _ spec: String, _ files: NamedTexts, to output: String, shard: (number: Int, count: Int), threads: Int,
    resumes: Bool, watcher: Watcher? = nil
  ) throws -> (thecal_status, CallResult) {
    guard shard.count >= 1, (1...shard.count).contains(shard.number), (1...1_024).contains(threads) else {
      throw CallFailure(status: 64, message: "shard lies between 1 and shards, threads between 1 and 1024")
    }
    var options = SweepRun.Options()
    options.shard = shard.count == 1 ? nil : shard
    options.threads = threads
    options.resumes = resumes
    options.discardsOthers = true
    if let watcher { options.progress = { done, of in watcher.tell(watcher.context, done, of) } }
    do throws(SweepProblem) {
      let run = try SweepRun(spec: spec, named: "spec") { name throws(ScenarioError) in try files.text(name) }
      let summary = try run.write(to: output, engine: engine, options)
      return (summary.failed > 0 ? 1 : 0, CallResult(message: summary.firstFailure ?? ""))
    } catch {
      return try refused(SimulationProblem(error))
    }
  }

  static func merge(_ parts: [String], to output: String) throws -> (thecal_status, CallResult) {
    do throws(SweepProblem) {
      let samples = try SweepMerge.join(parts, to: output)
      return (0, CallResult(message: "\(samples) samples"))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }

  static func sensitivity(_ path: String) throws -> (thecal_status, CallResult) {
    do throws(SweepProblem) {
      return (0, CallResult(text: SensitivityReport(try SensitivityStudy(path: path)).answer.json))
    } catch {
      throw CallFailure(error.exitCode, error.message)
    }
  }
}

/// Who is told how far the work is: a function of the caller, and what the caller wants it to be given.
struct Watcher: @unchecked Sendable {
  // What `context` points to is the caller's: it is handed on, and never looked at.
  let tell: @convention(c) (UnsafeMutableRawPointer?, Int, Int) -> Void
  let context: UnsafeMutableRawPointer?
}
