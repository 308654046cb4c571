import Foundation
import Testing

/// A call of the contract, and numbers that its answer must hold.
struct ContractCall: Sendable, CustomTestStringConvertible {
  let call: [String]
  let numbers: [String: Double]
  var texts: [String: String] = [:]

  var testDescription: String { call.joined(separator: " ") }
}

private let refill = [
  "refill", "--fill", "40 mL", "--concentration", "10 mg/mL", "--dose", "4 mg/day", "--alarm", "2 mL",
  "--date", "2026-01-01",
]
private let path = [
  "--tubing", "0.199 mL", "--length", "60 cm", "--per-length", "0.0022 mL/cm", "--concentration", "25 mg/mL",
]

/// The table of calls that other programs rely on.
private let contract = [
  ContractCall(
    call: refill,
    numbers: [
      "flow_mL_per_day": 0.4, "days_to_alarm": 95, "days_to_empty": 96.5, "days_empty_early": 84.28,
      "days_empty_late": 112.87,
    ],
    texts: ["alarm_date": "2026-04-06", "refill_by": "2026-03-26"]),
  ContractCall(
    call: refill + ["--bolus", "0.3 mg", "--boluses-per-day", "4", "--accuracy", "14.5 %"],
    numbers: ["days_to_alarm": 73.08, "days_empty_early": 64.83, "days_empty_late": 112.87]),
  ContractCall(
    call: [
      "bridge", "--old", "500 mcg/mL", "--new", "2000 mcg/mL", "--old-dose", "200 mcg/day", "--new-dose",
      "200 mcg/day",
      "--path", "0.331 mL",
    ],
    numbers: [
      "bridge_dose": 200, "bridge_hours": 19.86, "bridge_flow_mL_per_day": 0.4, "new_flow_mL_per_day": 0.1,
      "unbridged_percent": 25, "unbridged_hours": 79.44,
    ]),
  ContractCall(
    call: ["prime"] + path, numbers: ["volume_mL": 0.331, "mass": 8.275, "catheter_only_mL": 0.132],
    texts: ["unit": "mg"]),
  ContractCall(
    call: ["flush"] + path, numbers: ["volume_mL": 0.331, "mass": 8.275, "catheter_only_mL": 0.132]),
  ContractCall(
    call: ["washout", "--residual", "1.4 mL", "--rinse", "2 mL", "--times", "3"],
    numbers: ["fraction_left": 0.0698]),
  ContractCall(
    call: [
      "flex", "--concentration", "10 mg/mL", "--step", "00:00 0.010 mL/h", "--step", "06:00 0.030 mL/h",
      "--step",
      "10:00 0.020 mL/h", "--step", "18:00 0.015 mL/h", "--days", "mon,tue",
    ], numbers: ["daily": 4.3, "weekly": 8.6], texts: ["unit": "mg/day"]),
  ContractCall(
    call: [
      "ptm", "--dose", "4 mg/day", "--concentration", "10 mg/mL", "--bolus", "0.3 mg", "--lockout", "4 h",
      "--max-per-day", "4",
      "--duration", "2 min",
    ], numbers: ["max_daily": 5.2, "max_count": 4, "bolus_mL": 0.03, "rate_mL_per_h": 0.9]),
  ContractCall(
    call: [
      "discrepancy", "--previous", "20 mL", "--flow", "0.25 mL/day", "--days", "60", "--found", "8.5 mL",
    ],
    numbers: ["expected_mL": 5, "ratio": 0.767, "delta_mL": 3.5]),
  ContractCall(
    call: ["battery", "--implanted", "2024-02-29", "--flow", "0.4 mL/day", "--as-of", "2026-01-01"],
    numbers: [:],
    texts: ["replace_by": "2031-02-28", "plan_by": "2030-08-28"]),
  ContractCall(
    call: ["interruption", "--drug", "baclofen", "--dose", "200 mcg/day", "--for", "25 h"],
    numbers: ["missed": 208.333, "withdrawal_from_h": 12], texts: ["restart": "restore_previous"]),
]

