import Glibc
import Testing
import _ThecalTestSupport

@testable import ThecalTabular

private let schema = NetCDFSchema(
  dimensions: [.init("sample", length: nil), .init("time", length: 4), .init("site", length: 2)],
  variables: [
    .init("time", over: ["time"], units: "h"),
    .init("site", .text(width: 8), over: ["site"]),
    .init("csf", over: ["sample", "time", "site"], units: "ng/mL"),
    .init("loss", over: ["sample"], units: "1/s", attributes: [.init("valid_min", .number(1e-7))]),
    .init("reason", .text(width: 12), over: ["sample"]),
    .init("dose", over: [], units: "mg/day"),
  ],
  attributes: [.init("seed", .integer(7)), .init("engine", .text("0.1 µ")), .init("step", .number(0.1))])

/// The values of sample `sample`, none of which a decimal file would keep.
private func slice(_ sample: Int) -> [Double] { (0..<8).map { 0.1 * Double(sample) + 1 / Double($0 + 3) } }

/// Writes `samples` samples to `path`; the second is left out, as one that failed is.
private func publish(_ path: String, samples: Int = 5, deflate: Int? = nil) throws(TabularError) {
  let file = try NetCDFWriter(path: path, schema: schema, deflate: deflate)
  try file.write([0, 1, 2, 3.5].span, to: "time", start: [0], count: [4])
  try file.write(["tip", "L4"], to: "site")
  try file.write([0.4].span, to: "dose", start: [], count: [])
  for sample in 0..<samples {
    let values = slice(sample)
    try file.write([Double(sample) / 3].span, to: "loss", start: [sample], count: [1])
    try file.write([sample == 1 ? "diverged as é\u{1F9EA}" : ""], to: "reason", start: sample)
    if sample != 1 { try file.write(values.span, to: "csf", start: [sample, 0, 0], count: [1, 4, 2]) }
  }
  try file.commit()
}

/// HDF5 is not made for threads, so these run one after another.
@Suite(.serialized) struct `A NetCDF file` {
  let folder = Folder()

  @Test(arguments: [nil, 1, 9])
  func `reads back to the last bit`(deflate: Int?) throws {
    let path = folder.path + "/out.nc"
    try publish(path, deflate: deflate)
    let file = try NetCDFReader(path: path)
    #expect(file.schema == schema)
    #expect(file.lengths["sample"] == 5 && file.lengths["site"] == 2)
    #expect(try file.numbers("time") == [0, 1, 2, 3.5])
    #expect(try file.numbers("dose") == [0.4])
    #expect(try file.texts("site") == ["tip", "L4"])
    #expect(try file.texts("reason") == ["", "diverged as ", "", "", ""])
    #expect(try file.numbers("loss") == (0..<5).map { Double($0) / 3 })
    for sample in [0, 2, 3, 4] {
      #expect(try file.numbers("csf", start: [sample, 0, 0], count: [1, 4, 2]) == slice(sample))
    }
    let failed = try file.numbers("csf", start: [1, 0, 0], count: [1, 4, 2])
    #expect(failed?.count == 8 && failed?.allSatisfy(\.isNaN) == true)
    #expect(try file.numbers("nothing") == nil && file.texts("csf") == nil && file.numbers("site") == nil)
  }

  @Test func `equal writes make equal bytes at any time`() throws {
    let (first, second) = (folder.path + "/1.nc", folder.path + "/2.nc")
    try publish(first, samples: 1_500)
    sleep(2)
    try publish(second, samples: 1_500)
    #expect(contents(first) == contents(second) && contents(first)?.isEmpty == false)
  }

  @Test func `a flipped bit on the disk is noticed`() throws {
    let path = folder.path + "/out.nc"
    try publish(path)
    var pattern = slice(3)[5].bitPattern
    let needle = withUnsafeBytes(of: &pattern) { Array($0) }
    let bytes = try #require(contents(path))
    let places = (0..<bytes.count - 8).filter { Array(bytes[$0..<$0 + 8]) == needle }
    let place = try #require(places.first)
    let descriptor = open(path, O_WRONLY)
    pwrite(descriptor, [needle[0] ^ 1], 1, place)
    close(descriptor)
    let file = try NetCDFReader(path: path)
    #expect(throws: TabularError.self) { _ = try file.numbers("csf") }
    #expect(try file.numbers("loss")?.count == 5)
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func `any block is that part of the whole`(seed: UInt64) throws {
    let path = folder.path + "/out.nc"
    try publish(path, samples: 9)
    let file = try NetCDFReader(path: path)
    let shape = [9, 4, 2]
    let whole = try #require(try file.numbers("csf"))
    #expect(whole.count == shape.reduce(1, *))
    var random = SeededGenerator(seed: seed)
    let start = shape.map { Int.random(in: 0..<$0, using: &random) }
    let count = zip(shape, start).map { Int.random(in: 0...($0 - $1), using: &random) }
    let block = try #require(try file.numbers("csf", start: start, count: count))
    var expected: [UInt64] = []
    for i in 0..<count[0] {
      for j in 0..<count[1] {
        for k in 0..<count[2] {
          let place = ((start[0] + i) * 4 + start[1] + j) * 2 + start[2] + k
          expected.append(whole[place].bitPattern)
        }
      }
    }
    #expect(block.map(\.bitPattern) == expected)
  }

  @Test func `says what it holds, attribute by attribute`() throws {
    let path = folder.path + "/out.nc"
    try publish(path)
    let read = try NetCDFReader(path: path).schema
    #expect(read.attribute("seed") == .integer(7) && read.attribute("engine") == .text("0.1 µ"))
    #expect(read.attribute("step") == .number(0.1) && read.attribute("Conventions") == nil)
    let loss = try #require(read.variables.first { $0.name == "loss" })
    #expect(loss.attributes == [.init("units", .text("1/s")), .init("valid_min", .number(1e-7))])
  }

  @Test func `an abandoned file leaves nothing`() throws {
    do { _ = try NetCDFWriter(path: folder.path + "/out.nc", schema: schema) }
    #expect(folder.names == [])
  }

  @Test func `what is not NetCDF is refused`() {
    create(folder.path + "/in.nc", "patient_id,dose\n")
    let error = #expect(throws: TabularError.self) { _ = try NetCDFReader(path: folder.path + "/in.nc") }
    guard case .library(_, "opening the file", _)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(throws: TabularError.notFound(path: "/nowhere.nc")) { _ = try NetCDFReader(path: "/nowhere.nc") }
  }

  @Test(.enabled(if: Folder.canBecomeDisk))
  func `a full disk is an error of output that leaves nothing behind`() async {
    let disk = folder.path
    folder.becomeDisk(kibibytes: 64)
    await #expect(processExitsWith: .exitCode(74)) { [disk = disk as String] in
      do throws(TabularError) {
        try publish(disk + "/out.nc", samples: 20_000)
      } catch {
        precondition(error == .inputOutput(path: disk + "/out.nc", code: ENOSPC))
        exit(error.exitCode)
      }
    }
    #expect(folder.names == [])
  }
}
