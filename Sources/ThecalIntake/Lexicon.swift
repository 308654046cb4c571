/// Words and phrases with a meaning each: a table of words, and a tree of the phrases that they form.
///
/// The longest phrase wins. Hyphens, slashes, points, `#` and `&` between the words of a phrase do not count.
final class Lexicon<Meaning: Sendable>: Sendable {
  private let slots: [Int32]
  private let words: [[UInt8]]
  private let hashes: [UInt64]
  /// By word: the node of phrases that begin with it.
  private let first: [Int32]
  private let edges: [UInt64: Int32]
  /// By node: the meaning of the phrase that ends there, and whether phrases go on.
  private let ends: [Int32]
  private let goesOn: [Bool]
  private let meanings: [Meaning]

  /// The lexicon of `entries`; the first meaning of a phrase holds, and `repeated` is told of another one.
  init(_ entries: [(phrase: String, meaning: Meaning)], repeated: (String) -> Void = { _ in }) {
    var builder = LexiconBuilder()
    var meanings: [Meaning] = []
    for entry in entries {
      if builder.insert(entry.phrase, meaning: Int32(meanings.count)) {
        meanings.append(entry.meaning)
      } else {
        repeated(entry.phrase)
      }
    }
    (slots, words, hashes) = (builder.slots, builder.words, builder.hashes)
    (first, edges, ends, goesOn) = (builder.first, builder.edges, builder.ends, builder.goesOn)
    self.meanings = meanings
  }

  /// The place of the word between `start` and `end`; −1 where the lexicon does not have it.
  func word(_ text: borrowing Span<UInt8>, _ start: Int, _ end: Int) -> Int32 {
    let hash = WordHash.hash(text, start, end)
    var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
    while slots[slot] >= 0 {
      let index = Int(slots[slot])
      if hashes[index] == hash, WordHash.equal(words[index], text, start, end) { return slots[slot] }
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
      guard i < tokens.count, tokens[i].word >= 0, let next = edges[LexiconBuilder.edge(node, tokens[i].word)]
      else {
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
}
