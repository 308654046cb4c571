import ThecalQuantities
import ThecalTransport

extension KeyTable {
  /// A specification of `thecal sweep`.
  package static let sweep = KeyTable(
    "sweep", "A scenario, how its parameters vary, and what is kept of every sample",
    [
      Key(
        "scenario", .any([.text(example: "scenario.yaml"), .object(simulate)]),
        "The scenario: a file in the folder of this one, or the keys of thecal simulate", required: true),
      Key("design", .object(design), "Which samples are drawn", required: true),
      Key("parameters", .object(spreads), "What varies, and how"),
      Key(
        "distributions", .word(["default"]),
        "default: what parameters does not name and the scenario does not set varies as in the shipped populations"
      ),
      Key(
        "correlation", .list(.list(.any([.text(example: "dispersion_c1"), .number(-0.999...0.999)]))),
        "What varies together: [dispersion_c1, dispersion_sac, 0.7], each pair once"),
      Key(
        "outputs", .list(.text(example: "csf")),
        "What is kept: csf, steady, auc, aumc, average, peak, time_to_peak, half_life, time_above:100 ng/mL, "
          + "time_below:100 ng/mL, lumbar_cisternal_ratio:SITE, effect:SITE, risk:NAME (after injections)",
        required: true),
    ])

  static let design = KeyTable(
    "design", "Which samples are drawn",
    [
      Key(
        "method", .word(SweepScenario.Method.allCases.map(\.rawValue)),
        "Independent draws, a Latin hypercube, a scrambled Sobol sequence, every combination of listed values, or "
          + "the designs of Saltelli and Morris for thecal sensitivity", required: true),
      Key(
        "samples", .count(1...SweepScenario.mostSamples),
        "Number of samples; of base points for saltelli, of trajectories for morris; none for grid"),
      Key("seed", .count(0...Int.max), "What random numbers are made from; 1 where nothing is said"),
    ])

  /// What varies: every transport parameter, the tip, and the sizes of the entries of the programme.
  static let spreads = KeyTable(
    "spreads", "What varies, and how",
    TransportParameter.allCases.map { parameter in
      Key(
        parameter.rawValue, .object(spread(parameter.kind.unbounded, named: parameter.spreadName)),
        parameter.meaning.prefix(1).uppercased() + parameter.meaning.dropFirst())
    } + [
      Key(
        tipKey,
        .object(spread(.any([.site, .quantity(QuantityKind(LengthDimension.self, .any))]), named: "site")),
        "Where the catheter ends: {values: [L3, T10]}, or lengths from C1")
    ],
    open: Open(
      pattern: entryPattern, example: entryExample, kind: .object(spread(entrySize, named: "amount")),
      meaning: entryMeaning))

  static let tipKey = "catheter.tip"

  /// What was known of what is estimated: the same without lists, which have no density.
  static let priors = KeyTable(
    "priors", "What was known of each parameter that is estimated; default where nothing is said",
    TransportParameter.allCases.map { parameter in
      Key(
        parameter.rawValue, prior(parameter.kind.unbounded, named: parameter.spreadName),
        parameter.meaning.prefix(1).uppercased() + parameter.meaning.dropFirst())
    } + [
      Key(
        tipKey, prior(.quantity(QuantityKind(LengthDimension.self, .any)), named: "tip"),
        "Where the catheter ends, from C1")
    ],
    open: Open(
      pattern: entryPattern, example: entryExample, kind: prior(entrySize, named: "amount"),
      meaning: entryMeaning))

  private static func prior(_ value: KeyKind, named name: String) -> KeyKind {
    .any([.word(["default"]), .object(spread(value, named: name, isListed: false))])
  }

  static let entryPattern = #"^program\[[0-9]+\]\.(rate|bolus)$"#
  static let entryExample = "program[K].rate, program[K].bolus"
  private static let entryMeaning = "The size of entry K of the programme as written, counted from 0"
  private static let entrySize = KeyKind.any([
    .quantity(QuantityKind(DoseRateDimension.self, .any)), .quantity(QuantityKind(MassDimension.self, .any)),
  ])

  /// How a parameter varies whose values are of one kind.
  private static func spread(_ value: KeyKind, named name: String, isListed: Bool = true) -> KeyTable {
    let families = ["uniform", "normal", "lognormal"]
    return KeyTable(
      isListed ? "spread_of_\(name)" : "density_of_\(name)",
      isListed
        ? "How a parameter varies; the unit of the first number is that of the file that is written"
        : "What was known of a parameter",
      [
        Key(
          "uniform",
          .object(
            KeyTable(
              "uniform_\(name)", "Every value between two is as likely as every other",
              [
                Key("low", value, "The least value", required: true),
                Key("high", value, "The largest", required: true),
              ])), "Between two values"),
        Key(
          "normal",
          .object(
            KeyTable(
              "normal_\(name)", "A normal distribution",
              [
                Key("mean", value, "The mean", required: true),
                Key("sd", value, "The standard deviation", required: true),
              ])), "A normal distribution"),
        Key(
          "lognormal",
          .object(
            KeyTable(
              "lognormal_\(name)", "A log-normal distribution",
              [
                Key("median", value, "The median", required: true),
                Key("gsd", .number(1...1_000), "The geometric standard deviation"),
                Key("cv", .number(0...SweptReader.mostVariation), "The coefficient of variation: 40 %"),
              ], exactlyOne: ["gsd", "cv"])), "A log-normal distribution"),
      ] + (isListed ? [Key("values", .list(value), "Listed values")] : []) + [
        Key("truncate", .list(value), "The least and the largest value that are kept: [low, high]")
      ], exactlyOne: isListed ? families + ["values"] : families)
  }
}

extension KeyKind {
  /// The same without its range, in which what is drawn is judged sample by sample.
  fileprivate var unbounded: KeyKind {
    switch self {
    case .quantity(let kind): .quantity(kind.unbounded)
    case .number: .number(-Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude)
    default: self
    }
  }
}

extension QuantityKind {
  fileprivate var unbounded: QuantityKind {
    QuantityKind(name: name, units: units, example: example, floor: .any)
  }
}

extension TransportParameter {
  /// Parameters of one dimension share the table of their spreads.
  fileprivate var spreadName: String {
    switch kind {
    case .quantity(let kind): String(kind.name.map { $0 == " " ? "_" : $0 })
    default: "number"
    }
  }
}
