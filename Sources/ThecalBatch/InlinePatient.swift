import ThecalConversion
import ThecalDosing
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

  /// The patient as rows of cells, so that it is read by the rules that every other is.
  func cells() throws(BatchProblem) -> (columns: [String], rows: [[String]]) {
    guard !medications.isEmpty else {
      throw BatchProblem(message: "a patient who takes nothing has nothing to convert", exitCode: 64)
    }
    let known = Set(InputColumn.allCases.map(\.name))
    if let unknown = facts.keys.sorted().first(where: { !known.contains($0) }) {
      throw BatchProblem(message: "there is no column '\(unknown)'", exitCode: 64)
    }
    let columns = facts.keys.sorted()
    var rows: [[String]] = []
    for text in medications {
      guard let words = MedicineWords(text) else {
        throw BatchProblem(
          message:
            "'\(text)' is not a medicine; write drug, route, dose, unit and frequency: \"oxycodone oral 20 mg q6h\"",
          exitCode: 64)
      }
      rows.append(
        ["patient", words.drug, words.route, words.dose, words.unit, words.frequency]
          + columns.map { facts[$0] ?? "" })
    }
    return (["patient_id", "drug", "route", "dose", "unit", "frequency"] + columns, rows)
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
    let (columns, rows) = try patient.cells()
    let batch = RowBatch(rows)
    let layout = try InputLayout(columns, of: "--medication")
    var explained = options
    explained.format = .jsonl
    var patients = PatientConverter(explained, converter: converter, layout: layout, split: [])
    var risks = options.risks ? RiskColumns(.embedded, wording) : nil
    func encoder(_ format: BatchFormat) -> RowEncoder {
      RowEncoder(
        layout, format, engine: engine, data: Formulary.embedded.version, wording: wording, risks: risks)
    }
    var (json, csv) = (encoder(.jsonl), encoder(.csv))
    var results: [ReportRow] = []
    for result in patients.convert(patients.read(batch, rows: 0..<batch.count), batch) {
      json.write(result, batch)
      csv.write(result, batch)
      let cells = risks?.cells(result.conversion, target: result.target) ?? []
      results.append(ReportRow(result, patient: "patient", risks: cells.filter { !$0.isEmpty }))
    }
    var header = CSVWriter()
    header.appendRow(csv.header)
    return InlineResult(
      rows: results, jsonLines: String(decoding: json.takeBytes(), as: UTF8.self),
      csv: String(decoding: header.output.bytes + csv.takeBytes(), as: UTF8.self))
  }
}
