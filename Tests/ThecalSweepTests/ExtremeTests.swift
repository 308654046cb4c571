import Glibc
import Testing
import ThecalScenario
import ThecalTabular
import _ThecalTestSupport

@testable import ThecalSweep

/// One bolus and no rate, so that an output may be a risk.
private let injected = """
  drug: morphine
  catheter: {tip: T10}
  program: [{at: 0 h, bolus: 0.1 mg}]
  cells: 60
  output: {every: 6 h, until: 1 day, at: [tip, cranial]}
  """

@Suite struct `A sample that no person is` {
  private let study = Study(
    """
    scenario: scenario.yaml
    design: {method: montecarlo, samples: 24, seed: 1}
    parameters: {"program[0].bolus": {normal: {mean: 0.1 mg, sd: 0.1 mg}}}
    outputs: ["risk:respiratory_depression", auc]
    """, scenario: injected)

  /// A dose below zero fails, and counts are asked for those alone that are doses.
  @Test(arguments: ["o.nc", "o.csv"]) func `fails by itself, beside outputs that counts may contradict`(
    output: String
  ) throws {
    let summary = try study.run(output)
    #expect(summary.samples == 24 && summary.failed > 0 && summary.failed < 24)
    #expect(summary.firstFailure?.contains("outside the range of a person") == true)
  }
}

@Suite struct `The weight of parameters` {
  /// Eight base points of three numbers, of which some are so large that their squares are none.
  @Test(arguments: [1e160, 1e200, 1e308]) func `is none where squares leave the range of a double`(
    size: Double
  ) {
    let values = (0..<24).map { Double($0 % 7) * size / 10 * ($0 % 2 == 0 ? 1 : -1) }
    #expect(SobolIndices(values, parameters: 1, seed: 1) == nil)
    // A base point whose mixed value alone is too large.
    let mixed = (0..<24).map { $0 % 3 == 2 ? size : Double($0 % 5) }
    let found = SobolIndices(mixed, parameters: 1, seed: 1)
    #expect(found.map { ($0.first + $0.total).allSatisfy { $0.value.isFinite && $0.low.isFinite } } ?? true)
  }

  @Test func `is none where effects leave the range of a double`() {
    let values = (0..<16).map { $0 % 2 == 0 ? -1.7e308 : 1.7e308 }
    #expect(MorrisEffects(values, parameters: 1, seed: 1) == nil)
    let wide = (0..<16).map { $0 % 2 == 0 ? -8e307 : 8e307 }
    #expect(MorrisEffects(wide, parameters: 1, seed: 1) == nil)
  }
}

@Suite struct `A journal` {
  private let study = Study(
    spec("{method: montecarlo, samples: 70, seed: 2}", outputs: "[steady]"), scenario: smallScenario)

  /// The journal of a run that was killed, with its words of eight bytes.
  private func killed() throws -> (path: String, header: Int, words: [UInt64]) {
    // A block as it is written, in a journal of its own title.
    let path = SweepJournal.path(beside: study.folder.file("j.nc"))
    let block = SweepBlock(0..<2, stride: 3, values: [1, 2, 3, 4, 5, 6], failures: ["", ""])
    let journal = try SweepJournal(
      beside: study.folder.file("j.nc"), title: "t", stride: 3, isResuming: false
    ) { (_) throws(SweepProblem) in }
    try journal.append(block)
    let bytes = try #require(contents(path))
    return (path, 2, words(bytes.dropFirst(2)))
  }

  private func words(_ bytes: ArraySlice<UInt8>) -> [UInt64] {
    // Three words, six numbers and one byte between two empty reasons: the checksum is read byte by byte.
    stride(from: bytes.startIndex, to: bytes.startIndex + 72, by: 8).map { start in
      (0..<8).reduce(0) { $0 | UInt64(bytes[start + $1]) << UInt64(8 * $1) }
    }
  }

  private func resumed(_ path: String) throws -> [Range<Int>] {
    var found: [Range<Int>] = []
    _ = try SweepJournal(beside: study.folder.file("j.nc"), title: "t", stride: 3, isResuming: true) {
      (block) throws(SweepProblem) in found.append(block.range)
    }
    return found
  }

