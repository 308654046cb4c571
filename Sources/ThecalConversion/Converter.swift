public import ThecalDosing
public import ThecalFormulary
import ThecalQuantities

/// Turns what a patient takes into what an intrathecal pump may start with, or refuses and says why.
///
/// The only place where an oral milligram becomes an intrathecal microgram. Ratios have a direction: on the
/// way in the largest accepted ratio is the safe end, on the way back the smallest; there is no inverse. What a first dose may be,
/// what is a slip and what must never be given, `DosingRules` says.
public struct Converter: Sendable {
  /// The clinical rules.
  public let rules: DosingRules
  let ratios: RatioBook

  /// Why a converter cannot be made.
  public enum Problem: Error, Hashable, Sendable {
    /// No table of that name; `known` are the ones there are.
    case unknownTable(id: String, known: [String])
    /// The table converts in the other direction.
    case wrongDirection(id: String)
    /// The data lacks something that every conversion needs.
    case incompleteData(String)
  }

  /// The ratio table that is used where none is named.
  public static let usualRatios = "leaflet_300"

  /// A converter that counts oral equivalents by one table and converts by another.
  public init(
    formulary: Formulary = .embedded, equivalentTable: String = DosingRules.usualTable,
    ratioTable: String = Converter.usualRatios
  ) throws(Problem) {
    guard let rules = DosingRules(formulary, equivalentTable: equivalentTable) else {
      throw .unknownTable(id: equivalentTable, known: formulary.oralEquivalentIDs)
    }
    self.rules = rules
    ratios = try RatioBook(formulary, ratioTable: ratioTable)
  }

  /// Converts; a refusal is a result, with its reasons and without a dose.
  ///
  /// - Parameter explaining: Whether the result carries its derivation step by step.
  public func convert(_ request: ConversionRequest, explaining: Bool = false) -> Conversion {
    var calculation = ConversionCalculation(request, self, explaining: explaining)
    calculation.run()
    return calculation.result
  }
}
