import Testing
import Thecal
import ThecalPumpTools

/// A tool that takes a daily dose of a solution of baclofen, with both put in.
struct DosedTool: Sendable, CustomTestStringConvertible {
  let tool: String
  let flags: @Sendable (_ dose: String, _ strength: String) -> [String]

  var testDescription: String { tool }

  static let all = [
    DosedTool(tool: "refill") {
      ["fill=40 mL", "concentration=\($1)", "dose=\($0)", "date=2026-01-01", "drug=baclofen"]
    },
    DosedTool(tool: "bridge") {
      ["old=\($1)", "new=\($1)", "old-dose=\($0)", "new-dose=\($0)", "path=0.331 mL", "drug=baclofen"]
    },
    DosedTool(tool: "admix") { ["drug=baclofen \($1)", "dose=\($0)"] },
    DosedTool(tool: "flex") { ["concentration=\($1)", "step=00:00 \($0)", "drug=baclofen"] },
    DosedTool(tool: "ptm") {
      [
        "dose=\($0)", "concentration=\($1)", "bolus=0.001 mcg", "lockout=24 h", "max-per-day=0",
        "duration=5 min", "primary=baclofen",
      ]
    },
    DosedTool(tool: "pocket-fill") {
      ["volume=20 mL", "concentration=\($1)", "dose=\($0)", "drug=baclofen"]
    },
    DosedTool(tool: "prime") {
      [
        "length=60 cm", "per-length=0.0022 mL/cm", "tubing=0 mL", "concentration=\($1)", "dose=\($0)",
        "drug=baclofen",
      ]
    },
    DosedTool(tool: "flush") {
      [
        "length=60 cm", "per-length=0.0022 mL/cm", "tubing=0 mL", "concentration=\($1)", "dose=\($0)",
        "drug=baclofen",
      ]
    },
    DosedTool(tool: "wean") { dose, strength in
      [
        "drug=baclofen", "from=\(dose)", "to=100 mcg/day", "per-step=10 %", "every=7 day",
        "concentration=\(strength)",
      ]
    },
    DosedTool(tool: "interruption") { dose, _ in ["drug=baclofen", "dose=\(dose)", "for=25 h"] },
    DosedTool(tool: "choose") { dose, _ in
      ["drug=baclofen", "dose=\(dose)", "interval=30 day", "reservoir=40 mL"]
    },
    DosedTool(tool: "discrepancy") { dose, _ in
      ["previous=20 mL", "flow=0.25 mL/day", "days=40", "found=10 mL", "drug=baclofen", "dose=\(dose)"]
    },
  ]

  /// Those that take a solution.
  static let withStrength = all.filter { !["interruption", "choose", "discrepancy"].contains($0.tool) }
}

/// The label of intrathecal baclofen names no dose above 1,000 mcg/day and no solution above 2,000 mcg/mL.
private let within = ["1000 mcg/day", "1 mg/day", "41.66 mcg/h", "999.9 ug/d"]
/// 41.67 mcg/h are 1,000.08 mcg/day.
private let above = ["1000.1 mcg/day", "1.0001 mg/day", "41.67 mcg/h", "1001 µg/day"]

@Test(arguments: DosedTool.all) func `the limit of the day belongs to what may be given, in every unit`(
  tool: DosedTool
) throws {
  for dose in within {
    #expect(
      try !report(tool.tool, tool.flags(dose, "2000 mcg/mL")).outcome.codes.contains(.overLimit), "\(dose)")
  }
  for dose in above {
    let found = try report(tool.tool, tool.flags(dose, "2000 mcg/mL"))
    #expect(found.outcome.codes.contains(.overLimit) && found.outcome.isRefused, "\(dose)")
    #expect(found.outcome.alternative == nil, "\(dose)")
    #expect(!found.answer.json.contains("as_programmed"))
  }
}

@Test(arguments: DosedTool.withStrength)
func `the strongest solution belongs to what may be used, in every unit`(tool: DosedTool) throws {
  for strength in ["2000 mcg/mL", "2 mg/mL", "2000 ug/mL"] {
    let codes = try report(tool.tool, tool.flags("400 mcg/day", strength)).outcome.codes
    #expect(!codes.contains(.overConcentration), "\(strength)")
  }
  for strength in ["2000.1 mcg/mL", "2.0001 mg/mL"] {
    let outcome = try report(tool.tool, tool.flags("400 mcg/day", strength)).outcome
    #expect(outcome.codes.contains(.overConcentration) && outcome.isRefused, "\(strength)")
  }
}

