import ThecalTabular

/// What a sweep says about the weight of its parameters, result by result.
public struct SensitivityStudy: Sendable {
  /// The weight of the parameters for one result.
  public struct Result: Sendable {
    /// The result: a variable, with its site where it has one.
    public let name: String
    /// Its unit.
    public let unit: String
    /// The indices; nil where the design is that of Morris.
    package let sobol: SobolIndices?
    /// The effects; nil where the design is that of Saltelli.
    package let morris: MorrisEffects?
    /// The values, sample after sample.
    package let values: [Double]
  }

  /// `saltelli` or `morris`.
  public let design: String
  /// The parameters.
  public let parameters: [String]
  /// Their units; empty for a plain number.
  public let units: [String]
  /// Per parameter its drawn values, sample after sample.
  package let drawn: [[Double]]
  /// The results.
  public let results: [Result]
  /// The seed of the sweep.
  public let seed: Int
  /// Samples of the sweep, and those of them that could not be computed.
  public let samples: Int, failed: Int
  /// The first reason why one could not; nil where all could.
  public let firstFailure: String?

  /// The study of the sweep at `path`; with `names`, of these results alone.
  ///
  /// - Throws: `SweepProblem` where the file is no sweep with a design for it.
  public init(path: String, names: [String] = []) throws(SweepProblem) {
    do {
      let reader = try NetCDFReader(path: path)
      let record = try SweepRecord(reader, path: path)
      guard record.shard == nil else {
        throw SweepProblem(
          message:
            "\(path): this is one part of a sweep, whose samples say nothing alone: join the parts with thecal merge",
          exitCode: 65)
      }
      guard case .text(let design)? = reader.schema.attribute("design"),
        ["saltelli", "morris"].contains(design)
      else {
        throw SweepProblem(
          message: "\(path): no sweep with design: {method: saltelli} or morris", exitCode: 65)
      }
      self.design = design
      seed = Int(clamping: record.seed)
      let failures = (try reader.texts("failure") ?? []).filter { !$0.isEmpty }
      (samples, failed, firstFailure) = (record.samples, failures.count, failures.first)
      (parameters, units, drawn, results) = try Self.read(reader, design, record, names, path)
    } catch let problem as SweepProblem {
      throw problem
    } catch let error as TabularError {
      throw SweepProblem(reading: error)
    } catch {
      throw SweepProblem(message: "\(path): \(error)", exitCode: 65)
    }
    if let unknown = names.first(where: { name in !results.contains { $0.name == name } }) {
      throw SweepProblem(
        message: "\(path): no result '\(unknown)'; it has \(results.map(\.name).joined(separator: ", "))",
        exitCode: 65)
    }
    guard !results.isEmpty else {
      throw SweepProblem(
        message: "\(path): no result is one number per sample; ask for steady, auc or peak in outputs",
        exitCode: 65)
    }
  }

  /// Base points of a Saltelli design, or trajectories of one of Morris.
  public var points: Int { samples / (parameters.count + (design == "saltelli" ? 2 : 1)) }

  /// Drawn values and results of a sweep that has been proven to be one.
  private static func read(
    _ reader: borrowing NetCDFReader, _ design: String, _ record: SweepRecord, _ names: [String],
    _ path: String
  ) throws -> ([String], [String], [[Double]], [Result]) {
    let drawn = reader.schema.variables.filter {
      $0.dimensions == ["sample"] && $0.kind == .number && $0.isDrawn
    }
    // A base point of Saltelli is f(A), f(B) and one more for each parameter; a trajectory of Morris has one start.
    let width = drawn.count + (design == "saltelli" ? 2 : 1)
    guard !drawn.isEmpty, record.samples % width == 0 else {
      throw SweepProblem(
        message:
          "\(path): \(record.samples) samples are no whole number of points for \(drawn.count) parameters",
        exitCode: 65)
    }
    var points: [[Double]] = []
    for variable in drawn { points.append(try reader.numbers(variable.name) ?? []) }
    let sites = try reader.texts("site") ?? []
    var results: [Result] = []
    for variable in reader.schema.variables where variable.kind == .number && !variable.isDrawn {
      for column in try columns(variable, sites, reader) where names.isEmpty || names.contains(column.name) {
        guard column.values.count == record.samples else {
          throw SweepProblem(message: "\(path): \(column.name) is not one number per sample", exitCode: 65)
        }
        results.append(result(column, variable, design, drawn.count, record.seed))
      }
    }
    return (drawn.map(\.name), drawn.map { $0.unit == "1" ? "" : $0.unit }, points, results)
  }

  /// The numbers per sample of a variable: its own, or one column per site.
  private static func columns(
    _ variable: NetCDFSchema.Variable, _ sites: [String], _ reader: borrowing NetCDFReader
  ) throws(TabularError) -> [(name: String, values: [Double])] {
    switch variable.dimensions {
    case ["sample"]: return [(variable.name, try reader.numbers(variable.name) ?? [])]
    case ["sample", "site"] where !sites.isEmpty && reader.lengths["site"] == sites.count:
      let all = try reader.numbers(variable.name) ?? []
      return sites.indices.map { s in
        ("\(variable.name)_\(sites[s])", stride(from: s, to: all.count, by: sites.count).map { all[$0] })
      }
    default: return []
    }
  }

  private static func result(
    _ column: (name: String, values: [Double]), _ variable: NetCDFSchema.Variable, _ design: String,
    _ size: Int, _ seed: UInt64
  ) -> Result {
    return Result(
      name: column.name, unit: variable.unit,
      sobol: design == "saltelli" ? SobolIndices(column.values, parameters: size, seed: seed) : nil,
      morris: design == "morris" ? MorrisEffects(column.values, parameters: size, seed: seed) : nil,
      values: column.values)
  }
}

extension NetCDFSchema.Variable {
  /// Its unit; empty where it has none.
  fileprivate var unit: String {
    if case .text(let text)? = attributes.first(where: { $0.name == "units" })?.value { text } else { "" }
  }

  /// Whether it holds a parameter and not a result.
  fileprivate var isDrawn: Bool {
    guard case .text(let text)? = attributes.first(where: { $0.name == "long_name" })?.value else {
      return false
    }
    return text.hasPrefix("drawn value of ")
  }
}
