import Foundation
import Testing
import Thecal
import ThecalPumpTools

/// A call of a tool, and what its answer must hold, worked out by hand.
struct WorkedCall: Sendable, CustomTestStringConvertible {
  let tool: String
  let flags: [String]
  var numbers: [String: Double] = [:]
  var texts: [String: String] = [:]

  init(_ tool: String, _ flags: [String], _ numbers: [String: Double] = [:], texts: [String: String] = [:]) {
    (self.tool, self.flags, self.numbers, self.texts) = (tool, flags, numbers, texts)
  }

  var testDescription: String { "\(tool) \(flags.joined(separator: " "))" }
}

// 40 mL of 10 mg/mL at 4 mg/day: 0.4 mL/day. The pump keeps 1.4 mL, alarms at 2 mL, and strays by 14.5 % either way.
private let fill = ["fill=40 mL", "concentration=10 mg/mL", "dose=4 mg/day", "date=2026-01-01"]
private let path = ["tubing=0.199 mL", "length=60 cm", "per-length=0.0022 mL/cm", "concentration=25 mg/mL"]
private let bridge = [
  "old=500 mcg/mL", "new=1000 mcg/mL", "old-dose=200 mcg/day", "new-dose=100 mcg/day", "path=0.2 mL",
]
private let bolus = [
  "dose=4 mg/day", "concentration=10 mg/mL", "bolus=0.3 mg", "duration=2 min", "primary=morphine",
]
private let taper = ["drug=morphine", "from=4 mg/day", "to=1 mg/day", "every=7 day"]