@Test(arguments: DosedTool.all) func `a slip is named with what was meant, and nothing comes of it`(
  tool: DosedTool
) throws {
  // 400 mg/day for mcg, 400 mcg/h for a day: 9,600 mcg/day.
  for dose in ["400 mg/day", "400 mcg/h"] {
    let found = try report(tool.tool, tool.flags(dose, "2000 mcg/mL"))
    #expect(found.outcome.codes.contains(.typoSuspected) && found.outcome.isRefused, "\(dose)")
    #expect(found.answer.text.contains("400 mcg/day"), "\(found.answer.text)")
    #expect(found.outcome.alternative == nil)
  }
}

/// The pump runs from 0.048 to 24 mL/day. 2,000 mcg/mL at the least flow are 96 mcg/day.
@Test func `the flows that a pump can run include the ends`() throws {
  for tool in DosedTool.all where ["refill", "admix", "bridge", "ptm", "flex"].contains(tool.tool) {
    func isOut(_ dose: String, _ strength: String = "2000 mcg/mL") throws -> Bool {
      try report(tool.tool, tool.flags(dose, strength)).outcome.codes.contains(.flowOutOfRange)
    }
    #expect(try !isOut("96 mcg/day") && !isOut("0.096 mg/day"), "\(tool.tool)")
    #expect(try isOut("95.9 mcg/day"), "\(tool.tool)")
    // 10 mcg/mL at 24 mL/day are 240 mcg/day; a bolus of a patient comes on top of them.
    if tool.tool == "ptm" { continue }
    #expect(try !isOut("240 mcg/day", "10 mcg/mL") && isOut("240.1 mcg/day", "10 mcg/mL"), "\(tool.tool)")
  }
}

@Test func `what the caller says of a pump holds in place of what is on record`() throws {
  let flags = ["fill=40 mL", "concentration=10 mg/mL", "dose=4 mg/day", "date=2026-01-01"]
  func isOut(_ more: String) throws -> Bool {
    try report("refill", flags + [more]).outcome.codes.contains(.flowOutOfRange)
  }
  #expect(try !isOut("min-flow=0.4 mL/day") && isOut("min-flow=0.401 mL/day"))
  #expect(try !isOut("max-flow=0.4 mL/day") && isOut("max-flow=0.399 mL/day"))
  // 0.4 mL/day are 1/60 mL/h.
  #expect(try isOut("min-flow=0.017 mL/h") && !isOut("min-flow=0.016 mL/h"))
}

@Test func `what is left must be more than the pump keeps, and the filling no more than it holds`() throws {
  func codes(_ more: String...) throws -> [Code] {
    try report("refill", ["concentration=10 mg/mL", "dose=4 mg/day", "date=2026-01-01"] + more).outcome.codes
  }
  #expect(try codes("fill=1.4 mL", "alarm=1 mL").contains(.residualAboveFill))
  #expect(try !codes("fill=1.41 mL", "alarm=1 mL").contains(.residualAboveFill))
  #expect(try codes("fill=1.5 mL", "alarm=1 mL", "residual=1.5 mL").contains(.residualAboveFill))
  #expect(try codes("fill=20 mL", "alarm=20 mL").contains(.alarmAboveFill))
  #expect(try !codes("fill=20 mL", "alarm=19.9 mL").contains(.alarmAboveFill))
  #expect(try !codes("fill=40 mL").contains(.reservoirTooSmall))
  #expect(try codes("fill=40.1 mL").contains(.reservoirTooSmall))
  #expect(try codes("fill=20.1 mL", "device=8637-20").contains(.reservoirTooSmall))
  #expect(try !codes("fill=20 mL", "device=8637-20").contains(.reservoirTooSmall))
  // Litres for milliliters.
  #expect(try codes("fill=40 L").contains(.typoSuspected))
}

/// A flag that is out of its range, one at the end of it, and words of what is said.
struct FlagBorder: Sendable, CustomTestStringConvertible {
  let tool: String
  let rest: [String]
  let taken: [String]
  let refused: [String]
  let words: String

  var testDescription: String { "\(tool) \(refused)" }
}

