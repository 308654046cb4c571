import ThecalTabular

/// Shards joined to the file that one run would have written.
public struct SweepMerge {
  /// Joins the files at `inputs`, in any order, to `output`, compressed if `deflate` (1 to 9) is given; returns the
  /// number of samples.
  ///
  /// - Throws: `SweepProblem` where a file is no shard, shards are missing or double, or belong to different sweeps.
  public static func join(_ inputs: [String], to output: String, deflate: Int? = nil) throws(SweepProblem)
    -> Int
  {
    do {
      var shards: [(number: Int, path: String)] = []
      var first: NetCDFSchema?
      var count = 0
      for path in inputs {
        let reader = try NetCDFReader(path: path)
        guard let (number, of) = try SweepRecord(reader, path: path).shard else {
          throw SweepProblem(
            message: "\(path): this is no part of a sweep that was made with --shard", exitCode: 65)
        }
        let plain = reader.schema.withoutShard
        if let first, first != plain || count != of {
          throw SweepProblem(
            message: "\(path): this shard belongs to another sweep than \(inputs[0])", exitCode: 65)
        }
        if let other = shards.first(where: { $0.number == number }) {
          throw SweepProblem(
            message: "\(path): part \(number) of \(of) is there twice, also as \(other.path)", exitCode: 65)
        }
        (first, count) = (plain, of)
        shards.append((number, path))
      }
      guard let schema = first else { throw SweepProblem(message: "name the shards to join", exitCode: 64) }
      guard shards.count == count else {
        let there = Set(shards.map(\.number))
        let missing = (1...count).lazy.filter { !there.contains($0) }
        throw SweepProblem(
          message:
            "parts are missing: \(missing.prefix(10).map { "\($0)/\(count)" }.joined(separator: ", "))",
          exitCode: 65)
      }
      shards.sort { $0.number < $1.number }
      return try copy(shards.map(\.path), schema, inputs, output, deflate)
    } catch let problem as SweepProblem {
      throw problem
    } catch let error as TabularError {
      // What the library cannot read is a file of another kind.
      if case .library = error { throw SweepProblem(message: error.description, exitCode: 65) }
      throw SweepProblem(error)
    } catch {
      throw SweepProblem(message: "\(error)", exitCode: 74)
    }
  }

  /// Copies sample by sample, in the blocks in which an undivided run writes, so that the bytes are the same.
  private static func copy(
    _ paths: [String], _ schema: NetCDFSchema, _ inputs: [String], _ output: String, _ deflate: Int?
  ) throws -> Int {
    let file = try NetCDFWriter(path: output, inputs: inputs, schema: schema, deflate: deflate)
    let head = try NetCDFReader(path: paths[0])
    if let times = try head.numbers("time") {
      try file.write(times.span, to: "time", start: [0], count: [times.count])
    }
    if let sites = try head.texts("site") { try file.write(sites, to: "site") }
    let fields = schema.variables.filter { $0.dimensions.first == "sample" }
    var pending = SweepSamples(fields, lengths: head.lengths)
    var written = 0
    for path in paths {
      let reader = try NetCDFReader(path: path)
      let length = reader.lengths["sample"] ?? 0
      var texts: [String: [String]] = [:]
      for field in fields where field.kind != .number {
        let own = try reader.texts(field.name) ?? []
        guard own.count == length else {
          throw SweepProblem(message: "\(path): '\(field.name)' is not one text per sample", exitCode: 65)
        }
        texts[field.name] = own
      }
      var start = 0
      while start < length {
        let count = min(SweepBlock.size - pending.count, length - start)
        try pending.take(reader, start, count, texts)
        start += count
        if pending.count == SweepBlock.size { written += try pending.write(to: file, at: written) }
      }
    }
    if pending.count > 0 { written += try pending.write(to: file, at: written) }
    try file.commit()
    return written
  }
}

/// Samples on their way from shards to one file.
private struct SweepSamples {
  private let fields: [NetCDFSchema.Variable]
  private let lengths: [String: Int]
  private var numbers: [[Double]]
  private var texts: [String: [String]] = [:]
  private(set) var count = 0

  init(_ fields: [NetCDFSchema.Variable], lengths: [String: Int]) {
    self.fields = fields
    self.lengths = lengths
    numbers = fields.map { _ in [] }
  }

  private func shape(_ field: NetCDFSchema.Variable) -> [Int] {
    field.dimensions.dropFirst().map { lengths[$0] ?? 0 }
  }

  mutating func take(
    _ reader: borrowing NetCDFReader, _ start: Int, _ more: Int, _ own: [String: [String]]
  ) throws(TabularError) {
    for (k, field) in fields.enumerated() where field.kind == .number {
      let inner = shape(field)
      let found = try reader.numbers(
        field.name, start: [start] + inner.map { _ in 0 }, count: [more] + inner)
      numbers[k] += found ?? []
    }
    for (name, list) in own { texts[name, default: []] += list[start..<(start + more)] }
    count += more
  }

  mutating func write(to file: borrowing NetCDFWriter, at start: Int) throws(TabularError) -> Int {
    for (k, field) in fields.enumerated() {
      if field.kind == .number {
        let inner = shape(field)
        let values = numbers[k]
        try file.write(
          values.span, to: field.name, start: [start] + inner.map { _ in 0 }, count: [count] + inner)
        numbers[k].removeAll(keepingCapacity: true)
      } else {
        try file.write(texts[field.name] ?? [], to: field.name, start: start)
        texts[field.name] = []
      }
    }
    defer { count = 0 }
    return count
  }
}

extension NetCDFSchema {
  /// The same schema for the whole sweep.
  fileprivate var withoutShard: NetCDFSchema {
    NetCDFSchema(
      dimensions: dimensions, variables: variables, attributes: attributes.filter { $0.name != "shard" })
  }
}
