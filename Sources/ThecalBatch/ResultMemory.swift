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

  private var entries = InternTable<Entry>(limit: 16_384)
  private var key: [UInt8] = []
  private let layout: InputLayout
  private let numbers: NumberReader
  private let ages: [ExactNumber]
  private let days: [ExactNumber]
  private var hits = 0
  private var misses = 0

  /// An empty memory for files of `layout` with numbers in `format`, for results of `converter`.
  init(_ layout: InputLayout, _ format: NumberFormat, _ converter: Converter) {
    self.layout = layout
    numbers = NumberReader(format)
    (ages, days) = converter.thresholds
  }

  /// Whether remembering has paid so far: where hardly any regimen comes twice, keeping them costs more than it saves.
  var pays: Bool { misses < 16_384 || hits > misses / 4 }

  /// What was remembered for the patient on `row`; nil where nothing was.
  mutating func recall(_ batch: borrowing RowBatch, row: Int) -> Entry? {
    key.removeAll(keepingCapacity: true)
    for (column, kind) in layout.decisive {
      let range = batch.range(row: row, column: column)
      if let side = side(of: kind, batch, range) {
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

  /// Between which thresholds a number is, where no result depends on anything else of it.
  private func side(of column: InputColumn, _ batch: borrowing RowBatch, _ range: Range<Int>) -> UInt8? {
    let (thresholds, limit): ([ExactNumber], ExactNumber)
    switch column {
    case .opioidDays: (thresholds, limit) = (days, FactsReader.mostDays)
    case .ageYears: (thresholds, limit) = (ages, FactsReader.mostYears)
    case .weight: (thresholds, limit) = ([], FactsReader.mostKilograms)
    default: return nil
    }
    guard !range.isEmpty, let number = try? numbers.read(batch.bytes.span.extracting(range)), number <= limit
    else { return nil }
    return UInt8(thresholds.count { number >= $0 })
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