@Test(arguments: contract)
func `the contract's calls answer with the contract's keys`(call: ContractCall) throws {
  let run = try thecalPump(call.call + ["--json"])
  #expect(run.code == 0 && run.errors.isEmpty)
  let answer = try run.json()
  for (key, value) in call.numbers {
    let number = try #require(answer[key] as? Double, "\(key)")
    #expect(abs(number - value) <= 0.0051, "\(key)")
  }
  for (key, value) in call.texts { #expect(answer[key] as? String == value) }
  for key in ["status", "codes", "message", "sources"] { #expect(answer[key] != nil) }
}

@Test func `a mixture and a compounding sheet list their drugs`() throws {
  let mixture = try thecalPump(
    "admix", "--drug", "morphine 10 mg/mL", "--drug", "bupivacaine 20 mg/mL", "--drug",
    "clonidine 200 mcg/mL", "--primary",
    "morphine", "--dose", "4 mg/day", "--bolus", "0.3 mg", "--json"
  ).json()
  let drugs = try #require(mixture["drugs"] as? [[String: Any]])
  #expect(drugs.compactMap { $0["daily"] as? Double } == [4, 8, 80])
  #expect(drugs.compactMap { $0["per_bolus"] as? Double } == [0.3, 0.6, 6])
  #expect(drugs.compactMap { $0["unit"] as? String } == ["mg/day", "mg/day", "mcg/day"])
  let sheet = try thecalPump(
    "compound", "--volume", "43 mL", "--drug", "morphine 10 mg/mL from 25 mg/mL", "--drug",
    "bupivacaine 5 mg/mL from 30 mg/mL in 10 mL", "--json"
  ).json()
  let lines = try #require(sheet["drugs"] as? [[String: Any]])
  #expect(lines.compactMap { $0["stock_mL"] as? Double } == [17.2, 7.17])
  #expect(lines.compactMap { $0["vials"] as? Int } == [1, 1])
  #expect(sheet["diluent_mL"] as? Double == 18.63)
}

@Test func `a taper and a choice list their rows`() throws {
  let taper = try thecalPump(
    "wean", "--drug", "morphine", "--from", "4 mg/day", "--to", "1 mg/day", "--per-step", "10 %", "--every",
    "7 day", "--json"
  ).json()
  let schedule = try #require(taper["schedule"] as? [[String: Any]])
  #expect(schedule[1]["dose"] as? Double == 3.6 && schedule[1]["day"] as? Int == 7)
  #expect(taper["dilution_needed_on"] is NSNull)
  let choice = try thecalPump(
    "choose", "--drug", "morphine", "--dose", "4 mg/day", "--interval", "90 day", "--reservoir", "40 mL",
    "--json"
  ).json()
  let options = try #require(choice["options"] as? [[String: Any]])
  for key in ["concentration", "flow_mL_per_day", "interval_days", "vials"] {
    #expect(options[0][key] != nil)
  }
}

private let refusals: [[String]] = [
  [
    "refill", "--fill", "40 mL", "--concentration", "25 mg/mL", "--dose", "0.2 mg/day", "--date",
    "2026-01-01",
  ],
  [
    "refill", "--fill", "20 mL", "--concentration", "10 mg/mL", "--dose", "4 mg/day", "--alarm", "30 mL",
    "--date", "2026-01-01",
  ],
  ["compound", "--volume", "20 mL", "--drug", "morphine 20 mg/mL from 10 mg/mL"],
  ["choose", "--drug", "morphine", "--dose", "5 mg/day", "--interval", "90 day", "--reservoir", "20 mL"],
  [
    "bridge", "--old", "20 mg/mL", "--new", "1 mg/mL", "--old-dose", "0.5 mg/day", "--new-dose", "0.5 mg/day",
    "--path",
    "0.331 mL",
  ],
  [
    "wean", "--drug", "baclofen", "--from", "400 mcg/day", "--to", "50 mcg/day", "--per-step", "50 %",
    "--every", "1 day",
  ],
  ["discrepancy", "--previous", "20 mL", "--flow", "0.25 mL/day", "--days", "60", "--found", "19 mL"],
]

@Test(arguments: refusals)
func `what cannot be is blocked with code 1 and the nearest that can`(call: [String]) throws {
  let run = try thecalPump(call + ["--json"])
  #expect(run.code == 1)
  let answer = try run.json()
  #expect(answer["status"] as? String == "blocked")
  #expect((answer["message"] as? String)?.contains("Nearest that works: ") == true)
}

private let usage: [([String], String)] = [
  (["--fill", "40"], "mL, mcL, L"), (["--fill", "40 mg"], "mL, mcL, L"), (["--fill", "40 cc"], "write mL"),
  (["--fill", "0 mL"], "above zero"), (["--fill", "-40 mL"], "--fill"),
  (["--fill", "1,500 mL"], "1500 or 1.5"),
  (["--fill", "1e308 mL"], "plain number"), (["--date", "2026-02-31"], "does not exist"),
  (["--date", "01/02/2026"], "2026-02-01"),
  (["--date", "0000-01-01"], "1900 to 2200"), (["--dose", "4 mg"], "mg/day"),
  (["--bolus", "0.3 mg"], "belong together"),
  (["--device", "unheard"], "synchromed_2"), (["--accuracy", "150 %"], "below 100 %"),
  (["--boluses-per-day", "-1"], "--boluses-per-day"),
]

@Test(arguments: usage)
func `bare numbers, wrong dimensions and impossible dates are usage errors`(flags: [String], hint: String)
  throws
{
  var call = refill
  for pair in stride(from: 0, to: flags.count, by: 2) {
    if let index = call.firstIndex(of: flags[pair]) {
      call[index + 1] = flags[pair + 1]
    } else {
      call += flags
    }
  }
  let run = try thecalPump(call + ["--json"])
  #expect(run.code == 64 && run.output.isEmpty)
  #expect(run.errors.contains(hint))
}

@Test func `a history is read, a bad one is 65 with its line, a missing one 66`() throws {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
    "thecal-pump-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  let (good, bad) = (folder.appendingPathComponent("good.csv"), folder.appendingPathComponent("bad.csv"))
  let header = "previous,flow,days,found\n"
  try Data((header + "20 mL,0.25 mL/day,60,4.9 mL\n").utf8).write(to: good)
  try Data((header + "20 mL,0.25 mL/day,60,4.9 mL\n20 mL,0.25,60,5 mL\n").utf8).write(to: bad)
  let visit = [
    "discrepancy", "--previous", "20 mL", "--flow", "0.25 mL/day", "--days", "60", "--found", "5.2 mL",
    "--json",
  ]
  let answer = try thecalPump(visit + ["--history", good.path])
  #expect(answer.code == 0)
  #expect((try answer.json()["visits"] as? [Any])?.count == 2)
  let refused = try thecalPump(visit + ["--history", bad.path])
  #expect(refused.code == 65 && refused.errors.contains("line 3, column 'flow'"))
  #expect(try thecalPump(visit + ["--history", folder.path + "/none.csv"]).code == 66)
}

@Test func `a calendar file is written whole, and 73 says where it cannot be`() throws {
  let file = FileManager.default.temporaryDirectory.appendingPathComponent("thecal-\(UUID().uuidString).ics")
  defer { try? FileManager.default.removeItem(at: file) }
  #expect(try thecalPump(refill + ["--ics", file.path]).code == 0)
  #expect(try String(contentsOf: file, encoding: .utf8).contains("DTSTART;VALUE=DATE:20260326"))
  #expect(try thecalPump(refill + ["--ics", "/nowhere/at/all.ics"]).code == 73)
}

@Test func `the sheet can be signed, and the worksheet asks before it answers`() throws {
  let sheet = try thecalPump(refill)
  #expect(sheet.output.contains("Daily dose: 4 mg/day") && sheet.output.contains("Computed by: ____"))
  let pair = try thecalPump(refill + ["--worksheet"]).output.components(separatedBy: "\u{0C}")
  #expect(pair.count == 2 && !pair[0].contains("2026-03-26") && pair[1].contains("2026-03-26"))
  let text = try thecalPump("admix", "--drug", "clonidine 1500 mcg/mL", "--dose", "300 mcg/day").output
  #expect(text.contains("cloNIDine: 1,500 mcg/mL") && text.contains("OVER_CONCENTRATION"))
}

/// The form changes neither the answer nor the code.
@Test func `an answer is a page, one line of JSON, a sheet or a pair of sheets, whatever it says`() throws {
  let page = FileManager.default.temporaryDirectory.appendingPathComponent("thecal-\(UUID().uuidString).html")
  defer { try? FileManager.default.removeItem(at: page) }
  for (flags, code) in [(refill, 0 as Int32), (refill + ["--min-flow", "0.5 mL/day"], 1)] {
    let plain = try thecalPump(flags)
    #expect(plain.code == code && plain.errors.isEmpty, "\(plain.errors)")
    let paged = try thecalPump(flags + ["--page", page.path, "--quiet"])
    #expect(paged.code == code && paged.output == plain.output)
    let written = try String(contentsOf: page, encoding: .utf8)
    #expect(
      written.hasPrefix("<!DOCTYPE html>") && written.contains(code == 0 ? "2026-03-26" : "below the minimum")
    )
    #expect(written.contains("2026-03-26") == (code == 0))
    let object = try thecalPump(flags + ["--json"])
    #expect(object.code == code && object.output.filter { $0 == "\n" }.count == 1)
    let pair = try thecalPump(flags + ["--worksheet"])
    #expect(pair.code == code && pair.output.hasSuffix("\u{0C}\n\(plain.output)"))
    #expect(try thecalPump(flags + ["--page", "/nowhere/at/all.html"]).code == 73)
  }
}

@Test func `the pump's own figures can be overridden`() throws {
  let answer = try thecalPump(
    refill + ["--accuracy", "0 %", "--residual", "0 mL", "--max-flow", "30 mL/day", "--json"]
  ).json()
  #expect(answer["days_empty_early"] as? Double == 100 && answer["days_empty_late"] as? Double == 100)
  #expect(answer["status"] as? String == "ok" && answer["codes"] is [Any])
  let low = try thecalPump(refill + ["--min-flow", "0.5 mL/day", "--json"])
  #expect(low.code == 1)
}
