import ArgumentParser
import ThecalPumpTools

/// `thecal pump`: the arithmetic around an implanted pump.
struct PumpCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pump",
    abstract: "The arithmetic around an implanted pump: dates, bridges, mixtures, tapers.",
    discussion: """
      Quantities are number + unit: "40 mL", "10 mg/mL", "4 mg/day", "6 h", "14.5 %". --json prints one object; \
      --worksheet prints a blank recheck sheet, then the answers. Exit codes: 0 done, 1 blocked, 64 bad flags, \
      65 bad data in a file, 66 no such file.
      """,
    subcommands: PumpTools.all.map { $0.command } + [PumpList.self])
}
