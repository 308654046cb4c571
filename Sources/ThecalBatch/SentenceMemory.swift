import ThecalDosing

/// The words of findings that come again with the same evidence in the same memory: the rules make most of theirs once and share them
/// among all patients, and a batch says them a million times.
///
/// What is remembered keeps its evidence alive, so that no other evidence can stand at the same address.
struct SentenceMemory {
  private struct Key: Hashable {
    let topic: Topic
    let evidence: UInt
  }

  private struct Entry {
    let finding: Finding
    let words: [UInt8]
  }

  private var entries: [Key: Entry] = [:]

  /// Evidence that is made anew for each patient fills this room and is forgotten.
  private static let room = 1_024

  /// Appends the words of `finding`, which `wording` makes where they are not remembered; a place belongs to one row alone.
  mutating func write(_ finding: Finding, by wording: any ResultWording, to bytes: inout [UInt8]) {
    guard finding.place == nil else { return wording.write(finding, to: &bytes) }
    let key = Key(
      topic: finding.topic,
      evidence: finding.evidence.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) })
    if let entry = entries[key] { return bytes.append(contentsOf: entry.words) }
    let begin = bytes.count
    wording.write(finding, to: &bytes)
    if entries.count < Self.room { entries[key] = Entry(finding: finding, words: Array(bytes[begin...])) }
  }
}
