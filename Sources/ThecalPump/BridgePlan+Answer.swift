import ThecalQuantities

extension BridgePlan {
  /// The plan as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Bridge bolus: from one concentration to another", inputs: inputs,
      formulas: [
        "bridge flow = bridge dose / old concentration",
        "bridge time = path / bridge flow",
        "new flow = new dose / new concentration",
        "without a bridge: new flow x old concentration, for path / new flow",
      ],
      fields: figures + curves, settlement: settlement)
  }

  private var inputs: [(String, String?)] {
    [
      ("Pump", request.device.name), ("Old concentration", request.unit.text(request.old)),
      ("New concentration", request.unit.text(request.new)),
      ("Old daily dose", request.unit.text(request.oldDose)),
      ("New daily dose", request.unit.text(request.newDose)),
      ("Path from reservoir to tip", request.path.volume.text),
      ("Bridge keeps the old dose", request.keepsOldDose ? "yes" : nil),
      ("Share of the path that mixes (assumed)", request.mixing.text),
    ]
  }

  private var figures: [PumpAnswer.Field] {
    let unit = request.unit
    return [
      .number("bridge_dose", "Bridge dose", unit.perDay(bridgeDose), unit.daily),
      .text("unit", "Unit of doses", unit.daily),
      .number("bridge_hours", "Bridge runs for", bridgeTime.hours, "h"),
      .number(
        "bridge_flow_mL_per_day", "Bridge flow", bridgeFlow.millilitersPerDay, "mL/day", explains: true),
      .number("bridge_volume_mL", "Volume bridged", request.path.volume.milliliters, "mL"),
      .number(
        "bridge_mass_old", "Old drug in the path", bridgeMass.exactValue(in: unit.mass), unit.rawValue),
      .number(
        "bridge_mass_as_new", "The same volume counted in the new strength",
        (request.new * request.path.volume).exactValue(in: unit.mass), unit.rawValue),
      .number("new_flow_mL_per_day", "New flow", newFlow.millilitersPerDay, "mL/day", explains: true),
      .number(
        "unbridged_dose", "Dose without a bridge", unit.perDay(unbridgedDose), unit.daily, explains: true),
      .number(
        "unbridged_percent", "Dose without a bridge, of the new dose", ExactNumber(100) * unbridgedFraction,
        "%",
        explains: true),
      .number("unbridged_hours", "For", unbridgedTime.hours, "h", explains: true),
      .number("wrong_length_hours", "Wrong bridge shown for comparison", wrongTime.hours, "h"),
    ]
  }

  private var curves: [PumpAnswer.Field] {
    let unit = request.unit
    func points(_ course: Course) -> [PumpAnswer.Value] {
      curve(course).map { .list([.number($0.time.hours), .number(unit.perDay($0.rate))]) }
    }
    let mixed = mixedCurve(.bridged).map { point in
      let rate = unit.perDay(Mass(point.rate_ug_per_h, .micrograms) / Time(1, .hours))
      return PumpAnswer.Value.list([.number(point.time.hours), .number(rate.rounded(toSignificantDigits: 6))])
    }
    return [
      .list("curve", "Dose per day by hour, bridged", points(.bridged)),
      .list("curve_unbridged", "Dose per day by hour, without a bridge", points(.unbridged)),
      .list("curve_wrong_length", "Dose per day by hour, bridge of the wrong length", points(.wrongLength)),
      .list("curve_mixed", "Dose per day by hour, bridged, with mixing", mixed),
    ]
  }
}
