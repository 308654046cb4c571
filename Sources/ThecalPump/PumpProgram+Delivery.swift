public import ThecalQuantities

extension PumpProgram {
  /// The drug that leaves the tip through `time`, in closed form: the path empties as a plug, old drug
  /// first, and what follows has the reservoir's strength.
  ///
  /// `mass = C_path min(V, V_path) + C_reservoir max(0, V - V_path)`, with V the volume moved.
  public func delivered(
    through time: Time, path: Volume, holding old: Concentration, then new: Concentration
  ) -> Mass {
    let moved = pumped(through: time)
    let plug = old * min(moved, path)
    return moved > path ? plug + new * (moved - path) : plug
  }

  /// The rate at the tip as everything downstream consumes it: one entry per change of flow, and one where
  /// the new drug arrives.
  ///
  /// - Parameters:
  ///   - path: The volume from the reservoir to the tip.
  ///   - old: The strength that fills the path at the start.
  ///   - new: The strength in the reservoir.
  ///   - limit: The volume after which the reservoir gives no more; nil for no end.
  public func schedule(
    path: Volume, holding old: Concentration, then new: Concentration, limit: Volume? = nil
  ) -> DeliverySchedule {
    let arrival = time(toPump: path)
    let end = limit.flatMap { time(toPump: $0) }
    let instants = Set(changes + [arrival, end].compactMap { $0 }).sorted()
    var rates: [DeliverySchedule.Rate] = []
    for instant in instants {
      let strength = arrival.map { instant >= $0 } ?? false ? new : old
      let stopped = end.map { instant >= $0 } ?? false
      let rate = stopped ? .zero : strength * flow(after: instant)
      if rates.last?.rate != rate { rates.append(.init(start: instant, rate: rate)) }
    }
    return DeliverySchedule(rates: rates)
  }
}
