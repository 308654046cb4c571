import Testing
import _ThecalTestSupport

@testable import ThecalTabular

/// The lines of `text`, with the number of each.
private func lines(_ lines: consuming TextLines) throws -> [(number: Int, text: String)] {
  var found: [(Int, String)] = []
  var line: [UInt8] = []
  while try lines.next(into: &line) { found.append((lines.line, String(decoding: line, as: UTF8.self))) }
  return found
}

/// Texts and their lines, each with the break that ends it.
private let texts: [(text: String, lines: [String])] = [
  ("", []), ("a", ["a"]), ("a\n", ["a\n"]), ("a\nb", ["a\n", "b"]), ("a\n\nb\n", ["a\n", "\n", "b\n"]),
  ("a\r\nb\r\n", ["a\r\n", "b\r\n"]), ("\n", ["\n"]),
  ("{\"a\": 1}\n{\"b\": 2}", ["{\"a\": 1}\n", "{\"b\": 2}"]),
]

@Test(arguments: texts) func `lines come one by one with their breaks, from memory and from a file alike`(
  text: String, expected: [String]
) throws {
  let memory = try lines(TextLines(bytes: Array(text.utf8), origin: "x"))
  #expect(memory.map(\.text) == expected && memory.map(\.number) == Array(1..<expected.count + 1))
  let folder = Folder()
  let file = folder.write("text", text)
  #expect(try lines(TextLines(path: file, origin: "x")).map(\.text) == expected)
}

@Test(arguments: [1, 100, 65_535, 65_536, 65_537, 300_000])
func `a line longer than a chunk is one line`(count: Int) throws {
  let text = String(repeating: "x", count: count) + "\n" + "y"
  let found = try lines(TextLines(bytes: Array(text.utf8), origin: "x"))
  #expect(found.map(\.text.utf8.count) == [count + 1, 1])
}

@Test func `a line longer than its limit is refused, and a file that is not there is named`() throws {
  let folder = Folder()
  let path = folder.write("text", String(repeating: "x", count: 2_000))
  #expect(throws: TabularError.self) { try lines(TextLines(path: path, origin: "x", limit: 1_000)) }
  let problem = #expect(throws: TabularError.self) {
    try lines(TextLines(path: folder.file("none"), origin: "none.json"))
  }
  #expect(problem?.exitCode == 66 && problem?.description.contains("none.json") ?? false)
}

@Test func `an input that is a file is read where it is, and a folder is refused`() throws {
  let folder = Folder()
  let path = folder.write("text", "a\nb\n")
  let spooled = try SpooledInput(path)
  #expect(spooled.path == path && spooled.origin == path && folder.names == ["text"])
  #expect(throws: TabularError.self) { _ = try SpooledInput(folder.path).path }
  #expect(throws: TabularError.self) { _ = try SpooledInput(folder.file("none")).path }
}
