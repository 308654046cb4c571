import ThecalKinetics
import ThecalQuantities
import ThecalTransport

extension KeyTable {
  /// A scenario of `thecal simulate`.
  package static let simulate = KeyTable(
    "simulate", "A drug, a catheter, a programme, and what is to be shown of it",
    [
      Key("drug", .text(example: "morphine"), "The drug, by any of its names", required: true),
      Key("catheter", .object(catheter), "Where the catheter ends", required: true),
      Key(
        "program", .list(.object(programEntry)), "What the pump gives, entry by entry, counted from 0",
        required: true),
      Key(
        "systemic", .list(.object(systemic)),
        "What is given of the same drug beside the pump, and reaches the CSF from plasma"),
      Key(
        "plasma", .text(example: "morphine_iv_olofsen2010"),
        "The compartments behind the CSF: a published model by its id, or a structure such as iv2"),
      Key("parameters", .object(parameters), "What differs from the defaults"),
      Key("cells", cells, "Into how many cells the canal is cut; 400 where nothing is said"),
      Key("output", .object(output), "Which rows and sites are shown", required: true),
    ])

  static let cells = KeyKind.count(20...5_000)

  static let catheter = KeyTable(
    "catheter", "Where a catheter ends",
    [
      Key(
        "tip", .site, "A vertebral level such as L3, a dermatome T10, or a distance from C1: 45 cm",
        required: true)
    ])

  static let programEntry = KeyTable(
    "program_entry", "A bolus, or a rate that holds until the next rate",
    [
      Key("at", .fromZero(Time.self), "When", required: true),
      Key("bolus", .above(Mass.self), "Given at once"),
      Key("volume", .fromZero(Volume.self), "The volume of the bolus; 0 where nothing is said"),
      Key("rate", .fromZero(DoseRate.self), "Given from then on"),
    ], exactlyOne: ["bolus", "rate"])

  static let systemic = KeyTable(
    "systemic_entry", "A dose, or a rate for a time, given beside the pump",
    [
      Key(
        "model", .text(example: "morphine_oral_ir_oosten2017"),
        "A published model by its id, or a structure such as oral2", required: true),
      Key(
        "set",
        .object(
          KeyTable(
            "kinetic_parameters", "Parameters of a model, each with its unit",
            KineticParameter.allCases.map {
              Key(
                $0.rawValue, .text(example: $0.unit.isEmpty ? "0.74" : "12 \($0.unit)"),
                "In \($0.unit.isEmpty ? "plain numbers or %" : $0.unit), or another unit of that kind")
            },
            open: Open(
              pattern: "^[A-Za-z][A-Za-z0-9]*$", example: "V1", kind: .text(example: "12 L"),
              meaning: "The same by another name, in any case"))),
        "Parameters that differ from the model's"),
      Key("dose", .above(Mass.self), "Given at once, or over a time"),
      Key("over", .above(Time.self), "The time over which a dose is given"),
      Key("rate", .above(DoseRate.self), "Given for a time"),
      Key("for", .above(Time.self), "How long the rate is given"),
      Key("at", .fromZero(Time.self), "When first; 0 h where nothing is said"),
      Key("every", .above(Time.self), "The interval after which it is given again"),
      Key("times", .count(1...100_000), "How often in all"),
      Key(
        "steady", .yesOrNo,
        "Whether it has been given for ever before, so that plasma, and at 0 h the CSF too, have settled with it"
      ),
    ], exactlyOne: ["dose", "rate"])

  static let output = KeyTable(
    "output", "Rows at equal steps from 0 on, or at listed times, and sites",
    [
      Key("every", .above(Time.self), "The time between two rows; goes with until"),
      Key("until", .above(Time.self), "The time of the last row; goes with every"),
      Key("times", .list(.fromZero(Time.self)), "The rows one by one, rising"),
      Key(
        "at", .list(.site),
        "The sites: tip, a level such as L4, dermatome T10, a distance from C1 (45 cm), cranial, plasma",
        required: true),
    ], exactlyOne: ["every", "times"])

  /// The transport parameters: a row of their own table, or a compartment.
  static let parameters = KeyTable(
    "parameters", "Parameters of the transport model; the defaults hold for the others",
    TransportParameter.allCases.map { Key($0.rawValue, $0.kind, $0.keyMeaning) } + [
      Key("cord", .object(cord), "The cord as a compartment beside the canal"),
      Key("epidural", .object(epidural), "The epidural space as a compartment beside the canal"),
      Key(
        "baricity", .object(baricity),
        "The drift of a solution of other density, which fades as it is diluted"
      ),
    ])

  static let cord = KeyTable("cord", "A compartment beside the canal", tissueKeys(needsArea: false))
  static let epidural = KeyTable("epidural", "A compartment beside the canal", tissueKeys(needsArea: true))

  private static func tissueKeys(needsArea: Bool) -> [Key] {
    [
      Key(
        "permeability", .above(Diffusivity.self), "Permeability times surface per length of canal",
        required: true),
      Key(
        "partition", .number(1e-4...1e4), "Concentration there over that in CSF at equilibrium",
        required: true
      ),
      Key("loss", .fromZero(RateConstant.self), "Loss from it into blood", required: true),
      Key(
        "area", .above(Area.self),
        "Its cross-section\(needsArea ? "" : "; that of the cord, level by level, where nothing is said")",
        required: needsArea),
    ]
  }

  static let baricity = KeyTable(
    "baricity", "A drift that fades with the concentration",
    [
      Key("flow", .above(Flow.self), "Flow of dilute solution at the mean cross-section", required: true),
      Key("toward", .word(["head", "sac"]), "Whether it rises or sinks", required: true),
      Key(
        "limit", .above(Concentration.self), "The concentration at which the drift has faded", required: true),
    ])
}

extension TransportParameter {
  /// What may stand under its key, with the range of the table.
  var kind: KeyKind {
    switch dimension {
    case .length: bounded(LengthDimension.self)
    case .flow: bounded(FlowDimension.self)
    case .diffusivity: bounded(DiffusivityDimension.self)
    case .volume: bounded(VolumeDimension.self)
    case .rateConstant: bounded(RateConstantDimension.self)
    case .number: .number(range)
    }
  }

  private func bounded<D: Dimension>(_: D.Type) -> KeyKind {
    .quantity(
      QuantityKind(D.self, range.lowerBound == 0 ? .zero : .positive, range: bounds(D.self)))
  }

  /// The range in words: `40 to 260 cm`.
  func bounds<D: Dimension>(_: D.Type, joinedBy word: String = "to") -> String {
    let unit = D.units[0]
    let (low, high) = (Quantity<D>(base: range.lowerBound), Quantity<D>(base: range.upperBound))
    return "\(low.exactValue(in: unit)) \(word) \(high.exactValue(in: unit)) \(unit.symbol)"
  }

  /// What it is and what holds where nothing is said.
  fileprivate var keyMeaning: String {
    let name = meaning.prefix(1).uppercased() + meaning.dropFirst()
    guard let standard = standard() else { return "\(name); that of the drug where nothing is said" }
    let (symbol, scale) = unit
    let number = ExactNumber(standard / scale).rounded(toSignificantDigits: 6)
    return "\(name); \(number)\(symbol.isEmpty ? "" : " \(symbol)") where nothing is said"
  }
}
