import ThecalConversion
import ThecalFormulary
import ThecalTabular

/// Converts a file of patients to a file of results, in constant memory and in the order of the input.
public struct BatchRun: Sendable {
  /// How the batch is read, converted and written.
  public let options: BatchOptions
  /// The version that results name.
  public let engine: String
  /// Called now and then with the rows done and the rows there are.
  public var progress: (@Sendable (Int, Int) -> Void)?
  /// Called with every result, in order, where pages or explanations are made of them.
  public var visitor: (@Sendable (ReportRow) -> Void)?

  /// A run by `options`; results name `engine` as their maker.
  public init(_ options: BatchOptions, engine: String) {
    self.options = options
    self.engine = engine
  }

  /// Converts the file at `input` (`-` for standard input) to one at `output` (`-` for standard output).
  ///
  /// - Throws: `BatchProblem`, when nothing has been written; a bad row is not a problem but a result.
  public func convert(input: String, output: String) throws(BatchProblem) -> BatchSummary {
    let spooled = try filing { () throws(TabularError) in try SpooledInput(input) }
    return try convert(spooled, to: output)
  }

  private func convert(_ input: borrowing SpooledInput, to output: String) throws(BatchProblem)
    -> BatchSummary
  {
    let converter: Converter
    do {
      converter = try Converter(equivalentTable: options.equivalentTable, ratioTable: options.ratioTable)
    } catch {
      throw .table(error)
    }
    let (path, origin) = (input.path, input.origin)
    let scan = try IdentifierScan(path: path, origin: origin)
    let reader = try filing { () throws(TabularError) in try CSVReader(path: path, origin: origin) }
    let layout = try InputLayout(reader.header, of: origin)
    let patients = PatientConverter(options, converter: converter, layout: layout, split: scan.split)
    let encoder = RowEncoder(layout, options.format, engine: engine, data: Formulary.embedded.version)
    let format = options.format
    let sink = try filing { () throws(TabularError) in
      try ResultSink(format, path: output, inputs: [origin], header: encoder.header)
    }
    let unitConverter = UnitConverter(patients, encoder, collects: visitor != nil)
    let workers = (0..<max(1, options.threads)).map {
      BatchWorker($0, unitConverter)
    }
    let pipeline = BatchPipeline(
      sink: sink, workers: workers, idColumn: layout.position(of: .patientID), rows: scan.rows, run: self)
    var summary = try pipeline.convert(reader)
    summary.unknownColumns = layout.carried.map(\.name)
    return summary
  }
}

/// Runs `body` and turns what is wrong with a file into a problem of the batch.
func filing<T: ~Copyable>(_ body: () throws(TabularError) -> T) throws(BatchProblem) -> T {
  do { return try body() } catch { throw .file(error) }
}
