/// One line of an event table: what is given, read or reset, and when. The words are those of NM-TRAN.
public struct DosingRecord: Hashable, Sendable {
  /// What a line is for; the raw values are those of EVID.
  public enum Event: Int, Sendable {
    /// Levels are read.
    case observation
    /// A dose is given.
    case dose
    /// Something else happens, to which the model does not answer.
    case other
    /// Everything is gone; time may begin again.
    case reset
    /// Everything is gone, then a dose is given.
    case resetAndDose
  }

  /// How a dose goes in.
  public enum Delivery: Hashable, Sendable {
    /// All at once.
    case atOnce
    /// At a rate, mg/h, until the absorbed part of the amount is in: RATE above 0, or −1 with column R.
    case rate(_ mg_per_h: Double)
    /// Over a time, h: RATE −2 with column D.
    case over(_ hours: Double)
  }

  /// What a dose stands for; the raw values are those of SS.
  public enum SteadyState: Int, Sendable {
    /// Itself.
    case none
    /// The last of endless ones, in place of all that was there.
    case replacing
    /// The last of endless ones, on top of what is there.
    case adding
  }

  /// The line of the file, counted from 1, for messages.
  public var line: Int
  /// When, h.
  public var time_h: Double
  /// What for.
  public var event: Event
  /// The dose, mg; 0 only for the endless infusion that a steady state describes.
  public var amount_mg = 0.0
  /// How it goes in.
  public var delivery = Delivery.atOnce
  /// The interval between doses, h.
  public var interval_h = 0.0
  /// How many more doses follow at that interval.
  public var additional = 0
  /// Whether it stands for endless doses before it.
  public var steadyState = SteadyState.none
  /// Where it goes, counted from 1.
  public var compartment = 1
  /// The share that arrives; nil takes the model's.
  public var bioavailability: Double?
  /// How long it waits before it begins to arrive, h; nil takes the model's.
  public var lag_h: Double?

  /// A line of this kind, without a dose.
  public init(line: Int, time_h: Double, event: Event) {
    self.line = line
    self.time_h = time_h
    self.event = event
  }

  /// A reading.
  public static func observation(at time_h: Double, line: Int = 0) -> DosingRecord {
    DosingRecord(line: line, time_h: time_h, event: .observation)
  }

  /// A dose.
  public static func dose(_ amount_mg: Double, at time_h: Double, into compartment: Int = 1, line: Int = 0)
    -> DosingRecord
  {
    var record = DosingRecord(line: line, time_h: time_h, event: .dose)
    record.amount_mg = amount_mg
    record.compartment = compartment
    return record
  }

  /// Whether something is given.
  var isDose: Bool { event == .dose || event == .resetAndDose }
}
