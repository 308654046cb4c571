import Testing

/// Who reads data may not be ended by it. Each file that states what must hold is here with the number of its statements and
/// what keeps data from reaching them: a new one is read against its callers before it is counted.
@Test func `every trap has been read, with what stands before it`() throws {
  let entry = #/^(?<file>\w+/\S+\.swift) (?<count>\d+): (?<guard>\S.+)$/#
  var known: [String: Int] = [:]
  for line in try SourceTree.text("Tests/ArchitectureTests/traps.txt").split(separator: "\n") {
    let match = try #require(line.wholeMatch(of: entry), "\(line)")
    #expect(known.updateValue(Int(match.count) ?? 0, forKey: String(match.file)) == nil, "twice: \(line)")
  }
  let found = Dictionary(
    SourceTree.files.map { ($0.description, traps($0.lines)) }.filter { $0.1 > 0 }, uniquingKeysWith: +)
  #expect(found.values.reduce(0, +) >= 200, "the files were not read")
  for file in Set(known.keys).union(found.keys).sorted() {
    #expect(
      found[file, default: 0] == known[file, default: 0],
      "\(file): can data reach it? Mend that, or say in traps.txt what stands before it")
  }
}

/// How many statements of these lines end the process where they do not hold.
private func traps(_ lines: [String]) -> Int {
  lines.filter { !isComment($0) }.reduce(0) { $0 + $1.matches(of: #/\bprecondition(Failure)?\(/#).count }
}

@Test func `nothing is taken to be there, or of a type, without a look`() {
  // A value with a mark behind it that is no comparison, outside texts and comments. What C hands over is of such a type.
  let unwrapped = #/[\w\)\]]!(?!=)/#
  let handedOver = #/(: |-> )[\w<>?]+!/#
  let asserted = #/\bas!|\bunsafelyUnwrapped\b|\bunsafeDowncast\b/#
  for file in SourceTree.files {
    for line in file.lines where !isComment(line) {
      let code = line.replacing(#/"([^"\\]|\\.)*"/#, with: "\"\"").replacing(handedOver, with: "")
      #expect(!code.contains(unwrapped) && !code.contains(asserted), "\(file): \(line)")
    }
  }
}

private func isComment(_ line: String) -> Bool {
  line.trimmingPrefix(while: \.isWhitespace).hasPrefix("//")
}
