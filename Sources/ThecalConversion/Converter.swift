public import ThecalFormulary
package import ThecalQuantities

/// Turns what a patient takes into what an intrathecal pump may start with, or refuses and says why.
///
/// The only place where an oral milligram becomes an intrathecal microgram. Ratios have a direction: on the
/// way in the largest accepted ratio is the safe end, on the way back the smallest; there is no inverse.
public struct Converter: Sendable {
  let rules: RuleBook

  /// Why a converter cannot be made.
  public enum Problem: Error, Hashable, Sendable {
    /// No table of that name; `known` are the ones there are.
    case unknownTable(id: String, known: [String])
    /// The table converts in the other direction.
    case wrongDirection(id: String)
    /// The data lacks something that every conversion needs.
    case incompleteData(String)

    /// What is wrong and what to do, as a sentence.
    public var explanation: String {
      switch self {
      case .unknownTable(let id, let known): "no table '\(id)'; there are \(known.joined(separator: ", "))"
      case .wrongDirection(let id):
        "'\(id)' converts intrathecal to oral; it is used for those rows by itself and cannot be chosen"
      case .incompleteData(let what): "the data lacks \(what); run 'thecal doctor'"
      }
    }
  }

  /// A converter that counts oral equivalents by one table and converts by another.
  public init(
    formulary: Formulary = .embedded, equivalentTable: String = "cdc_2022", ratioTable: String = "leaflet_300"
  ) throws(Problem) {
    rules = try RuleBook(formulary, equivalentTable: equivalentTable, ratioTable: ratioTable)
  }

  /// The ages and the days on a dose at which results change; between two of them nothing depends on the number.
  package var thresholds: (ages: [ExactNumber], opioidDays: [ExactNumber]) {
    let flagged = rules.flags.values.flatMap { $0.filter { $0.column == "age_years" }.compactMap(\.below) }
    return (Array(Set(flagged + [rules.riskReduction.ageYears.value])).sorted(), [rules.toleranceDays.value])
  }

  /// Converts; a refusal is a result, with its reasons and without a dose.
  ///
  /// - Parameter explaining: Whether the result carries its derivation step by step.
  public func convert(_ request: ConversionRequest, explaining: Bool = false) -> Conversion {
    var sheet = Worksheet(request, rules: rules, explaining: explaining)
    sheet.checkFacts()
    sheet.checkPlausibility()
    sheet.convert()
    if sheet.result.status >= .blocked { sheet.result.withholdDoses() }
    return sheet.result
  }
}

extension Worksheet {
  /// Chooses the conversion that the target and its route ask for.
  mutating func convert() {
    if let never = neverIntrathecal() {
      result.add(.neverIntrathecal(never.name, never.refusal))
    } else if request.targetRoute == .oral {
      convertToOral()
    } else if request.targetRoute != .intrathecal {
      result.add(.noRoute(request.targetRoute))
    } else {
      switch request.target {
      case "baclofen": convertBaclofen()
      case "morphine", "hydromorphone": convertOpioid()
      case "ziconotide": startZiconotide()
      default: refuseTarget()
      }
    }
  }

  /// A drug that must never be intrathecal and would be, by this request.
  private func neverIntrathecal() -> (name: String, refusal: Refusal)? {
    // What the formulary knows is on no list of forbidden drugs; the data's own check proves it.
    if rules.drugs[request.target] != nil && !medicineRules.contains(where: { $0 == nil }) { return nil }
    let names = request.medicines.map(\.drug) + [request.target]
    return names.lazy.compactMap { name in rules.neverIntrathecal[name].map { (name, $0) } }.first
  }

  /// Targets for which nobody has published a conversion: the consensus start stands in the message.
  private mutating func refuseTarget() {
    let range = rules.drugs[request.target]?.intrathecal?.consensus.first
    result.add(.noTarget(request.target, range: range, unit: rules.drugs[request.target]?.intrathecal?.unit))
  }
}
