import ThecalConversion
import ThecalQuantities
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
  private let numbers: NumberReader
  private let toleranceDays: ExactNumber
  private var hits = 0
  private var misses = 0

  /// An empty memory for numbers in `format`; a patient is tolerant from `toleranceDays` on.
  init(_ format: NumberFormat, toleranceDays: ExactNumber) {
    numbers = NumberReader(format)
    self.toleranceDays = toleranceDays
  }

  /// Whether remembering has paid so far: where hardly any regimen comes twice, keeping them costs more than it saves.
  var pays: Bool { misses < 8_192 || hits > misses / 4 }

  /// What was remembered for the patient on `row`; nil where nothing was.
  mutating func recall(_ batch: borrowing RowBatch, row: Int, _ layout: InputLayout) -> Entry? {
    key.removeAll(keepingCapacity: true)
    for (column, kind) in layout.decisive {
      let range = batch.range(row: row, column: column)
      if kind == .opioidDays, let side = sideOfThreshold(batch, range) {
        key.append(side)
      } else {
        key.append(contentsOf: batch.bytes[range])
      }
      key.append(0x1F)
    }
    let found = entries.find(key.span)
    if found == nil { misses += 1 } else { hits += 1 }
    return found
  }

  /// Which side of the tolerance threshold a number of days is on: no result depends on anything else of it.
  private func sideOfThreshold(_ batch: borrowing RowBatch, _ range: Range<Int>) -> UInt8? {
    guard !range.isEmpty, let days = try? numbers.read(batch.bytes.span.extracting(range)),
      days <= FactsReader.mostDays
    else { return nil }
    return days >= toleranceDays ? UInt8(ascii: ">") : UInt8(ascii: "<")
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
