import ThecalConversion
import ThecalFormulary
import ThecalTabular

/// A converter for rows with the same columns, made once and used as often as wanted: cells in, cells out, without a
/// file, a table or a thread in between.
public struct PatientTable: ~Copyable {
  /// The columns of a result, in order.
  public let columns: [String]
  private let made: Made
  private let idColumn: Int
  private var units: UnitConverter
  private var batch = RowBatch()
  private var split: Set<[UInt8]> = []
  /// Number of rows that were added, blank ones included, and which of them are in the batch.
  private var rows = 0
  private var filled: [Int] = []
  /// Rows of the table that stand before the first one added here; messages count them.
  public var rowsBefore = 0

  /// A converter by `options` for rows with these `columns`, named as in a file; results name `engine`, and `wording`
  /// turns findings into words.
  ///
  /// - Throws: `BatchProblem` where a column is missing or double, or a table of `options` is not known.
  public init(
    columns: [String], _ options: BatchOptions, engine: String, wording: any ResultWording
  ) throws(BatchProblem) {
    var options = options
    options.format = .xlsx  // cells, not bytes
    options.threads = 1
    let converter: Converter
    do {
      converter = try Converter(equivalentTable: options.equivalentTable, ratioTable: options.ratioTable)
    } catch {
      throw .table(error)
    }
    let layout = try InputLayout(columns, of: "columns")
    let made = Made(options: options, engine: engine, wording: wording, layout: layout, converter: converter)
    self.made = made
    units = made.units(split: [])
    self.columns = made.encoder.header
    idColumn = layout.position(of: .patientID)
  }

  /// Adds the next cell of the row in progress.
  ///
  /// - Precondition: The cells of one conversion are at most 2³² and hold at most 4 GiB together.
  public mutating func add(_ cell: Span<UInt8>) { batch.append(cell: cell) }

  /// Ends the row in progress; messages call the first row of a table line 2, as behind a header.
  /// A row without anything in it is skipped.
  public mutating func endRow() {
    batch.endRow(line: rowsBefore + rows + 2)
    if batch.isBlank(row: batch.count - 1) { batch.removeLast() } else { filled.append(rows) }
    rows += 1
  }

  /// Forgets the rows that were added.
  public mutating func removeAll() {
    batch.removeAll()
    filled.removeAll(keepingCapacity: true)
    rows = 0
  }

  /// Converts the rows that were added, and forgets them: a row of cells for each patient and drug of the pump. A bad
  /// row is not a problem but a result. `firstRows` says for each which row its patient begins on, counted from 0.
  public mutating func convert() -> (rows: [[String]], firstRows: [Int], summary: BatchSummary) {
    defer { removeAll() }
    let found = batch.count > 1 ? batch.interrupted(column: idColumn) : []
    if found != split {
      split = found
      units = made.units(split: found)
    }
    let converted = units.convert(batch)
    return (converted.table, converted.firstRows.map { filled[$0] }, converted.summary)
  }
}

/// What a converter of rows is made from, once and again where patients are split.
private struct Made: Sendable {
  let options: BatchOptions
  let engine: String
  let wording: any ResultWording
  let layout: InputLayout
  let converter: Converter

  var encoder: RowEncoder {
    RowEncoder(
      layout, options.format, engine: engine, data: Formulary.embedded.version, wording: wording,
      risks: options.risks ? RiskColumns(.embedded, wording) : nil)
  }

  func units(split: Set<[UInt8]>) -> UnitConverter {
    UnitConverter(
      PatientConverter(options, converter: converter, layout: layout, split: split), encoder, collects: false)
  }
}

extension RowBatch {
  /// The ids whose rows are interrupted by those of another patient.
  fileprivate func interrupted(column: Int) -> Set<[UInt8]> {
    var seen: Set<[UInt8]> = []
    var found: Set<[UInt8]> = []
    var current: [UInt8] = []
    for row in 0..<count where !isBlank(row: row) {
      let id = identifier(row: row, column: column)
      if !id.isEmpty && bytes[id].elementsEqual(current) { continue }
      current = Array(bytes[id])
      if !current.isEmpty && !seen.insert(current).inserted { found.insert(current) }
    }
    return found
  }
}
