import Testing
import _ThecalTestSupport
@testable import ThecalCommand
@testable import ThecalServer

/// A request, and the command that gives the same bytes.
struct SameAnswer: Sendable, CustomTestStringConvertible {
  let path: String
  var type = ServedType.json
  var accept = ServedType.json
  let body: String
  let command: String

  var testDescription: String { command }
}

extension SameAnswer {
  /// A pump tool with its long flags, one that is given more than once as a list.
  static func pump(_ tool: String, _ flags: KeyValuePairs<String, String>) -> SameAnswer {
    let names = flags.map(\.key).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let members = names.map { name in
      let values = flags.filter { $0.key == name }.map { "\"\($0.value)\"" }
      return "\"\(name)\":" + (values.count == 1 ? values[0] : "[\(values.joined(separator: ","))]")
    }
    let words = flags.map { "--\($0.key) '\($0.value)'" }
    return SameAnswer(
      path: "/v1/pump/\(tool)", body: "{\(members.joined(separator: ","))}",
      command: "thecal pump \(tool) \(words.joined(separator: " ")) --json")
  }
}

private let clinic = """
  patient_id,drug,route,dose,unit,frequency,opioid_days,age_years,ward
  P1,morphine,oral,60,mg,bid,30,54,A
  P2,oxycodone,oral,20,mg,q6h,30,54,A
  P3,morphine,oral,"1,500",mg,bid,30,54,B
  <b>,fentanyl,transdermal,100,mcg/h,q72h,30,54,"=1+1"

  """
private let export = """
  MRN,Drug Name,Dose,Units,Route,Freq,Sig
  H01,MORPHINE SULFATE ER 60 MG TABLET,60,MG,PO,BID,Take 1 tablet by mouth twice daily
  H02,OXYCODONE HCL 5 MG TABLET,5,MG,PO,PRN,Take 1 tablet as needed

  """
private let pumps = """
  patient_id,drug,concentration,dose,fill,fill_date
  A,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01
  B,morphine,10 mg/mL,nothing,40 mL,2026-01-01

  """
private let scenario = """
  drug: morphine
  catheter: {tip: L3}
  program:
    - {at: 0 h, bolus: 0.25 mg}
  output: {every: 6 h, until: 24 h, at: [tip, T2]}

  """
private let plan = """
  drug: baclofen
  indication: spasticity_spinal
  age_years: 40
  screening: {bolus: 50 mcg, effect: 6 h}
  target: {dose: 200 mcg/day}

  """

private let refill = #""fill":"40 mL","concentration":"10 mg/mL","dose":"4 mg/day","date":"2026-01-01""#
private let refillFlags = "--fill '40 mL' --concentration '10 mg/mL' --dose '4 mg/day' --date 2026-01-01"

private let patient = ShippedExample.contents("patient.yaml")

