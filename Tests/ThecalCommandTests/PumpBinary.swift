import Foundation
import Testing

/// What a run of the command left.
struct PumpRun {
  let code: Int32
  let output: String
  let errors: String

  /// The one JSON object on standard output.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

/// Runs `thecal pump` as it was built beside the tests.
func thecalPump(_ arguments: String...) throws -> PumpRun { try thecalPump(arguments) }

/// Runs `thecal pump` with `arguments`.
func thecalPump(_ arguments: [String]) throws -> PumpRun {
  let process = Process()
  let (output, errors) = (Pipe(), Pipe())
  let command: URL = try #require(builtCommand)
  process.executableURL = command
  process.arguments = ["pump"] + arguments
  process.standardOutput = output
  process.standardError = errors
  try process.run()
  let text = output.fileHandleForReading.readDataToEndOfFile()
  let complaint = errors.fileHandleForReading.readDataToEndOfFile()
  process.waitUntilExit()
  return PumpRun(
    code: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
    errors: String(decoding: complaint, as: UTF8.self))
}

/// The binary beside the test bundle.
private var builtCommand: URL? {
  let beside = CommandLine.arguments.prefix(1) + [Bundle.main.bundlePath, Bundle.main.executablePath ?? ""]
  let folders = beside.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
  return folders.map { $0.appendingPathComponent("thecal") }.first {
    FileManager.default.isExecutableFile(atPath: $0.path)
  }
}
