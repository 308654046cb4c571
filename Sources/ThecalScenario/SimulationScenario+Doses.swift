public import ThecalDosing
import ThecalQuantities
import ThecalTransport

/// What a scenario's programme asks for beyond what can be meant.
public enum ScenarioTopic: UInt8, FindingTopic {
  /// A dose comes after the last row: its time, the end.
  case doseAfterEnd
  /// No injection has that volume: volume, most.
  case volumeImpossible

  /// The room of scenarios.
  public static var room: Room { .transport }
}

extension SimulationScenario {
  /// What the clinical rules say of the doses of the programme: the same as of a dose that is to be given.
  ///
  /// A drug that no rule knows, such as a tracer, has no findings.
  public var findings: Findings {
    var findings = Findings()
    let rules = DosingRules.standard
    if let never = rules.neverIntrathecal(input.drug) { findings.add(never) }
    findings.add(Self.impossibleVolumes(of: input.schedule))
    for bolus in input.schedule.boluses where bolus.time > input.until { findings.add(afterEnd(bolus.time)) }
    for rate in input.schedule.rates where rate.start > input.until { findings.add(afterEnd(rate.start)) }
    guard let drug = rules.drug(named: input.drug), drug.intrathecal != nil else { return findings }
    for rate in input.schedule.rates where rate.rate > .zero {
      findings.add(rules.check(rate.rate, of: drug.id, at: .init(field: "program.rate")))
    }
    for bolus in input.schedule.boluses {
      findings.add(rules.check(bolus: bolus.mass, of: drug.id, at: .init(field: "program.bolus")))
    }
    return findings
  }

  /// The injections of `schedule` that no canal could take.
  static func impossibleVolumes(of schedule: DeliverySchedule) -> [Finding] {
    schedule.boluses.filter { $0.volume > mostInjected }.map { bolus in
      Finding(
        ScenarioTopic.volumeImpossible, .implausibleDose, .blocked,
        [.volume(bolus.volume), .volume(mostInjected)], at: .init(field: "program.volume"))
    }
  }

  /// Ends where the clinical rules refuse a dose of the programme, so that no way to a simulation passes them by.
  func refuse() throws(ScenarioError) {
    let refusals = findings.all.filter { $0.severity >= .blocked }
    guard let first = refusals.first else { return }
    let codes = refusals.compactMap(\.code?.name).reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }
    throw places.top.error(
      "\(first.place?.field ?? "drug"): refused by the clinical rules: \(codes.joined(separator: ", "))",
      refused: findings.all)
  }

  /// No injection into the cerebrospinal fluid is larger than the fluid of the whole canal: this project's own cut-off.
  private static let mostInjected = Volume(100, .milliliters)

  private func afterEnd(_ time: Time) -> Finding {
    Finding(
      ScenarioTopic.doseAfterEnd, .doseAfterEnd, .review, [.time(time), .time(input.until)],
      at: .init(field: "program"))
  }
}
