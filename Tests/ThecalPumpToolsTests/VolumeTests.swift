import Foundation
import Testing
import Thecal
import ThecalPumpTools

/// A volume of a tool: its flag, what is ordinary, and what must be called a slip.
struct VolumePlace: Sendable, CustomTestStringConvertible {
  let tool: String
  let rest: [String]
  let flag: String
  let ordinary: [String]
  let slips: [String]

  var testDescription: String { "\(tool) \(flag)" }

  static let solution = ["concentration=10 mg/mL"]
  static let refill = solution + ["dose=4 mg/day", "date=2026-01-01"]
  static let visit = ["flow=0.25 mL/day", "days=60"]
  static let stock = ["drug=morphine 10 mg/mL from 25 mg/mL"]
  static let want = ["want=morphine 4 mg/day", "interval=30 day"]

  static let all = [
    VolumePlace(
      tool: "refill", rest: refill, flag: "fill", ordinary: ["18 mL", "40 mL"],
      slips: ["18 L", "40 L", "400 mL", "180 mL"]),
    VolumePlace(
      tool: "refill", rest: refill + ["fill=40 mL"], flag: "alarm", ordinary: ["1 mL", "12 mL"],
      slips: ["1 L", "2 L", "0.002 mL"]),
    VolumePlace(
      tool: "refill", rest: refill + ["fill=40 mL"], flag: "residual", ordinary: ["0 mL", "1.4 mL"],
      slips: ["1.4 L", "14 mL"]),
    VolumePlace(
      tool: "choose", rest: ["drug=morphine", "dose=4 mg/day", "interval=30 day"], flag: "reservoir",
      ordinary: ["20 mL"], slips: ["20 L", "200 mL"]),
    VolumePlace(
      tool: "choose", rest: ["drug=morphine", "dose=4 mg/day", "interval=30 day", "reservoir=40 mL"],
      flag: "alarm", ordinary: ["2 mL"], slips: ["2 L"]),
    VolumePlace(
      tool: "choose", rest: ["drug=morphine", "dose=4 mg/day", "interval=30 day", "reservoir=40 mL"],
      flag: "residual", ordinary: ["1.4 mL"], slips: ["1.4 L"]),
    VolumePlace(
      tool: "admix", rest: want, flag: "fill", ordinary: ["20 mL"], slips: ["20 L"]),
    VolumePlace(
      tool: "admix", rest: want + ["fill=20 mL"], flag: "alarm", ordinary: ["2 mL"], slips: ["2 L"]),
    VolumePlace(
      tool: "compound", rest: stock, flag: "volume", ordinary: ["18 mL", "43 mL", "200 mL"],
      slips: ["20 L", "43 L", "2 L", "0.02 mL"]),
    VolumePlace(
      tool: "compound", rest: stock + ["volume=40 mL"], flag: "overfill", ordinary: ["0.3 mL", "3 mL"],
      slips: ["3 L"]),
    VolumePlace(
      tool: "compound", rest: stock + ["volume=40 mL"], flag: "sample", ordinary: ["0 mL", "1 mL"],
      slips: ["1 L"]),
    VolumePlace(
      tool: "compound", rest: stock + ["volume=40 mL"], flag: "graduation", ordinary: ["0.01 mL", "1 mL"],
      slips: ["1 L", "0.5 L"]),
    VolumePlace(
      tool: "compound", rest: ["volume=40 mL"], flag: "drug",
      ordinary: ["morphine 10 mg/mL from 25 mg/mL in 20 mL"],
      slips: ["morphine 10 mg/mL from 25 mg/mL in 20 L"]),
    VolumePlace(
      tool: "washout", rest: ["rinse=2 mL", "times=3"], flag: "residual", ordinary: ["1.4 mL"],
      slips: ["1.4 L", "14 mL"]),
    VolumePlace(
      tool: "washout", rest: ["residual=1.4 mL", "times=3"], flag: "rinse", ordinary: ["2 mL"], slips: ["2 L"]
    ),
    VolumePlace(
      tool: "washout", rest: ["rinse=2 mL", "times=3", "old=5 mg/mL", "new=10 mg/mL"], flag: "fill",
      ordinary: ["20 mL"], slips: ["20 L"]),
    VolumePlace(
      tool: "pocket-fill", rest: solution, flag: "volume", ordinary: ["0.5 mL", "20 mL"], slips: ["20 L"]),
    VolumePlace(
      tool: "discrepancy", rest: visit + ["found=8.5 mL"], flag: "previous", ordinary: ["20 mL"],
      slips: ["20 L"]),
    VolumePlace(
      tool: "discrepancy", rest: visit + ["previous=20 mL"], flag: "found", ordinary: ["8.5 mL"],
      slips: ["8.5 L"]),
    VolumePlace(
      tool: "discrepancy", rest: visit + ["previous=20 mL", "found=8.5 mL"], flag: "extra",
      ordinary: ["2 mL"], slips: ["2 L"]),
    VolumePlace(
      tool: "discrepancy", rest: visit + ["previous=20 mL", "found=8.5 mL"], flag: "residual",
      ordinary: ["1.4 mL"], slips: ["1.4 L"]),
    VolumePlace(
      tool: "bridge",
      rest: ["old=5 mg/mL", "new=10 mg/mL", "old-dose=4 mg/day", "new-dose=4 mg/day"], flag: "path",
      ordinary: ["0.331 mL"], slips: ["331 mL", "0.331 L", "3.31 mL"]),
    VolumePlace(
      tool: "bridge",
      rest: ["old=5 mg/mL", "new=10 mg/mL", "old-dose=4 mg/day", "new-dose=4 mg/day", "path=0.331 mL"],
      flag: "wrong-path", ordinary: ["0.2 mL"], slips: ["200 mL"]),
    VolumePlace(
      tool: "prime", rest: solution + ["length=60 cm", "per-length=0.0022 mL/cm"], flag: "tubing",
      ordinary: ["0 mL", "0.199 mL"], slips: ["199 mL"]),
  ]
}

