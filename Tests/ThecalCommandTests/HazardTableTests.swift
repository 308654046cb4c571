import Foundation
import Testing
import _ThecalTestSupport
@testable import ThecalCommand
@testable import ThecalServer

/// What can be wrong with a dose, in a way that can kill.
enum Hazard: String, CaseIterable {
  /// mg written for mcg.
  case thousandfold
  /// Per hour written for per day.
  case perHour
  /// A zero too many.
  case tenfold
  /// Above the limit by what no slip explains away.
  case overLimit
  /// A solution stronger than any label's.
  case concentration
  /// A drug that must never reach the cerebrospinal fluid.
  case neverIntrathecal
  /// A flow that the pump cannot run.
  case deviceRange
  /// More than the reservoir holds.
  case reservoir
  /// A pump with nothing in it that can be delivered.
  case dry
  /// A volume or length in a unit too large.
  case unitOfSize
  /// A number with two readings.
  case unreadable
  /// A unit that is none.
  case noUnit
  /// A drug that nobody knows.
  case unknownDrug
}

/// The commands that take or print a dose, concentration, flow or volume.
enum DosingCommand: String, CaseIterable {
  case batch, inline, titrate, trial, riskContinuous, riskSingle, simulate, sweep, timeline, fit
  case refill, choose, bridge, admix, compound, prime, flush, washout, pocketFill, flex, ptm, discrepancy,
    wean
  case interruption, battery, list, patient
}

/// One cell of the table: the call, and what it must answer, or why the pair cannot occur.
enum HazardCell {
  case call(String, codes: [String], exit: Int32 = 1)
  /// What was found is no fault of the request: the answer needs a decision, and allows nothing as it was.
  case flagged(String, codes: [String])
  case cannotOccur(String)
}

/// A pair of the table that can occur.
struct HazardCall: Sendable, CustomTestStringConvertible {
  let command: DosingCommand
  let hazard: Hazard
  let arguments: String
  let codes: [String]
  let exit: Int32

  var testDescription: String { "\(command).\(hazard)" }

  /// Every pair that can occur.
  static let all: [HazardCall] = DosingCommand.allCases.flatMap { command in
    Hazard.allCases.compactMap { hazard in
      switch command.cell(for: hazard) {
      case .call(let arguments, let codes, let exit):
        HazardCall(command: command, hazard: hazard, arguments: arguments, codes: codes, exit: exit)
      case .flagged(let arguments, let codes):
        HazardCall(command: command, hazard: hazard, arguments: arguments, codes: codes, exit: 0)
      case .cannotOccur: nil
      }
    }
  }

