import Foundation
import Testing

/// What can be wrong with what is asked of a pump.
enum PumpHazard: String, CaseIterable, Sendable {
  case slip, overLimit, overConcentration, neverIntrathecal, unknownDrug, deviceRange, dryPump, unreadable

  /// The code that every command answers with; nil for what is no answer but a usage error.
  var code: String? {
    switch self {
    case .slip: "TYPO_SUSPECTED"
    case .overLimit: "OVER_LIMIT"
    case .overConcentration: "OVER_CONCENTRATION"
    case .neverIntrathecal: "NEVER_INTRATHECAL"
    case .unknownDrug: "UNKNOWN_DRUG"
    case .deviceRange: nil
    case .dryPump: "RAN_DRY"
    case .unreadable: nil
    }
  }
}

/// A call of `thecal pump` for each drug, daily dose and strength; the figures that a command does not take are left out.
private let pumpCalls: [String: @Sendable (_ drug: String, _ dose: String, _ strength: String) -> [String]] =
  [
    "refill": {
      ["--fill", "40 mL", "--concentration", $2, "--dose", $1, "--date", "2026-01-01", "--drug", $0]
    },
    "bridge": {
      ["--old", $2, "--new", $2, "--old-dose", $1, "--new-dose", $1, "--path", "0.331 mL", "--drug", $0]
    },
    "admix": { ["--drug", "\($0) \($2)", "--dose", $1] },
    "flex": { ["--concentration", $2, "--step", "00:00 \($1)", "--drug", $0] },
    "ptm": {
      [
        "--dose", $1, "--concentration", $2, "--bolus", "0.1 mcg", "--lockout", "4 h", "--max-per-day", "1",
        "--duration", "5 min", "--primary", $0,
      ]
    },
    "wean": {
      [
        "--drug", $0, "--from", $1, "--to", "1 mcg/day", "--per-step", "10 %", "--every", "7 day",
        "--concentration", $2,
      ]
    },
    "interruption": { drug, dose, _ in ["--drug", drug, "--dose", dose, "--for", "25 h"] },
    "choose": { drug, dose, _ in
      ["--drug", drug, "--dose", dose, "--interval", "14 day", "--reservoir", "40 mL"]
    },
    "prime": {
      [
        "--length", "60 cm", "--per-length", "0.0022 mL/cm", "--concentration", $2, "--dose", $1, "--drug",
        $0,
      ]
    },
    "flush": {
      [
        "--length", "60 cm", "--per-length", "0.0022 mL/cm", "--concentration", $2, "--dose", $1, "--drug",
        $0,
      ]
    },
    "pocket-fill": { ["--volume", "20 mL", "--concentration", $2, "--dose", $1, "--drug", $0] },
    "compound": { drug, _, strength in
      ["--volume", "20 mL", "--drug", "\(drug) \(strength) from 3000 mcg/mL"]
    },
    "washout": { drug, _, strength in
      [
        "--rinse", "2 mL", "--times", "3", "--old", strength, "--new", strength, "--fill", "18 mL", "--drug",
        drug,
      ]
    },
    "discrepancy": { drug, dose, _ in
      [
        "--previous", "20 mL", "--flow", "0.25 mL/day", "--days", "60", "--found", "5 mL", "--drug", drug,
        "--dose", dose,
      ]
    },
  ]

/// Commands without a daily dose, and without a strength.
private let withoutDose: Set = ["compound", "washout"]
private let withoutStrength: Set = ["interruption", "choose", "discrepancy"]

private func call(_ hazard: PumpHazard, _ command: String) -> [String]? {
  guard hazard.code != nil, let figures = pumpCalls[command] else { return nil }
  switch hazard {
  case .slip:
    // mg for mcg: in the dose, or where there is none, in the stock or strength.
    return withoutDose.contains(command)
      ? figures("baclofen", "400 mcg/day", "500 mg/mL") : figures("baclofen", "400 mg/day", "500 mcg/mL")
  case .overLimit: return withoutDose.contains(command) ? nil : figures("morphine", "21 mg/day", "10 mg/mL")
  case .overConcentration:
    return withoutStrength.contains(command) ? nil : figures("baclofen", "400 mcg/day", "2500 mcg/mL")
  case .neverIntrathecal: return figures("vincristine", "1 mg/day", "1 mg/mL")
  case .unknownDrug: return figures("exampline", "1 mg/day", "1 mg/mL")
  case .deviceRange, .dryPump, .unreadable: return nil
  }
}

