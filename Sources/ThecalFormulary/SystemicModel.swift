public import ThecalQuantities

extension Formulary {
  /// A published model of a drug in plasma: its structure, the parameters of a population, and how people vary.
  public struct SystemicModel: Hashable, Sendable, Decodable, Identifiable {
    /// How a parameter varies between people, log-normally around its value.
    public struct Spread: Hashable, Sendable, Decodable {
      /// What a percentage of spread means.
      public enum Scale: String, Hashable, Sendable, Decodable {
        /// A coefficient of variation.
        case coefficientOfVariation = "cv"
        /// The standard deviation of the natural logarithm.
        case logarithmic = "omega"
      }

      /// The percentage.
      public let value: Cited<ExactNumber>
      /// What it means.
      public let scale: Scale

      private enum CodingKeys: String, CodingKey { case scale }

      /// Reads the percentage and its scale.
      public init(from decoder: any Decoder) throws {
        scale = try decoder.container(keyedBy: CodingKeys.self).decode(Scale.self, forKey: .scale)
        value = try Cited(from: decoder)
      }
    }

    /// A parameter with its value and spread.
    public struct Parameter: Hashable, Sendable, Decodable {
      /// Its name, as the field spells it: `CL`, `V`, `Q`, `V2`, `Q3`, `V3`, `KA`, `F`, `ALAG`.
      public let name: String
      /// The value of the person in the middle.
      public let value: Cited<ExactNumber>
      /// How people vary; nil where the source does not say.
      public let spread: Spread?

      private enum CodingKeys: String, CodingKey { case name, spread }

      /// Reads one parameter.
      public init(from decoder: any Decoder) throws {
        let entry = try decoder.container(keyedBy: CodingKeys.self)
        name = try entry.decode(String.self, forKey: .name)
        spread = try entry.decodeIfPresent(Spread.self, forKey: .spread)
        value = try Cited(from: decoder)
      }
    }

    /// What the drug is turned into; amounts count as those of the drug, mole by mole.
    public struct Metabolite: Hashable, Sendable, Decodable {
      /// Its name.
      public let name: String
      /// The share of the drug's clearance that forms it.
      public let formed: Cited<ExactNumber>
      /// The share of a dose that arrives in plasma as it, before it was ever the drug there.
      public let firstPass: Cited<ExactNumber>
      /// Its own clearance.
      public let clearance: Cited<ExactNumber>
      /// Its own volume.
      public let volume: Cited<ExactNumber>
    }

    /// Its id, such as `baclofen_oral_simon2018`.
    public let id: String
    /// What it describes.
    public let title: String
    /// The drug.
    public let drug: String
    /// How it is given.
    public let route: AdministrationRoute
    /// The form that it is given in, where that matters.
    public let formulation: String?
    /// The structure: `iv1` … `oral3`.
    public let structure: String
    /// Whom it was found in.
    public let population: String
    /// Its parameters.
    public let parameters: [Parameter]
    /// What the drug is turned into, where that is part of the model.
    public let metabolites: [Metabolite]?
    /// What a user should know.
    public let note: String?

    /// The ids of the sources of its figures.
    public var sources: [String] { Set(parameters.map(\.value.source)).sorted() }

    /// The names of the parameters that nobody compared with a document.
    public var unverified: [String] { parameters.filter { !$0.value.verified }.map(\.name) }
  }

  /// The level of a drug in CSF over its free level in plasma at equilibrium.
  public struct CSFUptake: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The ratio.
    public let ratio: Cited<ExactNumber>
    /// How people vary.
    public let spread: SystemicModel.Spread

    private enum CodingKeys: String, CodingKey { case drug, spread }

    /// Reads one drug.
    public init(from decoder: any Decoder) throws {
      let entry = try decoder.container(keyedBy: CodingKeys.self)
      drug = try entry.decode(String.self, forKey: .drug)
      spread = try entry.decode(SystemicModel.Spread.self, forKey: .spread)
      ratio = try Cited(from: decoder)
    }
  }
}

/// The file of uptakes.
struct CSFUptakeList: Decodable {
  static let path = "kinetics/csf-uptake.json"
  let uptakes: [Formulary.CSFUptake]
}
