import ArgumentParser
import Dispatch
import FoundationEssentials
import Synchronization
import Thecal
import ThecalPumpTools
import ThecalServer

/// `thecal serve`: the page for a browser, and the interface for other programs.
struct ServeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Answer a browser and other programs on this machine.",
    discussion: """
      GET / is the page; /openapi.json describes the interface. The answers are those of the other commands, byte for byte. \
      Nothing about a patient is kept or logged unless --audit is given. SIGTERM finishes what is under way, then stops. \
      \(thecalIntendedUse)
      """)

  @Option(help: "The address to listen at; one that other machines reach needs --token-file.")
  var host = "127.0.0.1"

  @Option(help: "The port; 0 for any that is free.")
  var port = 8_077

  @Option(help: "A file whose first line is what 'Authorization: Bearer' must hold.")
  var tokenFile: String?

  @Option(
    help: "Keep every request and its answer in this SQLite file, each row with the digest of the one before."
  )
  var audit: String?

  func validate() throws {
    if !(0...65_535).contains(port) { throw ValidationError("--port lies between 0 and 65535") }
  }

  func run() throws {
    var settings = ServerSettings(
      engine: Versions.engine, versions: Versions.text, today: { Terminal.today }, now: { Terminal.time })
    settings.host = host
    settings.port = port
    settings.audit = audit
    settings.token = try tokenFile.map(token)
    do throws(ServerFailure) {
      let server = try ThecalServer(Self.calls, settings)
      try Self.wait(for: server)
    } catch {
      throw CommandFailure(message: error.message, exitCode: error.exitCode)
    }
  }

  /// The first line of the file, which must hold something.
  private func token(_ path: String) throws -> String {
    let line = try fileText(path).split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
    let token = line.filter { !$0.isWhitespace }
    guard token.utf8.count >= Self.shortestToken else {
      throw CommandFailure.data("\(path): a token has at least \(Self.shortestToken) characters")
    }
    return token
  }

  /// Characters of a token that nobody guesses.
  private static let shortestToken = 16

  /// Runs `server` on the threads of Swift's concurrency until it has stopped; this thread waits.
  private static func wait(for server: ThecalServer) throws(ServerFailure) {
    let (ended, outcome) = (DispatchSemaphore(value: 0), Outcome())
    Task {
      do throws(ServerFailure) {
        try await server.run { address in
          do { try Terminal.print("Thecal answers at \(address)") } catch { Terminal.say("\(error)") }
        }
      } catch {
        outcome.failure.withLock { $0 = error }
      }
      ended.signal()
    }
    ended.wait()
    if let failure = outcome.failure.withLock({ $0 }) { throw failure }
  }

  /// How the server ended.
  private final class Outcome: Sendable {
    let failure = Mutex<ServerFailure?>(nil)
  }

  /// The commands that are answered by the JSON of their flags.
  static var calls: [ServedCall] {
    let inline = [ServedType.json, ServedType.lines, ServedType.csv, ServedType.text]
    return [
      ConvertCommand.call(at: "convert", types: inline),
      RiskShow.call(at: "risk", types: [ServedType.json, ServedType.text, ServedType.picture]),
    ] + PumpTools.all.map { $0.command.pumpCall }
  }
}

extension PumpCalculation {
  /// The call below `pump/` that has the command's own name.
  fileprivate static var pumpCall: ServedCall {
    call(at: "pump/\(configuration.commandName ?? "")", types: types)
  }
}

/// The text of the file at `path`; ends the command with 66 where there is none, 65 where it is no text.
private func fileText(_ path: String) throws -> String {
  guard let data = FileManager.default.contents(atPath: path) else {
    Terminal.say("thecal: '\(path)' cannot be read: no such file.")
    throw ExitCode(66)
  }
  guard let text = String(validating: data, as: UTF8.self) else {
    Terminal.say("thecal: '\(path)' is not UTF-8 text; save it as CSV in UTF-8.")
    throw ExitCode(65)
  }
  return text
}
