import ThecalConversion
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// One patient given on the command line or by a program: medicines in words, facts by column name.
public struct InlinePatient: Hashable, Sendable {
  /// Medicines such as `oxycodone oral 20 mg q6h`.
  public var medications: [String]
  /// What is known about the patient, by the name of the input column.
  public var facts: [String: String]

  /// A patient who takes `medications`.
  public init(medications: [String], facts: [String: String] = [:]) {
    self.medications = medications
    self.facts = facts
  }

  /// The patient as the bytes of a table, so that it takes the same way through the house as any other.
  func table() throws(BatchProblem) -> [UInt8] {
    let known = Set(InputColumn.allCases.map(\.name))
    if let unknown = facts.keys.sorted().first(where: { !known.contains($0) }) {
      throw BatchProblem(message: "there is no column '\(unknown)'", exitCode: 64)
    }
    let columns = facts.keys.sorted()
    var rows = [["patient_id", "drug", "route", "dose", "unit", "frequency"] + columns]
    for text in medications {
      let medicine = try Medication(text)
      rows.append(
        ["patient", medicine.drug, medicine.route, medicine.dose, medicine.unit, medicine.frequency]
          + columns.map { facts[$0] ?? "" })
    }
    let lines = rows.map { row in
      row.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",")
    }
    return Array(lines.joined(separator: "\n").utf8)
  }
}

/// The words of a medicine: drug, route, dose, unit, frequency.
private struct Medication {
  var drug: String
  var route = ""
  var dose: String
  var unit: String
  var frequency: String

  init(_ text: String) throws(BatchProblem) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard
      let number = words.firstIndex(where: { $0.first.map { $0.isNumber || ".-+".contains($0) } ?? false }),
      number > 0, number + 1 < words.count
    else {
      throw BatchProblem(
        message:
          "'\(text)' is not a medicine; write drug, route, dose, unit and frequency: \"oxycodone oral 20 mg q6h\"",
        exitCode: 64)
    }
    var name = Array(words[..<number])
    if name.count > 1, let last = name.last, AdministrationRoute(rawValue: last.lowercased()) != nil {
      route = last
      name.removeLast()
    }
    drug = name.joined(separator: " ")
    dose = words[number]
    unit = words[number + 1]
    frequency = words[(number + 2)...].joined(separator: " ")
  }
}

/// What became of one patient: results for people, and the same as JSON Lines.
public struct InlineResult: Sendable {
  /// One result for each drug of the pump.
  public let rows: [ReportRow]
  /// The results as JSON, an object a line.
  public let jsonLines: String
  /// The results as CSV with a header.
  public let csv: String
}

extension BatchRun {
  /// Converts one patient, with the derivation of every result.
  ///
  /// - Throws: `BatchProblem` where the words are not a patient; a bad dose is not a problem but a result.
  public func convert(_ patient: InlinePatient) throws(BatchProblem) -> InlineResult {
    let converter: Converter
    do {
      converter = try Converter(equivalentTable: options.equivalentTable, ratioTable: options.ratioTable)
    } catch {
      throw .table(error)
    }
    let table = try patient.table()
    var reader = try filing { () throws(TabularError) in try CSVReader(bytes: table, path: "--medication") }
    var batch = RowBatch()
    do { _ = try reader.nextBatch(into: &batch, maxRows: table.count) } catch { throw .file(error) }
    let layout = try InputLayout(reader.header, of: "--medication")
    var explained = options
    explained.format = .jsonl
    var patients = PatientConverter(explained, converter: converter, layout: layout, split: [])
    var json = RowEncoder(layout, .jsonl, engine: engine, data: Formulary.embedded.version, wording: wording)
    var csv = RowEncoder(layout, .csv, engine: engine, data: Formulary.embedded.version, wording: wording)
    var rows: [ReportRow] = []
    for result in patients.convert(patients.read(batch, rows: 0..<batch.count), batch) {
      json.write(result, batch)
      csv.write(result, batch)
      rows.append(ReportRow(result, patient: "patient"))
    }
    var header = CSVWriter()
    header.appendRow(csv.header)
    return InlineResult(
      rows: rows, jsonLines: String(decoding: json.takeBytes(), as: UTF8.self),
      csv: String(decoding: header.output.bytes + csv.takeBytes(), as: UTF8.self))
  }
}
