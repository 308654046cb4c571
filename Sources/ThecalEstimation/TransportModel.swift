public import ThecalFormulary
import ThecalQuantities
import Synchronization
public import ThecalTransport

/// A scenario of which some parameters are free, prepared once: levels and gradients for many sets of them, on all
/// cores, at the speed of the batch kernel.
///
/// Sets are rows of numbers, one per free parameter, each in its `unit`. A set that cannot be computed (a tip outside
/// the canal, a value outside the range of a person) gives NaN in its own levels and a `Failure`, and nothing else.
///
/// - Accuracy: In time `tolerance` of the level that is reached; the cells cost `gridError` beside it.
public final class TransportModel: Sendable {
  /// A free parameter.
  public struct Parameter: Hashable, Sendable {
    /// Its key in a scenario: `loss`, `catheter.tip`, `program[1].rate`.
    public let key: String
    /// The unit of its numbers; empty for a plain number.
    public let unit: String
    /// Its value in the scenario, in that unit.
    public let value: Double
    /// The size of the unit in the base system µg · cm · h.
    let scale: Double
    let meaning: FreeParameter
    let range: ClosedRange<Double>
  }

  /// A set that could not be computed.
  public struct Failure: Hashable, Sendable {
    /// Its row, counted from 0.
    public let row: Int
    /// Why.
    public let reason: String
  }

  /// What is free, in the order of the numbers.
  public let parameters: [Parameter]
  /// Times of the levels, h.
  public let times_h: [Double]
  /// Sites of the levels.
  public let siteNames: [String]
  /// The drug.
  public let drug: String
  /// The ids of the sources of every number that went in.
  public let sources: [String]
  /// The error in time, as a share of the level that is reached.
  public let tolerance: Double
  /// What the cells cost in the scenario, as a share of the peak at each site; see `Simulation`.
  public let gridError: Double
  let simulation: Simulation
  let entries: [TransportSample.Entry]
  private let idle = Mutex<[ModelWorker]>([])

  /// A parameter to be free, as the input names it.
  public enum Free: Hashable, Sendable {
    /// A parameter of the table.
    case canal(TransportParameter)
    /// Where the catheter ends.
    case tip
    /// The size of an entry of the programme; `key` is what the result calls it.
    case entry(TransportSample.Entry, key: String)

    /// The unit of its numbers, and the size of that unit in the base system.
    package var unit: (symbol: String, scale: Double) {
      switch self {
      case .canal(let parameter): parameter.unit
      case .tip: ("cm", 1)
      case .entry(.rate, _): ("mg/day", DoseRate(1, .milligramsPerDay).base)
      case .entry(.bolus, _): ("mg", Mass(1, .milligrams).base)
      }
    }
  }

  /// A model of `input` in which `free` vary; levels are read at `times` (h, rising from 0 or later) or at the input's
  /// own.
  ///
  /// - Throws: `InputProblem` as `Simulation` does, where the same parameter is free twice or none is, where times do not
  ///   rise, and for a tolerance outside 1e-12 … 1e-2.
  public init(
    _ input: TransportInput, free: [Free], times: [Double]? = nil, tolerance: Double = 1e-7,
    formulary: Formulary = .embedded
  ) throws(InputProblem) {
    guard !free.isEmpty, Set(free).count == free.count else {
      throw InputProblem(.whole, "name at least one parameter that is free, and each once")
    }
    let allowed = Simulation.tolerances
    guard allowed.contains(tolerance) else {
      throw InputProblem(
        .whole, "a tolerance lies between \(allowed.lowerBound) and \(allowed.upperBound)")
    }
    if let times, !Self.rise(times) {
      throw InputProblem(.whole, "times are numbers that rise from 0 or later")
    }
    let simulation = try Simulation(input, formulary: formulary)
    self.simulation = simulation
    self.tolerance = tolerance
    (drug, siteNames, sources) = (simulation.drug, simulation.siteNames, simulation.sources)
    times_h = times ?? simulation.times
    var entries: [TransportSample.Entry] = []
    parameters = free.map { Self.parameter($0, simulation, &entries, formulary) }
    self.entries = entries
    do throws(SimulationError) { gridError = try simulation.gridError() } catch {
      throw InputProblem(.whole, error.explanation)
    }
  }

  private static func rise(_ times: [Double]) -> Bool {
    times.allSatisfy(\.isFinite) && (times.first ?? -1) >= 0
      && zip(times, times.dropFirst()).allSatisfy(<)
  }

  private static func parameter(
    _ free: Free, _ simulation: Simulation, _ entries: inout [TransportSample.Entry], _ formulary: Formulary
  ) -> Parameter {
    let (unit, scale) = free.unit
    func made(_ key: String, _ base: Double, _ meaning: FreeParameter, _ range: ClosedRange<Double>)
      -> Parameter
    {
      Parameter(key: key, unit: unit, value: base / scale, scale: scale, meaning: meaning, range: range)
    }
    switch free {
    case .canal(let parameter):
      return made(parameter.rawValue, simulation.parameters[parameter], .canal(parameter), parameter.range)
    case .tip:
      return made("catheter.tip", simulation.tip, .tip, 0...TransportParameter.height.range.upperBound)
    case .entry(let entry, let key):
      entries.append(entry)
      let base =
        switch entry {
        case .rate(let k): simulation.schedule.rates[k].rate.base
        case .bolus(let k): simulation.schedule.boluses[k].mass.base
        }
      return made(key, base, .amount(entries.count - 1), 0...1e12)
    }
  }

  /// The numbers of the scenario itself, one per free parameter.
  public var values: [Double] { parameters.map(\.value) }

  /// Numbers per set: times × sites.
  public var size: Int { times_h.count * siteNames.count }

  /// What a row of numbers means; nil where a number lies outside the range of a person.
  func sample(_ row: UnsafeBufferPointer<Double>) -> (sample: TransportSample?, problem: String) {
    var sample = TransportSample(simulation.parameters, amounts: Array(repeating: 0, count: entries.count))
    for (parameter, number) in zip(parameters, row) {
      let value = number * parameter.scale
      guard value.isFinite, parameter.range.contains(value) else {
        return (nil, "\(parameter.key) = \(number) \(parameter.unit) is outside its range")
      }
      switch parameter.meaning {
      case .canal(let key): sample.parameters[key] = value
      case .tip: sample.tip = .distance(Length(base: value))
      case .amount(let k): sample.amounts[k] = value
      }
    }
    return (sample, "")
  }

  /// A worker that nobody uses now.
  func borrowWorker() -> ModelWorker {
    idle.withLock { $0.popLast() }
      ?? ModelWorker(SimulationBatch(simulation, varied: entries, times: times_h, tolerance: tolerance))
  }

  /// Puts a worker back for the next call.
  func giveBack(_ worker: ModelWorker) { idle.withLock { $0.append(worker) } }
}

/// A kernel of one thread.
final class ModelWorker: @unchecked Sendable {
  // Held by one call at a time: it is taken from the pool under a lock, and put back there.
  var batch: SimulationBatch

  init(_ batch: consuming SimulationBatch) { self.batch = batch }
}