/// The keys that carry a dose, an amount of drug, a schedule or a date to act on.
private let doses = [
  "refill_by", "bridge_dose", "unbridged_dose", "bridge_mass_old", "drugs", "daily", "weekly", "max_daily",
  "schedule",
  "restart_dose", "missed", "options", "mass", "catheter_only_mass", "early_mass", "syringe_mass", "curve",
  "mixing_peak",
  "concentration_after",
]

/// The pairs that can occur; the table of all commands says why another cannot.
private let pumpHazards = PumpHazard.allCases.flatMap { hazard in
  pumpCalls.keys.sorted().filter { call(hazard, $0) != nil }.map { (hazard, $0) }
}

@Test(arguments: pumpHazards)
private func `no pump command lets a hazard pass, and none prints a dose beside it`(
  hazard: PumpHazard, command: String
) throws {
  let (code, arguments) = (try #require(hazard.code), try #require(call(hazard, command)))
  let run = try thecalPump([command] + arguments + ["--json"])
  let answer = try run.json()
  #expect(run.code == 1 && ["blocked", "error"].contains(answer["status"] as? String ?? ""))
  #expect((answer["codes"] as? [String])?.contains(code) == true, "\(answer["codes"] ?? "")")
  #expect(answer["alternative"] is NSNull)
  for key in doses {
    let value = answer[key]
    #expect(value == nil || value is NSNull || (value as? [Any])?.isEmpty == true, "\(key)")
  }
}

@Test(arguments: [
  [
    "refill", "--fill", "40 mL", "--concentration", "25 mg/mL", "--dose", "0.2 mg/day", "--date",
    "2026-01-01",
  ],
  [
    "refill", "--device", "8637-20", "--fill", "40 mL", "--concentration", "10 mg/mL", "--dose", "4 mg/day",
    "--date", "2026-01-01",
  ],
  ["flex", "--concentration", "10 mg/mL", "--step", "00:00 0.001 mL/h"],
  ["admix", "--drug", "morphine 10 mg/mL", "--dose", "0.1 mg/day"],
  [
    "ptm", "--dose", "4 mg/day", "--concentration", "10 mg/mL", "--bolus", "0.3 mg", "--lockout", "4 h",
    "--max-per-day", "4", "--duration", "1 min",
  ],
  [
    "bridge", "--old", "20 mg/mL", "--new", "1 mg/mL", "--old-dose", "0.5 mg/day", "--new-dose", "0.5 mg/day",
    "--path", "0.331 mL",
  ],
  [
    "bridge", "--old", "500 mcg/mL", "--new", "2000 mcg/mL", "--old-dose", "200 mcg/day", "--new-dose",
    "200 mcg/day", "--path", "331 mL",
  ],
  ["prime", "--length", "60 m", "--per-length", "0.0022 mL/cm", "--concentration", "25 mg/mL"],
  ["flush", "--length", "60 m", "--per-length", "0.0022 mL/cm", "--concentration", "25 mg/mL"],
  ["washout", "--rinse", "200 mL", "--times", "3"],
  ["choose", "--drug", "morphine", "--dose", "4 mg/day", "--interval", "30 day", "--reservoir", "60 mL"],
  ["discrepancy", "--previous", "20 mL", "--flow", "0.25 mL/h", "--days", "60", "--found", "8.5 mL"],
  ["battery", "--implanted", "2024-01-01", "--flow", "0.4 mL/h"],
])
func `what a pump or catheter cannot be or do is blocked`(call: [String]) throws {
  let run = try thecalPump(call + ["--json"])
  let answer = try run.json()
  #expect(run.code == 1 && answer["status"] as? String == "blocked")
  #expect((answer["codes"] as? [String])?.isEmpty == false)
}

@Test(arguments: [
  (["--previous", "40 mL", "--flow", "0.2065 mL/day", "--days", "184", "--found", "0 mL"], [163, 184]),
  (["--previous", "20 mL", "--flow", "0.25 mL/day", "--days", "90", "--found", "1.4 mL"], [65, 87]),
])
func `a dry pump is an interruption since some day between two, never as programmed`(
  visit: [String], days: [Int]
) throws {
  for drug in [[], ["--drug", "baclofen"], ["--drug", "morphine", "--dose", "4 mg/day"]] {
    let answer = try thecalPump(["discrepancy"] + visit + drug + ["--json"]).json()
    let dry = try #require(answer["dry_since"] as? [String: Any])
    #expect(dry["earliest"] as? Int == days[0] && dry["latest"] as? Int == days[1])
    #expect(answer["restart"] as? String != "as_programmed")
    #expect((answer["codes"] as? [String])?.contains("RAN_DRY") == true)
    let message = try #require(answer["message"] as? String)
    #expect(!message.contains("too much") && !message.contains("stall"))
  }
}

@Test(arguments: [
  [
    "discrepancy", "--previous", "20 mL", "--flow", "0.09 mL/day", "--days", "90", "--found", "19 mL",
    "--cause", "foo",
  ],
  ["refill", "--fill", "40", "--concentration", "10 mg/mL", "--dose", "4 mg/day", "--date", "2026-01-01"],
  ["interruption", "--drug", "baclofen", "--dose", "400 mcg", "--for", "25 h"],
  [
    "wean", "--drug", "morphine", "--from", "4 mg/day", "--to", "1 mg/day", "--per-step", "110 %", "--every",
    "7 day",
  ],
])
func `what cannot be read is a usage error without an answer`(call: [String]) throws {
  let run = try thecalPump(call + ["--json"])
  #expect(run.code == 64 && run.output.isEmpty && !run.errors.isEmpty)
}

@Test func `baclofen after a day dry is restored at the previous dose`() throws {
  let answer = try thecalPump(
    "interruption", "--drug", "baclofen", "--dose", "400 mcg/day", "--for", "25 h", "--reason", "empty",
    "--json"
  ).json()
  #expect(answer["restart"] as? String == "restore_previous")
  let words = try #require(answer["restart_words"] as? [String]).joined(separator: " ")
  #expect(
    words.contains("at or near the dose before") && words.contains("Oral baclofen")
      && words.contains("tubing and catheter"))
  #expect((answer["restart_sources"] as? [String])?.contains("lioresal_label_2022") == true)
}

