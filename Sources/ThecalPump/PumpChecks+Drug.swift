import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension PumpChecks {
  /// Everything that the clinical rules say of a drug at this dose, strength and bolus; says what it amounts to.
  @discardableResult
  mutating func check(
    _ drug: PumpDrug?, dose: DoseRate? = nil, strength: Concentration? = nil, bolus: Mass? = nil
  ) -> Status {
    guard let drug else {
      add(.drugNotNamed, nil, .note)
      return .ok
    }
    if let refusal = drug.refusal(by: rules) {
      add([refusal])
      return refusal.severity.status
    }
    var found: [Finding] = []
    let place = Place(field: drug.tallMan)
    if let dose { found += rules.check(dose, of: drug.id, keepsPassed: keepsPassed, at: place) }
    if let strength { found += rules.check(strength, of: drug.id, keepsPassed: keepsPassed, at: place) }
    if let bolus, bolus > .zero { found += rules.check(bolus: bolus, of: drug.id, at: place) }
    add(found)
    noteLimits(of: drug, dose != nil, strength != nil)
    return found.map(\.severity.status).max() ?? .ok
  }

  /// Lists the limits that were held against a dose or strength and that nobody has read.
  private mutating func noteLimits(of drug: PumpDrug, _ hasDose: Bool, _ hasStrength: Bool) {
    guard let limits = drug.use?.intrathecal else { return }
    if hasDose, let limit = limits.limit { _ = use(limit, of: drug, as: "limit of the daily dose", .informs) }
    if hasStrength, let most = limits.strongest {
      _ = use(most, of: drug, as: "strongest solution", .informs)
    }
  }

  /// Says where a drug is not on the label of the pump, and how often such pumps stopped.
  mutating func checkLabel(of drugs: [PumpDrug], on device: PumpDevice) {
    guard !device.labeledDrugs.isEmpty else { return }
    let others = drugs.filter { $0.use != nil && !device.labeledDrugs.contains($0.id) }
    for drug in others {
      add(.drugNotOnLabel, .deviceNotApproved, .note, [.drug(drug.id), .text(device.name)])
    }
    guard !others.isEmpty || drugs.count > 1 else { return }
    for note in device.stallNotes {
      add(.stallsReported, nil, .note, [.text(note.text)], citing: [note.citation])
    }
  }

  /// How long a mixture of `parts` was shown to keep in a pump: the shortest record of exactly these drugs at
  /// such strengths; nil, with a concern, where there is none. What is unknown is never taken from a part.
  mutating func stability(of parts: [Admixture.Part], in formulary: Formulary) -> Time? {
    let records = formulary.stability(of: parts.map(\.drug.id)).filter { record in
      !["glass", "syringe"].contains(record.container)
        && record.components.allSatisfy { component in
          parts.first { $0.drug.id == component.drug }.map { component.covers($0.concentration) } ?? false
        }
    }
    let drugs = Evidence.list(parts.map { .drug($0.drug.id) })
    guard let shortest = records.min(by: { $0.days.low < $1.days.low }),
      let time: Time = shortest.days.lowQuantity()
    else {
      add(.stabilityUnknown, .stabilityUnknown, .review, [drugs])
      return nil
    }
    rest(on: shortest.days.citation, as: "stability of the mixture", .decides, .unverifiedSource)
    add(.stabilityShown, .stability, .passed, [drugs, .time(time)])
    return time
  }
}

extension StabilityRecord.Component {
  /// Whether `strength` lies among those studied; a record that names none speaks of ordinary ones.
  fileprivate func covers(_ strength: Concentration) -> Bool {
    guard let unit = concentrationUnit.flatMap(Concentration.unit(named:)) else { return true }
    let value = strength.exactValue(in: unit)
    return concentrationLow.map { value >= $0 } ?? true && concentrationHigh.map { value <= $0 } ?? true
  }
}
