/// Why a line of an event table cannot be followed.
public struct DosingError: Error, Hashable, Sendable {
  /// What is wrong with a line.
  public enum Reason: Hashable, Sendable {
    /// The table has no column of this name.
    case missingColumn(String)
    /// The table has more than one column of this name.
    case doubleColumn(String)
    /// A cell of the column is not a number.
    case notANumber(column: String, text: String)
    /// A cell of the column must hold a number here.
    case emptyCell(column: String)
    /// A number lies outside what the column admits, which is said in words.
    case outOfRange(column: String, text: String, admitted: String)
    /// Time runs backwards; only a reset may do that.
    case unorderedTime(previous_h: Double)
    /// A line that gives nothing has something in a column of doses.
    case doseOnOther(column: String)
    /// A dose has no amount.
    case noAmount
    /// An interval stands there, but no doses that it could lie between.
    case intervalWithoutDoses
    /// Additional doses or a steady state stand there, without the interval between doses.
    case dosesWithoutInterval
    /// RATE is −1 and column R does not say at what rate, or −2 and column D does not say how long.
    case noModelledInput(column: String)
    /// The steady state of an endless infusion has an interval or additional doses.
    case endlessInfusion
    /// The compartment is none that the model has.
    case unknownCompartment(Int, known: Int)
    /// Infusions overlap, or doses wait, in a number that no one can have meant.
    case tooManyAtOnce
    /// Before the line, series give more doses than a person can have had.
    case tooManyDoses
  }

  /// The line of the file, counted from 1.
  public let line: Int
  /// What is wrong with it.
  public let reason: Reason

  /// A fault of a line.
  public init(line: Int, _ reason: Reason) {
    self.line = line
    self.reason = reason
  }
}
