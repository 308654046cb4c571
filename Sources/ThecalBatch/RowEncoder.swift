import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// Lays a result out as cells, and the cells as bytes of the format asked for.
struct RowEncoder {
  let layout: InputLayout
  let format: BatchFormat
  /// Columns of the input that are carried along.
  private let carried: [Int]
  /// What a result says of risks, if it is asked for: cells before those that are carried.
  private var risks: RiskColumns?
  private let engine: String
  /// Turns findings into words.
  private let wording: any ResultWording
  private let data: String
  /// What made a start as low as it is, in words: a batch has few different reasons.
  private var bases: [StartBasis: String] = [:]
  private var sentences = SentenceMemory()
  private var cells = CellRow()
  private(set) var csv = CSVWriter(capacity: 1 << 16)
  private(set) var json = JSONWriter(capacity: 1 << 16)
  /// Rows of cells, for a workbook.
  private(set) var table: [[String]] = []

  /// Places of the cells in the order of the columns: the digest is made last and stands before what is carried.
  private let inOrder: [Int]

  private static let columns = OutputColumn.allCases

  private static func place(of column: OutputColumn) -> Int { columns.firstIndex(of: column) ?? 0 }

  init(
    _ layout: InputLayout, _ format: BatchFormat, engine: String, data: String, wording: any ResultWording,
    risks: RiskColumns? = nil
  ) {
    self.risks = risks
    extraNames = (risks == nil ? [] : RiskColumns.names) + layout.carried.map(\.name)
    self.layout = layout
    self.format = format
    carried = layout.carried.map(\.column)
    self.engine = engine
    self.wording = wording
    self.data = data
    let fixed = RowEncoder.columns.count - 1
    let last = fixed + (risks == nil ? 0 : RiskColumns.names.count) + layout.carried.count
    inOrder = Array(0..<fixed) + [last] + Array(fixed..<last)
  }

  /// Names of the columns, in order.
  var header: [String] { RowEncoder.columns.map(\.rawValue) + extraNames }

  /// Whether rows hold more than what can be remembered by the regimen.
  var hasRisks: Bool { risks != nil }

  /// The names of the cells after those of every result.
  private let extraNames: [String]

  /// The bytes written since the last call.
  mutating func takeBytes() -> [UInt8] {
    let bytes = format == .csv ? csv.output.bytes : json.output.bytes
    csv.output.removeAll()
    json.output.removeAll()
    return bytes
  }

  /// The rows collected since the last call.
  mutating func takeTable() -> [[String]] {
    defer { table = [] }
    return table
  }

  /// Writes one result.
  mutating func write(_ result: PatientResult, _ batch: borrowing RowBatch) {
    layOut(result, batch)
    switch format {
    case .csv: writeCSV()
    case .jsonl: writeJSON(result.conversion)
    case .xlsx: table.append(inOrder.map(text))
    }
  }

  /// All cells but the digest, then the digest, which comes last here and in its column when written.
  private mutating func layOut(_ result: PatientResult, _ batch: borrowing RowBatch) {
    let conversion = result.conversion
    cells.removeAll()
    cells.add(batch.bytes.span.extracting(result.id))
    cells.add(ExactNumber(result.lines))
    cells.add(conversion.status.rawValue)
    addCodes(conversion)
    addMessage(conversion)
    cells.add(result.echo)
    cells.add(result.target)
    cells.add((result.patient.decisiveIndication).rawValue)
    cells.add(conversion.oralMilligramsPerDay)
    cells.add(conversion.equivalent)
    cells.add(conversion.equivalentTable)
    cells.add(conversion.ratioTable)
    cells.add(conversion.ratio)
    addDoses(conversion)
    cells.add(conversion.opioidClass?.rawValue)
    cells.add(result.pump.flow?.exactValue(in: .millilitersPerDay))
    cells.add(result.pump.refillBy?.text)
    cells.add(engine)
    cells.add(data)
    for cell in risks?.cells(conversion, target: result.target) ?? [] { cells.add(cell) }
    for column in carried {
      cells.add(batch.bytes.span.extracting(batch.range(row: result.firstRow, column: column)))
    }
    let guards = format == .csv
    cells.addDigest { cell, first in
      guards && !RowEncoder.isNumber(cell) && RowEncoder.isFormula(first)
    }
  }

  private mutating func addDoses(_ conversion: Conversion) {
    cells.add(conversion.low?.rounded(toSignificantDigits: 3))
    cells.add(conversion.estimate?.rounded(toSignificantDigits: 3))
    cells.add(conversion.high?.rounded(toSignificantDigits: 3))
    cells.add(conversion.unit?.daily)
    let unit = conversion.startUnit
    cells.add(unit.flatMap { unit in conversion.start.map { unit.perDay($0) } })
    cells.add(conversion.start == nil ? nil : unit?.daily)
    cells.add(conversion.startBasis.map { words(of: $0) })
    cells.add(unit.flatMap { unit in conversion.limit.map { unit.perDay($0) } })
    cells.add(conversion.limit == nil ? nil : unit?.daily)
  }

  private mutating func words(of basis: StartBasis) -> String {
    if let known = bases[basis] { return known }
    let made = wording.text(basis)
    if bases.count < 1_024 { bases[basis] = made }
    return made
  }

