import Glibc

/// Where the tokenizer's callbacks write: the tail of a batch, reached by pointer while one segment of
/// the input is tokenized.
///
/// The callbacks cannot grow an array, so room is made for everything a segment can hold before it is
/// handed over (`RowBatch.makeRoom`). Going through the arrays' own `append` instead cost a uniqueness
/// check, a bounds check and a call per field.
struct RowSink {
  var bytes: UnsafeMutablePointer<UInt8>?
  var fieldEnds: UnsafeMutablePointer<UInt32>?
  var byteCount = 0
  var fieldCount = 0
  /// Where the row in progress began.
  var rowByteStart = 0
  var rowFieldStart = 0
  let rowBytes: Int
  let rowFields: Int
  let encoding: TextEncoding
  /// The field in progress has outgrown the row and its bytes have been thrown away.
  var discardsField = false
  var problems: RowProblems = []
  var endedRow = false

  init(limits: CSVLimits, encoding: TextEncoding) {
    self.encoding = encoding
    rowBytes = limits.rowBytes
    rowFields = limits.rowFields
  }

  /// Starts again at the front of an empty batch.
  mutating func beginBatch() {
    (byteCount, fieldCount) = (0, 0)
    (rowByteStart, rowFieldStart) = (0, 0)
  }

  /// Sets where fields go, or forgets it.
  mutating func aim(_ bytes: UnsafeMutablePointer<UInt8>?, _ fieldEnds: UnsafeMutablePointer<UInt32>?) {
    self.bytes = bytes
    self.fieldEnds = fieldEnds
  }

  /// Takes one field from the tokenizer.
  mutating func take(_ field: UnsafeMutableRawPointer?, count: Int) {
    let fits = !discardsField && byteCount - rowByteStart + count <= rowBytes
    discardsField = false
    guard fieldCount - rowFieldStart < rowFields else {
      problems.insert(.tooLong)
      return
    }
    if !fits {
      problems.insert(.tooLong)
    } else if let bytes, let field, count > 0 {
      copy(field, count: count, to: UnsafeMutableRawPointer(bytes + byteCount))
      byteCount += count
    }
    fieldEnds?[fieldCount] = UInt32(truncatingIfNeeded: byteCount)
    fieldCount += 1
  }
}

extension RowSink {
  /// Bytes that may be written behind the last field; they mean nothing there.
  static let overhang = 16

  /// Copies a field. Most are shorter than 16 bytes and are copied as 16, without looking at their
  /// length: the tokenizer's buffer is never shorter, and room is made for the overhang. Calling
  /// `memcpy` for each of them took a tenth of the reading time.
  private func copy(_ field: UnsafeMutableRawPointer, count: Int, to target: UnsafeMutableRawPointer) {
    if count <= Self.overhang {
      let value = field.loadUnaligned(as: SIMD2<UInt64>.self)
      target.storeBytes(of: value, as: SIMD2<UInt64>.self)
    } else {
      target.copyMemory(from: field, byteCount: count)
    }
  }
}

extension RowBatch {
  /// Makes room for `bytes` more bytes and `fields` more fields after those of `sink`.
  mutating func makeRoom(bytes extraBytes: Int, fields extraFields: Int, after sink: RowSink) {
    let missingBytes = sink.byteCount + extraBytes + RowSink.overhang - bytes.count
    if missingBytes > 0 {
      bytes.append(contentsOf: repeatElement(0, count: max(missingBytes, bytes.count / 2)))
    }
    let missingFields = sink.fieldCount + extraFields - fieldEnds.count
    if missingFields > 0 {
      fieldEnds.append(contentsOf: repeatElement(0, count: max(missingFields, fieldEnds.count / 2)))
    }
  }

  /// Feeds `tokenizer`, with the fields going to the end of this batch; see `Tokenizer.feed`.
  mutating func tokenize(
    _ segment: UnsafePointer<UInt8>, count: Int, isLenient: Bool = false,
    with tokenizer: borrowing Tokenizer, into sink: inout RowSink
  ) -> Int {
    bytes.withUnsafeMutableBufferPointer { bytes in
      fieldEnds.withUnsafeMutableBufferPointer { ends in
        sink.aim(bytes.baseAddress, ends.baseAddress)
        defer { sink.aim(nil, nil) }
        return tokenizer.feed(segment, count: count, isLenient: isLenient, into: &sink)
      }
    }
  }

