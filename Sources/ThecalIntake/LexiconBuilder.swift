/// The table of words and the tree of phrases of a lexicon, while they are made.
struct LexiconBuilder {
  private(set) var slots = [Int32](repeating: -1, count: 1 << 15)
  private(set) var words: [[UInt8]] = []
  private(set) var hashes: [UInt64] = []
  /// By word: the node of phrases that begin with it.
  private(set) var first: [Int32] = []
  private(set) var edges: [UInt64: Int32] = [:]
  /// By node: the meaning of the phrase that ends there, and whether phrases go on.
  private(set) var ends: [Int32] = []
  private(set) var goesOn: [Bool] = []

  /// Adds `phrase` with the place of its meaning; false where it has one already.
  mutating func insert(_ phrase: String, meaning: Int32) -> Bool {
    let bytes = Array(phrase.utf8)
    var scratch = TokenizedText()
    scratch.read(bytes.span) { text, start, end in intern(text, start, end) }
    let path = scratch.tokens.filter { $0.kind != .mark }.map(\.word)
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
    ends[Int(node)] = meaning
    return true
  }

  private mutating func newNode() -> Int32 {
    ends.append(-1)
    goesOn.append(false)
    return Int32(ends.count - 1)
  }

  static func edge(_ node: Int32, _ word: Int32) -> UInt64 { UInt64(node) << 32 | UInt64(word) }

  private mutating func intern(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let hash = WordHash.hash(text, start, end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, WordHash.equal(words[index], text, start, end) { return slots[slot] }
      slot = (slot + 1) & (slots.count - 1)
    }
    precondition(words.count < slots.count / 2, "the table of words is full")
    slots[slot] = Int32(words.count)
    hashes.append(hash)
    words.append((start..<end).filter { WordHash.counts(text, $0, start) }.map { text[$0] })
    return slots[slot]
  }
}

/// Words as the table of a lexicon compares them: letters and digits alone, so that `b.i.d` is `bid`.
enum WordHash {
  /// FNV-1a. Source: Fowler, Noll and Vo, RFC 9923.
  static func hash(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for i in start..<end where counts(text, i, start) { hash = (hash ^ UInt64(text[i])) &* 0x100_0000_01b3 }
    return hash ^ hash >> 29
  }

  /// Whether a byte of the word that begins at `start` counts.
  static func counts(_ text: borrowing Span<UInt8>, _ i: Int, _ start: Int) -> Bool {
    if text[i] == UInt8(ascii: "'") { return false }
    return text[i] != UInt8(ascii: ".") || !isLetter(text[start])
  }

  static func equal(_ word: [UInt8], _ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Bool {
    var k = 0
    for i in start..<end where counts(text, i, start) {
      if k == word.count || word[k] != text[i] { return false }
      k += 1
    }
    return k == word.count
  }
}
