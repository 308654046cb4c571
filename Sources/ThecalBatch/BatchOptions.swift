/// How a result is written.
public enum BatchFormat: String, CaseIterable, Sendable {
  case csv, jsonl, xlsx
}

/// How a batch is read, converted and written.
public struct BatchOptions: Sendable {
  /// How the result is written.
  public var format = BatchFormat.csv
  /// The table of oral morphine equivalents.
  public var equivalentTable = "cdc_2022"
  /// The table of route ratios.
  public var ratioTable = "leaflet_300"
  /// Whether a comma separates decimals in the input.
  public var decimalComma = false
  /// Whether every result names its two worst risks of too much and of too little.
  public var risks = false
  /// How many threads convert; the result does not depend on it.
  public var threads = 1
  /// Whether each result carries its derivation; JSON Lines always does.
  public var explains = false

  /// The defaults.
  public init() {}
}