  /// Expects that `answer`, one JSON object, refuses the hazard by its code and prints no dose; one that was only found there
  /// needs a review.
  func expectRefusal(in answer: String) {
    let status = exit == 0 ? [#""status":"review""#] : [#""status":"blocked""#, #""status":"error""#]
    #expect(status.contains { answer.contains($0) }, "\(answer.prefix(200))")
    let listed =
      answer.split(separator: #""codes":["#).dropFirst().first.map { String($0.prefix { $0 != "]" }) } ?? ""
    #expect(codes.contains { listed.contains("\"\($0)\"") }, "\(arguments): \(listed)")
    #expect(!answer.contains(#""restart":"as_programmed""#))
    guard exit != 0 else { return }
    for key in DosingCommand.doses { #expect(!answer.prints(key), "\(key) in \(answer.prefix(600))") }
  }
}

@Suite struct `No command lets a hazard pass` {
  @Test(arguments: HazardCall.all)
  func `each cell is refused with its code and without a dose`(cell: HazardCall) throws {
    let folder = Folder()
    for (name, text) in cell.command.files(for: cell.hazard) { folder.write(name, text) }
    let outcome = ThecalProcess.run("thecal \(cell.arguments)", in: folder)
    #expect(
      outcome.code == cell.exit, "\(cell.arguments): \(outcome.errors) \(outcome.output.prefix(300))")
    if cell.exit >= 64 {
      // A usage error, or a file that cannot be read, ends before any answer: the reason stands on standard error.
      #expect(!outcome.errors.isEmpty && outcome.output.isEmpty)
      for code in cell.codes { #expect(outcome.errors.contains(code), "\(outcome.errors)") }
    } else if cell.command == .sweep {
      // The file is the answer of a sweep: what is refused is said in words, and there is no file.
      #expect(outcome.output.hasPrefix("Status: BLOCKED\n"))
      #expect(cell.codes.contains { outcome.output.contains("  \($0): ") }, "\(outcome.output)")
      #expect(!FileManager.default.fileExists(atPath: folder.file("out.nc")))
    } else {
      cell.expectRefusal(in: outcome.output)
    }
  }

  @Test(arguments: HazardCall.all.filter { $0.request != nil })
  func `each cell is refused over HTTP too`(cell: HazardCall) throws {
    let request = try #require(cell.request)
    let endpoint = try #require(ServedTable.endpoints.first { $0.path == request.path })
    var asked = Incoming()
    asked.body = Array(request.body.utf8)
    asked.type = request.type
    asked.wanted = ServedType.json
    asked.query = request.query
    switch Responder.compute(asked, endpoint) {
    case .success(let answer): cell.expectRefusal(in: String(decoding: answer.body, as: UTF8.self))
    case .failure(let problem):
      #expect(cell.exit >= 64 && (problem.status == 422 || problem.status == 400), "\(problem.message)")
      // A file that has no name here is named after what it is.
      for code in cell.codes where !code.hasSuffix(".yaml:") && code != "s.yaml" {
        #expect(problem.message.contains(code), "\(problem.message)")
      }
    }
  }

  @Test(arguments: DosingCommand.allCases, Hazard.allCases)
  func `a pair that cannot occur says why`(command: DosingCommand, hazard: Hazard) {
    if case .cannotOccur(let reason) = command.cell(for: hazard) {
      #expect(reason.count > 10 && reason.contains(" "))
    }
  }
}

extension String {
  /// Whether this JSON has a value under `key`: not null, not empty.
  fileprivate func prints(_ key: String) -> Bool {
    guard let after = split(separator: "\"\(key)\":", maxSplits: 1).dropFirst().first else { return false }
    return !after.hasPrefix("null") && !after.hasPrefix("[]") && !after.hasPrefix("\"\"")
  }
}

extension DosingCommand {
  /// Keys under which answers carry a dose, or what follows from one.
  static let doses = [
    "start", "estimate", "estimate_low", "estimate_high", "schedule", "bridge_dose", "daily", "max_daily",
    "new_flow_mL_per_day", "bridge_flow_mL_per_day", "refill_by", "flow_mL_per_day", "options", "mass",
    "stock_mL", "days_to_target", "first_dose", "limit", "concentration_after", "fraction_left",
    "days_outside",
    "effects", "tip_ng_per_mL",
  ]

  /// Files that a call reads.
  func files(for hazard: Hazard) -> [(String, String)] {
    switch self {
    case .batch: [("in.csv", batch(hazard))]
    case .titrate: [("plan.yaml", plan(hazard))]
    case .trial: [("plan.yaml", trial(hazard))]
    case .simulate, .timeline: [("s.yaml", scenario(hazard))]
    case .sweep: [("s.yaml", scenario(hazard)), ("sweep.yaml", Self.spec)]
    case .fit: [("s.yaml", scenario(hazard)), ("points.csv", Self.points), ("fit.yaml", Self.fitting)]
    case .list: [("clinic.csv", clinic(hazard))]
    case .patient: [("patient.yaml", patient(hazard))]
    default: []
    }
  }

  private static let spec = """
    scenario: s.yaml
    design: {method: montecarlo, samples: 2, seed: 1}
    parameters:
      loss: {lognormal: {median: 3.0e-5 1/s, cv: 40 %}}
    outputs: [steady]
    """

  /// What was measured in somebody who was given the doses of the scenario: those are doses like any other.
  private static let points = "time,site,value\n1 h,tip,4000 ng/mL\n8 h,tip,500 ng/mL\n"
  private static let fitting = """
    scenario: s.yaml
    data: points.csv
    estimate: [loss]
    error: {proportional: 30 %}
    prior: default
    """

  private func batch(_ hazard: Hazard) -> String {
    let line =
      switch hazard {
      case .thousandfold: "A,morphine,oral,60000,mg,bid,30"
      case .perHour: "A,morphine,intrathecal,4,mg/h,,30"
      case .tenfold: "A,oxycodone,oral,300,mg,q6h,30"
      case .overLimit: "A,morphine,intrathecal,25,mg/day,,30"
      case .neverIntrathecal: "A,vincristine,iv,2,mg,daily,30"
      case .unreadable: "A,morphine,oral,\"1,500\",mg,daily,30"
      case .noUnit: "A,morphine,oral,60,tablet,bid,30"
      case .unknownDrug: "A,morphinol,oral,60,mg,bid,30"
      default: ""
      }
    let target = hazard == .overLimit ? ",hydromorphone" : ","
    return "patient_id,drug,route,dose,unit,frequency,opioid_days,target_drug\n\(line)\(target)\n"
  }

  private func plan(_ hazard: Hazard) -> String {
    let screened =
      "drug: baclofen\nindication: spasticity_spinal\nage_years: 40\nscreening: {bolus: 50 mcg, effect: 6 h}\n"
    return switch hazard {
    case .thousandfold: screened + "target: {dose: 400 mg/day}"
    case .perHour: screened + "target: {dose: 400 mcg/h}"
    case .tenfold: screened + "target: {dose: 4000 mcg/day}"
    case .overLimit: screened + "target: {dose: 1001 mcg/day}"
    case .concentration: screened + "concentration: 2001 mcg/mL\ntarget: {dose: 400 mcg/day}"
    case .neverIntrathecal: "drug: vincristine\ntarget: {dose: 1 mg/day}"
    case .deviceRange:
      "drug: morphine\nconcentration: 10 mg/mL\nmedications: [\"morphine oral 10 mg bid\"]\ntarget: {dose: 1 mg/day}"
    case .unreadable:
      "drug: morphine\nmedications: [\"morphine oral 1,500 mg bid\"]\ntarget: {dose: 1 mg/day}"
    case .noUnit: "drug: morphine\ntarget: {dose: 1}"
    case .unknownDrug: "drug: morphinol\ntarget: {dose: 1 mg/day}"
    default: ""
    }
  }

  private func trial(_ hazard: Hazard) -> String {
    switch hazard {
    case .thousandfold: "drug: baclofen\nindication: spasticity_spinal\ntrial: {method: single, doses: 50 mg}"
    case .tenfold: "drug: baclofen\nindication: spasticity_spinal\ntrial: {method: single, doses: 500 mcg}"
    case .overLimit: "drug: baclofen\nindication: spasticity_spinal\ntrial: {method: single, doses: 101 mcg}"
    case .neverIntrathecal: "drug: vincristine\ntrial: single"
    case .noUnit: "drug: baclofen\nindication: spasticity_spinal\ntrial: {method: single, doses: 50}"
    case .unknownDrug: "drug: morphinol\ntrial: single"
    default: ""
    }
  }

  private func scenario(_ hazard: Hazard) -> String {
    let entry =
      switch hazard {
      case .thousandfold: "{at: 0 h, rate: 400 mg/day}"
      case .perHour: "{at: 0 h, rate: 400 mcg/h}"
      case .tenfold: "{at: 0 h, rate: 4000 mcg/day}"
      case .overLimit: "{at: 0 h, rate: 1001 mcg/day}"
      case .unitOfSize: "{at: 0 h, bolus: 50 mcg, volume: 1 L}"
      case .noUnit: "{at: 0 h, rate: 400}"
      default: "{at: 0 h, rate: 400 mcg/day}"
      }
    let drug = hazard == .neverIntrathecal ? "vincristine" : hazard == .unknownDrug ? "morphinol" : "baclofen"
    return """
      drug: \(drug)
      catheter: {tip: T10}
      program: [\(entry)]
      output: {every: 1 h, until: 24 h, at: [tip]}
      """
  }

  private func clinic(_ hazard: Hazard) -> String {
    let header = "patient_id,drug,concentration,dose,fill,fill_date,device\n"
    let row =
      switch hazard {
      case .thousandfold: "A,baclofen,2000 mcg/mL,400 mg/day,40 mL,2026-01-01,synchromed_2\n"
      case .perHour: "A,baclofen,2000 mcg/mL,400 mcg/h,40 mL,2026-01-01,synchromed_2\n"
      case .tenfold: "A,baclofen,2000 mcg/mL,4000 mcg/day,40 mL,2026-01-01,synchromed_2\n"
      case .overLimit: "A,baclofen,2000 mcg/mL,1001 mcg/day,40 mL,2026-01-01,synchromed_2\n"
      case .concentration: "A,baclofen,2001 mcg/mL,400 mcg/day,40 mL,2026-01-01,synchromed_2\n"
      case .neverIntrathecal: "A,vincristine,1 mg/mL,1 mg/day,40 mL,2026-01-01,synchromed_2\n"
      case .deviceRange: "A,morphine,20 mg/mL,0.4 mg/day,40 mL,2026-01-01,synchromed_2\n"
      case .reservoir: "A,baclofen,2000 mcg/mL,400 mcg/day,41 mL,2026-01-01,synchromed_2\n"
      case .dry: "A,baclofen,2000 mcg/mL,400 mcg/day,1 mL,2026-01-01,synchromed_2\n"
      case .unitOfSize: "A,baclofen,2000 mcg/mL,400 mcg/day,40 L,2026-01-01,synchromed_2\n"
      case .unreadable: "A,baclofen,2000 mcg/mL,\"1,500 mcg/day\",40 mL,2026-01-01,synchromed_2\n"
      case .noUnit: "A,baclofen,2000 mcg/mL,400,40 mL,2026-01-01,synchromed_2\n"
      case .unknownDrug: "A,morphinol,2000 mcg/mL,400 mcg/day,40 mL,2026-01-01,synchromed_2\n"
      }
    return header + row
  }
}
