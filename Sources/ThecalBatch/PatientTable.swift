import ThecalConversion
import ThecalFormulary
import ThecalTabular

/// A converter for rows with the same columns, made once and used as often as wanted: cells in, cells out, without a
/// file, a table or a thread in between.
public struct PatientTable: ~Copyable {
  /// The columns of a result, in order.
  public let columns: [String]
  private let options: BatchOptions
  private let engine: String
  private let layout: InputLayout
  private let converter: Converter
  private var units: UnitConverter
  private var batch = RowBatch()
  private var split: Set<[UInt8]> = []

  /// A converter by `options` for rows with these `columns`, named as in a file; results name `engine`.
  ///
  /// - Throws: `BatchProblem` where a column is missing or double, or a table of `options` is not known.
  public init(columns: [String], _ options: BatchOptions, engine: String) throws(BatchProblem) {
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
    units = Self.units(options, converter, layout, engine, split: [])
    self.columns = Self.encoder(options, layout, engine).header
    (self.options, self.engine, self.layout, self.converter) = (options, engine, layout, converter)
  }

  private static func encoder(_ options: BatchOptions, _ layout: InputLayout, _ engine: String) -> RowEncoder
  {
    RowEncoder(
      layout, options.format, engine: engine, data: Formulary.embedded.version,
      risks: options.risks ? RiskColumns(.embedded) : nil)
  }

  private static func units(
    _ options: BatchOptions, _ converter: Converter, _ layout: InputLayout, _ engine: String,
    split: Set<[UInt8]>
  ) -> UnitConverter {
    UnitConverter(
      PatientConverter(options, converter: converter, layout: layout, split: split),
      encoder(options, layout, engine), collects: false)
  }

  /// Adds the next cell of the row in progress.
  public mutating func add(_ cell: Span<UInt8>) { batch.append(cell: cell) }

  /// Ends the row in progress; messages call the first row line 2, as in a table with a header.
  public mutating func endRow() { batch.endRow(line: batch.count + 2) }

  /// Forgets the rows that were added.
  public mutating func removeAll() { batch.removeAll() }

  /// Converts the rows that were added, and forgets them: a row of cells for each patient and drug of the pump. A bad
  /// row is not a problem but a result.
  public mutating func convert() -> (rows: [[String]], summary: BatchSummary) {
    defer { batch.removeAll() }
    let found = batch.count > 1 ? batch.interrupted(column: layout.position(of: .patientID)) : []
    if found != split {
      split = found
      units = Self.units(options, converter, layout, engine, split: found)
    }
    let made = units.convert(batch)
    return (made.table, made.summary)
  }
}

extension RowBatch {
  /// The ids whose rows are interrupted by those of another patient.
  fileprivate func interrupted(column: Int) -> Set<[UInt8]> {
    var seen: Set<[UInt8]> = []
    var found: Set<[UInt8]> = []
    var current: [UInt8] = []
    for row in 0..<count where !isBlank(row: row) {
      let id = range(row: row, column: column)
      if !id.isEmpty && bytes[id].elementsEqual(current) { continue }
      current = Array(bytes[id])
      if !current.isEmpty && !seen.insert(current).inserted { found.insert(current) }
    }
    return found
  }
}