private let answers = [
  SameAnswer(
    path: "/v1/convert", type: ServedType.csv, accept: ServedType.csv, body: clinic,
    command: "thecal convert input --quiet"),
  SameAnswer(
    path: "/v1/convert", type: ServedType.csv, accept: ServedType.lines, body: clinic,
    command: "thecal convert input --json --quiet"),
  SameAnswer(
    path: "/v1/convert?mme-table=cdc_2017&risk=true", type: ServedType.csv, accept: ServedType.csv,
    body: clinic,
    command: "thecal convert input --mme-table cdc_2017 --risk --quiet"),
  SameAnswer(
    path: "/v1/convert", type: ServedType.csv, accept: ServedType.csv, body: export,
    command: "thecal convert input --quiet"),
  SameAnswer(
    path: "/v1/convert", type: ServedType.csv, accept: ServedType.text, body: clinic,
    command: "thecal convert input --explain -o out.csv --quiet"),
  SameAnswer(
    path: "/v1/convert", type: ServedType.csv, accept: ServedType.page, body: clinic,
    command: "thecal convert input -o out.csv --report page.html --quiet; cat page.html"),
  SameAnswer(
    path: "/v1/convert",
    body: #"{"medication":["oxycodone oral 20 mg q6h"],"opioid_days":30,"frail":true,"to":"morphine"}"#,
    command:
      "thecal convert --medication 'oxycodone oral 20 mg q6h' --opioid-days 30 --frail yes --to morphine --json"
  ),
  SameAnswer(
    path: "/v1/intake", type: ServedType.csv, accept: ServedType.csv, body: export,
    command: "thecal intake input --quiet"),
  SameAnswer(
    path: "/v1/intake?map=Freq=frequency&as-of=2026-01-31", type: ServedType.csv, accept: ServedType.lines,
    body: export,
    command: "thecal intake input --map Freq=frequency --as-of 2026-01-31 --json --quiet"),
  SameAnswer(
    path: "/v1/intake?map=Ward%27s+column%3A%20A%2BB%3Ddose", type: ServedType.csv, accept: ServedType.csv,
    body: "MRN,Medication,Ward's column: A+B,Unit,Freq,Route\nK1,MORPHINE SULFATE IR,15,mg,q6h,PO\n",
    command: "thecal intake input --map \"Ward's column: A+B=dose\" --quiet"),
  SameAnswer(
    path: "/v1/pump/list?as-of=2026-02-01", type: ServedType.csv, accept: ServedType.csv, body: pumps,
    command: "thecal pump list input --as-of 2026-02-01"),
  SameAnswer(
    path: "/v1/pump/list?as-of=2026-02-01", type: ServedType.csv, accept: ServedType.calendar, body: pumps,
    command: "thecal pump list input --as-of 2026-02-01 --ics out.ics >/dev/null; cat out.ics"),
  SameAnswer(
    path: "/v1/pump/refill", accept: ServedType.calendar, body: "{\(refill)}",
    command: "thecal pump refill \(refillFlags) --ics out.ics >/dev/null; cat out.ics"),
  SameAnswer(
    path: "/v1/pump/refill", accept: ServedType.page, body: "{\(refill)}",
    command: "thecal pump refill \(refillFlags) --page page.html >/dev/null; cat page.html"),
  SameAnswer(
    path: "/v1/intake", type: ServedType.csv, accept: ServedType.page, body: export,
    command: "thecal intake input -o out.csv --report page.html --quiet; cat page.html"),
  SameAnswer(
    path: "/v1/pump/refill", accept: ServedType.text, body: "{\(refill),\"worksheet\":true}",
    command: "thecal pump refill \(refillFlags) --worksheet"),
  .pump("refill", ["fill": "40 mL", "concentration": "10 mg/mL", "dose": "4 mg/day", "date": "2026-01-01"]),
  .pump(
    "bridge",
    [
      "old": "500 mcg/mL", "new": "2000 mcg/mL", "old-dose": "200 mcg/day", "new-dose": "200 mcg/day",
      "path": "0.331 mL",
    ]),
  .pump(
    "admix",
    [
      "drug": "morphine 10 mg/mL", "drug": "bupivacaine 20 mg/mL", "primary": "morphine", "dose": "4 mg/day",
    ]),
  .pump("compound", ["volume": "43 mL", "drug": "morphine 10 mg/mL from 25 mg/mL"]),
  .pump(
    "prime",
    ["tubing": "0.199 mL", "length": "60 cm", "per-length": "0.0022 mL/cm", "concentration": "25 mg/mL"]),
  .pump(
    "flush",
    ["tubing": "0.199 mL", "length": "60 cm", "per-length": "0.0022 mL/cm", "concentration": "25 mg/mL"]),
  .pump("washout", ["residual": "1.4 mL", "rinse": "2 mL", "times": "3"]),
  .pump(
    "flex", ["concentration": "10 mg/mL", "step": "00:00 0.010 mL/h", "step": "06:00 0.030 mL/h"]),
  .pump(
    "ptm",
    [
      "dose": "4 mg/day", "concentration": "10 mg/mL", "bolus": "0.3 mg", "lockout": "4 h",
      "max-per-day": "4", "duration": "2 min",
    ]),
  .pump("discrepancy", ["previous": "20 mL", "flow": "0.25 mL/day", "days": "60", "found": "8.5 mL"]),
  .pump(
    "wean",
    [
      "drug": "baclofen", "from": "200 mcg/day", "to": "50 mcg/day", "per-step": "10 %", "every": "7 day",
    ]),
  .pump("battery", ["implanted": "2020-01-01", "flow": "0.5 mL/day", "as-of": "2026-01-01"]),
  .pump("interruption", ["drug": "baclofen", "dose": "200 mcg/day", "for": "25 h"]),
  .pump(
    "choose", ["drug": "morphine", "dose": "4 mg/day", "interval": "90 day", "reservoir": "40 mL"]),
  .pump("pocket-fill", ["volume": "20 mL", "concentration": "2 mg/mL", "drug": "morphine"]),
  SameAnswer(
    path: "/v1/risk", body: #"{"drug":"morphine","dose":"0.3 mg","regimen":"single","patients":0}"#,
    command: "thecal risk --drug morphine --dose '0.3 mg' --regimen single --patients 0 --json"),
  SameAnswer(
    path: "/v1/simulate", type: ServedType.yaml, body: scenario,
    command: "thecal simulate input --json --quiet"),
  SameAnswer(
    path: "/v1/simulate?steady=false", type: ServedType.yaml, accept: ServedType.csv, body: scenario,
    command: "thecal simulate input --quiet"),
  SameAnswer(path: "/v1/titrate", type: ServedType.yaml, body: plan, command: "thecal titrate input --json"),
  SameAnswer(
    path: "/v1/titrate", type: ServedType.yaml, accept: ServedType.csv, body: plan,
    command: "thecal titrate input -o -"),
  SameAnswer(
    path: "/v1/titrate", type: ServedType.yaml, accept: ServedType.page, body: plan,
    command: "thecal titrate input --page page.html >/dev/null; cat page.html"),
  SameAnswer(path: "/v1/plan", type: ServedType.yaml, body: patient, command: "thecal plan input --json"),
  SameAnswer(
    path: "/v1/plan", type: ServedType.yaml, accept: ServedType.text, body: patient,
    command: "thecal plan input"),
  SameAnswer(
    path: "/v1/plan", type: ServedType.yaml, accept: ServedType.page, body: patient,
    command: "thecal plan input --page page.html >/dev/null; cat page.html"),
]

