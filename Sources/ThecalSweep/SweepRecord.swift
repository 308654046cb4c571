import ThecalTabular

/// What a file must have to be a sweep, whoever has written it: looked at as a whole before any number of it is used.
struct SweepRecord {
  /// Samples in the file.
  let samples: Int
  /// The seed of the sweep.
  let seed: UInt64
  /// The part of the sweep that it holds, counted from 1; nil for a whole sweep.
  let shard: (number: Int, count: Int)?

  /// Samples beyond which a file is none that this program has written.
  private static let mostSamples = 1 << 31
  /// Parts of a sweep.
  static let mostShards = 1_000_000

  /// Reads and proves what stands in the file at `path`.
  init(_ reader: borrowing NetCDFReader, path: String) throws(SweepProblem) {
    func refuse(_ reason: String) -> SweepProblem {
      SweepProblem(message: "\(path): this is no sweep: \(reason)", exitCode: 65)
    }
    let schema = reader.schema
    guard let samples = reader.lengths["sample"], samples > 0, samples <= Self.mostSamples else {
      throw refuse("it has no samples, or more than any sweep")
    }
    guard case .integer(let seed)? = schema.attribute("seed"), let seed = UInt64(exactly: seed) else {
      throw refuse("its seed is no whole number from zero on")
    }
    guard let failure = schema.variables.first(where: { $0.name == "failure" }), case .text = failure.kind,
      failure.dimensions == ["sample"]
    else { throw refuse("the text 'failure' for each sample is missing") }
    for variable in schema.variables where variable.dimensions.contains("sample") {
      let axes = variable.dimensions
      guard axes.first == "sample", axes.count == Set(axes).count,
        Set(axes).isSubset(of: ["sample", "time", "site"])
      else { throw refuse("'\(variable.name)' does not belong to samples, times and sites") }
    }
    guard schema.dimensions.allSatisfy({ $0.length.map { $0 > 0 } ?? true }) else {
      throw refuse("an axis has no places")
    }
    for variable in schema.variables {
      guard Self.isOrdinary(variable, schema, reader.lengths) else {
        throw refuse("'\(variable.name)' has an axis that is empty, unknown, or longer than any result")
      }
    }
    self.samples = samples
    self.seed = seed
    shard = try Self.shard(schema, refuse)
  }

  /// Numbers of one sample, or characters, beyond which nothing is a result.
  private static let mostPlaces = 1 << 27

  /// Whether a variable can be read, and written again by its schema: on axes that have places, and not too many.
  private static func isOrdinary(
    _ variable: NetCDFSchema.Variable, _ schema: NetCDFSchema, _ lengths: [String: Int]
  ) -> Bool {
    switch variable.name {
    case "time": guard variable.kind == .number, variable.dimensions == ["time"] else { return false }
    case "site": guard variable.kind != .number, variable.dimensions == ["site"] else { return false }
    default: break
    }
    var places = 1
    if case .text(let width) = variable.kind { places = width }
    for axis in variable.dimensions {
      guard schema.dimensions.contains(where: { $0.name == axis }), let length = lengths[axis], length > 0
      else { return false }
      guard axis != "sample" else { continue }
      let (product, overflows) = places.multipliedReportingOverflow(by: length)
      guard !overflows else { return false }
      places = product
    }
    return (1...mostPlaces).contains(places)
  }

  private static func shard(
    _ schema: NetCDFSchema, _ refuse: (String) -> SweepProblem
  ) throws(SweepProblem) -> (number: Int, count: Int)? {
    guard let value = schema.attribute("shard") else { return nil }
    guard case .text(let text) = value else { throw refuse("its part is no text such as 2/8") }
    let parts = text.split(separator: "/", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let number = parts[0], let count = parts[1], (1...mostShards).contains(count),
      (1...count).contains(number)
    else { throw refuse("'\(text.prefix(40))' is no part such as 2/8") }
    return (number, count)
  }
}