@Test func `an alarm moves the plan, and the day of the question is echoed`() throws {
  let answer = try thecalPump(
    "battery", "--implanted", "2020-03-01", "--flow", "0.4 mL/day", "--alarmed", "2026-10-01", "--as-of",
    "2026-11-26", "--json"
  ).json()
  #expect(answer["plan_by"] as? String == "2026-11-26" && answer["replace_by"] as? String == "2026-12-30")
  #expect(answer["as_of"] as? String == "2026-11-26")
}

@Test func `a clinic's refills come soonest first, with a calendar, and a bad patient does not stop them`()
  throws
{
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "thecal-list-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let (clinic, calendar) = (
    folder.appendingPathComponent("clinic.csv"), folder.appendingPathComponent("c.ics")
  )
  try Data(
    """
    patient_id,drug,concentration,dose,fill,fill_date,ward
    late,morphine,10 mg/mL,2 mg/day,40 mL,2026-01-01,x
    soon,morphine,10 mg/mL,4 mg/day,40 mL,2026-01-01,x
    slip,baclofen,500 mcg/mL,400 mg/day,20 mL,2026-01-01,x

    """.utf8
  ).write(to: clinic)
  let run = try thecalPump("list", clinic.path, "--as-of", "2026-03-01", "--ics", calendar.path)
  #expect(run.code == 1 && run.errors.contains("'ward' is not read"))
  let lines = run.output.split(whereSeparator: \.isNewline).map {
    $0.split(separator: ",", omittingEmptySubsequences: false)
  }
  #expect(lines.map { $0[0] } == ["patient_id", "soon", "late", "slip"])
  #expect(lines[1][1] == "2026-03-26" && lines[1][2] == "25" && lines[1][3] == "84.28" && lines[1][5] == "ok")
  #expect(lines[3][1].isEmpty && lines[3][5] == "blocked" && lines[3][6].contains("TYPO_SUSPECTED"))
  let text = try String(contentsOf: calendar, encoding: .utf8)
  #expect(text.contains("SUMMARY:Pump refill due: soon") && !text.contains("slip"))
  let overlap = try thecalPump("list", clinic.path, "-o", clinic.path)
  #expect(overlap.code == 73)
  let objects = try thecalPump("list", clinic.path, "--as-of", "2026-03-01", "--json", "--quiet")
  #expect(objects.errors.isEmpty && objects.output.split(whereSeparator: \.isNewline).count == 3)
  #expect(objects.output.contains(#""codes":["OVER_LIMIT""#))
}
