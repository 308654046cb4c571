import ThecalDosing
public import ThecalPump
import ThecalQuantities

extension CompoundingSheet {
  /// The sheet for people and programs.
  public var report: PumpReport {
    PumpReport(
      "Compounding sheet",
      inputs: [("Volume to make", .volume(total)), ("Syringe marks", .volume(graduation))]
        + lines.map { ($0.ingredient.part.drug.tallMan, .text($0.ingredient.words)) },
      formulas: [
        "stock volume = concentration x volume / stock strength, rounded to the syringe",
        "diluent = volume - all stock volumes", "real concentration = stock strength x drawn volume / volume",
        "vials = drawn volume / vial volume, rounded up",
      ],
      figures: [
        .list("drugs", "Draw up", lines.map(record), .answer),
        .number(
          "diluent_mL", "Diluent (preservative-free 0.9 % saline)", diluent.exactValue(in: .milliliters),
          "mL",
          diluent < .zero ? .explains : .answer),
        .number("total_mL", "Volume made", total.exactValue(in: .milliliters), "mL"),
      ], outcome)
  }

  private func record(_ line: Line) -> AnswerValue {
    let unit = line.ingredient.part.unit
    return .parts(
      ("drug", .text(line.ingredient.part.drug.id)),
      ("stock_mL", .number(line.stockVolume.exactValue(in: .milliliters))),
      ("vials", .maybe(line.vials.map { ExactNumber($0) })),
      ("leftover_mL", .maybe(line.leftover?.exactValue(in: .milliliters))),
      ("actual", .number(line.actual.exactValue(in: unit.concentration))),
      ("unit", .text(unit.concentration.symbol)))
  }
}

extension CompoundingSheet.Ingredient {
  /// `10 mg/mL from 25 mg/mL in vials of 20 mL`.
  fileprivate var words: String {
    let from = "\(part.unit.text(part.concentration)) from \(part.unit.text(stock))"
    return vial.map { "\(from) in vials of \(ClinicalText.quantity($0, in: .milliliters))" } ?? from
  }
}
