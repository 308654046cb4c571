import ThecalFormulary
import ThecalPump
import ThecalQuantities

extension RuleReading {
  /// The most on the first day: from screening for baclofen, else the least of what label, consensus and the
  /// plan itself say. Nil where the plan is refused.
  mutating func firstDose() -> DoseRate? {
    let rule = use.screening.map { screened($0) } ?? consensusStart()
    guard let rule else { return nil }
    guard let own = plan.start else { return rule }
    if own > rule {
      ledger.add(
        .overLimit, .review,
        "The plan's start of \(pumpDrug.unit.words(own)) is above \(pumpDrug.unit.words(rule)), which holds.")
    }
    return min(own, rule)
  }

  /// Twice the bolus that answered, or once where its effect lasted long.
  private mutating func screened(_ screening: BaclofenScreening) -> DoseRate? {
    guard let test = plan.screening else {
      ledger.add(
        .screeningRequired, .blocked,
        "\(drug.tallMan) is started from a screening bolus only: write screening: {bolus: 50 mcg, effect: 6 h}."
      )
      return nil
    }
    let most: Mass = screening.bolusMax.quantity() ?? .zero
    guard test.bolus <= most else {
      ledger.add(
        .noResponse, .blocked,
        "No response to \(ClinicalText.quantity(most, in: .micrograms)) is no candidate for a pump; a bolus of "
          + "\(ClinicalText.quantity(test.bolus, in: .micrograms)) is beyond the label's test.")
      rest(on: screening.bolusMax.citation, "The largest screening bolus")
      return nil
    }
    let long = Time(screening.prolongedAboveHours.value, .hours)
    let factor =
      (test.effect ?? .infiniteForStart) > long ? screening.startFactorProlonged : screening.startFactor
    rest(on: factor.citation, "The start")
    if test.effect == nil {
      ledger.add(
        .missingField, .review, "Not stated: how long the effect lasted; the bolus is not doubled.")
    }
    return factor.value * test.bolus / Time(1, .days)
  }

  /// The least of the upper ends for the patient's class; without tolerance, or without knowing, the first-day cap.
  private mutating func consensusStart() -> DoseRate? {
    let isOpioid = drug.kind == .opioid
    let patient = plan.isTolerant == true ? "tolerant" : "naive"
    let named = use.start.filter { range in
      ["label", "consensus"].contains(range.basis ?? "")
        && ["any", patient].contains(range.patientClass ?? "any")
    }
    var candidates = named.compactMap { range in
      range.highQuantity(DoseRateDimension.self).map { ($0, range) }
    }
    if isOpioid, plan.isTolerant != true, let cap = use.firstDayCap, let dose: DoseRate = cap.highQuantity() {
      candidates.append((dose, cap))
      if plan.isTolerant == nil {
        ledger.add(.toleranceUnknown, .review, "Not stated: opioid_tolerant; taken as not tolerant.")
      }
      ledger.add(
        .opioidNaiveCap, .ok, "Without tolerance the first day is held at \(pumpDrug.unit.words(dose)).")
    }
    guard let least = candidates.min(by: { $0.0 < $1.0 }) else {
      ledger.add(.noProtocol, .blocked, "No start of \(drug.tallMan) is on record.")
      return nil
    }
    rest(on: least.1.citation, "The start of \(pumpDrug.unit.words(least.0))")
    return least.0
  }
}

extension Time {
  /// Longer than any effect, for one that is not known.
  fileprivate static var infiniteForStart: Time { Time(10_000, .days) }
}
