public import ThecalQuantities

/// A pump as the arithmetic sees it: what it can hold, how fast it can run, how far it may stray.
///
/// Every figure carries its source; a missing one is unknown and is never replaced by another pump's.
public struct PumpDevice: Sendable {
  /// The id, `synchromed_ii`.
  public let id: String
  /// The name on the box, `SynchroMed II`.
  public let name: String
  /// The reservoirs that it is sold with, smallest first.
  public var reservoirs: [PumpFigure<VolumeDimension>] = []
  /// The lowest flow that can be programmed, apart from a stop.
  public var minimumFlow: PumpFigure<FlowDimension>?
  /// The highest flow that can be programmed, boluses included.
  public var maximumFlow: PumpFigure<FlowDimension>?
  /// The highest flow while a bolus runs, base included.
  public var maximumBolusFlow: PumpFigure<FlowDimension>?
  /// The flows that a pump without a setting is made with.
  public var fixedFlows: [PumpFigure<FlowDimension>] = []
  /// How much faster than programmed the pump may run, as a fraction.
  public var fastest: PumpFigure<RatioDimension>?
  /// How much slower than programmed the pump may run, as a fraction.
  public var slowest: PumpFigure<RatioDimension>?
  /// What cannot be delivered from the reservoir, at most.
  public var residual: PumpFigure<VolumeDimension>?
  /// What lies between reservoir and catheter inside the pump.
  public var tubing: PumpFigure<VolumeDimension>?
  /// The volume at which the low-reservoir alarm is set unless someone sets it.
  public var alarm: PumpFigure<VolumeDimension>?
  /// Whether the alarm measures the volume instead of computing it.
  public var alarmMeasures = false
  /// Who says how the alarm works.
  public var alarmSource: String?
  /// The volume of one stroke where delivery is in strokes.
  public var stroke: PumpFigure<VolumeDimension>?
  /// How many changes of rate a day may hold.
  public var stepsPerDay: PumpFigure<RatioDimension>?
  /// The shortest life that the maker states.
  public var shortestLife: PumpFigure<TimeDimension>?
  /// The time after which the pump stops by itself.
  public var longestLife: PumpFigure<TimeDimension>?
  /// The time from the replacement alarm to the stop.
  public var replacementWindow: PumpFigure<TimeDimension>?

  /// How far ahead a replacement is planned, in months.
  public var planningMonths: Int?
  /// What happens in a magnet.
  public var scanNotes: [Note] = []

  /// The drugs that the patient's controller is labeled for; empty where nothing is on record.
  public var controllerDrugs: [String] = []
  /// What the label of the controller says.
  public var controllerText: String?

  /// A sentence from a document.
  public struct Note: Hashable, Sendable {
    /// The sentence.
    public let text: String
    /// Who says so.
    public let source: String
  }

  /// A device of which nothing is known yet.
  public init(id: String, name: String) {
    self.id = id
    self.name = name
  }

  /// The largest reservoir it is sold with.
  public var largestReservoir: PumpFigure<VolumeDimension>? { reservoirs.max { $0.value < $1.value } }
}
