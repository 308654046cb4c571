import ArgumentParser
import FoundationEssentials
import Thecal
import ThecalServer

/// A command that `thecal serve` answers too, by the JSON of its long flags.
protocol ServedCommand: ParsableCommand {
  /// Computes, and gives the answer in every form that it has, by media type.
  func forms() throws -> [String: @Sendable () throws -> [UInt8]]
}

extension ServedCommand {
  /// The call at `path` that gives `types`, its flags and their words read off the command itself.
  static func call(at path: String, types: [String]) -> ServedCall {
    let info = CommandInfo.of(self)
    return ServedCall(
      path, title: info.abstract ?? "", discussion: configuration.discussion, flags: info.flags, types: types
    ) { words in
      do {
        guard let command = try parseAsRoot(words) as? Self else { throw ExitCode(64) }
        return ServedAnswer(try command.forms())
      } catch let failure as CommandFailure {
        throw ServedFailure(message: failure.message, exitCode: failure.exitCode)
      } catch  where exitCode(for: error) == .validationFailure {
        throw ServedFailure(message: message(for: error), exitCode: exitCode(for: error).rawValue)
      }
    }
  }
}

/// What a command says of itself.
private struct CommandInfo: Decodable {
  struct Argument: Decodable {
    struct Name: Decodable {
      let kind: String
      let name: String
    }

    let kind: String
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
  }

  private struct Tool: Decodable { let command: CommandInfo }

  let abstract: String?
  let arguments: [Argument]?

  static func of(_ command: any ParsableCommand.Type) -> CommandInfo {
    let text = command._dumpHelp()
    do { return try JSONDecoder().decode(Tool.self, from: Data(text.utf8)).command } catch {
      preconditionFailure("\(command): \(error)")
    }
  }

  /// Flags that name files or a terminal, or are the form of an answer: over HTTP that is the media type.
  private static let local: Set = [
    "help", "version", "json", "quiet", "page", "plot", "ics", "output", "format", "report", "threads",
    "stamp",
    "explain", "history", "codes", "map", "risk", "decimal-comma",
  ]

  /// The long flags that another program may give.
  var flags: [ServedCall.Flag] {
    (arguments ?? []).compactMap { argument in
      guard argument.kind != "positional",
        let name = argument.names?.first(where: { $0.kind == "long" })?.name,
        !Self.local.contains(name)
      else { return nil }
      var flag = ServedCall.Flag(name, help: argument.abstract ?? "")
      flag.isSwitch = argument.kind == "flag"
      flag.isRepeated = argument.isRepeating
      flag.isRequired = !argument.isOptional
      flag.choices = argument.allValues ?? []
      flag.usual = flag.isSwitch ? nil : argument.defaultValue
      return flag
    }
  }
}
