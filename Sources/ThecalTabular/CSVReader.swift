/// Reads a delimited file as it streams by: RFC 4180, and what spreadsheets make of it.
///
/// The delimiter is a comma, or the semicolon or tab that the header line has more of. Rows end with LF,
/// CRLF or CR; fields may be quoted and then hold delimiters, line breaks and doubled quotes; blank lines
/// and byte order marks at the start of a line are skipped; blanks around a field that are not in quotes
/// do not belong to it. A row that cannot be read is delivered with its problems and spoils no other.
///
/// Memory is bounded by `CSVLimits`, not by the input.
package struct CSVReader: ~Copyable {
  /// The path as it was given; `-` is standard input.
  package let path: String
  /// Names of the columns as written, without blanks around them.
  package private(set) var header: [String] = []
  /// Whether the names of the columns are UTF-8.
  package private(set) var headerIsUTF8 = true
  /// Line of the header, counted from 1.
  package private(set) var headerLine = 1
  /// The byte between fields: comma, semicolon or tab.
  package private(set) var delimiter = UInt8(ascii: ",")

  var source: ByteSource
  /// Line of the next byte.
  var line = 1
  let limits: CSVLimits
  private let tokenizer = Tokenizer()
  private var sink: RowSink
  private var rowLine = 1
  private var quoteLine = 1
  private var followsReturn = false
  private var skipsLine = false
  private var isFinished = false

  /// Opens the file at `path`, or standard input for `-`, and reads its header.
  ///
  /// - Parameter origin: What errors call the file, where it is a copy of something else.
  package init(
    path: String, origin: String? = nil, encoding: TextEncoding = .utf8, limits: CSVLimits = CSVLimits()
  ) throws(TabularError) {
    let source = try ByteSource(path: path, origin: origin ?? path, chunk: limits.chunkBytes)
    try self.init(source: source, encoding: encoding, limits: limits)
  }

  /// Reads the header of a table that is in memory; errors call it `path`.
  package init(
    bytes: [UInt8], path: String = "table", encoding: TextEncoding = .utf8, limits: CSVLimits = CSVLimits()
  ) throws(TabularError) {
    let source = ByteSource(memory: bytes, path: path, chunk: limits.chunkBytes)
    try self.init(source: source, encoding: encoding, limits: limits)
  }

  private init(
    source: consuming ByteSource, encoding: TextEncoding, limits: CSVLimits
  ) throws(TabularError) {
    path = source.path
    self.source = source
    self.limits = limits
    sink = RowSink(limits: limits, encoding: encoding)
    try refuseWhatIsNotText()
    delimiter = try headerDelimiter()
    tokenizer.setDelimiter(delimiter)
    try readHeader()
  }

  private mutating func readHeader() throws(TabularError) {
    var batch = RowBatch()
    guard try nextBatch(into: &batch, maxRows: 1) else { throw .noHeader(path: path) }
    headerLine = batch.line(row: 0)
    // A NUL in the names of the columns: this is no text at all.
    if batch.problems(row: 0).contains(.nulByte) { throw .binary(path: path, line: headerLine) }
    headerIsUTF8 = !batch.problems(row: 0).contains(.invalidUTF8)
    let problems = batch.problems(row: 0).subtracting(.invalidUTF8)
    guard problems.isEmpty else { throw .badHeader(path: path, line: headerLine, problems: problems) }
    header = (0..<batch.fieldCount(row: 0)).map { batch.string(row: 0, column: $0).trimmed }
  }

  /// Replaces the rows of `batch` with the next ones, at most `maxRows`; false when there are none left.
  ///
  /// Rows come in the order of the file. A batch may be smaller than asked for although more rows follow.
  package mutating func nextBatch(
    into batch: inout RowBatch, maxRows: Int
  ) throws(TabularError) -> Bool {
    precondition(maxRows > 0)
    batch.removeAll()
    sink.beginBatch()
    while !isFinished && batch.count < maxRows && sink.byteCount < limits.batchBytes {
      try readSegment(into: &batch)
    }
    return !batch.isEmpty
  }

  /// Tokenizes up to the next line break, which keeps the count of lines exact: the tokenizer itself
  /// does not say where in its input a row began.
  private mutating func readSegment(into batch: inout RowBatch) throws(TabularError) {
    if source.count == 0, try !readMore() {
      finish(&batch)
      return
    }
    if tokenizer.isBetweenRows && !skipsLine {
      try skipByteOrderMarks()
      rowLine = line
    }
    let segment = source.nextSegment()
    let isSecondHalf = followsReturn && segment.count == 1 && segment.lineBreak == .lineFeed
    if segment.count > 0 { followsReturn = segment.lineBreak == .carriageReturn }
    if !skipsLine { try tokenize(segment, into: &batch) }
    source.consume(segment.count)
    guard segment.lineBreak != .none else { return }
    if isSecondHalf { return }
    line += 1
    skipsLine = false
  }

  private mutating func tokenize(_ segment: Segment, into batch: inout RowBatch) throws(TabularError) {
    let (wasInsideQuotes, fieldsBefore) = (tokenizer.isInsideQuotes, sink.fieldCount)
    var taken = 0
    while taken < segment.count {
      let left = segment.count - taken
      batch.makeRoom(bytes: tokenizer.pendingBytes + left, fields: left + 1, after: sink)
      taken += batch.tokenize(source.start + taken, count: left, with: tokenizer, into: &sink)
      if taken == segment.count { break }
      guard tokenizer.isStoppedByQuote else { throw .outOfMemory(path) }
      if tokenizer.isInQuotedField {
        // The rest of the line is skipped: what belongs to which field can only be guessed.
        sink.problems.insert(.strayQuote)
        batch.endRowInProgress(with: tokenizer, into: &sink)
        skipsLine = segment.lineBreak == .none
        break
      }
      taken += batch.tokenize(source.start + taken, count: 1, isLenient: true, with: tokenizer, into: &sink)
    }
    if sink.endedRow { batch.addRow(from: &sink, line: rowLine) }
    let isSameField = wasInsideQuotes && sink.fieldCount == fieldsBefore
    if tokenizer.isInsideQuotes && !isSameField { quoteLine = line }
    if tokenizer.pendingBytes > limits.rowBytes && tokenizer.discardPendingBytes() {
      sink.discardsField = true
    }
  }

  /// Delivers the row that the end of the input completes.
  private mutating func finish(_ batch: inout RowBatch) {
    isFinished = true
    if tokenizer.isInsideQuotes {
      sink.problems.insert(.unclosedQuote)
      batch.unclosedQuoteLine = quoteLine
    }
    batch.makeRoom(bytes: tokenizer.pendingBytes, fields: 2, after: sink)
    batch.endRowInProgress(with: tokenizer, into: &sink)
    if sink.endedRow { batch.addRow(from: &sink, line: rowLine) }
  }
}
