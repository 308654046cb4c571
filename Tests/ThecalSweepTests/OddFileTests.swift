import Testing
import ThecalSweep
import ThecalTabular
import _ThecalTestSupport

/// What makes a file odd.
private struct Oddity: CustomTestStringConvertible {
  var testDescription: String
  var design = "saltelli"
  var seed = 1
  var shard = "1/1"
  var parameters = 2
  var samples = 8
  var hasFailures = true
  var value = 1.0
}

private func write(_ oddity: Oddity, to path: String) throws(TabularError) {
  let drawn = (0..<oddity.parameters).map {
    NetCDFSchema.Variable(
      "p\($0)", over: ["sample"], attributes: [.init("long_name", .text("drawn value of p\($0)"))])
  }
  let schema = NetCDFSchema(
    dimensions: [.init("sample", length: nil), .init("site", length: 1)],
    variables: drawn + [
      .init("site", .text(width: 4), over: ["site"]), .init("steady", over: ["sample", "site"]),
      .init("failure", .text(width: 8), over: [oddity.hasFailures ? "sample" : "site"]),
    ],
    attributes: [
      .init("design", .text(oddity.design)), .init("seed", .integer(oddity.seed)),
      .init("shard", .text(oddity.shard)),
    ])
  let file = try NetCDFWriter(path: path, schema: schema)
  let values = [Double](repeating: oddity.value, count: oddity.samples)
  for variable in drawn {
    try file.write(values.span, to: variable.name, start: [0], count: [oddity.samples])
  }
  try file.write(values.span, to: "steady", start: [0, 0], count: [oddity.samples, 1])
  try file.write(["tip"], to: "site")
  if oddity.hasFailures {
    try file.write([String](repeating: "", count: oddity.samples), to: "failure")
  } else {
    try file.write([""], to: "failure")
  }
  try file.commit()
}

@Suite struct `A file that claims to be a sweep` {
  let folder = Folder()

  @Test(arguments: [
    Oddity(testDescription: "nothing was drawn", parameters: 0),
    Oddity(testDescription: "no samples", samples: 0),
    Oddity(testDescription: "samples of another design", samples: 7),
    Oddity(testDescription: "trajectories cut short", design: "morris", samples: 8),
    Oddity(testDescription: "a seed below zero", seed: -1),
    Oddity(testDescription: "another design", design: "grid"),
  ])
  private func `is no study where it lacks one`(oddity: Oddity) throws {
    try write(oddity, to: folder.file("odd.nc"))
    let error = #expect(throws: SweepProblem.self) { _ = try SensitivityStudy(path: folder.file("odd.nc")) }
    #expect(error?.exitCode == 65)
  }

  @Test(arguments: [Double.nan, .infinity, 1e308]) func `may hold values without a variance`(value: Double)
    throws
  {
    try write(Oddity(testDescription: "", samples: 64, value: value), to: folder.file("odd.nc"))
    let study = try SensitivityStudy(path: folder.file("odd.nc"))
    #expect(study.results.count == 1 && study.results[0].sobol == nil)
  }

  @Test(arguments: [
    Oddity(testDescription: "no part", shard: "0/0"),
    Oddity(testDescription: "a part of billions", shard: "2/4000000000"),
    Oddity(testDescription: "no failure per sample", hasFailures: false),
  ]) private func `is no part where it lacks something`(oddity: Oddity) throws {
    try write(oddity, to: folder.file("odd.nc"))
    let error = #expect(throws: SweepProblem.self) {
      _ = try SweepMerge.join([folder.file("odd.nc")], to: folder.file("all.nc"))
    }
    #expect(error?.exitCode == 65 && folder.names == ["odd.nc"])
  }
}
