public import CThecal
import Thecal

private let usage: thecal_status = 64
private let unusable: thecal_status = 65

/// A call that failed: what the status and the message will be.
struct CallFailure: Error {
  let status: thecal_status
  let message: String
}

/// Hands `make`'s result, or what went wrong, to the caller.
private func answer(
  _ out: UnsafeMutablePointer<OpaquePointer?>?, _ make: () throws -> (thecal_status, Result)
) -> thecal_status {
  guard let out else { return usage }
  out.pointee = nil
  do {
    let (status, result) = try make()
    out.pointee = Registry.hold(result)
    return status
  } catch let failure as CallFailure {
    out.pointee = Registry.hold(Result(message: failure.message))
    return failure.status
  } catch {
    out.pointee = Registry.hold(Result(message: "\(error)"))
    return unusable
  }
}

/// The text that C hands over.
private func text(_ pointer: UnsafePointer<CChar>?, _ length: Int, _ name: String) throws -> String {
  guard let pointer else { throw CallFailure(status: usage, message: "\(name) is null") }
  guard length >= 0, length <= 1 << 30 else {
    throw CallFailure(status: usage, message: "\(name) has a length of \(length)")
  }
  let bytes = UnsafeRawBufferPointer(start: pointer, count: length)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw CallFailure(status: unusable, message: "\(name) is no text in UTF-8")
  }
  return text
}

/// A short text that ends in NUL.
private func word(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> String {
  guard let pointer else { throw CallFailure(status: usage, message: "\(name) is null") }
  guard let text = String(validatingCString: pointer) else {
    throw CallFailure(status: unusable, message: "\(name) is no text in UTF-8")
  }
  return text
}

/// Texts that live as long as the program.
private let version = StaticText(thecalVersion)
private let dataVersion = StaticText(Formulary.embedded.version)

/// The version of the engine. The header says the rest.
@c @implementation
public func thecal_version() -> UnsafePointer<CChar>! { version.pointer }

/// The version of the data. The header says the rest.
@c @implementation
public func thecal_data_version() -> UnsafePointer<CChar>! { dataVersion.pointer }

/// Converts a table of patients. The header says the rest.
@c @implementation
public func thecal_convert(
  _ table: UnsafePointer<CChar>!, _ length: Int, _ format: UnsafePointer<CChar>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.convert(text(table, length, "table"), format: word(format, "format")) }
}

/// Computes a scenario. The header says the rest.
@c @implementation
public func thecal_simulate(
  _ scenario: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.simulate(text(scenario, length, "scenario")) }
}

/// Plans a titration. The header says the rest.
@c @implementation
public func thecal_titrate(
  _ plan: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.titrate(text(plan, length, "plan")) }
}

/// Holds facts against the checklist of candidates. The header says the rest.
@c @implementation
public func thecal_candidate(
  _ facts: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.candidate(text(facts, length, "facts")) }
}

/// The risks of a dose. The header says the rest.
@c @implementation
public func thecal_risk(
  _ drug: UnsafePointer<CChar>!, _ dose: UnsafePointer<CChar>!, _ regimen: UnsafePointer<CChar>!,
  _ patients: Int32, _ seed: UInt64, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.risk(
      drug: word(drug, "drug"), dose: word(dose, "dose"), regimen: word(regimen, "regimen"),
      patients: Int(patients), seed: seed)
  }
}

/// Computes part of a sweep into a file. The header says the rest.
@c @implementation
public func thecal_sweep(
  _ spec: UnsafePointer<CChar>!, _ output: UnsafePointer<CChar>!, _ shard: Int32, _ shards: Int32,
  _ threads: Int32, _ resume: Int32, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.sweep(
      word(spec, "spec"), to: word(output, "output"), shard: (Int(shard), Int(shards)), threads: Int(threads),
      resumes: resume != 0)
  }
}

/// What went wrong or should be known. The header says the rest.
@c @implementation
public func thecal_message(_ result: OpaquePointer!) -> UnsafePointer<CChar>! {
  guard let found = Registry.find(result) else { return noResult.pointer }
  return found.message.pointer
}

private let noResult = StaticText("this is no result, or one that was freed")

/// The text of a result and its length. The header says the rest.
@c @implementation
public func thecal_text(
  _ result: OpaquePointer!, _ text: UnsafeMutablePointer<UnsafePointer<CChar>?>!,
  _ length: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let found = Registry.find(result), let text, let length else { return usage }
  text.pointee = found.text.pointer
  length.pointee = found.text.length
  return 0
}

/// The size of a simulation. The header says the rest.
@c @implementation
public func thecal_shape(
  _ result: OpaquePointer!, _ rows: UnsafeMutablePointer<Int>!, _ columns: UnsafeMutablePointer<Int>!
) -> thecal_status {
  guard let found = Registry.find(result), let rows, let columns else { return usage }
  rows.pointee = found.times.count
  columns.pointee = found.names.count
  return 0
}

/// The name of a column. The header says the rest.
@c @implementation
public func thecal_column_name(
  _ result: OpaquePointer!, _ column: Int, _ name: UnsafeMutablePointer<UnsafePointer<CChar>?>!
) -> thecal_status {
  guard let found = Registry.find(result), let name, found.names.indices.contains(column) else {
    return usage
  }
  name.pointee = found.names[column].pointer
  return 0
}

/// Copies the times, h. The header says the rest.
@c @implementation
public func thecal_times_h(
  _ result: OpaquePointer!, _ times: UnsafeMutablePointer<Double>!, _ count: Int
) -> thecal_status {
  guard let found = Registry.find(result), let times, count == found.times.count else { return usage }
  for i in 0..<count { times[i] = found.times[i] }
  return 0
}

/// Copies the concentrations, ng/mL, row by row. The header says the rest.
@c @implementation
public func thecal_levels_ng_per_mL(
  _ result: OpaquePointer!, _ levels: UnsafeMutablePointer<Double>!, _ count: Int
) -> thecal_status {
  guard let found = Registry.find(result), let levels, count == found.levels.count else { return usage }
  for i in 0..<count { levels[i] = found.levels[i] }
  return 0
}

/// Frees a result. The header says the rest.
@c @implementation
public func thecal_free(_ result: OpaquePointer!) { Registry.release(result) }