private let refill = ["fill=40 mL", "concentration=10 mg/mL", "dose=4 mg/day", "date=2026-01-01"]
private let rinse = ["rinse=2 mL"]
private let bolus = [
  "dose=4 mg/day", "concentration=10 mg/mL", "bolus=0.3 mg", "duration=2 min", "primary=morphine",
]
private let taper = ["drug=morphine", "from=4 mg/day", "to=1 mg/day", "every=7 day"]
private let bridge = [
  "old=500 mcg/mL", "new=1000 mcg/mL", "old-dose=200 mcg/day", "new-dose=100 mcg/day", "path=0.2 mL",
]
private let visit = ["previous=20 mL", "flow=0.25 mL/day", "days=60", "found=8.5 mL"]

private let borders = [
  FlagBorder(
    tool: "refill", rest: refill, taken: ["accuracy=99.9 %"], refused: ["accuracy=100 %"],
    words: "below 100 %"),
  FlagBorder(
    tool: "refill", rest: refill + ["bolus=0.1 mg"], taken: ["boluses-per-day=1440"],
    refused: ["boluses-per-day=1441"], words: "between 0 and 1440"),
  FlagBorder(
    tool: "refill", rest: refill + ["bolus=0.1 mg"], taken: ["boluses-per-day=0"],
    refused: ["boluses-per-day=-1"], words: "between 0 and 1440"),
  FlagBorder(
    tool: "refill", rest: refill, taken: ["bolus=0.1 mg", "boluses-per-day=1"], refused: ["bolus=0.1 mg"],
    words: "belong together"),
  FlagBorder(
    tool: "refill", rest: refill, taken: [], refused: ["boluses-per-day=1"], words: "belong together"),
  FlagBorder(
    tool: "refill", rest: refill, taken: ["device=synchromed_2"], refused: ["device=synchromed_9"],
    words: "known are"),
  FlagBorder(
    tool: "refill", rest: refill, taken: ["filling=later"], refused: ["filling=second"], words: "filling"),
  FlagBorder(
    tool: "washout", rest: rinse, taken: ["times=100"], refused: ["times=101"], words: "between 0 and 100"),
  FlagBorder(
    tool: "washout", rest: rinse, taken: ["times=0"], refused: ["times=-1"], words: "between 0 and 100"),
  FlagBorder(
    tool: "washout", rest: rinse + ["times=1"], taken: [], refused: ["old=500 mcg/mL"],
    words: "belong together"),
  FlagBorder(
    tool: "washout", rest: rinse + ["times=1"],
    taken: ["old=500 mcg/mL", "new=1000 mcg/mL", "fill=20 mL"],
    refused: ["old=500 mcg/mL", "new=1000 mcg/mL"], words: "belong together"),
  FlagBorder(
    tool: "ptm", rest: bolus + ["lockout=4 h"], taken: ["max-per-day=1440"], refused: ["max-per-day=1441"],
    words: "between 0 and 1440"),
  FlagBorder(
    tool: "ptm", rest: bolus + ["max-per-day=4"], taken: ["lockout=24 h"], refused: ["lockout=24.1 h"],
    words: "at most 24 h"),
  FlagBorder(
    tool: "wean", rest: taper, taken: ["per-step=100 %"], refused: ["per-step=100.1 %"],
    words: "at most 100 %"),
  FlagBorder(
    tool: "wean", rest: taper, taken: ["per-step=10 %", "shape=linear"],
    refused: ["per-step=10 %", "shape=round"], words: "geometric or linear"),
  FlagBorder(
    tool: "wean", rest: taper, taken: ["per-step=10 %"], refused: [], words: "--per-step and --every"),
  FlagBorder(
    tool: "wean", rest: taper + ["per-step=10 %"], taken: [], refused: ["preset=mine"], words: "no taper for"),
  FlagBorder(
    tool: "bridge", rest: bridge, taken: ["mixing=100 %"], refused: ["mixing=101 %"], words: "at most 100 %"),
  FlagBorder(
    tool: "discrepancy", rest: [], taken: visit, refused: Array(visit.dropLast()), words: "belong together"),
  FlagBorder(tool: "discrepancy", rest: [], taken: visit, refused: [], words: "or --history"),
  FlagBorder(
    tool: "discrepancy", rest: visit, taken: ["drug=baclofen", "dose=200 mcg/day"],
    refused: ["dose=200 mcg/day"], words: "needs --drug"),
  FlagBorder(
    tool: "discrepancy", rest: visit, taken: [], refused: ["cause=foo"], words: "'foo' is no cause"),
  FlagBorder(
    tool: "interruption", rest: ["drug=baclofen", "dose=200 mcg/day", "for=25 h"], taken: ["reason=empty"],
    refused: ["reason=tired"], words: "mri"),
  FlagBorder(
    tool: "flex", rest: ["concentration=10 mg/mL"], taken: ["step=23:59 0.01 mL/h"],
    refused: ["step=24:00 0.01 mL/h"], words: "from 00:00 to 23:59"),
  FlagBorder(
    tool: "flex", rest: ["concentration=10 mg/mL", "step=00:00 0.01 mL/h"], taken: ["days=sun"],
    refused: ["days=someday"], words: "no day of the week"),
  FlagBorder(
    tool: "flex", rest: ["concentration=10 mg/mL", "step=00:00 0.01 mL/h"],
    taken: ["bolus=08:00 0.03 mL over 5 min"], refused: ["bolus=08:00 0.03 mL"], words: "is not a bolus"),
  FlagBorder(
    tool: "admix", rest: ["dose=4 mg/day"], taken: ["drug=morphine 10 mg/mL"], refused: [],
    words: "either --drug or --want"),
  FlagBorder(
    tool: "admix", rest: ["drug=morphine 10 mg/mL"], taken: ["dose=4 mg/day"], refused: [],
    words: "--dose is needed"),
  FlagBorder(
    tool: "admix", rest: ["drug=morphine 10 mg/mL", "dose=4 mg/day"], taken: ["drug=clonidine 0.1 mg/mL"],
    refused: ["drug=Infumorph 5 mg/mL"], words: "named twice"),
  FlagBorder(
    tool: "admix", rest: ["drug=morphine 10 mg/mL", "dose=4 mg/day"], taken: ["primary=morphine"],
    refused: ["primary=clonidine"], words: "none of the drugs"),
  FlagBorder(
    tool: "admix", rest: ["want=morphine 4 mg/day"], taken: ["fill=40 mL", "interval=90"],
    refused: ["fill=40 mL"], words: "--fill and --interval"),
  FlagBorder(
    tool: "compound", rest: ["volume=20 mL"], taken: ["drug=morphine 10 mg/mL from 25 mg/mL"],
    refused: ["drug=morphine 10 mg/mL"], words: "names no stock"),
  FlagBorder(
    tool: "compound", rest: ["volume=20 mL"], taken: ["drug=morphine 10 mg/mL from 25 mg/mL in 20 mL"],
    refused: ["drug=10 mg/mL from 25 mg/mL"], words: "not a name and a quantity"),
  FlagBorder(
    tool: "prime", rest: ["concentration=10 mg/mL", "tubing=0.2 mL", "per-length=0.0022 mL/cm"],
    taken: ["length=60 cm"], refused: [], words: "--length is needed"),
  FlagBorder(
    tool: "prime", rest: ["concentration=10 mg/mL", "tubing=0.2 mL", "length=60 cm"],
    taken: ["per-length=0.0022 mL/cm"], refused: [], words: "--per-length or --catheter"),
  FlagBorder(
    tool: "prime", rest: ["concentration=10 mg/mL", "tubing=0.2 mL", "length=60 cm"],
    taken: ["catheter=8731"],
    refused: ["catheter=1378"], words: "known are"),
  FlagBorder(
    tool: "battery", rest: ["as-of=2026-01-01"], taken: ["implanted=2024-02-29"],
    refused: ["implanted=2023-02-29"], words: "does not exist"),
]

@Test(arguments: borders) func `a flag is taken to the end of its range, and no further`(border: FlagBorder)
  throws
{
  #expect(throws: Never.self) { try report(border.tool, border.rest + border.taken) }
  let problem = try problem(border.tool, border.rest + border.refused)
  #expect(problem.exitCode == 64 && problem.message.contains(border.words), "\(problem.message)")
}

@Test(arguments: [
  "0 mL", "-2 mL", "2000000 mL", "0.0000001 mL", "2", "2 mg", "1,500 mL", "2-3 mL", "5/10 mL",
])
func `a volume that no pump meets is a usage error that names it`(text: String) throws {
  let problem = try problem("refill", ["fill=\(text)"] + refill.dropFirst())
  #expect(problem.exitCode == 64 && problem.message.contains(text.split(separator: " ")[0]), "\(problem)")
}
