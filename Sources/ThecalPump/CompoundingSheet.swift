public import ThecalQuantities

/// How a mixture is made: stock volumes, diluent, vials, and the strengths that really result.
///
/// `stock volume = concentration x total / stock strength`, rounded to the syringe; the diluent is the
/// rest, and the strengths are computed again from the rounded volumes, because those are programmed.
public struct CompoundingSheet: Sendable {
  /// A drug and the stock that it comes from.
  public struct Ingredient: Sendable {
    /// The drug, its wanted strength and its unit.
    public let part: Admixture.Part
    /// The strength of the stock; above zero.
    public let stock: Concentration
    /// What a vial of the stock holds; nil where unknown.
    public let vial: Volume?

    /// `part` from `stock` in vials of `vial`.
    public init(_ part: Admixture.Part, from stock: Concentration, vial: Volume? = nil) {
      precondition(stock > .zero)
      precondition(vial.map { $0 > .zero } ?? true)
      self.part = part
      self.stock = stock
      self.vial = vial
    }
  }

  /// What to draw up of one stock.
  public struct Line: Sendable {
    /// The ingredient.
    public let ingredient: Ingredient
    /// The volume to draw, rounded to the syringe.
    public let stockVolume: Volume
    /// The vials to open.
    public let vials: Int?
    /// What is left over in them.
    public let leftover: Volume?
    /// The strength that really results.
    public let actual: Concentration
  }

  /// The volume to make: filling, overfill and sample.
  public let total: Volume
  /// The finest mark of the syringe.
  public let graduation: Volume
  /// What to draw up.
  public let lines: [Line]
  /// The diluent; below zero where the request is impossible.
  public let diluent: Volume
  let settlement: PumpSettlement

  /// A hundredth of a milliliter, the finest mark of a small syringe.
  public static let finestMark = Volume(ExactNumber(1, over: 100), .milliliters)

  /// A sheet for `total` of `ingredients`, drawn with a syringe of `graduation`.
  public init(_ ingredients: [Ingredient], total: Volume, graduation: Volume = finestMark) {
    precondition(!ingredients.isEmpty && total > .zero && graduation > .zero)
    self.total = total
    self.graduation = graduation
    var ledger = PumpLedger()
    lines = ingredients.map { CompoundingSheet.line($0, total: total, graduation: graduation) }
    diluent = lines.reduce(total) { $0 - $1.stockVolume }
    ledger.check(
      diluent >= .zero, diluent >= .zero ? "DILUENT" : "NEGATIVE_DILUENT",
      passed: "The stocks fit: \(diluent.text) of diluent.",
      failed: "The stocks alone need \((total - diluent).text), more than the \(total.text) to be made.")
    for line in lines { ledger.checkCompounded(line) }
    settlement = ledger.settle(
      alternative: diluent < .zero
        ? CompoundingSheet.advice(ingredients, total: total)
        : "a syringe with finer marks, or a stock that was diluted before.")
  }

  private static func line(_ ingredient: Ingredient, total: Volume, graduation: Volume) -> Line {
    let wanted = (ingredient.part.concentration * total) / ingredient.stock
    let marks = (wanted / graduation).rounded(toPlaces: 0)
    let drawn = marks * graduation
    let vials = ingredient.vial.map { (drawn / $0).count }
    let leftover = ingredient.vial.flatMap { vial in vials.map { ExactNumber($0) * vial - drawn } }
    return Line(
      ingredient: ingredient, stockVolume: drawn, vials: vials, leftover: leftover,
      actual: (ingredient.stock * drawn) / total)
  }

  /// All strengths lowered together until the stocks fit, or the stock that would be needed.
  private static func advice(_ ingredients: [Ingredient], total: Volume) -> String {
    let needed = ingredients.reduce(Volume.zero) { $0 + ($1.part.concentration * total) / $1.stock }
    let factor = total / needed
    let parts = ingredients.map { ingredient in
      let unit = ingredient.part.unit
      let strength = (factor * ingredient.part.concentration)
        .roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return "\(ingredient.part.drug.tallMan) \(unit.text(strength))"
    }
    return "\(parts.joined(separator: ", ")) from the same stocks, undiluted; or stronger stocks."
  }
}

extension PumpLedger {
  /// How far rounding to the syringe may move a strength before it is named, as a fraction.
  private static var roundingTolerance: ExactNumber { ExactNumber(1, over: 100) }

  /// Checks a line of a compounding sheet: stock, rounding, vials, strength limit.
  fileprivate mutating func checkCompounded(_ line: CompoundingSheet.Line) {
    let (part, name) = (line.ingredient.part, line.ingredient.part.drug.tallMan)
    if line.stockVolume == .zero {
      add("BELOW_SYRINGE_MARK", .block, "\(name): less than half a mark of the syringe; predilute the stock.")
    }
    let change = line.actual / part.concentration - 1
    let size = change < .zero ? -change : change
    if size > PumpLedger.roundingTolerance {
      add(
        "ROUNDING", .review,
        "\(name): rounding to the syringe gives \(part.unit.text(line.actual)) instead of "
          + "\(part.unit.text(part.concentration)); programme the real strength.")
    } else {
      add("ROUNDING", .passed, "\(name): rounding to the syringe moves the strength by less than 1 %.")
    }
    if line.vials == nil {
      add("VIAL_SIZE_UNKNOWN", .note, "\(name): the vial size is unknown; state it to count vials.")
    }
    let limited = Admixture.Part(
      part.drug, line.actual > .zero ? line.actual : part.concentration, unit: part.unit)
    _ = checkLimits(of: limited)
  }
}
