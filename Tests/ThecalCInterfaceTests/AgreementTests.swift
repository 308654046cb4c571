import CThecal
import Foundation
import Testing
import Thecal
import ThecalCInterface
import _ThecalTestSupport

/// What a titration answers, as a program reads it.
private struct TitrationAnswer: Decodable {
  struct Day: Decodable { let day: Int, dose: Double }
  let status: String, codes: [String]
  let start: Double?, limit: Double?, opioid_class: String?
  let schedule: [Day]

  /// The first day on which the dose rises; nil where it does not.
  var firstRise: Day? { schedule.first { $0.dose > (start ?? 0) } }
}

/// What other commands answer of the limit.
private struct LimitAnswer: Decodable {
  struct Part: Decodable { let limit: Double?, daily: Double? }
  let status: String, limit: Double?, drugs: [Part]?
}

private func decoded<Value: Decodable>(_ json: String) throws -> Value {
  try JSONDecoder().decode(Value.self, from: Data(json.utf8))
}

/// The text that a call gives.
private func answered(_ call: (UnsafeMutablePointer<OpaquePointer?>) -> thecal_status) -> String {
  let (_, result) = called(call)
  defer { thecal_free(result) }
  return words(result)
}

private func titrated(_ yaml: String) -> String {
  answered { thecal_titrate(yaml, yaml.utf8.count, nil, 0, $0) }
}

private func converted(_ table: String) -> String {
  answered { thecal_convert(table, table.utf8.count, "csv", $0) }
}

/// The figures of one patient, from whatever gave them.
private struct Figures: Equatable {
  /// In the drug's unit per day.
  var start: Double?, limit: Double?
  var patientClass: String?

  init(_ result: Conversion, _ unit: DoseUnit) {
    start = result.start.map { unit.perDay($0).double }
    limit = result.limit.map { unit.perDay($0).double }
    patientClass = result.opioidClass?.rawValue
  }

  init(_ table: Table, row: Int) {
    start = table[row, "start"].flatMap(Double.init)
    limit = table[row, "max_daily"].flatMap(Double.init)
    patientClass = table[row, "opioid_class"].flatMap { $0.isEmpty ? nil : $0 }
  }

  init(_ plan: TitrationPlan) {
    start = plan.start.map { plan.unit.perDay($0).double }
    limit = plan.limit.map { plan.unit.perDay($0).double }
    patientClass = plan.opioidClass?.rawValue
  }

  init(_ answer: TitrationAnswer) {
    (start, limit, patientClass) = (answer.start, answer.limit, answer.opioid_class)
  }
}

@Suite struct `One patient, one rule` {
  private static let blocks = 20, inBlock = 100

  private static func block(_ number: Int) -> [DrawnPatient] {
    (number * inBlock..<(number + 1) * inBlock).map { DrawnPatient(UInt64($0)) }
  }

