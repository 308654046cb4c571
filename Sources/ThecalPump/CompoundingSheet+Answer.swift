import ThecalQuantities

extension CompoundingSheet {
  /// The sheet for people and as data.
  public var answer: PumpAnswer {
    PumpAnswer(
      "Compounding sheet",
      inputs: [("Volume to make", total.text), ("Syringe marks", graduation.text)]
        + lines.map { line in
          let (part, unit) = (line.ingredient.part, line.ingredient.part.unit)
          let vial = line.ingredient.vial.map { " in vials of \($0.text)" } ?? ""
          return (
            part.drug.tallMan,
            "\(unit.text(part.concentration)) from \(unit.text(line.ingredient.stock))\(vial)"
          )
        },
      formulas: [
        "stock volume = concentration x volume / stock strength, rounded to the syringe",
        "diluent = volume - all stock volumes", "real concentration = stock strength x drawn volume / volume",
        "vials = drawn volume / vial volume, rounded up",
      ],
      fields: [
        .list("drugs", "Draw up", lines.map(record)),
        .number(
          "diluent_mL", "Diluent (preservative-free 0.9 % saline)", diluent.milliliters, "mL", explains: true),
        .number("total_mL", "Volume made", total.milliliters, "mL"),
      ], settlement: settlement)
  }

  private func record(_ line: Line) -> PumpAnswer.Value {
    let unit = line.ingredient.part.unit
    return .parts(
      ("drug", .text(line.ingredient.part.drug.id)), ("stock_mL", .number(line.stockVolume.milliliters)),
      ("vials", line.vials.map { .number(ExactNumber($0)) } ?? .none),
      ("leftover_mL", .maybe(line.leftover?.milliliters)),
      ("actual", .number(line.actual.exactValue(in: unit.concentration))),
      ("unit", .text(unit.concentration.symbol)))
  }
}
