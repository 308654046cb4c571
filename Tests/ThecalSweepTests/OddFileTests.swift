import Testing
import ThecalTabular
import _ThecalTestSupport

@testable import ThecalSweep

/// A file like that of a sweep, of which one thing is wrong.
struct OddSweep: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var samples = 24
  var attributes: [NetCDFSchema.Attribute] = [
    .init("seed", .integer(1)), .init("design", .text("saltelli")), .init("samples", .integer(24)),
  ]
  var failureAxes: [String]? = ["sample"]
  var failureKind = NetCDFSchema.Kind.text(width: 8)
  var resultAxes = ["sample"]
  var parameters = 1

  /// Writes the file, with every number unset where `fills` is false.
  func write(to path: String, fills: Bool = true) throws {
    var variables: [NetCDFSchema.Variable] = (0..<parameters).map {
      .init(
        "p\($0)", over: ["sample"], units: "1/s",
        attributes: [.init("long_name", .text("drawn value of p\($0)"))])
    }
    variables.append(.init("auc", over: resultAxes, units: "x'; system('id'); '"))
    if let failureAxes { variables.append(.init("failure", failureKind, over: failureAxes)) }
    let schema = NetCDFSchema(
      dimensions: [.init("sample", length: samples), .init("time", length: 3), .init("site", length: 2)],
      variables: variables, attributes: attributes)
    let file = try NetCDFWriter(path: path, schema: schema)
    if fills {
      let values = (0..<samples).map { Double(($0 * 7) % 11) }
      for k in 0..<parameters { try file.write(values.span, to: "p\(k)", start: [0], count: [samples]) }
      if resultAxes == ["sample"] { try file.write(values.span, to: "auc", start: [0], count: [samples]) }
    }
    try file.commit()
  }
}

private func with(_ name: String, _ change: (inout OddSweep) -> Void) -> OddSweep {
  var odd = OddSweep(testDescription: name)
  change(&odd)
  return odd
}

private func attribute(_ name: String, _ value: NetCDFSchema.Attribute.Value) -> OddSweep {
  with("\(name) is \(value)") {
    $0.attributes.removeAll { $0.name == name }
    $0.attributes.append(.init(name, value))
  }
}

private let odd: [OddSweep] = [
  attribute("seed", .integer(-1)), attribute("seed", .text("1")), attribute("seed", .number(1)),
  with("no seed") { $0.attributes.removeAll { $0.name == "seed" } }, attribute("design", .text("montecarlo")),
  attribute("design", .integer(1)), attribute("shard", .text("1/2")),
  attribute("shard", .text("1/9000000000000000000")),
  attribute("shard", .text("0/2")), attribute("shard", .text("3/2")), attribute("shard", .text("1/1/1")),
  attribute("shard", .text("-1/-1")), attribute("shard", .integer(1)),
  with("no failure") { $0.failureAxes = nil },
  with("failure over sites") { $0.failureAxes = ["site"] },
  with("failure is a number") { $0.failureKind = .number },
  with("samples that are no whole design") { $0.samples = 25 }, with("no parameter") { $0.parameters = 0 },
  with("a result over samples twice") { $0.resultAxes = ["sample", "sample"] },
  with("a result over times before samples") { $0.resultAxes = ["time", "sample"] },
  with("a result without names of sites") { $0.resultAxes = ["sample", "site"] },
]

@Test(arguments: odd) func `a file that is no sweep is refused with its reason`(odd: OddSweep) throws {
  let folder = Folder()
  try odd.write(to: folder.file("odd.nc"))
  let error = #expect(throws: SweepProblem.self) { try SensitivityStudy(path: folder.file("odd.nc")) }
  #expect(error?.exitCode == 65 && error?.message.contains("odd.nc") == true, "\(error?.message ?? "")")
}

@Test func `a file with every part in its place is read`() throws {
  let folder = Folder()
  try OddSweep(testDescription: "").write(to: folder.file("good.nc"))
  #expect(try SensitivityStudy(path: folder.file("good.nc")).results.map(\.name) == ["auc"])
}

@Test(arguments: [1 << 31, 1 << 40]) func `a small file that claims more than memory holds is refused`(
  samples: Int
) throws {
  let folder = Folder()
  var huge = OddSweep(testDescription: "")
  huge.samples = samples / 3 * 3
  try huge.write(to: folder.file("huge.nc"), fills: false)
  let error = #expect(throws: SweepProblem.self) { try SensitivityStudy(path: folder.file("huge.nc")) }
  #expect(error?.exitCode == 65)
}

@Test(arguments: odd) func `parts are proven before they are joined`(odd: OddSweep) throws {
  let folder = Folder()
  try odd.write(to: folder.file("odd.nc"))
  let error = #expect(throws: SweepProblem.self) {
    try SweepMerge.join([folder.file("odd.nc")], to: folder.file("whole.nc"))
  }
  #expect(error?.exitCode == 65 && folder.names == ["odd.nc"])
}

@Test func `a file without samples, or no NetCDF at all, is refused`() throws {
  let folder = Folder()
  for (name, bytes) in [("a.nc", []), ("b.nc", Array("CDF".utf8)), ("c.nc", [0x89, 0x48, 0x44, 0x46])]
    as [(String, [UInt8])]
  {
    folder.write(name, bytes)
    #expect(throws: SweepProblem.self) { try SensitivityStudy(path: folder.file(name)) }
  }
}