@Test(arguments: answers)
func `an answer over HTTP is that of the command, byte for byte`(same: SameAnswer) async throws {
  let server = try await RunningServer()
  let answer = await server.post(same.path, same.type, accept: same.accept, same.body)
  #expect(answer.status == 200, "\(answer.text)")
  let folder = Folder()
  folder.write("input", same.body)
  let command = ThecalProcess.run(same.command, in: folder)
  #expect(command.code <= 1, "\(command.errors)")
  #expect(!command.output.isEmpty)
  #expect(answer.text == command.output)
}

@Test func `every call of the command line that is served is among them`() {
  let asked = Set(answers.map { String($0.path.prefix { $0 != "?" }) })
  #expect(ServeCommand.calls.allSatisfy { asked.contains("/v1/\($0.path)") })
}

@Test func `pictures are those of the files`() async throws {
  let server = try await RunningServer()
  let folder = Folder()
  folder.write("input", scenario)
  let command = ThecalProcess.run(
    "thecal simulate input -o out.csv --plot out.svg --quiet && cat out.svg", in: folder)
  let answer = await server.post("/v1/simulate", ServedType.yaml, accept: ServedType.picture, scenario)
  #expect(answer.text == command.output && answer.text.contains("<svg"))
}

@Test func `a workbook is the one of the command`() async throws {
  let server = try await RunningServer()
  let answer = await server.post("/v1/convert", ServedType.csv, accept: ServedType.workbook, clinic)
  let folder = Folder()
  folder.write("input", clinic)
  #expect(ThecalProcess.run("thecal convert input -o out.xlsx --quiet", in: folder).code == 1)
  #expect(answer.status == 200 && answer.body == contents(folder.file("out.xlsx")))
}

@Test func `tables and sources are those of the command`() async throws {
  let server = try await RunningServer()
  let folder = Folder()
  for (path, command) in [
    ("/v1/tables", "thecal tables --json"), ("/v1/tables/cdc_2022", "thecal tables show cdc_2022 --json"),
    ("/v1/cite/cdc2022", "thecal cite cdc2022 --json"),
  ] {
    let answer = await server.ask("GET", path)
    #expect(answer.text == ThecalProcess.run(command, in: folder).output)
  }
}

@Test func `a table as JSON is the list of its lines`() async throws {
  let server = try await RunningServer()
  let lines = await server.post("/v1/convert", ServedType.csv, accept: ServedType.lines, clinic).text
  let list = await server.post("/v1/convert", ServedType.csv, clinic).text
  #expect(list == "[" + lines.split(separator: "\n").joined(separator: ",\n") + "]\n")
}
