public import ThecalDosing
import ThecalFormulary
public import ThecalKinetics
public import ThecalQuantities

/// A medicine over time: from when, until when, and how it is taken back.
public struct MedicineCourse: Hashable, Sendable {
  /// How a medicine is taken back: by a share of the first amount, at even intervals.
  public struct Weaning: Hashable, Sendable {
    /// The share of the first amount by which each step lowers it, above 0 and at most 1.
    public let share: ExactNumber
    /// The time from one step to the next.
    public let interval: Time
    /// When the first step comes.
    public let start: Time

    /// A weaning.
    ///
    /// - Precondition: 0 < `share` ≤ 1, and the interval is above zero.
    public init(by share: ExactNumber, every interval: Time, from start: Time) {
      precondition(share > .zero && share <= 1 && interval > .zero)
      self.share = share
      self.interval = interval
      self.start = start
    }
  }

  /// The medicine as it is taken at first.
  public let medicine: Medicine
  /// What was taken of it up to 0 h, so long that its levels have settled; nil where nothing was.
  public let before: Medicine?
  /// When it begins.
  public let start: Time
  /// When it ends; nil where it goes on.
  public let end: Time?
  /// How it is taken back, if it is.
  public let weaning: Weaning?
  /// The person to the drug; nil where no model is known for drug and route.
  public let person: KineticParameters?

  /// A medicine over time.
  public init(
    _ medicine: Medicine, before: Medicine? = nil, from start: Time = .zero, until end: Time? = nil,
    weaning: Weaning? = nil, person: KineticParameters? = nil
  ) {
    self.medicine = medicine
    self.before = before
    self.start = start
    self.end = end
    self.weaning = weaning
    self.person = person
  }

  /// A part of the course with one amount.
  public struct Stage: Hashable, Sendable {
    /// When it begins.
    public let start: Time
    /// When it ends.
    public let end: Time
    /// The medicine in the amount of this part.
    public let medicine: Medicine
  }

  /// The parts of the course up to `horizon`, in order; those of nothing are left out.
  public func stages(until horizon: Time) -> [Stage] {
    let last = end.map { min($0, horizon) } ?? horizon
    guard let weaning else {
      return start < last ? [Stage(start: start, end: last, medicine: medicine)] : []
    }
    var stages: [Stage] = []
    var begin = start
    for step in 0... {
      let left = 1 - ExactNumber(step) * weaning.share
      guard left > .zero, begin < last else { return stages }
      let change = weaning.start + ExactNumber(step) * weaning.interval
      let finish = min(max(change, begin), last)
      if begin < finish {
        stages.append(Stage(start: begin, end: finish, medicine: medicine.scaled(by: left)))
      }
      begin = finish
    }
    return stages
  }

  /// Whether there is a level of it up to `horizon`.
  func hasLevels(until horizon: Time) -> Bool { before != nil || !stages(until: horizon).isEmpty }

  /// The doses up to `horizon`, for the model; empty where there is none. What was taken before is the last of
  /// endless doses, one interval before 0 h.
  func records(until horizon: Time) -> [DosingRecord] {
    guard let person else { return [] }
    let settled = before.map { before -> DosingRecord in
      let interval = before.interval
      var record = Self.record(of: before, from: .zero - interval, to: .zero, person)
      record.interval_h = interval.base
      record.steadyState = .replacing
      return record
    }
    let stages = stages(until: horizon).map { stage -> DosingRecord in
      var record = Self.record(of: stage.medicine, from: stage.start, to: stage.end, person)
      guard case .doses = stage.medicine.amount else { return record }
      let interval = stage.medicine.interval.base
      // A dose at the very end belongs to what follows.
      let count = Int(((stage.end - stage.start).base / interval - 1e-9).rounded(.up))
      if count > 1 {
        record.interval_h = interval
        record.additional = count - 1
      }
      return record
    }
    return (settled.map { [$0] } ?? []) + stages
  }

  /// One dose of `medicine`, or all that its rate gives from `start` to `end`.
  private static func record(
    of medicine: Medicine, from start: Time, to end: Time, _ person: KineticParameters
  ) -> DosingRecord {
    var record = DosingRecord.dose(0, at: start.base)
    switch medicine.amount {
    case .doses(let mass, _): record.amount_mg = mass.value(in: .milligrams)
    case .rate(let rate):
      record.delivery = .over((end - start).base)
      record.amount_mg = (rate * (end - start)).value(in: .milligrams)
      // What is worn enters the skin; what flows into a vein enters plasma.
      if person.model.hasDepot, medicine.route != .transdermal { record.compartment = 2 }
    }
    return record
  }
}

extension Medicine {
  /// The time from one dose to the next; a day of what is given at a rate.
  fileprivate var interval: Time {
    switch amount {
    case .doses(_, let frequency): frequency.interval
    case .rate: Time(1, .days)
    }
  }

  /// The same medicine in a share of its amount.
  func scaled(by share: ExactNumber) -> Medicine {
    switch amount {
    case .doses(let mass, let frequency):
      Medicine(drug: drug, route: route, amount: .doses(share * mass, frequency), line: line)
    case .rate(let rate): Medicine(drug: drug, route: route, amount: .rate(share * rate), line: line)
    }
  }
}