@Test(arguments: VolumePlace.all) func `a volume that cannot be meant is refused with its slip named`(
  place: VolumePlace
) throws {
  for volume in place.ordinary {
    let found = try report(place.tool, place.rest + ["\(place.flag)=\(volume)"])
    #expect(!found.outcome.codes.contains(.typoSuspected), "\(volume): \(found.message)")
  }
  for volume in place.slips {
    let found = try report(place.tool, place.rest + ["\(place.flag)=\(volume)"])
    #expect(found.outcome.isRefused && found.outcome.codes.contains(.typoSuspected), "\(volume)")
    #expect(found.message.contains("one slip would explain it"), "\(volume)")
  }
}

@Test func `an alarm that does not lie below the filling leaves no flow, and none is made`() throws {
  let design = try answer("admix", VolumePlace.want + ["fill=20 mL", "alarm=20 mL"])
  #expect(design["status"] as? String == "blocked" && design["codes"] as? [String] == ["ALARM_ABOVE_FILL"])
  #expect(design["flow_mL_per_day"] is NSNull && (design["drugs"] as? [Any])?.isEmpty == true)
  #expect(
    try !report("admix", VolumePlace.want + ["fill=20 mL", "alarm=19 mL"]).outcome.codes.contains(
      .alarmAboveFill))
}

@Test func `a pocket fill that is refused names no mass, and still what to do`() throws {
  // The label of baclofen ends at 2,000 mcg/mL.
  let refused = try report("pocket-fill", ["volume=20 mL", "concentration=2500 mcg/mL", "drug=baclofen"])
  #expect(refused.outcome.isRefused && refused.outcome.codes.contains(.pocketFill))
  #expect(refused.message.contains("treat as overdose") && !refused.message.contains("50,000"))
  let made = try report("pocket-fill", ["volume=20 mL", "concentration=2000 mcg/mL", "drug=baclofen"])
  #expect(!made.outcome.isRefused && made.message.contains("40,000 mcg outside the pump"))
}

@Test func `doses of two drugs have no peak and no curve together`() throws {
  let bridge = ["old=5 mg/mL", "new=10 mg/mL", "old-dose=4 mg/day", "new-dose=4 mg/day", "path=0.331 mL"]
  let one = try answer("bridge", bridge)
  #expect(one["mixing_peak"] is Double && (one["curve_mixed"] as? [Any])?.isEmpty == false)
  let two = try answer("bridge", bridge + ["other-drug"])
  #expect(two["mixing_peak"] is NSNull && (two["curve_mixed"] as? [Any])?.isEmpty == true)
  #expect(two["unbridged_percent"] is NSNull)
}

@Test func `a day that follows from dates in the wrong order is not named`() throws {
  let battery = ["implanted=2026-03-01", "as-of=2026-11-26"]
  let refused = try report("battery", battery + ["alarmed=2020-10-01"])
  #expect(refused.outcome.isRefused && !refused.message.contains("2020-12-30"))
  #expect(
    try report("battery", ["implanted=2016-03-01", "as-of=2026-11-26"]).message.contains("replace it now"))
}

@Test func `what is refused says nothing of what would result`() throws {
  // 0.331 mL of 2,000 mcg/mL hold 662 mcg, 6.62 days of 100 mcg; of 2,500 mcg/mL, which are refused, nothing is said.
  let path = [
    "length=60 cm", "per-length=0.0022 mL/cm", "tubing=0.199 mL", "dose=100 mcg/day", "drug=baclofen",
  ]
  #expect(try report("prime", path + ["concentration=2000 mcg/mL"]).message.contains("6.62 daily doses"))
  let refused = try report("prime", path + ["concentration=2500 mcg/mL"])
  #expect(refused.outcome.isRefused && !refused.message.contains("daily doses"))
}

@Test(arguments: ["0.001 mL/day", "25 mL/day", "0.25 mL/h"])
func `volumes are not compared at a flow that the pump cannot run`(flow: String) throws {
  let visit = ["previous=20 mL", "days=60", "found=8.5 mL"]
  let refused = try answer("discrepancy", visit + ["flow=\(flow)"])
  #expect(refused["status"] as? String == "blocked")
  for key in ["expected_mL", "delta_mL", "ratio"] { #expect(refused[key] is NSNull, "\(key)") }
  #expect((refused["visits"] as? [Any])?.isEmpty == true)
  // 20 − 60 · 0.25 = 5 mL are expected; where a cause must come first they explain the refusal.
  #expect(try answer("discrepancy", visit + ["flow=0.25 mL/day"])["delta_mL"] as? Double == 3.5)
  let stalled = try answer("discrepancy", ["previous=20 mL", "days=60", "found=19 mL", "flow=0.25 mL/day"])
  #expect(stalled["status"] as? String == "blocked" && stalled["delta_mL"] as? Double == 14)
}
