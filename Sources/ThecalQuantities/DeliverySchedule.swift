/// What a pump puts out: a rate that holds until the next one, and boluses at marked instants.
///
/// Everything downstream of a pump consumes this and knows nothing else about pumps.
public struct DeliverySchedule: Hashable, Sendable {
  /// A rate that begins at `start` and holds until the next.
  public struct Rate: Hashable, Sendable {
    /// When it begins, from the start of the schedule.
    public let start: Time
    /// Drug given per time; zero is a stop.
    public let rate: DoseRate

    /// A rate that begins at `start`.
    public init(start: Time, rate: DoseRate) {
      self.start = start
      self.rate = rate
    }
  }

  /// Drug given at an instant.
  public struct Bolus: Hashable, Sendable {
    /// When it is given, from the start of the schedule.
    public let time: Time
    /// How much drug.
    public let mass: Mass
    /// In how much fluid.
    public let volume: Volume

    /// A bolus of `mass` in `volume` at `time`.
    public init(time: Time, mass: Mass, volume: Volume = .zero) {
      self.time = time
      self.mass = mass
      self.volume = volume
    }
  }

  /// The rates in order of their starts, which differ.
  public let rates: [Rate]
  /// The boluses in order of time.
  public let boluses: [Bolus]

  /// A schedule; entries are put in order.
  ///
  /// - Precondition: Nothing lies before time zero, is negative, or shares its start with another rate.
  public init(rates: [Rate], boluses: [Bolus] = []) {
    self.rates = rates.sorted { $0.start < $1.start }
    self.boluses = boluses.sorted { $0.time < $1.time }
    precondition(rates.allSatisfy { $0.start >= .zero && $0.rate >= .zero })
    precondition(boluses.allSatisfy { $0.time >= .zero && $0.mass >= .zero && $0.volume >= .zero })
    precondition(zip(self.rates, self.rates.dropFirst()).allSatisfy { $0.start < $1.start })
  }

  /// The rate at `time`: the last that has begun.
  public func rate(at time: Time) -> DoseRate { rates.last { $0.start <= time }?.rate ?? .zero }

  /// All drug given from the start through `time`.
  public func delivered(through time: Time) -> Mass {
    let ends = rates.dropFirst().map(\.start) + [time]
    let infused = zip(rates, ends).reduce(Mass.zero) { sum, span in
      let end = min(span.1, time)
      return end > span.0.start ? sum + span.0.rate * (end - span.0.start) : sum
    }
    return boluses.filter { $0.time <= time }.reduce(infused) { $0 + $1.mass }
  }
}