private let worked: [WorkedCall] = [
  // 38 / 0.4, 38.6 / 0.4, and that over 1.145 and 0.855.
  WorkedCall(
    "refill", fill,
    [
      "flow_mL_per_day": 0.4, "days_to_alarm": 95, "days_to_empty": 96.5, "days_empty_early": 84.279,
      "days_empty_late": 112.866,
    ], texts: ["refill_by": "2026-03-26", "limited_by": "early edge"]),
  WorkedCall("refill", fill + ["residual=0.4 mL"], ["days_to_empty": 99, "days_to_alarm": 95]),
  WorkedCall("refill", fill + ["residual=0 mL"], ["days_to_empty": 100]),
  WorkedCall("refill", fill + ["alarm=4 mL"], ["days_to_alarm": 90]),
  WorkedCall("refill", fill + ["accuracy=5 %"], ["days_empty_early": 91.905, "days_empty_late": 101.579]),
  WorkedCall("refill", fill + ["accuracy=0 %"], ["days_empty_early": 96.5, "days_empty_late": 96.5]),
  // 4 · 0.3 mg a day are 0.12 mL more.
  WorkedCall(
    "refill", fill + ["bolus=0.3 mg", "boluses-per-day=4"],
    ["flow_mL_per_day": 0.4, "programmed_mL_per_day": 0.52, "days_to_alarm": 73.077]),
  WorkedCall("refill", fill + ["bolus=0.3 mg", "boluses-per-day=0"], ["flow_mL_per_day": 0.4]),
  // 30 days after the first of January; a plain number counts days, and hours are days too.
  WorkedCall("refill", fill + ["max-interval=30"], texts: ["refill_by": "2026-01-31"]),
  WorkedCall("refill", fill + ["max-interval=720 h"], texts: ["refill_by": "2026-01-31"]),
  WorkedCall("refill", fill + ["stability=30 day"], texts: ["refill_by": "2026-01-31"]),
  WorkedCall(
    "refill", fill + ["stability=30 day", "max-interval=20 day"], texts: ["refill_by": "2026-01-21"]),
  WorkedCall(
    "refill", fill + ["stability=20 day", "max-interval=30 day"], texts: ["refill_by": "2026-01-21"]),
  WorkedCall(
    "refill", fill + ["drug=morphine", "stability=30 day"],
    texts: ["refill_by": "2026-01-31", "limited_by": "stability"]),
  // The same in other units: 0.01 g/mL, 4,000 mcg/day, 40,000 µL are no others.
  WorkedCall(
    "refill", ["fill=40 mL", "concentration=10000 mcg/mL", "dose=4000 mcg/day", "date=2026-01-01"],
    ["flow_mL_per_day": 0.4, "days_to_alarm": 95]),
  // 4 mg/day are 1/6 mg an hour: 0.16 mg/h are 3.84 mg/day, 0.384 mL/day.
  WorkedCall(
    "refill", ["fill=40 mL", "concentration=10 mg/mL", "dose=0.16 mg/h", "date=2026-01-01"],
    ["flow_mL_per_day": 0.384]),
  // 0.199 + 60 · 0.0022 mL, and 25 mg in each; the catheter alone is 0.132 mL.
  WorkedCall("prime", path, ["volume_mL": 0.331, "mass": 8.275, "catheter_only_mL": 0.132]),
  WorkedCall(
    "flush", path, ["volume_mL": 0.331, "mass": 8.275, "catheter_only_mL": 0.132], texts: ["unit": "mg"]),
  WorkedCall(
    "prime", ["tubing=0 mL", "length=0.6 m", "per-length=0.0022 mL/cm", "concentration=25 mg/mL"],
    ["volume_mL": 0.132, "mass": 3.3]),
  WorkedCall(
    "prime", ["tubing=0 mL", "length=600 mm", "per-length=0.0022 mL/cm", "concentration=2000 mcg/mL"],
    ["volume_mL": 0.132, "mass": 264], texts: ["unit": "mcg"]),
  // 100 mcg/day of the 500 mcg/mL that fill the path are 0.2 mL/day: 0.2 mL last 24 h.
  WorkedCall(
    "bridge", bridge, ["bridge_dose": 100, "bridge_flow_mL_per_day": 0.2, "bridge_hours": 24]),
  WorkedCall(
    "bridge", bridge + ["keep-old"],
    ["bridge_dose": 200, "bridge_flow_mL_per_day": 0.4, "bridge_hours": 12]),
  // 100 mcg/day of 1,000 mcg/mL.
  WorkedCall("bridge", bridge, ["new_flow_mL_per_day": 0.1]),
  // The path from its parts: 0.068 + 60 · 0.0022 = 0.2 mL.
  WorkedCall(
    "bridge",
    bridge.filter { !$0.hasPrefix("path") } + ["tubing=0.068 mL", "length=60 cm", "per-length=0.0022 mL/cm"],
    ["bridge_hours": 24]),
  // (1.4 / 3.4)³; nothing, and one rinse; 3 mL kept by what the caller says.
  WorkedCall("washout", ["rinse=2 mL", "times=3"], ["fraction_left": 0.0698]),
  WorkedCall("washout", ["rinse=2 mL", "times=0"], ["fraction_left": 1]),
  WorkedCall("washout", ["rinse=2 mL", "times=1", "residual=3 mL"], ["fraction_left": 0.6]),
  // 0.0698 · 500 mcg/mL in 1.4 mL, under 20 mL of 1,000 mcg/mL: (48.87 + 20,000) / 21.4.
  WorkedCall(
    "washout", ["rinse=2 mL", "times=3", "old=500 mcg/mL", "new=1000 mcg/mL", "fill=20 mL"],
    ["concentration_after": 936.86]),
  // Rinsed with what is filled in afterwards: (1 − 0.0698) · 1,000 + 0.0698 · 500 = 965.1 in 1.4 mL, with 20 mL of 1,000.
  WorkedCall(
    "washout",
    [
      "rinse=2 mL", "times=3", "old=500 mcg/mL", "new=1000 mcg/mL", "fill=20 mL",
      "rinse-strength=1000 mcg/mL",
    ], ["concentration_after": 997.72]),
  // 0.01 · 6 + 0.03 · 4 + 0.02 · 8 + 0.015 · 6 = 0.43 mL of 10 mg/mL, two days of seven.
  WorkedCall(
    "flex",
    [
      "concentration=10 mg/mL", "step=00:00 0.010 mL/h", "step=06:00 0.030 mL/h", "step=10:00 0.020 mL/h",
      "step=18:00 0.015 mL/h", "days=tue,mon",
    ], ["daily": 4.3, "weekly": 8.6]),
  // A step may be a dose: 0.1 mg/h are 0.01 mL/h. The other five days at 0.01 mL/h: 2.4 mg each.
  WorkedCall(
    "flex",
    ["concentration=10 mg/mL", "step=00:00 0.1 mg/h", "days=mon, TUE", "otherwise=0.01 mL/h"],
    ["daily": 2.4, "weekly": 16.8]),
  WorkedCall(
    "flex", ["concentration=10 mg/mL", "step=00:00 0.24 mL/day"], ["daily": 2.4, "weekly": 16.8]),
  // 4 + 4 · 0.3 mg; a lockout of 4 h leaves six a day of ten, one of 24 h one; none.
  WorkedCall(
    "ptm", bolus + ["lockout=4 h", "max-per-day=4"],
    ["max_daily": 5.2, "max_count": 4, "bolus_mL": 0.03, "rate_mL_per_h": 0.9]),
  WorkedCall("ptm", bolus + ["lockout=4 h", "max-per-day=10"], ["max_daily": 5.8, "max_count": 6]),
  WorkedCall("ptm", bolus + ["lockout=24 h", "max-per-day=10"], ["max_daily": 4.3, "max_count": 1]),
  WorkedCall("ptm", bolus + ["lockout=1440 min", "max-per-day=0"], ["max_daily": 4, "max_count": 0]),
  // 20 − 60 · 0.25 = 5 mL; 11.5 of 15 mL left; 1 mL of boluses more.
  WorkedCall(
    "discrepancy", ["previous=20 mL", "flow=0.25 mL/day", "days=60", "found=8.5 mL"],
    ["expected_mL": 5, "delta_mL": 3.5, "ratio": 0.767]),
  WorkedCall(
    "discrepancy", ["previous=20 mL", "flow=0.25 mL/day", "days=1440 h", "found=8.5 mL", "extra=1 mL"],
    ["expected_mL": 4, "delta_mL": 4.5, "ratio": 0.719]),
  // 200 mcg/day for 25 h, and for 26.
  WorkedCall("interruption", ["drug=baclofen", "dose=200 mcg/day", "for=25 h"], ["missed": 208.333]),
  WorkedCall("interruption", ["drug=baclofen", "dose=0.2 mg/day", "for=1 day"], ["missed": 0.2]),
  // Seven years, and half a year before that.
  WorkedCall(
    "battery", ["implanted=2024-02-29", "flow=0.4 mL/day", "as-of=2026-01-01"],
    texts: ["replace_by": "2031-02-28", "plan_by": "2030-08-28"]),
]

