import ThecalDosing

/// The words of findings that the rules make once and share among all patients: a batch says them a million times.
///
/// What is remembered is kept alive, so that no other finding can have its identity.
struct SentenceMemory {
  private struct Entry {
    let finding: Finding
    let words: [UInt8]
  }

  private var entries: [ObjectIdentifier: Entry] = [:]

  /// Findings that are made anew for each patient fill this room and are forgotten.
  private static let room = 1_024

  /// Appends the words of `finding`, which `wording` makes where they are not remembered.
  mutating func write(_ finding: Finding, by wording: any ResultWording, to bytes: inout [UInt8]) {
    if let entry = entries[finding.identity] { return bytes.append(contentsOf: entry.words) }
    let begin = bytes.count
    wording.write(finding, to: &bytes)
    if entries.count < Self.room {
      entries[finding.identity] = Entry(finding: finding, words: Array(bytes[begin...]))
    }
  }
}
