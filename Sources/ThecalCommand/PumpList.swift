import ArgumentParser
import Thecal
import ThecalPumpTools

/// `thecal pump list`: a clinic's refills, the soonest first.
struct PumpList: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "A clinic's refills, the soonest first.",
    discussion: """
      One line for each drug of a pump, the programmed drug first: patient_id, drug, concentration, dose, fill, fill_date, \
      and optionally device, alarm_volume, residual, accuracy, bolus, boluses_per_day, max_interval, stability, filling; \
      quantities with units. The days are those of 'thecal pump refill' with the same figures. A patient who cannot be read \
      has no day, stands at the end and makes the exit code 1.
      """)

  @Argument(help: "A CSV file, or - for standard input.") var input: String
  @Option(name: .shortAndLong, help: "Where the table goes; - or nothing for standard output.") var output =
    "-"
  @Option(help: "Write a calendar file.") var ics: String?
  @Option(help: "The day to count from; today by the machine's clock.", transform: civilDay) var asOf:
    CalendarDate?
  @Flag(help: "Write JSON, an object for each patient.") var json = false
  @Flag(help: "Say nothing on standard error.") var quiet = false

  func validate() throws {
    try requireTableEnding(output, asObjects: json)
  }

  mutating func run() throws {
    try OutputGuard.refuseOverlap(outputs: [output, ics ?? ""].filter { !$0.isEmpty }, inputs: [input])
    let list = try RefillList(path: input, asOf: asOf ?? Terminal.today)
    if !quiet {
      for name in list.unknownColumns { Terminal.say("thecal: column '\(name)' is not read.") }
    }
    let table = RefillListTable(list)
    let text = json ? table.jsonLines : table.csv
    try OutputGuard.write(text, to: output)
    if let ics { try OutputGuard.write(table.calendar.text, to: ics) }
    if table.hasRefusals { throw ExitCode(1) }
  }
}
