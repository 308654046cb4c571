public import ThecalQuantities

/// Rules and findings about pumps that hold for every make.
public struct PumpRules: Hashable, Sendable {
  /// When the volume found at a refill is not the volume expected.
  public struct Discrepancy: Hashable, Sendable, Decodable {
    /// A possible cause.
    public struct Cause: Hashable, Sendable, Decodable, Identifiable {
      /// What the volume shows of it.
      public enum Direction: String, Hashable, Sendable, Decodable {
        /// Less than expected was delivered.
        case under
        /// More than expected left the reservoir.
        case over
        /// The volume does not show it.
        case none
        /// Nothing that can be delivered is left.
        case dry
      }

      /// The id of the cause.
      public let id: String
      /// What the volume shows.
      public let direction: Direction
      /// The cause in words.
      public let text: String
    }

    /// The difference that asks for an evaluation, in mL.
    public let evaluateAboveML: Cited<ExactNumber>
    /// The other rules, in words.
    public let evaluateOutsideAccuracy, trendRule, causeFirst: Statement
    /// Possible causes.
    public let causes: [Cause]
    /// What makes a pump over-deliver.
    public let overInfusionRisks: [Statement]
  }

  /// When to refill.
  public struct Refill: Hashable, Sendable, Decodable {
    /// How long before the alarm a clinic refills.
    public let leadDays: CitedRange
    /// The volume that must not be used up, by drug.
    public let reserve: [StoppingRules.PerDrug]
    /// The flow that suits effect, refills and life.
    public let comfortableFlow: CitedRange
  }

  /// Boluses that the patient sets off.
  public struct PatientBolus: Hashable, Sendable, Decodable {
    /// The rule for patients without tolerance.
    public let opioidNaive: Statement
    /// One bolus as a share of the daily dose, the time locked after it, the number a day.
    public let sharePercent, lockoutHours, perDayMax: CitedRange
    /// All boluses of a day as a share of the daily dose: at most.
    public let totalPercentMax: CitedRange
    /// What boluses can be expected to do.
    public let usefulness: Statement
  }

  /// A hazard seen in the world, and the check that stands against it.
  public struct Hazard: Hashable, Sendable, Decodable, Identifiable {
    /// The id of the hazard.
    public let id: String
    /// What goes wrong, how it came about, what it does, and what prevents it.
    public let hazard, cause, harm, control: String
  }

  /// The acidity of a product.
  public struct Acidity: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The product.
    public let product: String
    /// The range of pH.
    public let range: CitedRange

    private enum CodingKeys: String, CodingKey { case drug, product }

    /// Reads drug and product and, from the same object, the cited range.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      product = try entry.decode(String.self, forKey: .product)
      range = try CitedRange(from: decoder)
    }
  }

  /// When a volume is not as expected.
  public let discrepancy: Discrepancy
  /// When to refill.
  public let refill: Refill
  /// Boluses that the patient sets off.
  public let patientBolus: PatientBolus
  /// The chance that a refill goes into the pocket.
  public let pocketFillPerRefill: Cited<ExactNumber>
  /// Hazards, each with its check.
  public let hazards: [Hazard]
  /// How far compounded mixtures were from their label, in percent; the drug `any` is the share that was far off.
  public let mixtureDeviations: [StoppingRules.PerDrug]
  /// The acidity of products.
  public let acidity: [Acidity]
  /// The pH at or below which a solution must not go into a pump.
  public let acidityMinimum: Cited<ExactNumber>
  /// Sizes outside which a figure about a pump is a slip.
  public let sizes: [Size]
  /// How delivery is taken up again, by drug and length of the gap.
  public let restarts: [RestartRule]

  init(_ files: DataFiles) {
    discrepancy = files.require("rules/discrepancy.json")
    refill = files.require("rules/refill.json")
    patientBolus = files.require("rules/patient_bolus.json")
    pocketFillPerRefill = files.require("rules/pocket_fill.json", as: PocketFill.self).perRefill
    hazards = files.require("rules/pump_hazards.json", as: HazardList.self).hazards
    mixtureDeviations = files.require("rules/accuracy_of_mixtures.json", as: RowList.self).rows
    sizes = files.require("rules/pump_sizes.json", as: SizeList.self).sizes
    restarts = files.require("rules/restart.json", as: RestartList.self).rules
    let solutions: AcidityList = files.require("stability/acidity.json")
    acidity = solutions.rows
    acidityMinimum = solutions.pumpMinimum
  }

  /// Reads a file about pumps as what it should be.
  static func decode(_ path: String, _ files: DataFiles) throws {
    switch path {
    case "rules/discrepancy.json": _ = try files.decode(path, as: Discrepancy.self)
    case "rules/refill.json": _ = try files.decode(path, as: Refill.self)
    case "rules/patient_bolus.json": _ = try files.decode(path, as: PatientBolus.self)
    case "rules/pocket_fill.json": _ = try files.decode(path, as: PocketFill.self)
    case "rules/pump_hazards.json": _ = try files.decode(path, as: HazardList.self)
    case "rules/accuracy_of_mixtures.json":
      _ = try files.decode(path, as: RowList<StoppingRules.PerDrug>.self)
    case "rules/pump_sizes.json": _ = try files.decode(path, as: SizeList.self)
    case "rules/restart.json": _ = try files.decode(path, as: RestartList.self)
    case "stability/acidity.json": _ = try files.decode(path, as: AcidityList.self)
    default: throw DataFiles.UnknownFile(path: path)
    }
  }
}

private struct PocketFill: Decodable { let perRefill: Cited<ExactNumber> }
private struct HazardList: Decodable { let hazards: [PumpRules.Hazard] }

private struct SizeList: Decodable { let sizes: [PumpRules.Size] }
private struct RestartList: Decodable { let rules: [RestartRule] }

private struct AcidityList: Decodable {
  let pumpMinimum: Cited<ExactNumber>
  let rows: [PumpRules.Acidity]
}