  private mutating func addCodes(_ conversion: Conversion) {
    if !conversion.codes.isEmpty {
      for (i, code) in conversion.codes.codes.enumerated() {
        cells.append(i == 0 ? code.name : ";\(code.name)")
      }
    }
    cells.endCell()
  }

  private mutating func addMessage(_ conversion: Conversion) {
    let wording = wording  // so that the cells can change while it is asked
    let found = conversion.findings.all
    for index in found.indices {
      if index > 0 { cells.append(" ") }
      cells.append { sentences.write(found[index], by: wording, to: &$0) }
    }
    cells.endCell()
  }

  private static func isNumber(_ cell: Int) -> Bool { cell < columns.count - 1 && columns[cell].isNumber }

  /// Whether a spreadsheet would take a text that begins so for a formula.
  private static func isFormula(_ first: UInt8) -> Bool {
    switch first {
    case UInt8(ascii: "="), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "@"), UInt8(ascii: "\t"),
      UInt8(ascii: "\r"):
      true
    default: false
    }
  }

  private func text(_ cell: Int) -> String { String(decoding: cells.bytes[cells.range(cell)], as: UTF8.self) }

  private mutating func writeCSV() {
    let cells = cells  // so that the cells can be read while the writer changes
    for cell in inOrder {
      let range = cells.range(cell)
      if range.isEmpty { csv.appendEmpty() } else { csv.appendText(cells.bytes.span.extracting(range)) }
    }
    csv.endRow()
  }

  /// The result written last, without its id, its words, its digest and carried cells.
  func entry(_ result: PatientResult) -> ResultMemory.Entry {
    let words = RowEncoder.place(of: .drugs)
    return ResultMemory.Entry(
      status: result.conversion.status,
      parts: (ready(1..<words), ready(words + 1..<RowEncoder.columns.count - 1)))
  }

  private func ready(_ places: Range<Int>) -> ReadyCells {
    var plain = CSVWriter()
    var joined: [UInt8] = []
    for cell in places {
      let range = cells.range(cell)
      joined.append(0x1F)
      guard let first = cells.bytes[range].first else {
        plain.appendEmpty()
        continue
      }
      if !RowEncoder.isNumber(cell) && RowEncoder.isFormula(first) { joined.append(UInt8(ascii: "'")) }
      joined.append(contentsOf: cells.bytes[range])
      plain.appendText(cells.bytes.span.extracting(range))
    }
    return ReadyCells(hashed: joined, written: plain.output.bytes)
  }

  /// Writes a remembered result for the patient on `row`, whose medicines are written as `words`.
  mutating func write(
    _ entry: ResultMemory.Entry, _ batch: borrowing RowBatch, row: Int, words: borrowing Span<UInt8>
  ) {
    let id = batch.range(row: row, column: layout.position(of: .patientID))
    var hasher = SHA256Hasher()
    hash(batch.bytes.span.extracting(id), into: &hasher)
    hasher.update(entry.parts.0.hashed.span)
    hasher.update(0x1F)
    hash(words, into: &hasher)
    hasher.update(entry.parts.1.hashed.span)
    csv.appendText(batch.bytes.span.extracting(id))
    csv.appendReady(entry.parts.0.written.span)
    csv.appendText(words.extracting(0..<words.count))
    csv.appendReady(entry.parts.1.written.span)
    for column in carried {
      hasher.update(0x1F)
      hash(batch.bytes.span.extracting(batch.range(row: row, column: column)), into: &hasher)
    }
    csv.appendDigest(&hasher)
    for column in carried {
      let range = batch.range(row: row, column: column)
      if range.isEmpty { csv.appendEmpty() } else { csv.appendText(batch.bytes.span.extracting(range)) }
    }
    csv.endRow()
  }

  /// Hashes a cell of text as it is written.
  private func hash(_ cell: borrowing Span<UInt8>, into hasher: inout SHA256Hasher) {
    if cell.count == 0 { return }
    if RowEncoder.isFormula(cell[0]) { hasher.update(UInt8(ascii: "'")) }
    hasher.update(cell.extracting(0..<cell.count))
  }

  private mutating func writeJSON(_ conversion: Conversion) {
    let cells = cells
    json.beginObject()
    for cell in inOrder {
      json.key(name(of: cell))
      let range = cells.range(cell)
      if cell == 3 {
        writeCodes(conversion)
      } else if range.isEmpty {
        json.null()
      } else if RowEncoder.isNumber(cell) {
        json.number(verbatim: text(cell))
      } else {
        json.string(cells.bytes.span.extracting(range))
      }
    }
    json.appendBasis(of: conversion, wording)
    json.endObject()
    json.endLine()
  }

  private func name(of cell: Int) -> String {
    let fixed = RowEncoder.columns.count - 1
    if cell == cells.count - 1 { return OutputColumn.digest.rawValue }
    return cell < fixed ? RowEncoder.columns[cell].rawValue : extraNames[cell - fixed]
  }

  private mutating func writeCodes(_ conversion: Conversion) {
    json.beginArray()
    for code in conversion.codes.codes { json.string(code.name) }
    json.endArray()
  }
}