@Test(arguments: worked)
func `a tool answers with the figures that are worked out by hand`(call: WorkedCall) throws {
  let found = try answer(call.tool, call.flags)
  for (key, value) in call.numbers {
    let number = try #require(found[key] as? Double, "\(key): \(found)")
    #expect(abs(number - value) <= max(0.0051, 1e-5 * value), "\(key): \(number)")
  }
  for (key, value) in call.texts { #expect(found[key] as? String == value, "\(key): \(found[key] ?? "")") }
}

/// Rows of a list in an answer.
private func rows(_ tool: String, _ flags: [String], _ key: String) throws -> [[String: Any]] {
  try #require(try answer(tool, flags)[key] as? [[String: Any]])
}

@Test func `a taper falls by a share of the dose in force, or of the first`() throws {
  func doses(_ flags: String...) throws -> [Double] {
    try rows("wean", taper + flags, "schedule").compactMap { $0["dose"] as? Double }
  }
  // 4 · 0.9, 4 · 0.81; 4 − 0.4, 4 − 0.8.
  let geometric = try doses("per-step=10 %")
  #expect(abs(geometric[1] - 3.6) < 1e-9 && abs(geometric[2] - 3.24) < 1e-9)
  let linear = try doses("per-step=10 %", "shape=linear")
  #expect(abs(linear[1] - 3.6) < 1e-9 && abs(linear[2] - 3.2) < 1e-9 && linear.last == 1)
  // A fifth of the dose in force, as a share; a fifth of the first: 4, 3.2, 2.4, 1.6, 1.
  #expect(try abs(doses("per-step=0.2")[2] - 2.56) < 1e-9)
  #expect(try doses("per-step=20 %", "shape=linear") == [4, 3.2, 2.4, 1.6, 1])
  let days = try rows("wean", taper + ["per-step=20 %", "shape=linear"], "schedule")
  #expect(days.compactMap { $0["day"] as? Int } == [0, 7, 14, 21, 28])
}

@Test func `a taper says when the pump can no longer run slowly enough`() throws {
  // At 0.048 mL/day of 20 mg/mL the least is 0.96 mg/day: 4 · 0.8⁶ = 1.049 runs, 4 · 0.8⁷ = 0.839, on day 49, does not.
  let flags = [
    "drug=morphine", "from=4 mg/day", "to=0.5 mg/day", "every=7 day", "per-step=20 %", "date=2026-01-01",
  ]
  #expect(
    try answer("wean", flags + ["concentration=20 mg/mL"])["dilution_needed_on"] as? String == "2026-02-19")
  // Of 10 mg/mL it is 0.48 mg/day.
  #expect(try answer("wean", flags + ["concentration=10 mg/mL"])["dilution_needed_on"] is NSNull)
}

