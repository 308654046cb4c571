import ThecalDosing
import ThecalFormulary
public import ThecalPump
import ThecalQuantities

extension Admixture {
  /// The mixture for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Admixture: every drug at the flow of the primary drug",
      inputs: [("Pump", .text(device.name))]
        + shares.map { ($0.part.drug.tallMan, .strength($0.part.concentration, $0.part.unit)) }
        + [
          ("Primary drug", .text(primary.drug.tallMan)), ("Its daily dose", .dose(dose, primary.unit)),
          ("Its dose in one bolus", bolus > .zero ? .mass(bolus, primary.unit) : nil),
        ],
      formulas: [
        "flow = primary dose / primary concentration", "daily dose of each drug = flow x its concentration",
        "bolus of each drug = primary bolus x its concentration / primary concentration",
      ],
      figures: [
        .number("flow_mL_per_day", "Flow", flow.exactValue(in: .millilitersPerDay), "mL/day"),
        .list("drugs", "Drugs", shares.map(\.record), .answer),
        .number("stability_days", "Shown to keep in a pump", stability?.days, "days"),
      ], outcome)
  }
}

extension Admixture.Design {
  /// The design for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Admixture: strengths for the doses wanted",
      inputs: [("Pump", .text(device.name))]
        + wanted.map { ($0.drug.tallMan, .dose($0.dose, $0.unit)) } + [("Flow", .flow(flow))],
      formulas: [
        "concentration of each drug = its daily dose / flow", "flow = (fill - alarm volume) / interval",
      ],
      figures: [
        .number("flow_mL_per_day", "Flow", flow.exactValue(in: .millilitersPerDay), "mL/day"),
        .list("drugs", "Drugs", shares.map(\.record), .answer),
      ], outcome)
  }
}

extension Admixture.Share {
  /// The share as data.
  var record: AnswerValue {
    let (drug, unit) = (part.drug, part.unit)
    let limits = drug.use?.intrathecal
    return .parts(
      ("drug", .text(drug.id)),
      ("concentration", .number(part.concentration.exactValue(in: unit.concentration))),
      ("daily", .number(unit.perDay(daily))), ("unit", .text(unit.daily)),
      ("per_bolus", .number(perBolus.exactValue(in: unit.mass))),
      ("limit", .maybe(limits?.limit.map { unit.perDay($0.value) })),
      ("concentration_limit", .maybe(limits?.strongest?.value.exactValue(in: unit.concentration))),
      ("status", .text(status.rawValue)))
  }
}
