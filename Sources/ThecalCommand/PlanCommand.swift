import ArgumentParser
import Thecal

/// `thecal plan`: one patient from regimen to refill.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract:
      "One patient from regimen to refill: conversion, trial, filling, titration, weaning, risks, cards.",
    discussion: """
      The file names the patient, what is taken, the pump's drug, the target and how the reservoir is filled: \
      fill: {volume: 20 mL, stock: 10 mg/mL, date: 2026-01-05}. Every part is the answer that its own command gives: \
      convert, titrate, pump compound, prime and refill, risk, timeline. An emergency card, the label of the syringe, the \
      compounding record and two signatures stand beside. Exit code 1: something is refused, and there is no dose. \
      \(thecalIntendedUse)
      """)

  @Argument(help: "A patient, or - for standard input.")
  var patient: String

  @Option(help: "Write the plan as a page to print and sign, .html.")
  var page: String?

  @Flag(help: "Print one JSON object with every part as its own command gives it.")
  var json = false

  func run() throws {
    try OutputGuard.refuseOverlap(outputs: [page, "-"].compactMap(\.self), inputs: [patient])
    let report: PlanReport
    do throws(SimulationProblem) {
      report = PlanReport(
        try PlanJob(path: patient, engine: Versions.engine, wording: ClinicalWording()))
      if let page { try report.writePage(to: page, engine: Versions.text) }
    } catch {
      throw try CommandFailure.after(error, printing: json ? \Answer.json : \Answer.text)
    }
    try Terminal.print(json ? report.answer.json : report.answer.text)
    if report.isBlocked { throw ExitCode(1) }
  }
}
