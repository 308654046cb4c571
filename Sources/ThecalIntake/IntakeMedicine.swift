public import ThecalDosing
public import ThecalQuantities

/// One medicine of an export: what a clinic's table says of it, or why nobody can say it.
public struct IntakeMedicine: Hashable, Sendable {
  /// The patient, as the export names him.
  public internal(set) var patient = ""
  /// The opioid or pump drug by its generic name; for other medicines the name that was read.
  public internal(set) var drug = ""
  /// The way, as `convert` spells it.
  public internal(set) var route = ""
  /// The amount of a dose in `unit`, or of a day where the unit is per day.
  public internal(set) var dose: ExactNumber?
  /// mg, mcg, mg/day, mcg/day or mcg/h.
  public internal(set) var unit = ""
  /// How often, as `convert` reads it.
  public internal(set) var frequency = ""
  /// What the treatment is for, where the text is plain.
  public internal(set) var indication: Indication?
  /// Years of age.
  public internal(set) var ageYears: Int?
  /// Whether the medicine says that the patient takes depressants of the central nervous system.
  public internal(set) var isDepressant = false
  /// Whether it says that the patient is anticoagulated.
  public internal(set) var isAnticoagulant = false
  /// What stands in the columns of `convert` that the export has.
  public internal(set) var facts: [String: String] = [:]
  /// Those columns, in the order of `convert`; the same for every medicine of an export.
  public internal(set) var factColumns: [String] = []
  /// What may be done with it.
  public internal(set) var outcome = SigReading.Outcome.ask
  /// Why, and what a reader should know.
  public internal(set) var findings: [Finding] = []
  /// The line of the source, counted from 1.
  public internal(set) var line = 0
  /// The words that it rests on.
  public internal(set) var text = ""
  /// The most that the words allow in a day.
  public internal(set) var largest: Evidence?

  /// The codes of the findings that decide, each once.
  public var codes: [Code] {
    findings.filter { outcome != .ask || $0.severity >= .error }.compactMap(\.code).reduce(into: []) {
      if !$0.contains($1) { $0.append($1) }
    }
  }
}
