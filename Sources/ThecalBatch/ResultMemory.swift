import ThecalConversion
import ThecalTabular

/// What a regimen has been converted to before.
///
/// Clinics use the same regimens over and over. Two patients with one line each whose decisive cells agree
/// byte for byte get the same result, apart from their ids: it is converted once and written from memory.
struct ResultMemory {
  /// A result without the patient's id, ready to be written.
  struct Entry {
    let status: Status
    /// The cells behind the id, as the digest covers them.
    let hashed: [UInt8]
    /// The same as CSV.
    let written: [UInt8]
  }

  private var entries = InternTable<Entry>(limit: 8_192)
  private var key: [UInt8] = []
  private var hits = 0
  private var misses = 0

  /// Whether remembering has paid so far: where hardly any regimen comes twice, keeping them costs more than it saves.
  var pays: Bool { misses < 8_192 || hits > misses / 4 }

  /// What was remembered for the patient on `row`; nil where nothing was.
  mutating func recall(_ batch: borrowing RowBatch, row: Int, _ layout: InputLayout) -> Entry? {
    key.removeAll(keepingCapacity: true)
    for column in layout.decisive {
      key.append(contentsOf: batch.bytes[batch.range(row: row, column: column)])
      key.append(0x1F)
    }
    let found = entries.find(key.span)
    if found == nil { misses += 1 } else { hits += 1 }
    return found
  }

  /// Remembers `entry` for the patient that was asked for last.
  mutating func remember(_ entry: Entry) {
    let key = key  // so that the table may change while the key is read
    entries.remember(key.span, entry)
  }
}

extension Conversion {
  /// Whether the result speaks of the patient alone and not of a line of the file.
  var isPlaceless: Bool { status != .error && notices.allSatisfy { $0.line == nil } }
}
