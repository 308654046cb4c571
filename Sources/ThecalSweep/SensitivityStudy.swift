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
  /// Per parameter its drawn values, sample after sample.
  package let points: [[Double]]
  /// The results.
  public let results: [Result]
  /// The seed of the sweep.
  public let seed: Int

  /// The study of the sweep at `path`; with `names`, of these results alone.
  ///
  /// - Throws: `SweepProblem` where the file is no sweep with a design for it.
  public init(path: String, names: [String] = []) throws(SweepProblem) {
    do throws(TabularError) {
      let reader = try NetCDFReader(path: path)
      let schema = reader.schema
      guard case .text(let design)? = schema.attribute("design"), ["saltelli", "morris"].contains(design),
        case .integer(let seed)? = schema.attribute("seed"), seed >= 0
      else {
        throw TabularError.library(
          path: path, action: "reading the design",
          message: "no sweep with design: {method: saltelli} or morris")
      }
      (self.design, self.seed) = (design, seed)
      let drawn = schema.variables.filter { variable in
        variable.dimensions == ["sample"] && variable.kind == .number && variable.isDrawn
      }
      parameters = drawn.map(\.name)
      var points: [[Double]] = []
      for variable in drawn { points.append(try reader.numbers(variable.name) ?? []) }
      self.points = points
      // What a damaged or foreign file lacks is said before anything is computed from it.
      let width = drawn.count + (design == "saltelli" ? 2 : 1)
      let samples = reader.lengths["sample"] ?? 0
      guard !drawn.isEmpty, samples > 0, samples % width == 0, points.allSatisfy({ $0.count == samples })
      else {
        throw TabularError.library(
          path: path, action: "reading the design",
          message: "\(samples) samples of \(drawn.count) parameters are no \(design) design")
      }
      let sites = try reader.texts("site") ?? []
      var results: [Result] = []
      for variable in schema.variables where variable.kind == .number && !variable.isDrawn {
        for column in try Self.columns(variable, sites, reader)
        where column.values.count == samples && (names.isEmpty || names.contains(column.name)) {
          results.append(Self.result(column, variable, design, drawn.count, seed))
        }
      }
      self.results = results
    } catch {
      throw SweepProblem(message: error.description, exitCode: error.exitCode == 74 ? 65 : error.exitCode)
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

  /// The numbers per sample of a variable: its own, or one column per site.
  private static func columns(
    _ variable: NetCDFSchema.Variable, _ sites: [String], _ reader: borrowing NetCDFReader
  ) throws(TabularError) -> [(name: String, values: [Double])] {
    switch variable.dimensions {
    case ["sample"]: return [(variable.name, try reader.numbers(variable.name) ?? [])]
    case ["sample", "site"]:
      let all = try reader.numbers(variable.name) ?? []
      return sites.indices.map { s in
        ("\(variable.name)_\(sites[s])", stride(from: s, to: all.count, by: sites.count).map { all[$0] })
      }
    default: return []
    }
  }

  private static func result(
    _ column: (name: String, values: [Double]), _ variable: NetCDFSchema.Variable, _ design: String,
    _ size: Int,
    _ seed: Int
  ) -> Result {
    var unit = ""
    if case .text(let text)? = variable.attributes.first(where: { $0.name == "units" })?.value { unit = text }
    return Result(
      name: column.name, unit: unit,
      sobol: design == "saltelli" ? SobolIndices(column.values, parameters: size, seed: UInt64(seed)) : nil,
      morris: design == "morris" ? MorrisEffects(column.values, parameters: size, seed: UInt64(seed)) : nil,
      values: column.values)
  }
}

extension NetCDFSchema {
  fileprivate func attribute(_ name: String) -> Attribute.Value? {
    attributes.first { $0.name == name }?.value
  }
}

extension NetCDFSchema.Variable {
  /// Whether it holds a parameter and not a result.
  fileprivate var isDrawn: Bool {
    guard case .text(let text)? = attributes.first(where: { $0.name == "long_name" })?.value else {
      return false
    }
    return text.hasPrefix("drawn value of ")
  }
}
