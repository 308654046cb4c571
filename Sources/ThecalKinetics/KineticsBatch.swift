import ThecalSolvers

/// One plan for many people, eight at a time.
///
/// - Complexity: O(compartments) per event, reading and eight people; nothing is allocated after `init`.
/// - Accuracy: 1e-12 relative; amounts that cancel down to rounding are 0.
public struct KineticsBatch: ~Copyable {
  /// People per call.
  public static var width: Int { MammillaryLanes.width }
  /// The plan.
  public let plan: DosingPlan
  private let programs: [MammillaryProgram]
  private var lanes: MammillaryLanes
  private var results: [Double]

  /// A batch for `plan`; with `amounts`, amounts are kept for every compartment, else levels alone.
  public init(_ plan: DosingPlan, amounts: Bool = true) {
    self.plan = plan
    programs = plan.stretches.map { MammillaryProgram($0.actions) }
    lanes = MammillaryLanes(
      sides: plan.model.peripherals, capacity: max(1, plan.stretches.map(\.lengths.count).reduce(0, max)),
      amounts: amounts)
    results = Array(repeating: 0, count: plan.readings.count * lanes.rows * Self.width)
  }

  /// Computes up to eight people of the plan's model.
  ///
  /// - Precondition: There are one to eight people, all of the model of the plan.
  public mutating func run(_ people: Span<KineticParameters>) {
    precondition((1...Self.width).contains(people.count))
    for lane in 0..<Self.width {
      let person = people[min(lane, people.count - 1)]
      precondition(person.model == plan.model)
      lanes.set(
        lane: lane, depotRate: person[.KA], volume: person[.V], clearance: person[.CL],
        sides: ((person[.Q], person[.V2]), (person[.Q3], person[.V3])))
    }
    lanes.begin()
    var end = 0
    for k in plan.stretches.indices {
      let lengths = plan.stretches[k].lengths
      lanes.prepare(lengths.span, feeds: plan.isFed)
      end = lanes.walk(programs[k], feeds: plan.isFed, into: &results, from: end)
    }
  }

  /// The level in plasma, mg/L, at the reading of index `reading` in the person of index `person`, as computed last.
  ///
  /// - Precondition: Reading and person are among those computed.
  public func level(reading: Int, person: Int) -> Double {
    results[((reading + 1) * lanes.rows - 1) * Self.width + person]
  }

  /// The amount in compartment `number`, counted from 1, mg; the batch must keep amounts.
  ///
  /// - Precondition: The batch keeps amounts, and the model has the compartment; reading and person are among
  ///   those computed.
  public func amount(in number: Int, reading: Int, person: Int) -> Double {
    precondition(lanes.amounts && (1...plan.model.compartments).contains(number))
    return results[(reading * lanes.rows + plan.model.node(number)) * Self.width + person]
  }
}