  /// One step of the journal's checksum.
  private func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0xff51_afd7_ed55_8ccd
    return product ^ (product >> 32)
  }

  @Test(arguments: [0, 5, UInt64(1) << 48, UInt64(Int.max), .max, .max - 1])
  func `whose block begins beyond every sample ends before it, though its checksum is right`(first: UInt64)
    throws
  {
    let (path, header, before) = try killed()
    #expect(try resumed(path) == [0..<2])
    var words = before
    words[0] = first
    var sum: UInt64 = 0x9e37_79b9_7f4a_7c15
    for word in words { sum = mix(sum, word) }
    sum = mix(sum, 0x1F)
    var bytes = try #require(contents(path))
    func put(_ word: UInt64, at place: Int) {
      for k in 0..<8 { bytes[place + k] = UInt8(truncatingIfNeeded: word >> UInt64(8 * k)) }
    }
    put(first, at: header)
    put(sum, at: bytes.count - 8)
    study.folder.write(".j.nc.sweep", bytes)
    #expect(try resumed(path) == (first < 1 << 48 ? [Int(first)..<Int(first) + 2] : []))
  }

  @Test func `with other reasons than samples counts as cut off`() throws {
    let journal = try SweepJournal(
      beside: study.folder.file("j.nc"), title: "t", stride: 1, isResuming: false
    ) { (_) throws(SweepProblem) in }
    try journal.append(SweepBlock(0..<2, stride: 1, values: [1, 2], failures: ["a\u{1F}b", ""]))
    var found = 0
    _ = try SweepJournal(beside: study.folder.file("j.nc"), title: "t", stride: 1, isResuming: true) {
      (_) throws(SweepProblem) in found += 1
    }
    #expect(found == 0)
  }
}

/// A part of a sweep of one shard, of which one thing is wrong.
private struct OddPart: Sendable, CustomTestStringConvertible {
  let testDescription: String
  var more: [NetCDFSchema.Variable] = []

  func write(to path: String) throws {
    let schema = NetCDFSchema(
      dimensions: [
        .init("sample", length: nil), .init("time", length: 3), .init("site", length: 2),
        .init("string9", length: 9), .init("wide", length: 1 << 20), .init("tall", length: 1 << 20),
      ],
      variables: more + [
        .init("auc", over: ["sample"]), .init("failure", .text(width: 9), over: ["sample"]),
      ],
      attributes: [.init("seed", .integer(1)), .init("shard", .text("1/1"))])
    let file = try NetCDFWriter(path: path, schema: schema)
    try file.write([1, 2].span, to: "auc", start: [0], count: [2])
    try file.write(["", ""], to: "failure")
    try file.commit()
  }
}

private let oddParts = [
  OddPart(testDescription: "times on two axes", more: [.init("time", over: ["time", "site"])]),
  OddPart(testDescription: "times on no axis", more: [.init("time", over: [])]),
  OddPart(testDescription: "times as texts", more: [.init("time", .text(width: 3), over: ["time"])]),
  OddPart(testDescription: "sites as numbers", more: [.init("site", over: ["site"])]),
  OddPart(testDescription: "sites on another axis", more: [.init("site", .text(width: 3), over: ["time"])]),
  OddPart(testDescription: "numbers along characters", more: [.init("x", over: ["string9"])]),
  OddPart(testDescription: "more places than memory", more: [.init("x", over: ["wide", "tall"])]),
]

@Test(arguments: oddParts) private func `a part that could not be written again is not joined`(odd: OddPart)
  throws
{
  let folder = Folder()
  try odd.write(to: folder.file("part.nc"))
  let error = #expect(throws: SweepProblem.self) {
    try SweepMerge.join([folder.file("part.nc")], to: folder.file("whole.nc"))
  }
  #expect(error?.exitCode == 65 && error?.message.contains("axis") == true && folder.names == ["part.nc"])
}

@Test func `a part with nothing odd about it is joined`() throws {
  let folder = Folder()
  try OddPart(testDescription: "").write(to: folder.file("part.nc"))
  #expect(try SweepMerge.join([folder.file("part.nc")], to: folder.file("whole.nc")) == 2)
}
