public import ThecalDosing

/// What putting a plan together finds, beside what its parts find.
public enum PlanTopic: UInt8, FindingTopic {
  /// More goes on by mouth than the start counts on: equivalents that go on, equivalents stated to go on.
  case moreGoesOn
  /// A medicine stops when the pump starts, because the start replaces it: drug, route.
  case stopsAtStart
  /// A medicine is taken back by a rule: drug, route, share of a step, interval, for whom.
  case takenBack
  /// A medicine goes on unchanged, because no source says how it is taken back: drug, route.
  case goesOn
  /// What breaks through: drug, route, equivalents a day at most.
  case breakthrough
  /// No dose for pain that breaks through is stated, and none is proposed.
  case noBreakthrough
  /// The refill is planned at the highest dose of the schedule: dose.
  case refillAtHighest
  /// The path was not stated: nothing is said about priming.
  case noPath
  /// No model is known for a medicine beside the pump, whose level is missing: drug, route.
  case noModel
  /// A medicine has no factor, so that no oral morphine is given for its time: table.
  case noFactor

  /// The room of plans.
  public static var room: Room { .plan }
}
