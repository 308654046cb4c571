import ThecalDosing
import ThecalFormulary
public import ThecalQuantities

/// How a mixture is made: stock volumes, diluent, vials, and the strengths that really result.
///
/// `stock volume = concentration x total / stock strength`, rounded to the syringe, and down where the nearest mark would make a
/// solution stronger than the strongest on record; the diluent is the
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
    ///
    /// - Precondition: Stock and vial are above zero.
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

  /// What is made of a mixture.
  public struct Volumes: Hashable, Sendable {
    /// What is filled; above zero.
    public let filling: Volume
    /// What is made beyond it for the refill set.
    public let overfill: Volume
    /// What is made beyond it to be examined.
    public let sample: Volume

    /// A filling and what is made beyond it.
    ///
    /// - Precondition: `filling` is above zero, and what goes beyond it not below.
    public init(filling: Volume, overfill: Volume = .zero, sample: Volume = .zero) {
      precondition(filling > .zero && overfill >= .zero && sample >= .zero)
      (self.filling, self.overfill, self.sample) = (filling, overfill, sample)
    }

    /// All of it.
    var total: Volume { filling + overfill + sample }
  }

  /// The volume to make: filling, overfill and sample.
  public let total: Volume
  /// The finest mark of the syringe.
  public let graduation: Volume
  /// What to draw up.
  public let lines: [Line]
  /// The diluent; below zero where the request is impossible.
  public let diluent: Volume
  /// What was found.
  public let outcome: PumpOutcome

  /// A hundredth of a milliliter, the finest mark of a small syringe.
  public static let finestMark = Volume(ExactNumber(1, over: 100), .milliliters)

  /// A sheet for `volumes` of `ingredients`, drawn with a syringe of `graduation`, for `device` where it is known.
  ///
  /// - Precondition: There is an ingredient, and `graduation` is above zero.
  public init(
    _ ingredients: [Ingredient], making volumes: Volumes, graduation: Volume = finestMark,
    device: PumpDevice? = nil
  ) {
    precondition(!ingredients.isEmpty && graduation > .zero)
    let total = volumes.total
    self.total = total
    self.graduation = graduation
    var checks = PumpChecks()
    checks.checkSizes(volumes, graduation, ingredients.compactMap(\.vial))
    lines = ingredients.map { CompoundingSheet.line($0, total: total, graduation: graduation) }
    let diluent = lines.reduce(total) { $0 - $1.stockVolume }
    self.diluent = diluent
    for line in lines { checks.checkWritten(line.ingredient) }
    // What comes of a request that is refused is no result: neither volumes nor strengths of it are spoken of.
    if diluent < .zero || !checks.isRefused {
      checks.check(
        diluent >= .zero, passed: (.stocksFit, .diluent), failed: (.stocksTooLarge, .negativeDiluent),
        diluent >= .zero ? [.volume(diluent)] : [.volume(total - diluent), .volume(total)], severity: .blocked
      )
    }
    if !checks.isRefused { for line in lines { checks.checkCompounded(line) } }
    if let device { checks.checkLabel(of: ingredients.map(\.part.drug), on: device) }
    outcome = checks.outcome(
      diluent < .zero
        ? CompoundingSheet.advice(ingredients, total: total) : PumpChecks.instead(.finerMarks))
  }

  private static func line(_ ingredient: Ingredient, total: Volume, graduation: Volume) -> Line {
    let written = ingredient.part.concentration
    let wanted = (written * total) / ingredient.stock
    var drawn = (wanted / graduation).rounded(toPlaces: 0) * graduation
    // To the nearest mark, but never to a solution that is stronger than the strongest where the one written is not.
    if let strongest = ingredient.part.drug.use?.intrathecal?.strongest?.value, written <= strongest,
      ingredient.stock * drawn > strongest * total
    {
      drawn = drawn - graduation
    }
    let vials = ingredient.vial.map { (drawn / $0).count }
    let leftover = ingredient.vial.flatMap { vial in vials.map { ExactNumber($0) * vial - drawn } }
    return Line(
      ingredient: ingredient, stockVolume: drawn, vials: vials, leftover: leftover,
      actual: (ingredient.stock * drawn) / total)
  }

  /// All strengths lowered together until the stocks fit.
  private static func advice(_ ingredients: [Ingredient], total: Volume) -> Finding {
    let needed = ingredients.reduce(Volume.zero) { $0 + ($1.part.concentration * total) / $1.stock }
    let factor = total / needed
    let parts = ingredients.flatMap { ingredient -> [Evidence] in
      let unit = ingredient.part.unit
      let strength = (factor * ingredient.part.concentration)
        .roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return [.drug(ingredient.part.drug.id), .strength(strength, unit)]
    }
    return PumpChecks.instead(.strengthsFromStocks, [.list(parts)])
  }
}

