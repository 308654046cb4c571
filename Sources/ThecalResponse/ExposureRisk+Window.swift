import Glibc
package import ThecalFormulary
import ThecalQuantities

extension ExposureRisk {
  /// A window of doses.
  public struct Window: Hashable, Sendable {
    /// Below it too many lack the wanted effect, µg or µg/h; nil where counts or models give no end.
    public let low: Double?
    /// Above it too many have a toxic level, µg or µg/h; nil where counts or models give no end.
    public let high: Double?
    /// Whether some dose is both enough and not too much.
    public var isOpen: Bool { low.flatMap { low in high.map { low <= $0 } } ?? false }
  }

  /// The largest share of people with a toxic level in the window.
  public var mostToxic: Double { request.mostToxic ?? limits.toxicPercent.value.double / 100 }
  /// The largest share of people without the wanted effect.
  public var mostInadequate: Double { request.mostInadequate ?? limits.inadequatePercent.value.double / 100 }

  /// The state for which the window holds: without tolerance where nothing is known.
  package var windowState: IncidenceCount.ToleranceState {
    request.tolerance == .tolerant ? .tolerant : .naive
  }

  /// The doses at which both shares stay below their limits; an end at which the counts contradict the model is none.
  public var window: Window {
    let low = edge(falling: true) { likelyInadequate(at: $0) }
    let high = edge(falling: false) { likelyDepressed(at: $0, windowState) }
    return Window(
      low: low.flatMap { allowsTooLittle(mostInadequate, at: $0) ? $0 : nil },
      high: high.flatMap { allowsTooMuch(mostToxic, at: $0, windowState) ? $0 : nil })
  }

  /// Doses per µg or µg/h between which an end is looked for, and how often the range is halved.
  private static let range = 1e-4...1e7
  private static let halvings = 40

  /// Where a share that falls, or rises, with the dose passes its limit; nil where it does not.
  private func edge(falling: Bool, _ share: (Double) -> Double?) -> Double? {
    let limit = falling ? mostInadequate : mostToxic
    func isEnough(_ dose: Double) -> Bool? { share(dose).map { falling ? $0 <= limit : $0 >= limit } }
    var (low, high) = (log(Self.range.lowerBound), log(Self.range.upperBound))
    guard falling ? isEnough(exp(high)) == true : isEnough(exp(low)) == false else { return nil }
    for _ in 0..<Self.halvings {
      let middle = (low + high) / 2
      // Beyond what calibrates the model nothing is known, and an end there is none.
      guard let enough = isEnough(exp(middle)) else {
        high = middle
        continue
      }
      if enough { high = middle } else { low = middle }
    }
    let end = exp(high)
    guard let found = share(exp(low)), abs(found - limit) < Self.close else { return nil }
    return end
  }

  private static let close = 0.01

  /// Shares of the people at a dose, where the counts do not contradict them, for a curve over doses.
  public struct Shares: Hashable, Sendable {
    /// With too little effect.
    public let inadequate: Double?
    /// With a toxic level.
    public let toxic: Double?
  }

  /// The shares at a dose in µg or µg/h, with the most probable parameters.
  public func shares(at dose: Double) -> Shares {
    let few = likelyInadequate(at: dose), much = likelyDepressed(at: dose, windowState)
    return Shares(
      inadequate: few.flatMap { allowsTooLittle($0, at: dose) ? $0 : nil },
      toxic: much.flatMap { allowsTooMuch($0, at: dose, windowState) ? $0 : nil })
  }
}
