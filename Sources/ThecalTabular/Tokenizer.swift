import CThecalCSV

/// libcsv's push parser: bytes go in, fields and ends of rows come out.
///
/// It runs in strict mode, because lenient parsing turns one forgotten quote into a field that silently
/// swallows the following rows. The one freedom that people need, a quote in the middle of an unquoted
/// field (`5" catheter`), is granted by `isLenient`, for that byte alone.
struct Tokenizer: ~Copyable {
  /// States of the parser, as `csv_parser.pstate` counts them in libcsv 3.0.3.
  private enum State {
    static let betweenRows: Int32 = 0
    static let insideField: Int32 = 2
  }

  private let parser: UnsafeMutablePointer<csv_parser>

  init() {
    parser = .allocate(capacity: 1)
    parser.initialize(to: csv_parser())
    csv_init(parser, UInt8(CSV_STRICT))
    csv_set_blk_size(parser, 4_096)  // its own step of 128 bytes reallocates a long field 8 times per KiB
  }

  deinit {
    csv_free(parser)
    parser.deallocate()
  }

  /// Sets the byte that separates fields.
  func setDelimiter(_ delimiter: UInt8) { csv_set_delim(parser, delimiter) }

  /// Whether the next byte begins a row.
  var isBetweenRows: Bool { parser.pointee.pstate == State.betweenRows }

  /// Whether the field in progress began with a quote.
  var isInQuotedField: Bool { parser.pointee.quoted != 0 }

  /// Whether the next byte is inside quotes.
  var isInsideQuotes: Bool { isInQuotedField && parser.pointee.pstate == State.insideField }

  /// Whether feeding stopped at a quote out of place, and not for want of memory.
  var isStoppedByQuote: Bool { parser.pointee.status == CSV_EPARSE }

  /// Bytes of the field in progress.
  var pendingBytes: Int { parser.pointee.entry_pos }

  /// Takes `count` bytes, passes fields to `sink`, and returns how many bytes it took before a quote out
  /// of place; to a lenient parser none is.
  func feed(
    _ bytes: UnsafePointer<UInt8>, count: Int, isLenient: Bool, into sink: inout RowSink
  ) -> Int {
    csv_set_opts(parser, isLenient ? 0 : UInt8(CSV_STRICT))
    return csv_parse(parser, bytes, count, takeField, endRow, &sink)
  }

  /// Ends the row in progress, if there is one; the next byte begins a new row.
  func endRowInProgress(into sink: inout RowSink) {
    csv_fini(parser, takeField, endRow, &sink)
  }

  /// Throws away what the field in progress holds so far; false at the one moment when its bookkeeping
  /// does not allow that, behind a quote that may be the closing one.
  func discardPendingBytes() -> Bool {
    guard parser.pointee.pstate == State.insideField else { return false }
    parser.pointee.entry_pos = 0
    parser.pointee.spaces = 0
    return true
  }
}

/// libcsv's callback for a field.
private func takeField(_ field: UnsafeMutableRawPointer?, count: Int, context: UnsafeMutableRawPointer?) {
  context?.assumingMemoryBound(to: RowSink.self).pointee.take(field, count: count)
}

/// libcsv's callback for the end of a row.
private func endRow(_ terminator: Int32, context: UnsafeMutableRawPointer?) {
  context?.assumingMemoryBound(to: RowSink.self).pointee.endedRow = true
}
