import CThecal
import Glibc
import Thecal

/// What the calls do, in Swift's words.
enum Calls {
  static let engine = "thecal \(thecalVersion)"

  static func convert(_ table: String, format: String) throws -> (thecal_status, Result) {
    guard let kind = BatchFormat(rawValue: format), kind != .xlsx else {
      throw CallFailure(status: 64, message: "format is csv or jsonl, not '\(format)'")
    }
    let folder = try ScratchFolder()
    let (input, output) = (folder.file("table.csv"), folder.file("results"))
    try folder.write(table, to: input)
    var options = BatchOptions()
    options.format = kind
    do throws(BatchProblem) {
      let summary = try BatchRun(options, engine: engine).convert(input: input, output: output)
      let text = try? folder.read(output)
      let status: thecal_status = [.blocked, .error].contains { (summary.counts[$0] ?? 0) > 0 } ? 1 : 0
      return (status, Result(text: text ?? ""))
    } catch {
      throw CallFailure(status: error.exitCode, message: folder.hidden(error.message))
    }
  }

  static func simulate(_ yaml: String) throws -> (thecal_status, Result) {
    let simulation: Simulation
    do {
      simulation = try Simulation(SimulationScenario(yaml: yaml, file: "scenario"))
    } catch {
      throw CallFailure(status: 65, message: "\(error)")
    }
    let found: SimulationResult
    do { found = try simulation.run() } catch { throw CallFailure(status: 65, message: "\(error)") }
    let columns = found.concentrations_ng_per_mL
    var levels: [Double] = []
    levels.reserveCapacity(found.times_h.count * columns.count)
    for row in found.times_h.indices {
      for column in columns { levels.append(column.isEmpty ? .nan : column[row]) }
    }
    return (
      0,
      Result(
        message: found.warnings.joined(separator: "; "), times: found.times_h, names: found.siteNames,
        levels: levels)
    )
  }

  static func titrate(_ yaml: String) throws -> (thecal_status, Result) {
    let folder = try ScratchFolder()
    let path = folder.file("plan.yaml")
    try folder.write(yaml, to: path)
    do throws(SimulationProblem) {
      let report = try TitrationFile(path: path).report()
      return (report.isBlocked ? 1 : 0, Result(text: report.answer.json))
    } catch {
      throw CallFailure(status: error.exitCode, message: folder.hidden(error.message))
    }
  }

  static func candidate(_ yaml: String) throws -> (thecal_status, Result) {
    let folder = try ScratchFolder()
    let path = folder.file("facts.yaml")
    try folder.write(yaml, to: path)
    do throws(SimulationProblem) {
      let report = try CandidateReport(path: path)
      return (report.isBlocked ? 1 : 0, Result(text: report.answer.json))
    } catch {
      throw CallFailure(status: error.exitCode, message: folder.hidden(error.message))
    }
  }

  static func risk(
    drug: String, dose: String, regimen: String, patients: Int, seed: UInt64
  ) throws -> (thecal_status, Result) {
    guard (0...100_000).contains(patients) else {
      throw CallFailure(status: 64, message: "patients lies between 0 and 100000")
    }
    var request: RiskReport.Request
    do {
      switch regimen {
      case "single": request = .init(drug: drug, single: try positive(Mass(reading: dose), dose))
      case "continuous": request = .init(drug: drug, continuous: try positive(DoseRate(reading: dose), dose))
      default: throw CallFailure(status: 64, message: "regimen is single or continuous, not '\(regimen)'")
      }
    } catch let error as QuantityProblem {
      throw CallFailure(status: 64, message: error.explanation)
    }
    request.model(tip: "T10", patients: patients, seed: seed)
    let made: RiskReport?
    do throws(SimulationProblem) { made = try RiskReport(request) } catch {
      throw CallFailure(status: error.exitCode, message: error.message)
    }
    guard let report = made else {
      throw CallFailure(status: 65, message: "'\(drug)' is no drug for a pump")
    }
    return (0, Result(text: report.answer.json))
  }

  private static func positive<D>(_ quantity: Quantity<D>, _ text: String) throws -> Quantity<D> {
    guard quantity > .zero else { throw CallFailure(status: 64, message: "'\(text)' must be above zero") }
    return quantity
  }

  static func sweep(
    _ spec: String, to output: String, shard: (number: Int, count: Int), threads: Int, resumes: Bool
  ) throws -> (thecal_status, Result) {
    guard shard.count >= 1, (1...shard.count).contains(shard.number), (1...1_024).contains(threads) else {
      throw CallFailure(status: 64, message: "shard lies between 1 and shards, threads between 1 and 1024")
    }
    var options = SweepRun.Options()
    options.shard = shard.count == 1 ? nil : shard
    options.threads = threads
    options.resumes = resumes
    do throws(SweepProblem) {
      let summary = try SweepRun(path: spec).write(to: output, engine: engine, options)
      return (summary.failed > 0 ? 1 : 0, Result(message: summary.firstFailure ?? ""))
    } catch {
      throw CallFailure(status: error.exitCode, message: error.message)
    }
  }
}

/// A folder for one call, gone when the call is over.
final class ScratchFolder {
  private let path: String

  init() throws {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/thecal-call-XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let made else { throw CallFailure(status: 74, message: "no temporary folder under \(parent)") }
    path = made
  }

  deinit {
    for name in ["table.csv", "results", "plan.yaml", "facts.yaml"] { unlink(file(name)) }
    rmdir(path)
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// `message` as it reads to a caller who gave a text and not a file.
  func hidden(_ message: String) -> String {
    var rest = message[...]
    var shown = ""
    while let range = rest.firstRange(of: path + "/") {
      shown += rest[..<range.lowerBound]
      rest = rest[range.upperBound...]
    }
    return shown + rest
  }

  func write(_ text: String, to file: String) throws {
    guard let handle = fopen(file, "we") else { throw CallFailure(status: 74, message: "no temporary file") }
    let bytes = Array(text.utf8)
    let isWhole = fwrite(bytes, 1, bytes.count, handle) == bytes.count
    guard fclose(handle) == 0, isWhole else {
      throw CallFailure(status: 74, message: "the temporary file is full")
    }
  }

  func read(_ file: String) throws -> String {
    guard let handle = fopen(file, "re") else {
      throw CallFailure(status: 74, message: "no result was written")
    }
    defer { fclose(handle) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while case let count = fread(&chunk, 1, chunk.count, handle), count > 0 { bytes += chunk[..<count] }
    return String(decoding: bytes, as: UTF8.self)
  }
}
