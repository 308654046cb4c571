import ThecalConversion
import ThecalFormulary
import ThecalTabular
import ThecalWork

/// Converts a file of patients to a file of results, in constant memory and in the order of the input.
public struct BatchRun: Sendable {
  /// How the batch is read, converted and written.
  public let options: BatchOptions
  /// The version that results name.
  public let engine: String
  /// Turns findings into words.
  public let wording: any ResultWording
  /// Called now and then with the rows done and the rows there are.
  public var progress: (@Sendable (Int, Int) -> Void)?
  /// Called with every result, in order, where pages or explanations are made of them.
  public var visitor: (@Sendable (ReportRow) -> Void)?

  /// A run by `options`; results name `engine` as their maker.
  public init(_ options: BatchOptions, engine: String, wording: any ResultWording) {
    self.options = options
    self.engine = engine
    self.wording = wording
  }

  /// Converts the file at `input` (`-` for standard input) to one at `output` (`-` for standard output).
  ///
  /// - Throws: `BatchProblem`, when nothing has been written; a bad row is not a problem but a result.
  public func convert(input: String, output: String) throws(BatchProblem) -> BatchSummary {
    let spooled = try filing { () throws(TabularError) in try SpooledInput(input) }
    return try convert(.file(spooled.path, origin: spooled.origin), to: .file(output))
  }

  func convert(_ input: TableSource, to output: ResultSink.Place) throws(BatchProblem) -> BatchSummary {
    let converters = try makeConverters()
    let scan = try IdentifierScan(input)
    let reader = try input.reader(scan.encoding)
    let layout = try InputLayout(reader.header, of: input.origin)
    func encoder(_ formulary: Formulary) -> RowEncoder {
      RowEncoder(
        layout, options.format, engine: engine, data: Formulary.embedded.version, wording: wording,
        risks: options.risks ? RiskColumns(formulary, wording) : nil)
    }
    let format = options.format
    let sink = try filing { () throws(TabularError) in
      try ResultSink(format, output, inputs: [input.origin], header: encoder(.embedded).header)
    }
    let workers = converters.map { made -> any Worker<RowBatch, ConvertedUnit> in
      let patients = PatientConverter(
        options, converter: made.converter, formulary: made.formulary, layout: layout, split: scan.split)
      return UnitWorker(UnitConverter(patients, encoder(made.formulary), collects: visitor != nil))
    }
    let units = PatientUnits(reader, idColumn: layout.position(of: .patientID))
    var summary = try convert(units, OrderedWork(workers), into: sink, rows: scan.rows)
    summary.unknownColumns = layout.carried.map(\.name)
    summary.isWindows1252 = scan.encoding == .windows1252
    return summary
  }

  /// Converts all of `units` and publishes the result.
  private func convert(
    _ units: consuming PatientUnits, _ work: OrderedWork<RowBatch, ConvertedUnit>,
    into sink: consuming ResultSink,
    rows: Int
  ) throws(BatchProblem) -> BatchSummary {
    var (written, summary) = (0, BatchSummary())
    try work.run(
      next: { () throws(BatchProblem) in try units.next() },
      take: { made throws(BatchProblem) in
        do throws(TabularError) { try sink.write(made) } catch { throw .file(error) }
        if let visitor { for row in made.results { visitor(row) } }
        summary.append(made.summary)
        written += made.rows
        progress?(written, rows)
      })
    do { try sink.commit() } catch { throw .file(error) }
    return summary
  }
}

extension BatchRun {
  /// A converter for each thread, each with a formulary of its own, so that threads share no reference counts.
  private func makeConverters() throws(BatchProblem) -> [(converter: Converter, formulary: Formulary)] {
    var made: [(Converter, Formulary)] = []
    for number in 0..<max(1, options.threads) {
      let formulary = number == 0 ? Formulary.embedded : .duplicate()
      do {
        let converter = try Converter(
          formulary: formulary, equivalentTable: options.equivalentTable, ratioTable: options.ratioTable)
        made.append((converter, formulary))
      } catch {
        throw .table(error)
      }
    }
    return made
  }
}

/// Runs `body` and turns what is wrong with a file into a problem of the batch.
func filing<T: ~Copyable>(_ body: () throws(TabularError) -> T) throws(BatchProblem) -> T {
  do { return try body() } catch { throw .file(error) }
}
