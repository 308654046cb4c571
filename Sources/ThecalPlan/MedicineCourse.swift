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
    _ medicine: Medicine, from start: Time = .zero, until end: Time? = nil, weaning: Weaning? = nil,
    person: KineticParameters? = nil
  ) {
    self.medicine = medicine
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

  /// The doses up to `horizon`, for the model; empty where there is none.
  func records(until horizon: Time) -> [DosingRecord] {
    guard let person else { return [] }
    return stages(until: horizon).flatMap { stage -> [DosingRecord] in
      let length = (stage.end - stage.start).base
      var record = DosingRecord.dose(0, at: stage.start.base)
      switch stage.medicine.amount {
      case .doses(let mass, let frequency):
        record.amount_mg = mass.value(in: .milligrams)
        let interval = frequency.interval.base
        // A dose at the very end belongs to what follows.
        let count = Int((length / interval - 1e-9).rounded(.up))
        if count > 1 {
          record.interval_h = interval
          record.additional = count - 1
        }
      case .rate(let rate):
        record.delivery = .over(length)
        record.amount_mg = (rate * (stage.end - stage.start)).value(in: .milligrams)
        // What is worn enters the skin; what flows into a vein enters plasma.
        if person.model.hasDepot, stage.medicine.route != .transdermal { record.compartment = 2 }
      }
      return [record]
    }
  }
}

extension Medicine {
  /// The same medicine in a share of its amount.
  func scaled(by share: ExactNumber) -> Medicine {
    switch amount {
    case .doses(let mass, let frequency):
      Medicine(drug: drug, route: route, amount: .doses(share * mass, frequency), line: line)
    case .rate(let rate): Medicine(drug: drug, route: route, amount: .rate(share * rate), line: line)
    }
  }
}
