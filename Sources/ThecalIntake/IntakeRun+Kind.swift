import ThecalTabular

extension IntakeRun {
  /// Whether the file at `path` is an export: FHIR, or a table with the columns of a hospital and not those of a clinic.
  ///
  /// - Parameter readsAsTable: Whether a header is that of a clinic's table.
  package func isExport(_ path: String, readsAsTable: ([String]) -> Bool) throws(IntakeProblem) -> Bool {
    if try beginsAsJSON(path) { return true }
    // What cannot be read as a table at all is no export; whoever reads it says why.
    guard let header = try? CSVReader(path: path).header else { return false }
    return isExport(header, readsAsTable)
  }

  /// Whether what is in memory is an export.
  package func isExport(bytes: [UInt8], readsAsTable: ([String]) -> Bool) -> Bool {
    if isJSON(bytes) { return true }
    guard let header = try? CSVReader(bytes: bytes, path: "").header else { return false }
    return isExport(header, readsAsTable)
  }

  private func isExport(_ header: [String], _ readsAsTable: ([String]) -> Bool) -> Bool {
    if header.contains(where: { HeaderNames.key($0) == "intake" }) { return false }
    let isTable = readsAsTable(header)
    if !options.map.isEmpty { return true }
    // Directions say more than cells: "1 tab as needed" beside a dose and a frequency must not be passed over.
    if isTable { return header.contains { Self.directions.contains(HeaderNames.key($0)) } }
    guard let layout = try? ExportLayout(header, words.headers, map: options.map) else { return false }
    // Who and what alone say nothing of how much: that is a table with columns missing, and no export.
    return layout.fields.contains { $0.field != .patientID && $0.field != .name }
  }

  /// Headers of directions, as `HeaderNames.key` folds them.
  private static let directions: Set<String> = ["sig", "directions", "instructions", "sigtext"]
}
