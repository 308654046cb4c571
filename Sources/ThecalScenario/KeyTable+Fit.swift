import ThecalQuantities

extension KeyTable {
  /// A specification of `thecal fit`.
  package static let fit = KeyTable(
    "fit", "A scenario, measured levels, and what is estimated from them",
    [
      Key(
        "scenario", .any([.text(example: "scenario.yaml"), .object(simulate)]),
        "The scenario: a file in the folder of this one, or the keys of thecal simulate", required: true),
      Key(
        "data", .any([.text(example: "points.csv"), .list(.object(measurement))]),
        "The measurements: a file in the folder of this one, a table in the text, or a list. The columns of a table are "
          + "the keys of the list; others are named and not read", required: true),
      Key(
        "estimate", .list(.text(example: "loss")),
        "What is estimated: parameters of the transport model, catheter.tip, program[K].rate, program[K].bolus",
        required: true),
      Key("error", .object(residual), "How far a measurement lies from the level", required: true),
      Key(
        "prior", .any([.word(["default"]), .object(priors)]),
        "What was known before: default for how people differ as the data ship it, or a distribution for a parameter"
      ),
      Key(
        "random", .any([.word(["none"]), .list(.text(example: "loss"))]),
        "What differs between subjects; everything that is estimated where several subjects are measured and nothing is "
          + "said"),
    ])

  static let residual = KeyTable(
    "residual", "A log-normal residual",
    [
      Key(
        "proportional", .number(FitScenario.leastError...FitScenario.mostError),
        "Its coefficient of variation: 30 %",
        required: true)
    ])

  /// A measurement; the columns of a table have the same names, in any case.
  static let measurement = KeyTable(
    "measurement", "A measured level",
    [
      Key("subject", name, "Whose it is; one person where nothing is said"),
      Key("id", name, "The same as subject"),
      Key("patient_id", name, "The same as subject"),
      Key("time", .fromZero(Time.self), "When, from the start of the programme; or time_h"),
      Key("time_h", .number(0...1e6), "When, in hours; at most a century"),
      Key("site", .site, "Where: L3, T10, tip, cranial, plasma, 45 cm; or distance or distance_cm"),
      Key("distance", .fromZero(Length.self), "Where, from C1"),
      Key("distance_cm", .number(0...260), "Where, in centimetres from C1"),
      Key(
        "value", .above(Concentration.self), "The level, or the limit below which it is; or value_ng_per_mL"),
      Key("value_ng_per_mL", .number(0...1e9), "The level in ng/mL; at most a gram per millilitre"),
      Key(
        "below", flag, "Whether the level is below the limit that stands as value; no where nothing is said"),
      Key("blq", flag, "The same as below"),
      Key("bloq", flag, "The same as below"),
      Key("dose", amount, "What the subject was given by the one entry of the programme"),
    ],
    open: Open(
      pattern: entryPattern, example: entryExample, kind: amount,
      meaning: "What the subject was given by entry K of the programme as written, counted from 0"))

  private static let name = KeyKind.text(example: "P1")
  private static let flag = KeyKind.any([.yesOrNo, .count(0...1)])
  private static let amount = KeyKind.any([.above(Mass.self), .fromZero(DoseRate.self)])
}
