import ThecalQuantities

extension Admixture {
  /// The mixture as a sheet and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Admixture: every drug at the flow of the primary drug",
      inputs: [("Pump", device.name)]
        + shares.map { ($0.part.drug.tallMan, $0.part.unit.text($0.part.concentration)) }
        + [
          ("Primary drug", primary.drug.tallMan), ("Its daily dose", primary.unit.text(dose)),
          ("Its dose in one bolus", bolus > .zero ? primary.unit.text(bolus) : nil),
        ],
      formulas: [
        "flow = primary dose / primary concentration", "daily dose of each drug = flow x its concentration",
        "bolus of each drug = primary bolus x its concentration / primary concentration",
      ],
      fields: [
        .number("flow_mL_per_day", "Flow", flow.millilitersPerDay, "mL/day", explains: true),
        .list("drugs", "Drugs", shares.map(Admixture.record)),
        .number("stability_days", "Shown to keep in a pump", stability?.days, "days"),
      ], settlement: settlement)
  }

  static func record(_ share: Share) -> PumpAnswer.Value {
    let (drug, unit) = (share.part.drug, share.part.unit)
    return .parts(
      ("drug", .text(drug.id)),
      ("concentration", .number(share.part.concentration.exactValue(in: unit.concentration))),
      ("daily", .number(unit.perDay(share.daily))), ("unit", .text(unit.daily)),
      ("per_bolus", .number(share.perBolus.exactValue(in: unit.mass))),
      ("limit", .maybe(drug.dailyMaximum.map { unit.perDay($0.value) })),
      ("concentration_limit", .maybe(drug.concentrationMaximum?.value.exactValue(in: unit.concentration))),
      ("status", .text(share.status.rawValue)))
  }
}
