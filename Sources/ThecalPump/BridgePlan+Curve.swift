import Glibc
public import ThecalQuantities

extension BridgePlan {
  /// What is programmed while the old drug runs out.
  public enum Course: String, Sendable, CaseIterable {
    /// A bridge of the right length.
    case bridged
    /// The new flow from the start.
    case unbridged
    /// A bridge computed for another path.
    case wrongLength
  }

  /// How long the bridge for the wrong path runs.
  public var wrongTime: Time {
    (request.wrongPath ?? request.path.volume / 2) / bridgeFlow
  }

  /// The programme of `course`.
  public func program(_ course: Course) -> PumpProgram {
    let end: Time
    switch course {
    case .bridged: end = bridgeTime
    case .wrongLength: end = wrongTime
    case .unbridged: return PumpProgram(flow: newFlow)
    }
    return PumpProgram(steps: [.init(start: .zero, flow: bridgeFlow), .init(start: end, flow: newFlow)])
  }

  /// The dose rate at the tip as plugs, for everything downstream.
  public func schedule(_ course: Course) -> DeliverySchedule {
    program(course).schedule(path: request.path.volume, holding: request.old, then: request.new)
  }

  /// The whole hours of the curves: through the slowest course and a day beyond, three weeks at most.
  var curveHours: ClosedRange<Int> {
    let last = max(bridgeTime, unbridgedTime, wrongTime) + Time(1, .days)
    return 0...min(last.exactValue(in: .hours), ExactNumber(BridgePlan.longestCurve)).ceiling
  }

  /// The dose rate at the tip at every whole hour, moving as plugs.
  public func curve(_ course: Course) -> [(time: Time, rate: DoseRate)] {
    let schedule = schedule(course)
    return curveHours.map { hour in
      let time = Time(ExactNumber(hour), .hours)
      return (time, schedule.rate(at: time))
    }
  }

  /// The highest dose rate at the tip around the end of a bridge where a share of the path mixes, and when; nil where nothing
  /// mixes, the strengths agree, or the drug changes, because doses of two drugs are no one dose.
  ///
  /// When the bridge ends, a volume m of the path has mixed for one time constant, so that the strength at the tip is
  /// `C_new + (C_old - C_new) / e`; the higher of the flows before and after gives the peak.
  public var mixingPeak: (rate: DoseRate, time: Time)? {
    guard request.mixing > .zero, request.old != request.new, !request.changesDrug else { return nil }
    let stronger = max(request.new, request.old) - min(request.new, request.old)
    let share = BridgePlan.inverseE * stronger
    let strength = request.old > request.new ? request.new + share : request.new - share
    return (strength * max(bridgeFlow, newFlow), bridgeTime)
  }

  /// e⁻¹ to fifteen digits.
  static let inverseE: ExactNumber = 0.367_879_441_171_442

  /// The dose rate at the tip at every whole hour where a share of the path mixes; empty where the drug changes.
  ///
  /// A plug of `path - m` is followed by a well-mixed volume m, so that the mean volume to arrival stays
  /// the path: `C(V) = C_new + (C_old - C_new) exp(-(V - path + m) / m)` once V exceeds `path - m`.
  public func mixedCurve(_ course: Course) -> [(time: Time, rate_ug_per_h: Double)] {
    if request.changesDrug { return [] }
    let program = program(course)
    let mixed = request.mixing.base * request.path.volume.base
    return curveHours.map { hour in
      let time = Time(ExactNumber(hour), .hours)
      let beyond = program.pumped(through: time).base - request.path.volume.base + mixed
      let share = beyond <= 0 ? 1 : mixed > 0 ? exp(-beyond / mixed) : 0
      let strength = request.new.base + (request.old.base - request.new.base) * share
      return (time, strength * program.flow(after: time).base)
    }
  }
}
