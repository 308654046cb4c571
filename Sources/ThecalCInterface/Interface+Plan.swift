public import CThecal
import Thecal

/// One patient from regimen to refill. The header says the rest.
@c @implementation
public func thecal_plan(
  _ patient: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.plan(text(patient, length, "patient")) }
}

/// Everything on one axis of time. The header says the rest.
@c @implementation
public func thecal_timeline(
  _ plan: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.timeline(text(plan, length, "plan")) }
}

/// Levels for an event table. The header says the rest.
@c @implementation
public func thecal_pk(
  _ model: UnsafePointer<CChar>!, _ set: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int,
  _ omega: UnsafePointer<UnsafePointer<CChar>?>!, _ varied: Int, _ samples: Int32, _ seed: UInt64,
  _ events: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    var study = KineticStudy.Words(model: try word(model, "model"))
    study.set = count == 0 ? [] : try words(set, count, "set")
    study.omega = varied == 0 ? [] : try words(omega, varied, "omega")
    study.samples = samples == 0 ? nil : Int(samples)
    study.seed = seed
    return try Calls.pk(study, text(events, length, "events"))
  }
}

/// Why a ratio of doses is no ratio of levels. The header says the rest.
@c @implementation
public func thecal_explain_ratio(
  _ drug: UnsafePointer<CChar>!, _ tip: UnsafePointer<CChar>!, _ at: UnsafePointer<CChar>!, _ samples: Int32,
  _ seed: UInt64, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.explainRatio(
      word(drug, "drug"), tip: word(tip, "tip"), at: word(at, "at"), samples: Int(samples), seed: seed)
  }
}
