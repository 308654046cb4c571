import ThecalFormulary
public import ThecalQuantities

/// How much drug one unit of a product holds.
public enum Strength: Hashable, Sendable {
  /// In each tablet, capsule, film, lozenge, suppository or spray.
  case each(Mass)
  /// In a liquid.
  case liquid(Concentration)
  /// Out of a patch, by time.
  case rate(DoseRate)
}

/// How a medicine is given, as hospitals write it.
public enum MedicineRoute: String, CaseIterable, Hashable, Sendable {
  case oral, transdermal, sublingual, buccal, rectal, nasal
  case iv, im, sc, epidural, intrathecal
  /// By a needle; the name does not say where to.
  case injection
  case implant, topical, inhaled, ophthalmic
}

/// How a product gives its drug away.
public enum Release: String, Hashable, Sendable { case immediate, extended, delayed }

/// A medicine as its name tells it: what is in it, how much, in which form, on which way.
public struct Product: Hashable, Sendable {
  /// What a name leaves open, or what makes its product no case for a daily amount.
  public enum Doubt: String, CaseIterable, Hashable, Sendable {
    /// No word of the name is an ingredient or a trade name that is known.
    case unknownDrug
    /// Two drugs that could each be the one meant.
    case severalDrugs
    /// A trade name and an ingredient that do not belong together.
    case brandConflict
    /// No strength is stated.
    case noStrength
    /// The strengths stated are two, or may be read in two ways.
    case severalStrengths
    /// A patch without "per hour".
    case patchUnit
    /// Injected or implanted for weeks.
    case depot
    /// Made for animals.
    case veterinary
  }

  /// Generic names of all ingredients, in the order of the text.
  public internal(set) var ingredients: [String] = []
  /// The opioid or pump drug among them, by its generic name; nil where there is none.
  public internal(set) var drug: String?
  /// How much of `drug` a unit holds; nil where the name does not settle it.
  public internal(set) var strength: Strength?
  /// The form: `tablet`, `capsule`, `solution`, `patch` …; nil where the name does not say.
  public internal(set) var form: String?
  /// The way; nil where neither the name nor the form says it.
  public internal(set) var route: MedicineRoute?
  /// How the drug is released; nil where the name does not say.
  public internal(set) var release: Release?
  /// The trade name, in lower case.
  public internal(set) var brand: String?
  /// Whether more than the one drug is in it.
  public internal(set) var isCombination = false
  /// What the name leaves open.
  public internal(set) var doubts: Set<Doubt> = []
  /// What the ingredients say about a patient.
  package internal(set) var classes: [MedicineClassName] = []
  /// What is counted or measured in a dose of it.
  var kind: FormKind?

  /// Whether the name is known, and is no opioid and no drug of a pump.
  public var isBeside: Bool { drug == nil && doubts.isEmpty && !ingredients.isEmpty }

  /// Whether it says that the patient takes depressants of the central nervous system.
  public var isDepressant: Bool { classes.contains { $0.fact == .cnsDepressant } }
  /// Whether it says that the patient is anticoagulated.
  public var isAnticoagulant: Bool { classes.contains { $0.fact == .anticoagulant } }
}
