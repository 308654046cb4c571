package import ThecalQuantities

/// What differs from one computation of a batch to the next: a person, a catheter and doses.
public struct TransportSample: Hashable, Sendable {
  /// An entry of a programme, by its index among the rates or the boluses.
  public enum Entry: Hashable, Sendable {
    /// A rate.
    case rate(Int)
    /// A bolus.
    case bolus(Int)
  }

  /// The person and the drug.
  public var parameters: CanalParameters
  /// Where the catheter ends; nil where it ends where the simulation says.
  public var tip: CanalSite?
  /// The sizes of the entries that a batch varies, µg/h or µg, in its order.
  public var amounts: [Double]

  /// A person, with the catheter and the doses of the simulation where none are given.
  public init(_ parameters: CanalParameters, tip: CanalSite? = nil, amounts: [Double] = []) {
    self.parameters = parameters
    self.tip = tip
    self.amounts = amounts
  }
}

extension DeliverySchedule {
  /// The same schedule with other sizes of some entries, µg/h or µg.
  package func replacing(_ entries: [TransportSample.Entry], by amounts: [Double]) -> DeliverySchedule {
    var (rates, boluses) = (rates, boluses)
    for (entry, amount) in zip(entries, amounts) {
      switch entry {
      case .rate(let k): rates[k] = Rate(start: rates[k].start, rate: DoseRate(base: amount))
      case .bolus(let k):
        boluses[k] = Bolus(time: boluses[k].time, mass: Mass(base: amount), volume: boluses[k].volume)
      }
    }
    return DeliverySchedule(rates: rates, boluses: boluses)
  }
}