@Test func `a mixture is made for a flow, or for the flow that an interval leaves`() throws {
  let wants = ["want=morphine 4 mg/day", "want=bupivacaine 8 mg/day"]
  func strengths(_ flags: String...) throws -> [Double] {
    try rows("admix", wants + flags, "drugs").compactMap { $0["concentration"] as? Double }
  }
  // 4 and 8 mg in 0.4 mL; 38 mL above the alarm in 95 days are 0.4 mL/day.
  #expect(try strengths("flow=0.4 mL/day") == [10, 20])
  #expect(try strengths("fill=40 mL", "interval=95 day", "alarm=2 mL") == [10, 20])
  // 36 mL in 90 days are 0.4 mL/day too.
  #expect(try strengths("fill=40 mL", "interval=90", "alarm=4 mL") == [10, 20])
}

@Test func `overfill and sample are made up too, and marks of the syringe count`() throws {
  let drug = "drug=morphine 10 mg/mL from 25 mg/mL in 20 mL"
  // 45 mL of 10 mg/mL hold 450 mg: 18 mL of stock.
  let sheet = try answer("compound", ["volume=43 mL", "overfill=1 mL", "sample=1 mL", drug])
  #expect(sheet["diluent_mL"] as? Double == 27)
  let lines = try #require(sheet["drugs"] as? [[String: Any]])
  #expect(lines[0]["stock_mL"] as? Double == 18 && lines[0]["vials"] as? Int == 1)
  // 17.2 mL are 34.4 marks of 0.5 mL: 17 mL, and two vials of 10.
  let marks = try answer(
    "compound", ["volume=43 mL", "graduation=0.5 mL", "drug=morphine 10 mg/mL from 25 mg/mL in 10 mL"])
  let coarse = try #require(marks["drugs"] as? [[String: Any]])
  #expect(coarse[0]["stock_mL"] as? Double == 17 && coarse[0]["vials"] as? Int == 2)
  #expect(abs((coarse[0]["actual"] as? Double ?? 0) - 25.0 * 17 / 43) < 1e-3)
}

@Test func `a rounding of one percent is none to speak of, and of more is`() throws {
  func codes(_ graduation: String, _ strength: String = "10 mg/mL") throws -> [Code] {
    try report(
      "compound", ["volume=20 mL", "graduation=\(graduation)", "drug=morphine \(strength) from 20 mg/mL"]
    ).outcome.codes
  }
  // 10 mL are wanted: nine marks of 1.1 mL are 9.9, one percent less; nine of 1.09 mL are 9.81.
  #expect(try !codes("1.1 mL").contains(.rounding))
  #expect(try codes("1.09 mL").contains(.rounding))
  // 2 mL are less than half a mark of 5 mL.
  #expect(try codes("5 mL", "2 mg/mL").contains(.belowSyringeMark))
  #expect(try !codes("3.9 mL", "2 mg/mL").contains(.belowSyringeMark))
}

@Test func `what is found is chosen, and refill gives it the interval that it was chosen for`() throws {
  let flags = ["drug=morphine", "dose=4 mg/day", "interval=80 day", "reservoir=40 mL"]
  let options = try rows("choose", flags, "options")
  let weakest = try #require(options.compactMap { $0["concentration"] as? Double }.min())
  // 38.6 mL over 1.145 last 80 days at 0.4214 mL/day: 9.49 mg/mL at least.
  #expect(weakest >= 4 * 80 / (38.6 / 1.145))
  for option in options {
    let strength = try #require(option["concentration"] as? Double)
    let flow = try #require(option["flow_mL_per_day"] as? Double)
    #expect(abs(flow - 4 / strength) < 1e-3)
    let plan = try answer(
      "refill",
      [
        "drug=morphine", "fill=40 mL", "dose=4 mg/day", "date=2026-01-01", "concentration=\(strength) mg/mL",
      ])
    #expect(plan["limited_by"] as? String != nil)
    let days = try #require(option["interval_days"] as? Double)
    #expect(days >= 80 && days <= (plan["days_to_alarm"] as? Double ?? 0) + 1e-6)
  }
}