extension PumpChecks {
  /// How far rounding to the syringe may move a strength before it is named, as a fraction.
  private static var roundingTolerance: ExactNumber { ExactNumber(1, over: 100) }

  /// How many times stronger than what is sold and allowed a stock may be before nobody can have it: this project's own.
  private static var strongestStock: ExactNumber { ExactNumber(10) }

  /// Looks for slips in the volumes of a compounding sheet.
  fileprivate mutating func checkSizes(
    _ volumes: CompoundingSheet.Volumes, _ mark: Volume, _ vials: [Volume],
    _ rules: PumpRules = Formulary.embedded.pumpRules
  ) {
    func check(_ volume: Volume, _ name: PumpRules.Size.Name, _ words: String) {
      checkSize(volume, name, as: words, in: .milliliters, rules)
    }
    check(volumes.filling, .compounded, "volume to fill")
    // An overfill or a sample may be small; one that is larger than the filling is held against what is ever made.
    if volumes.overfill > volumes.filling { check(volumes.overfill, .compounded, "overfill") }
    if volumes.sample > volumes.filling { check(volumes.sample, .compounded, "sample") }
    check(mark, .syringeMark, "finest mark of the syringe")
    for vial in vials { check(vial, .vial, "volume of a vial") }
  }

  /// Checks what was asked for in a line of a compounding sheet: the drug, its strength, the stock.
  fileprivate mutating func checkWritten(_ ingredient: CompoundingSheet.Ingredient) {
    let part = ingredient.part
    check(part.drug, strength: part.concentration)
    if part.drug.use?.intrathecal != nil { checkStock(ingredient) }
  }

  /// Checks what comes of a line: the strength that really results, its rounding, the vials.
  fileprivate mutating func checkCompounded(_ line: CompoundingSheet.Line) {
    let (part, drug) = (line.ingredient.part, Evidence.drug(line.ingredient.part.drug.id))
    if line.stockVolume == .zero { add(.belowSyringeMark, .belowSyringeMark, .blocked, [drug]) }
    let change = line.actual / part.concentration - 1
    if max(change, -change) > PumpChecks.roundingTolerance {
      add(
        .roundingLarge, .rounding, .review,
        [drug, .strength(line.actual, part.unit), .strength(part.concentration, part.unit)])
    } else {
      add(.roundingSmall, .rounding, .passed, [drug])
    }
    if line.vials == nil { add(.vialUnknown, .vialSizeUnknown, .note, [drug]) }
  }

  /// Looks for a slip in the strength of a stock: one that is not sold where a thousandth, a thousandfold or a tenth of it is,
  /// or one that is stronger than anybody can make.
  private mutating func checkStock(_ ingredient: CompoundingSheet.Ingredient) {
    let (drug, stock, unit) = (ingredient.part.drug, ingredient.stock, ingredient.part.unit)
    let sold = drug.supply.map(\.strength)
    let allowed = drug.use?.intrathecal?.strongest?.value
    let most = (sold + [allowed].compactMap { $0 }).max()
    let isImpossible = most.map { stock > PumpChecks.strongestStock * $0 } ?? false
    let isTooWeak = stock < ingredient.part.concentration
    guard !sold.contains(stock), isImpossible || isTooWeak || allowed.map({ stock > $0 }) ?? false else {
      return
    }
    let candidates: [(Slip, Concentration)] = [
      (.milligramsForMicrograms, stock / 1_000), (.microgramsForMilligrams, 1_000 * stock),
      (.tenfold, stock / 10),
    ]
    let meant = candidates.filter { sold.contains($0.1) || (isImpossible && $0.1 <= (most ?? .zero)) }
    let slips = meant.map {
      Evidence.slip($0.0, $0.1.exactValue(in: unit.concentration), unit.concentration.symbol)
    }
    if !slips.isEmpty {
      add(.slipOfStock, .typoSuspected, .blocked, [.drug(drug.id), .strength(stock, unit), .either(slips)])
    } else if isImpossible, let most {
      add(
        .impossibleStock, .implausibleDose, .blocked,
        [.drug(drug.id), .strength(stock, unit), .strength(PumpChecks.strongestStock * most, unit)])
    }
  }
}
