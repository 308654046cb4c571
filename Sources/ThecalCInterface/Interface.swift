public import CThecal
import Thecal

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

/// Reads what hospitals export. The header says the rest.
@c @implementation
public func thecal_intake(
  _ source: UnsafePointer<CChar>!, _ length: Int, _ format: UnsafePointer<CChar>!,
  _ as_of: UnsafePointer<CChar>!,
  _ map: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  thecal_intake_part(source, length, format, as_of, map, count, 0, result)
}

/// Reads rows of what a hospital exports. The header says the rest.
@c @implementation
public func thecal_intake_part(
  _ source: UnsafePointer<CChar>!, _ length: Int, _ format: UnsafePointer<CChar>!,
  _ as_of: UnsafePointer<CChar>!,
  _ map: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int, _ lines_before: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    guard (0...mostLines).contains(lines_before) else {
      throw CallFailure(status: usage, message: "no table has \(lines_before) lines")
    }
    return try Calls.intake(
      text(source, length, "source"), format: word(format, "format"),
      asOf: as_of == nil ? nil : word(as_of, "as_of"), map: count == 0 ? [] : words(map, count, "map"),
      linesBefore: lines_before)
  }
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
  _ plan: UnsafePointer<CChar>!, _ length: Int, _ files: UnsafePointer<thecal_file>!, _ count: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.titrate(text(plan, length, "plan"), namedTexts(files, count)) }
}

/// Estimates parameters from measured levels. The header says the rest.
@c @implementation
public func thecal_fit(
  _ spec: UnsafePointer<CChar>!, _ length: Int, _ files: UnsafePointer<thecal_file>!, _ count: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.fit(text(spec, length, "spec"), namedTexts(files, count)) }
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
  _ flags: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.risk(count == 0 ? [] : words(flags, count, "flags")) }
}

/// The document behind a source id. The header says the rest.
@c @implementation
public func thecal_cite(
  _ id: UnsafePointer<CChar>!, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.cite(word(id, "id")) }
}