  @Test(arguments: 0..<blocks)
  func `values, tables and plans give a hundred patients each the same start, limit, class and first step`(
    number: Int
  ) throws {
    let patients = Self.block(number)
    let table = Table(converted(DrawnPatient.header + patients.map(\.lines).joined()))
    #expect(table.rows.count == patients.count)
    let converter = try Converter()
    var (started, risen) = (0, 0)
    for (row, patient) in patients.enumerated() {
      let use = try #require(DosingRules.standard.drug(patient.target))
      let unit = try #require(use.intrathecal).unit
      let result = converter.convert(patient.request)
      let figures = Figures(result, unit)
      #expect(Figures(table, row: row) == figures, "\(patient.lines)")
      #expect(table[row, "status"] == result.status.rawValue, "\(patient.lines)")
      let answer: TitrationAnswer = try decoded(titrated(patient.yaml))
      // The plan of values costs as much again as that of words: every tenth shows that it is the same.
      if row % 10 == 0 {
        let plan = try TitrationPlan(patient.titration)
        #expect(Figures(plan) == Figures(answer), "\(patient.yaml)")
        #expect(plan.days.map { unit.perDay($0.dose).double } == answer.schedule.map(\.dose))
      }
      guard let start = result.start, !answer.schedule.isEmpty else {
        #expect(answer.start == nil && answer.schedule.isEmpty, "\(patient.yaml): \(answer.codes)")
        continue
      }
      started += 1
      #expect(answer.start == figures.start && answer.limit == figures.limit, "\(patient.yaml)")
      if use.isOpioid { #expect(answer.opioid_class == figures.patientClass, "\(patient.yaml)") }
      let changes = try #require(DosingRules.standard.changes(of: use, for: patient.patient))
      guard let rise = answer.firstRise, changes.intervalDays < answer.schedule.count else { continue }
      risen += 1
      #expect(rise.day == 1 + changes.intervalDays, "\(patient.yaml)")
      let most = unit.perDay(changes.next(after: start)).roundedDown(toSignificantDigits: 3)
      #expect(rise.dose == min(most.double, answer.schedule.map(\.dose).max() ?? 0), "\(patient.yaml)")
    }
    #expect(started > 30 && risen > 10, "the patients of a block are not all refused: \(started), \(risen)")
  }

  @Test(arguments: 0..<blocks)
  func `a pump's mixture and a risk are told the limit of the conversion, and neither refuses its start`(
    number: Int
  ) throws {
    let converter = try Converter()
    let device = try #require(PumpDevice(named: PumpDevice.usual))
    for patient in Self.block(number) {
      let unit = try #require(DosingRules.standard.drug(patient.target)?.intrathecal).unit
      let result = converter.convert(patient.request)
      guard let start = result.start, let limit = result.limit else { continue }
      let shown = unit.perDay(limit).double
      // A strength at which the start is a fifth of a millilitre a day, which every pump can run.
      let strength = start * Time(1, .days) / Volume(0.2, .milliliters)
      let part = Admixture.Part(PumpDrug(named: patient.target), strength, unit: unit)
      let mixture = Admixture(device: device, parts: [part], primary: 0, doses: (start, .zero))
      let mixed: LimitAnswer = try decoded(mixture.report.answer.json)
      #expect(
        mixed.drugs?.first?.limit == shown && mixed.drugs?.first?.daily == unit.perDay(start).double,
        "\(patient.lines)")
      let dose = "\(unit.perDay(start).plainText) \(unit.daily)"
      let risk: LimitAnswer = try decoded(
        answered { weighed(patient.target, dose, into: $0) })
      #expect(risk.limit == shown && risk.status != "blocked", "\(patient.target) \(dose)")
    }
  }

  @Test(arguments: ["morphine", "hydromorphone", "ziconotide", "baclofen"])
  func `every way asks the same limit: it holds at it and refuses above it`(drug: String) throws {
    let rules = try #require(DosingRules.standard.drug(drug)?.intrathecal)
    let limit = try #require(rules.limit).value
    let above = ExactNumber(1_001, over: 1_000) * limit
    let device = try #require(PumpDevice(named: PumpDevice.usual))
    func isOverLimit(_ dose: DoseRate) throws -> [Bool] {
      let strength = dose * Time(1, .days) / Volume(0.5, .milliliters)
      let part = Admixture.Part(PumpDrug(named: drug), strength, unit: rules.unit)
      let mixture = Admixture(device: device, parts: [part], primary: 0, doses: (dose, .zero))
      let words = "\(rules.unit.perDay(dose).plainText) \(rules.unit.daily)"
      let risk = answered { weighed(drug, words, into: $0) }
      let plan = titrated("drug: \(drug)\nopioid_tolerant: yes\ntarget: {dose: \(words)}\n")
      let screened = titrated(
        "drug: \(drug)\nscreening: {bolus: 50 mcg, effect: 6 h}\ntarget: {dose: \(words)}\n")
      let over = "\"OVER_LIMIT\""
      return [
        mixture.outcome.codes.contains(.overLimit), risk.contains(over),
        (drug == "baclofen" ? screened : plan).contains(over),
      ]
    }
    #expect(try isOverLimit(limit) == [false, false, false])
    #expect(try isOverLimit(above) == [true, true, true])
  }

  @Test func `the command line answers two thousand patients byte for byte as the library does`() throws {
    let folder = Folder()
    let patients = (0..<Self.blocks).flatMap(Self.block)
    let table = DrawnPatient.header + patients.map(\.lines).joined()
    folder.write("in.csv", table)
    let outcome = ThecalProcess.run("thecal convert in.csv --quiet", in: folder)
    #expect(outcome.code == 1 && outcome.output == converted(table))
    for patient in patients.prefix(12) {
      folder.write("plan.yaml", patient.yaml)
      let plan = ThecalProcess.run("thecal titrate plan.yaml --json", in: folder)
      #expect(plan.output == titrated(patient.yaml) + "\n", "\(patient.yaml)")
    }
  }
}
