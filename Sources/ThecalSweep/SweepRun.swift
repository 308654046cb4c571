import Glibc
import ThecalFormulary
public import ThecalScenario
import ThecalTabular

/// A sweep from its specification to its file: samples in parallel, blocks in their order.
public struct SweepRun: Sendable {
  /// How a sweep is run; the numbers do not depend on any of it but the shard.
  public struct Options: Sendable {
    /// The part of the samples to compute, one of `count`, counted from 1; nil for all.
    public var shard: (number: Int, count: Int)?
    /// Whether to go on from what a killed run has left, or to leave the file of a finished one as it is.
    public var resumes = false
    /// Whether what a run of another sweep has left at the same place is thrown away; else it is an error.
    public var discardsOthers = false
    /// Number of threads.
    public var threads = 1
    /// Compression of the file, 1 to 9; nil for none.
    public var deflate: Int?
    /// Called now and then with the samples done and the samples there are.
    public var progress: (@Sendable (Int, Int) -> Void)?

    /// One thread, all samples, no compression.
    public init() {}
  }

  /// What a sweep did.
  public struct Summary: Hashable, Sendable {
    /// Samples in the file.
    public let samples: Int
    /// Samples that were taken over from a killed run.
    public let resumed: Int
    /// Samples that could not be computed, each with its reason in the file.
    public let failed: Int
    /// The first of those reasons.
    public let firstFailure: String?
  }

  let plan: SweepPlan
  /// The files that it reads: the specification, and the scenario that it names.
  public private(set) var inputs: [String]

  /// The files that a sweep to `output` writes: the output, and the journal from which a killed one goes on.
  public static func files(of output: String) -> [String] { [output, SweepJournal.path(beside: output)] }

  /// The sweep that the file at `path` specifies.
  public init(path: String) throws(SweepProblem) {
    if path.hasSuffix(".nc") {
      self = try Self(result: path)
      return
    }
    let text = try SweepText.read(path)
    var read = [path]
    try self.init(spec: text, named: path) { name throws(ScenarioError) in
      guard let file = NamedFile.path(name.value, beside: path) else {
        throw name.outsideFolder("the scenario")
      }
      read.append(file)
      do throws(SweepProblem) { return try SweepText.read(file) } catch {
        throw name.place.error(error.message)
      }
    }
    inputs = read
  }

  /// The sweep whose result stands in the file at `path`, from the texts that it holds.
  private init(result path: String) throws(SweepProblem) {
    let texts: [String]
    do throws(TabularError) {
      let schema = try NetCDFReader(path: path).schema
      texts = ["specification", "scenario"].compactMap { name in
        if case .text(let text)? = schema.attribute(name) { text } else { nil }
      }
    } catch {
      throw SweepProblem(reading: error)
    }
    guard texts.count == 2 else {
      throw SweepProblem(message: "\(path): it holds no specification and scenario of a sweep", exitCode: 65)
    }
    try self.init(spec: texts[0], named: path) { _ in texts[1] }
    inputs = [path]
  }

  /// The sweep of the specification `spec`, which errors call `name`; `text` gives the scenario that it names.
  public init(
    spec: String, named name: String, _ text: (Placed<String>) throws(ScenarioError) -> String
  ) throws(SweepProblem) {
    do throws(ScenarioError) {
      var scenario = (text: "", file: name)
      if case .file(let named) = try SweepScenario(yaml: spec, file: name).base {
        scenario = (try text(named), named.value)
      }
      plan = try SweepPlan(spec: spec, file: name, scenario: scenario, formulary: .embedded)
      inputs = []
    } catch {
      throw SweepProblem(error)
    }
  }

  /// Number of samples of all shards together.
  public var samples: Int { plan.samples }

  /// Computes the samples and writes them to `output`, complete or not at all: NetCDF, or CSV where the name ends
  /// in `.csv`. Results name `engine` as their maker.
  public func write(to output: String, engine: String, _ options: Options) throws(SweepProblem) -> Summary {
    var plan = self.plan
    plan.measureGrid()
    let range = options.shard.map { plan.range(shard: $0.number, of: $0.count) } ?? 0..<plan.samples
    guard !range.isEmpty else {
      throw SweepProblem(message: "this shard has no sample: there are only \(plan.samples)", exitCode: 65)
    }
    if options.resumes,
      let done = finished(output, engine: engine, options.shard, samples: range.count)
    {
      return done
    }
    var file = try SweepFile(
      plan, path: output, inputs: inputs, range: range, shard: options.shard, engine: engine,
      deflate: options.deflate)
    var tally = Tally()
    let title =
      "thecal sweep 1 \(plan.digest) \(engine) \(plan.formulary.version) \(range.lowerBound) \(range.upperBound) \(plan.stride)"
    var resumed = range.lowerBound
    let journal = try SweepJournal(
      beside: output, title: title, stride: plan.stride, isResuming: options.resumes,
      isDiscarding: options.discardsOthers
    ) { block throws(SweepProblem) in
      guard block.range.lowerBound == resumed, block.range.upperBound <= range.upperBound else { return }
      try file.write(block)
      tally.add(block)
      resumed = block.range.upperBound
    }
    let left = resumed..<range.upperBound
    let pipeline = SweepPipeline(plan, threads: options.threads)
    try pipeline.run(left) { block throws(SweepProblem) in
      try journal.append(block)
      try file.write(block)
      tally.add(block)
      options.progress?(block.range.upperBound - range.lowerBound, range.count)
    }
    try file.commit()
    journal.remove()
    return Summary(
      samples: range.count, resumed: left.lowerBound - range.lowerBound, failed: tally.failed,
      firstFailure: tally.first)
  }

  private struct Tally {
    var failed = 0
    var first: String?

    mutating func add(_ block: SweepBlock) {
      for reason in block.failures where !reason.isEmpty {
        failed += 1
        first = first ?? reason
      }
    }
  }
}

/// Text files of a sweep.
enum SweepText {
  static func read(_ path: String) throws(SweepProblem) -> String {
    do { return try TextFile(path).text } catch { throw SweepProblem(error) }
  }
}
