/// Words and phrases with a meaning each: a table of words, and a tree of the phrases that they form.
///
/// The longest phrase wins. Hyphens, slashes, points, `#` and `&` between the words of a phrase do not count.
struct Lexicon<Meaning: Sendable>: Sendable {
  private var slots: [Int32]
  private var words: [[UInt8]] = []
  private var hashes: [UInt64] = []
  /// By word: the node of phrases that begin with it.
  private var first: [Int32] = []
  private var edges: [UInt64: Int32] = [:]
  /// By node: the meaning of the phrase that ends there, and whether phrases go on.
  private var ends: [Int32] = []
  private var goesOn: [Bool] = []
  private var meanings: [Meaning] = []

  /// The lexicon of `entries`; the first meaning of a phrase holds, and `repeated` is told of another one.
  init(_ entries: [(phrase: String, meaning: Meaning)], repeated: (String) -> Void = { _ in }) {
    slots = Array(repeating: -1, count: 1 << 15)
    var scratch = TokenizedText()
    for entry in entries {
      let bytes = Array(entry.phrase.utf8)
      scratch.read(bytes.span) { text, start, end in Self.intern(text, start, end, &words, &hashes, &slots) }
      let path = scratch.tokens.filter { $0.kind != .mark }.map(\.word)
      if !insert(path, entry.meaning) { repeated(entry.phrase) }
    }
  }

  private mutating func insert(_ path: [Int32], _ meaning: Meaning) -> Bool {
    guard let start = path.first else { return false }
    while first.count < words.count { first.append(-1) }
    if first[Int(start)] < 0 { first[Int(start)] = newNode() }
    var node = first[Int(start)]
    for word in path.dropFirst() {
      let key = Self.edge(node, word)
      goesOn[Int(node)] = true
      if edges[key] == nil { edges[key] = newNode() }
      node = edges[key] ?? node
    }
    if ends[Int(node)] >= 0 { return false }
    ends[Int(node)] = Int32(meanings.count)
    meanings.append(meaning)
    return true
  }

  private mutating func newNode() -> Int32 {
    ends.append(-1)
    goesOn.append(false)
    return Int32(ends.count - 1)
  }

  /// The place of the word between `start` and `end`; −1 where the lexicon does not have it.
  func word(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let hash = Self.hash(text, start, end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, Self.equal(words[index], text, start, end) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    return -1
  }

  /// The longest phrase that begins at `place`, with the number of tokens that it takes.
  func longest(_ tokens: [TextToken], at place: Int) -> (meaning: Meaning, count: Int)? {
    guard tokens[place].word >= 0 else { return nil }
    let start = Int(tokens[place].word)
    guard start < first.count, first[start] >= 0 else { return nil }
    var node = first[start]
    var (best, bestEnd, i) = (ends[Int(node)], place + 1, place + 1)
    while goesOn[Int(node)] {
      if i < tokens.count, Self.isSilent(tokens[i]) { i += 1 }
      guard i < tokens.count, tokens[i].word >= 0, let next = edges[Self.edge(node, tokens[i].word)] else {
        break
      }
      node = next
      i += 1
      if ends[Int(node)] >= 0 { (best, bestEnd) = (ends[Int(node)], i) }
    }
    return best < 0 ? nil : (meanings[Int(best)], bestEnd - place)
  }

  private static func isSilent(_ token: TextToken) -> Bool {
    guard token.kind == .mark else { return false }
    return switch token.mark {
    case UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "."), UInt8(ascii: "#"), UInt8(ascii: "&"): true
    default: false
    }
  }

  private static func edge(_ node: Int32, _ word: Int32) -> UInt64 { UInt64(node) << 32 | UInt64(word) }

  /// FNV-1a over the letters and digits of a word: `b.i.d` is `bid`. Source: Fowler, Noll and Vo, RFC 9923.
  private static func hash(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for i in start..<end where counts(text, i, start) { hash = (hash ^ UInt64(text[i])) &* 0x100_0000_01b3 }
    return hash ^ hash >> 29
  }

  private static func counts(_ text: borrowing Span<UInt8>, _ i: Int, _ start: Int) -> Bool {
    if text[i] == UInt8(ascii: "'") { return false }
    return text[i] != UInt8(ascii: ".") || !isLetter(text[start])
  }

  private static func equal(_ word: [UInt8], _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool
  {
    var k = 0
    for i in start..<end where counts(text, i, start) {
      if k == word.count || word[k] != text[i] { return false }
      k += 1
    }
    return k == word.count
  }

  private static func intern(
    _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int, _ words: inout [[UInt8]],
    _ hashes: inout [UInt64],
    _ slots: inout [Int32]
  ) -> Int32 {
    let hash = hash(text, start, end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, equal(words[index], text, start, end) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    precondition(words.count < slots.count / 2, "the table of words is full")
    slots[slot] = Int32(words.count)
    hashes.append(hash)
    words.append((start..<end).filter { counts(text, $0, start) }.map { text[$0] })
    return slots[slot]
  }
}
