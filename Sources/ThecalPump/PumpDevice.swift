public import ThecalFormulary
public import ThecalQuantities

/// A pump as the arithmetic sees it: what it can hold, how fast it can run, how far it may stray.
///
/// Every figure carries its source; a missing one is unknown and is never replaced by another pump's.
public struct PumpDevice: Sendable {
  /// The id, `synchromed_2`.
  public let id: String
  /// The name on the box, `SynchroMed II`.
  public let name: String
  /// The reservoirs that it is sold with, smallest first.
  public var reservoirs: [Cited<Volume>] = []
  /// The lowest flow that can be programmed, apart from a stop.
  public var minimumFlow: Cited<Flow>?
  /// The highest flow that can be programmed, boluses included.
  public var maximumFlow: Cited<Flow>?
  /// The highest flow while a bolus runs, base included.
  public var maximumBolusFlow: Cited<Flow>?
  /// The flows that a pump without a setting is made with.
  public var fixedFlows: [Cited<Flow>] = []
  /// How much faster than programmed the pump may run, as a fraction.
  public var fastest: Cited<Ratio>?
  /// How much slower than programmed the pump may run, as a fraction.
  public var slowest: Cited<Ratio>?
  /// What cannot be delivered from the reservoir, at most.
  public var residual: Cited<Volume>?
  /// What lies between reservoir and catheter inside the pump.
  public var tubing: Cited<Volume>?
  /// The volume at which the low-reservoir alarm is set unless someone sets it.
  public var alarm: Cited<Volume>?
  /// Whether the alarm measures the volume instead of computing it.
  public var alarmMeasures = false
  /// Who says how the alarm works.
  public var alarmSource: Citation?
  /// The volume of one stroke where delivery is in strokes.
  public var stroke: Cited<Volume>?
  /// How many changes of rate a day may hold.
  public var stepsPerDay: Cited<ExactNumber>?
  /// The shortest life that the maker states.
  public var shortestLife: Cited<Time>?
  /// The time after which the pump stops by itself.
  public var longestLife: Cited<Time>?
  /// The time from the replacement alarm to the stop.
  public var replacementWindow: Cited<Time>?
  /// How far ahead a replacement is planned, in months.
  public var planningMonths: Int?
  /// What happens in a magnet.
  public var scanNotes: [Statement] = []
  /// How often pumps with drugs beside the label stopped.
  public var stallNotes: [Statement] = []
  /// The drugs on its label; empty where nothing is on record.
  public var labeledDrugs: [String] = []
  /// The drugs that the patient's controller is labeled for; empty where nothing is on record.
  public var controllerDrugs: [String] = []
  /// What the label of the controller says.
  public var controllerText: String?

  /// A device of which nothing is known yet.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// The largest reservoir it is sold with.
  public var largestReservoir: Cited<Volume>? { reservoirs.max { $0.value < $1.value } }
}