  /// Ends the row in progress; see `Tokenizer.endRowInProgress`.
  mutating func endRowInProgress(with tokenizer: borrowing Tokenizer, into sink: inout RowSink) {
    bytes.withUnsafeMutableBufferPointer { bytes in
      fieldEnds.withUnsafeMutableBufferPointer { ends in
        sink.aim(bytes.baseAddress, ends.baseAddress)
        defer { sink.aim(nil, nil) }
        tokenizer.endRowInProgress(into: &sink)
      }
    }
  }

  /// Adds the row that `sink` has completed, which began on `line`.
  mutating func addRow(from sink: inout RowSink, line: Int) {
    byteCount = sink.byteCount
    fieldCount = sink.fieldCount
    let fields = sink.rowFieldStart..<fieldCount
    if !isUTF8(fields: fields, bytes: sink.rowByteStart..<byteCount), !decode(fields, &sink) {
      sink.problems.insert(.invalidUTF8)
    }
    if hasNUL(sink.rowByteStart..<byteCount) { sink.problems.insert(.nulByte) }
    rowEnds.append(UInt32(truncatingIfNeeded: fieldCount))
    lines.append(line)
    flags.append(sink.problems)
    sink.problems = []
    sink.rowByteStart = byteCount
    sink.rowFieldStart = fieldCount
    sink.endedRow = false
  }

  /// Whether each of `fields`, which together fill `range`, is UTF-8. Fields are checked one by one: the
  /// halves of a character on both sides of a comma are broken even though they stand together here.
  private func isUTF8(fields: Range<Int>, bytes range: Range<Int>) -> Bool {
    if isASCII(range) { return true }
    var start = range.lowerBound
    for field in fields {
      let end = Int(fieldEnds[field])
      guard (try? UTF8Span(validating: bytes.span.extracting(start..<end))) != nil else { return false }
      start = end
    }
    return true
  }

  /// Whether a byte of `range` is NUL.
  private func hasNUL(_ range: Range<Int>) -> Bool {
    bytes.withUnsafeBytes { all in
      guard let start = all.baseAddress, !range.isEmpty else { return false }
      return memchr(start + range.lowerBound, 0, range.count) != nil
    }
  }

  /// Puts the characters of Windows-1252 into UTF-8, in the row that `sink` has completed; false where the file has
  /// another encoding, or a byte is none of its characters.
  private mutating func decode(_ fields: Range<Int>, _ sink: inout RowSink) -> Bool {
    guard sink.encoding == .windows1252 else { return false }
    let row = Array(bytes[sink.rowByteStart..<byteCount])
    guard row.allSatisfy({ TextEncoding.windows1252.character($0) != nil }) else { return false }
    makeRoom(bytes: 2 * row.count, fields: 0, after: sink)
    var (target, start) = (sink.rowByteStart, 0)
    for field in fields {
      let end = Int(fieldEnds[field]) - sink.rowByteStart
      for byte in row[start..<end] {
        for unit in TextEncoding.windows1252.character(byte).map({ Array(String($0).utf8) }) ?? [] {
          bytes[target] = unit
          target += 1
        }
      }
      fieldEnds[field] = UInt32(truncatingIfNeeded: target)
      start = end
    }
    (byteCount, sink.byteCount) = (target, target)
    return true
  }

  /// Whether no byte of `range` has its high bit set, looked at eight bytes at a time.
  private func isASCII(_ range: Range<Int>) -> Bool {
    bytes.withUnsafeBytes { all in
      let row = UnsafeRawBufferPointer(rebasing: all[range])
      var seen: UInt64 = 0
      var offset = 0
      while offset + 8 <= row.count {
        seen |= row.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
        offset += 8
      }
      while offset < row.count {
        seen |= UInt64(row[offset])
        offset += 1
      }
      return seen & 0x8080_8080_8080_8080 == 0
    }
  }
}
