import ThecalDosing
public import ThecalPump
import ThecalQuantities

extension BridgePlan {
  /// The plan for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Bridge bolus: from one concentration to another", inputs: inputs,
      formulas: [
        "bridge flow = bridge dose / old concentration",
        "bridge time = path / bridge flow",
        "new flow = new dose / new concentration",
        "without a bridge: new flow x old concentration, for path / new flow",
      ], figures: figures + curves, outcome)
  }

  private var inputs: [(String, Evidence?)] {
    let unit = request.unit
    return [
      ("Pump", .text(request.device.name)), ("Drug", request.drug.map { .text($0.tallMan) }),
      ("Drug in the path", request.oldDrug.map { .text($0.tallMan) }),
      ("Old concentration", .strength(request.old, unit)),
      ("New concentration", .strength(request.new, unit)),
      ("Old daily dose", .dose(request.oldDose, unit)), ("New daily dose", .dose(request.newDose, unit)),
      ("Path from reservoir to tip", .volume(request.path.volume)),
      ("Bridge keeps the old dose", request.keepsOldDose ? .text("yes") : nil),
      ("Share of the path that mixes (assumed)", .share(request.mixing)),
    ]
  }

  private var figures: [PumpReport.Figure] {
    let unit = request.unit
    return [
      .number("bridge_hours", "Bridge runs for", hours(bridgeTime), "h", .answer),
      .number("bridge_flow_mL_per_day", "Bridge flow", rate(bridgeFlow), "mL/day"),
      .number("bridge_dose", "Bridge dose", unit.perDay(bridgeDose), unit.daily, .answer),
      request.changesDrug
        ? .text("unit", "Unit of doses, each of its own drug", unit.daily)
        : .program("unit", "Unit of doses", unit.daily),
      .number("bridge_volume_mL", "Volume bridged", request.path.volume.exactValue(in: .milliliters), "mL"),
      .number("bridge_mass_old", "Old drug in the path", bridgeMass.exactValue(in: unit.mass), unit.rawValue),
      .number(
        "bridge_mass_as_new", "The same volume counted in the new strength",
        (request.new * request.path.volume).exactValue(in: unit.mass), unit.rawValue),
      .number("new_flow_mL_per_day", "New flow", rate(newFlow), "mL/day"),
      .number("unbridged_dose", "Dose without a bridge", unit.perDay(unbridgedDose), unit.daily),
      .number(
        "unbridged_percent", "Dose without a bridge, of the new dose", unbridgedFraction.map { 100 * $0 }, "%"
      ),
      .number("unbridged_hours", "For", hours(unbridgedTime), "h"),
      .number("wrong_length_hours", "Wrong bridge shown for comparison", hours(wrongTime), "h"),
      .number(
        "mixing_peak", "Highest dose where old and new mix",
        mixingPeak.map { unit.perDay($0.rate).rounded(toSignificantDigits: 4) }, unit.daily),
    ]
  }

  private func hours(_ time: Time) -> ExactNumber { time.exactValue(in: .hours) }
  private func rate(_ flow: Flow) -> ExactNumber { flow.exactValue(in: .millilitersPerDay) }

  private var curves: [PumpReport.Figure] {
    let unit = request.unit
    func points(_ course: Course) -> [AnswerValue] {
      curve(course).map { .list([.number(hours($0.time)), .number(unit.perDay($0.rate))]) }
    }
    let mixed = mixedCurve(.bridged).map { point in
      let rate = unit.perDay(Mass(point.rate_ug_per_h, .micrograms) / Time(1, .hours))
      return AnswerValue.list([.number(hours(point.time)), .number(rate.rounded(toSignificantDigits: 6))])
    }
    return [
      .list("curve", "Dose per day by hour, bridged", points(.bridged), .table),
      .list("curve_unbridged", "Dose per day by hour, without a bridge", points(.unbridged), .table),
      .list(
        "curve_wrong_length", "Dose per day by hour, bridge of the wrong length", points(.wrongLength), .table
      ),
      .list("curve_mixed", "Dose per day by hour, bridged, with mixing", mixed, .table),
    ]
  }
}
