import Testing

@testable import ThecalTabular

@Test(arguments: [
  "#N/A", "N/A", "n/a", "nan", "NULL", "-", "--", "—", "?", "####", "None", "<NA>", "#REF!", "#WERT!",
  "1.67683E+15", "1,67683E+15", "1E+09",
])
func `what a spreadsheet leaves of an id is no id`(text: String) {
  var watch = SpoiledIdentifier()
  // Twice: the second answer comes from what is remembered.
  #expect(watch.isSpoiled(text.utf8.span) && watch.isSpoiled(text.utf8.span))
}

@Test(arguments: [
  "", "NA", "N", "-17", "#12", "@x", "12E5", "1.5", "1E+", "1.5.6E+9", "1E+9a", "1.67683E-15", "none",
  "NANCY", "A-1", String(repeating: "#", count: 25),
])
func `what only looks like it is an id`(text: String) {
  var watch = SpoiledIdentifier()
  #expect(!watch.isSpoiled(text.utf8.span) && !watch.isSpoiled(text.utf8.span))
}

@Test(arguments: [("", true), (" ", true), ("\u{200B}\u{AD}", true), ("a", false), (" a ", false)])
func `a text of which nothing is seen is invisible`(text: String, isInvisible: Bool) {
  #expect(text.isInvisible == isInvisible)
}

@Test(arguments: [("A\u{200B}B", true), ("A B", false), ("A\u{A0}B", false), ("", false), ("\u{7}", true)])
func `a mark that leaves no trace is found, and white space is none`(text: String, hides: Bool) {
  #expect(text.hidesMark == hides)
}

@Test func `a table of words gives what a dictionary gives, and asks once`() {
  var table = InternTable<Int>(limit: 300)
  var plain: [String: Int] = [:]
  var calls = 0
  for i in 0..<4_000 {
    let word = String((i &* 7_919) % 251, radix: 36)
    let value = table.value(for: word.utf8.span) { text in
      calls += 1
      return text.utf8.count * 1_000 + i
    }
    #expect(value == plain[word, default: word.utf8.count * 1_000 + i])
    plain[word] = value
  }
  #expect(calls == plain.count && plain.count == 251)
}

@Test func `a full table answers rightly and remembers no more, or begins anew`() {
  var table = InternTable<String>(limit: 2)
  for word in ["a", "b", "c", "c", "a"] {
    #expect(table.value(for: word.utf8.span) { $0 + "!" } == word + "!")
  }
  #expect(table.find("a".utf8.span) == "a!" && table.find("c".utf8.span) == nil)
  table.remember("c".utf8.span, "c?")
  #expect(table.find("c".utf8.span) == "c?" && table.find("a".utf8.span) == nil)
}

@Test func `a hash of bytes is the same in every run`() {
  // FNV-1a of "a" is AF63DC4C8601EC8C; the mix of it was computed apart.
  func mixed(_ value: UInt64) -> UInt64 {
    let first = (value ^ (value >> 33)).multipliedFullWidth(by: 0xFF51_AFD7_ED55_8CCD).low
    return first ^ (first >> 33)
  }
  #expect(stableHash("a".utf8.span) == mixed(0xAF63_DC4C_8601_EC8C))
  #expect(stableHash("".utf8.span) == mixed(0xCBF2_9CE4_8422_2325))
  #expect(stableHash("ab".utf8.span) != stableHash("ba".utf8.span))
}
