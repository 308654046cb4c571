import ThecalTabular

/// A first pass over a file: how many rows it has, and which patients do not stand together.
///
/// Eight bytes are kept for each run of lines with one id. Ids whose hash comes twice are then compared
/// letter by letter in a second pass, so that a collision of hashes never spoils a patient.
struct IdentifierScan {
  /// Rows without the header and blank ones.
  private(set) var rows = 0
  /// Ids whose lines are interrupted by those of another patient.
  private(set) var split: Set<[UInt8]> = []

  /// How the file's characters are written.
  private(set) var encoding = TextEncoding.utf8

  /// Scans `source`.
  init(_ source: TableSource) throws(BatchProblem) {
    if try scan(source), try !IdentifierScan.hasUTF8(source) {
      // What is not UTF-8 and has no word of it in it is what Windows programs wrote before.
      encoding = .windows1252
      (rows, split) = (0, [])
      _ = try scan(source)
    }
  }

  /// Counts rows and finds the split ids; says whether anything was not in the encoding.
  private mutating func scan(_ source: TableSource) throws(BatchProblem) -> Bool {
    var runs = RunHashes()
    var (count, isBroken) = (0, false)
    try IdentifierScan.forEachRun(source, encoding, &isBroken) { id, lines in
      if !id.isEmpty { runs.append(stableHash(id)) }
      count += lines
    }
    rows = count
    let suspicious = runs.repeated()
    if suspicious.isEmpty { return isBroken }
    var runsOf: [[UInt8]: Int] = [:]
    try IdentifierScan.forEachRun(source, encoding, &isBroken) { id, _ in
      if suspicious.contains(stableHash(id)) {
        runsOf[id.withUnsafeBufferPointer(Array.init), default: 0] += 1
      }
    }
    split = Set(runsOf.filter { $0.value > 1 }.keys)
    return isBroken
  }

  /// Whether any row holds more than ASCII in UTF-8.
  private static func hasUTF8(_ source: TableSource) throws(BatchProblem) -> Bool {
    var reader = try source.reader()
    if reader.headerIsUTF8, reader.header.contains(where: { $0.utf8.contains { $0 >= 0x80 } }) { return true }
    var batch = RowBatch()
    while try next(&reader, &batch) {
      for row in 0..<batch.count where batch.isForeign(row: row) { return true }
    }
    return false
  }

  /// Calls `body` once for each run of consecutive lines with one id, with the number of lines.
  private static func forEachRun(
    _ source: TableSource, _ encoding: TextEncoding, _ isBroken: inout Bool,
    _ body: (borrowing Span<UInt8>, Int) -> Void
  ) throws(BatchProblem) {
    var reader = try source.reader(encoding)
    isBroken = !reader.headerIsUTF8
    let column = try InputLayout(reader.header, of: source.origin).position(of: .patientID)
    var batch = RowBatch()
    var (current, lines): ([UInt8], Int) = ([], 0)
    while try next(&reader, &batch) {
      for row in 0..<batch.count where !batch.isBlank(row: row) {
        if batch.problems(row: row).contains(.invalidUTF8) { isBroken = true }
        let range = batch.identifier(row: row, column: column)
        if lines > 0 && batch.bytes[range].elementsEqual(current) {
          lines += 1
          continue
        }
        if lines > 0 { body(current.span, lines) }
        current.removeAll(keepingCapacity: true)
        current.append(contentsOf: batch.bytes[range])
        lines = 1
      }
    }
    if lines > 0 { body(current.span, lines) }
  }

  private static func next(_ reader: inout CSVReader, _ batch: inout RowBatch) throws(BatchProblem) -> Bool {
    do { return try reader.nextBatch(into: &batch, maxRows: 8_192) } catch { throw .file(error) }
  }
}

/// Hashes in blocks, so that a million of them never have to be copied to grow.
private struct RunHashes {
  private var blocks: [[UInt64]] = []

  mutating func append(_ hash: UInt64) {
    if blocks.last.map({ $0.count == $0.capacity }) ?? true {
      var block: [UInt64] = []
      block.reserveCapacity(1 << 16)
      blocks.append(block)
    }
    blocks[blocks.count - 1].append(hash)
  }

  /// Hashes that occur more than once.
  consuming func repeated() -> Set<UInt64> {
    var all = Array(blocks.joined())
    all.sort()
    var found: Set<UInt64> = []
    for i in all.indices.dropFirst() where all[i] == all[i - 1] { found.insert(all[i]) }
    return found
  }
}
