import ArgumentParser

/// The command line: parse, call one function of the library, format.
@main
struct Thecal: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "thecal", abstract: "Intrathecal dosing, pumps and transport, from published figures.",
    subcommands: [PumpCommand.self])
}
