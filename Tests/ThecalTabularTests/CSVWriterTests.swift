import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// One row of text cells as written.
private func written(_ cells: [String]) -> String {
  var writer = CSVWriter()
  writer.appendRow(cells)
  return String(decoding: writer.output.bytes, as: UTF8.self)
}

@Suite struct `Writing CSV` {
  @Test func `cells are quoted only where they must be`() {
    #expect(written(["a", "b c", ""]) == "a,b c,\n")
    #expect(written(["a,b", "c\"d", "e\nf", " g", "h;i"]) == "\"a,b\",\"c\"\"d\",\"e\nf\",\" g\",\"h;i\"\n")
    #expect(written([""]) == "\"\"\n")
  }

  @Test(arguments: ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "=\"a\",b"])
  func `a text that a spreadsheet would run gets an apostrophe`(text: String) throws {
    #expect(try fields("h\n" + written([text])) == [["'" + text]])
  }

  @Test(arguments: ["1=1", "a-b", " =1", "'=1", "µ"])
  func `other texts stay as they are`(text: String) throws {
    #expect(try fields("h\n" + written([text])) == [[text]])
  }

  @Test func `numbers never get an apostrophe`() {
    var writer = CSVWriter()
    writer.appendNumber(-0.4)
    writer.appendNumber(-7)
    writer.appendNumber("-0.0666")
    writer.appendEmpty()
    writer.endRow()
    #expect(String(decoding: writer.output.bytes, as: UTF8.self) == "-0.4,-7,-0.0666,\n")
  }

  @Test(arguments: 0..<300 as Range<UInt64>)
  func `what is written reads back`(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let letters = Array("ab ,;\"\n\r\t'é\u{1F9EA}\u{FEFF}\u{A0}1.")
    let rows = (0..<8).map { _ in
      (0..<Int.random(in: 1...4, using: &random)).map { _ in
        "x"
          + String(
            (0..<Int.random(in: 0...5, using: &random)).map { _ in letters.randomElement(using: &random)! })
      }
    }
    #expect(try fields("h\n" + rows.map(written).joined()) == rows)
    let starting = rows.map { $0.map { String($0.dropFirst()) } }
    let apostrophes = starting.map { $0.map { [9, 13].contains($0.utf8.first) ? "'" + $0 : $0 } }
    #expect(try fields("h\n" + starting.map(written).joined()) == apostrophes)
  }
}

@Suite struct `Writing numbers` {
  /// The shortest digits as the standard library finds them, without a trailing fraction of zero.
  private func reference(_ number: Double) -> String {
    let digits = number.description
    return digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
  }

  private func text(_ number: Double) -> String {
    var output = ByteWriter()
    output.append(number)
    return String(decoding: output.bytes, as: UTF8.self)
  }

  @Test(arguments: [
    (0.4, "0.4"), (120, "120"), (-0.0, "-0"), (0, "0"), (1e-5, "1e-05"), (0.0001, "0.0001"),
    (1e15, "1000000000000000"), (1e20, "1e+20"),
    (0.1 + 0.2, "0.30000000000000004"), (-33.5, "-33.5"), (0.0666, "0.0666"),
    (.leastNonzeroMagnitude, "5e-324"),
    (.greatestFiniteMagnitude, "1.7976931348623157e+308"), (123_456_789_012_345, "123456789012345"),
  ])
  func `known numbers have known digits`(number: Double, digits: String) {
    #expect(text(number) == digits)
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func `digits are the shortest that read back`(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<2_000 {
      let any = Double(bitPattern: .random(in: 0...UInt64.max, using: &random))
      let clinical = (Double.random(in: 0...5_000, using: &random) * 1_000).rounded() / 1_000
      let small = Double.random(in: 0...1, using: &random)
      for number in [any, clinical, small, -clinical] where number.isFinite {
        #expect(text(number) == reference(number))
      }
    }
  }

  @Test(arguments: [0, 7, -7, 10, 100, Int.max, Int.min])
  func `whole numbers are written in full`(number: Int) {
    var output = ByteWriter()
    output.append(number)
    #expect(String(decoding: output.bytes, as: UTF8.self) == String(number))
  }
}
