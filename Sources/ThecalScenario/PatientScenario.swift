public import ThecalConversion
import ThecalDosing
import ThecalFormulary
public import ThecalPlan
import ThecalPump
import ThecalQuantities
import ThecalTitration
import ThecalTransport

/// What `thecal plan` reads: a patient, the regimen, the pump's drug, the target, and how the reservoir is filled.
public struct PatientScenario: Sendable {
  /// What it asks for.
  public let request: PatientPlanRequest
  /// The medicines as they are written, `morphine oral 60 mg bid`.
  public let medications: [String]
  /// What is stated about the patient, by the name of the column of a clinic's table.
  public let facts: [String: String]
  let places: InputPlaces

  /// Keys of titrations and timelines that a plan answers itself, or that a conversion does not know, and what stands in their place.
  static let refused = [
    "program": "a plan makes the programme itself: leave it out",
    "systemic": "write what is taken under medications", "plasma": "write what is taken under medications",
    "oral_mme": "a plan converts medicines: write medications",
    "opioid_tolerant": "a plan converts medicines: write medications and opioid_days",
    "diary": "a plan takes observations, not a diary",
    "first_day": "day 1 is the day of the filling: write fill.date",
  ]

  /// Reads a patient from YAML; `file` is the name that errors show.
  public init(yaml: String, file: String) throws(ScenarioError) {
    let top = try ScenarioNode(yaml: yaml, file: file)
    for (key, node) in try top.pairs() {
      if let instead = Self.refused[key] { throw node.error(instead) }
    }
    let members = try top.members(.plan)
    let titration = try TitrationScenario(top, .plan)
    let timeline = try TimelineScenario(top, .plan)
    places = timeline.places
    medications = try Self.medications(members["medications"] ?? top)
    facts = try Self.facts(members, titration.request.drug)
    var wanted = titration.request
    if let response = try members["screening_response"]?.yesOrNo() {
      wanted.patient.screeningResponse = response
    }
    request = PatientPlanRequest(
      patientID: try (members["patient_id"] ?? top).text(), titration: wanted, timeline: timeline.request,
      breakthrough: try members["breakthrough"].map(TitrationScenario.medicines) ?? [],
      filling: try Self.filling(members, top))
  }

  /// The words of each medicine, without what is said of how it is taken back.
  private static func medications(_ node: ScenarioNode) throws(ScenarioError) -> [String] {
    var texts: [String] = []
    for item in node.items {
      let taken =
        item.isMapping ? try item.members()["take"] : item
      texts.append(try (taken ?? item).text())
    }
    guard !texts.isEmpty else {
      throw node.error("there is nothing to convert: write [oxycodone oral 20 mg q6h]")
    }
    return texts
  }

  /// Facts that a clinic's table has as columns of yes and no.
  private static let answers = [
    "frail", "sleep_apnea", "cns_depressants", "psychosis_history", "anticoagulant", "pregnancy", "renal",
    "screening_response",
  ]
  /// Facts that a clinic's table has as columns of other values.
  private static let values = [
    "indication", "opioid_days", "age_years", "weight_kg", "allergy", "residual_mme",
  ]

  private static func facts(
    _ members: [String: ScenarioNode], _ drug: String
  ) throws(ScenarioError) -> [String: String] {
    var facts = ["target_drug": drug]
    for key in values { if let node = members[key] { facts[key] = try node.text() } }
    for key in answers {
      if let node = members[key] { facts[key] = try node.yesOrNo() ? "yes" : "no" }
    }
    if let screening = try members["screening"]?.members() {
      for (key, node) in screening { facts["screening_\(key)"] = try node.text() }
    }
    return facts
  }

  private static func filling(
    _ members: [String: ScenarioNode], _ top: ScenarioNode
  ) throws(ScenarioError) -> PatientPlanRequest.Filling {
    let (fill, strength) = (members["fill"] ?? top, members["concentration"] ?? top)
    let parts = try fill.members()
    let device = try Self.device(members["pump"])
    let unit = DoseUnit(before: try strength.unit(ConcentrationDimension.self).symbol)
    var filling = PatientPlanRequest.Filling(
      device, volume: try (parts["volume"] ?? fill).positive(), concentration: try strength.positive(),
      unit: unit, stock: try (parts["stock"] ?? fill).positive(), date: try (parts["date"] ?? fill).date())
    filling.vial = try parts["vial"]?.positive()
    if let overfill = parts["overfill"] { filling.overfill = try overfill.positive(orZero: true) }
    if let sample = parts["sample"] { filling.sample = try sample.positive(orZero: true) }
    filling.alarm = try parts["alarm"]?.positive()
    filling.longestInterval = try parts["max_interval"]?.positive()
    filling.path = try members["path"].map { node throws(ScenarioError) in try Self.path(node, device) }
    return filling
  }

  private static func device(_ node: ScenarioNode?) throws(ScenarioError) -> PumpDevice {
    let name = try node?.text() ?? PumpDevice.usual
    guard let device = PumpDevice(named: name) else {
      let known = Formulary.embedded.devices.map(\.id)
      throw (node?.error("'\(name)' is no pump that is known; \(suggestion(for: name, among: known))"))
        ?? ScenarioError(file: "", line: nil, key: "pump", message: "no usual pump is on record")
    }
    return device
  }

  private static func path(_ node: ScenarioNode, _ device: PumpDevice) throws(ScenarioError) -> FluidPath {
    let members = try node.members()
    let stated: VolumePerLength? = try members["per_length"]?.positive()
    let named = try members["catheter"].map { node throws(ScenarioError) in
      let name = try node.text()
      guard let bore = FluidPath.bore(ofCatheterNamed: name) else {
        let known = Formulary.embedded.catheters.map(\.id)
        throw node.error("'\(name)' is no catheter that is known; \(suggestion(for: name, among: known))")
      }
      return bore
    }
    guard let bore = stated.map({ Cited(stated: $0) }) ?? named else {
      throw node.error("write per_length: 0.0022 mL/cm, or the catheter's name")
    }
    let own: Volume? = try members["tubing"]?.positive(orZero: true)
    guard let tubing = own.map({ Cited(stated: $0) }) ?? device.tubing else {
      throw node.error("the volume inside \(device.name) is not on record: write tubing: 0.2 mL")
    }
    return FluidPath(tubing: tubing, length: try (members["length"] ?? node).positive(), bore: bore)
  }
}

extension PatientPlan {
  /// The plan that `scenario` asks for, with the conversion that was made of its medications and facts.
  ///
  /// - Throws: `ScenarioError` naming the place in the file.
  public init(_ scenario: PatientScenario, conversion: Conversion? = nil) throws(ScenarioError) {
    do throws(InputProblem) { try self.init(scenario.request, conversion: conversion) } catch {
      throw scenario.places.located(error)
    }
  }
}
