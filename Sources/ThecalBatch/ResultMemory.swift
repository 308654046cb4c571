import ThecalConversion
import ThecalDosing

/// All that was read about a patient and on which a result depends, apart from where it stands in the file.
///
/// It is what the converter and the pump are given, whole: a rule that looks at one more fact cannot be forgotten
/// here. Bytes of cells are no part of it, because two that differ may mean one thing, and an unreadable cell means
/// nothing; a patient with one of those has no key.
struct ResultKey: Hashable {
  let request: ConversionRequest
  let pump: PumpCells

  /// Feeds what differs most between patients: two keys are equal only if everything in them is.
  func hash(into hasher: inout Hasher) {
    for medicine in request.medicines {
      hasher.combine(medicine.drug)
      hasher.combine(medicine.amount)
    }
    hasher.combine(request.target)
    hasher.combine(request.patient.ageYears)
    hasher.combine(request.patient.opioidDays)
  }
}

/// What patients have been converted to before.
///
/// Clinics use the same regimens over and over: two patients of whom the same was read get the same result, apart from
/// their ids and their own words, and it is converted once.
struct ResultMemory {
  /// A result without the patient's id and words, ready to be written.
  struct Entry {
    let status: Status
    /// Cells that stand together in every row: from the lines to the message, and from the target to the data.
    let parts: (ReadyCells, ReadyCells)
  }

  private var entries: [ResultKey: Entry] = [:]
  private var hits = 0
  private var misses = 0

  /// How many results are remembered: enough for the regimens of a large clinic, few enough to stay in a cache.
  private static let limit = 8_192

  /// Whether remembering has paid so far: where hardly any regimen comes twice, keeping them costs more than it saves.
  private(set) var pays = true

  /// What was remembered for `key`; nil where nothing was.
  mutating func recall(_ key: ResultKey) -> Entry? {
    if let found = entries[key] {
      hits += 1
      return found
    }
    misses += 1
    pays = misses < Self.limit || hits > misses / 4
    if !pays { entries = [:] }
    return nil
  }

  /// Remembers `entry` for `key`; forgets everything else when the memory is full.
  mutating func remember(_ entry: Entry, for key: ResultKey) {
    guard pays else { return }
    if entries.count == Self.limit { entries.removeAll(keepingCapacity: true) }
    entries[key] = entry
  }
}

/// Some cells of a row that follow each other, as the digest covers them and as they are written.
struct ReadyCells {
  /// The cells, each with U+001F before it.
  let hashed: [UInt8]
  /// The cells as CSV.
  let written: [UInt8]
}

extension Conversion {
  /// Whether the result speaks of the patient alone and not of a line of the file.
  var isPlaceless: Bool { status != .error && findings.all.allSatisfy { $0.place?.line == nil } }
}
