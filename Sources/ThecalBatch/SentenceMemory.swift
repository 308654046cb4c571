import ThecalDosing

/// The words of findings that come again with the same evidence in the same memory: the rules make most of theirs once and share them
/// among all patients, and a batch says them a million times.
///
/// What is remembered keeps its evidence alive, so that no other evidence can stand at the same address.
struct SentenceMemory {
  private struct Entry {
    let finding: Finding
    let words: [UInt8]
  }

  /// One finding at most in each place; evidence that is made anew for each patient fills places and is not found again.
  private var entries = [Entry?](repeating: nil, count: Self.room)

  /// As many as ten bits count.
  private static let room = 1 << 10

  /// Appends the words of `finding`, which `wording` makes where they are not remembered; a place belongs to one row alone.
  mutating func write(_ finding: Finding, by wording: any ResultWording, to bytes: inout [UInt8]) {
    guard finding.place == nil else { return wording.write(finding, to: &bytes) }
    let address = Self.address(finding)
    // Fibonacci hashing spreads addresses, which are multiples of sixteen.
    let mixed = (address >> 4) &+ UInt(finding.topic.number) &* 31 &+ UInt(finding.topic.room.rawValue)
    let index = Int((mixed &* 0x9E37_79B9_7F4A_7C15) >> 54)
    if let entry = entries[index] {
      guard entry.finding.topic == finding.topic, Self.address(entry.finding) == address else {
        return wording.write(finding, to: &bytes)
      }
      return bytes.append(contentsOf: entry.words)
    }
    let begin = bytes.count
    wording.write(finding, to: &bytes)
    entries[index] = Entry(finding: finding, words: Array(bytes[begin...]))
  }

  private static func address(_ finding: Finding) -> UInt {
    finding.evidence.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
  }
}
