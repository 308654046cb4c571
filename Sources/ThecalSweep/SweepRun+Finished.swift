import ThecalFormulary
import ThecalTabular

extension SweepRun {
  /// What the file at `output` holds, if it is complete and of this very sweep: the same specification and scenario,
  /// engine, data and samples. A run that resumes has nothing left to do there; any other file is written anew.
  func finished(_ output: String, engine: String, _ shard: (number: Int, count: Int)?, samples: Int)
    -> Summary?
  {
    guard !output.hasSuffix(".csv"), let reader = try? NetCDFReader(path: output) else { return nil }
    func holds(_ name: String, _ text: String?) -> Bool {
      reader.schema.attributes.first { $0.name == name }?.value == text.map { .text($0) }
    }
    guard holds("spec_sha256", plan.digest), holds("engine", engine), holds("data", plan.formulary.version),
      holds("shard", shard.map { "\($0.number)/\($0.count)" }), reader.lengths["sample"] == samples,
      let failures = try? reader.texts("failure"), failures.count == samples
    else { return nil }
    let failed = failures.filter { !$0.isEmpty }
    return Summary(samples: samples, resumed: samples, failed: failed.count, firstFailure: failed.first)
  }
}
