public import ThecalQuantities
package import ThecalTabular

/// How an export is read.
public struct IntakeOptions: Sendable {
  /// What a column holds, by its header, where its name does not say so.
  public var map: [String: String] = [:]
  /// The day on which ages are counted and orders have ended; nil where none is given.
  public var asOf: CalendarDate?
  /// Lines of a table between its header and the rows that are read here.
  public var linesBefore = 0
  /// Names of products by code.
  package var codes: (any ProductCodes)?

  /// What a column may hold.
  public static var columns: [String] {
    MedicineSource.Field.columns.map { $0 == "name" ? "drug" : $0 } + ClinicColumns.facts
  }

  /// Nothing but what the export itself says.
  public init() {}

  /// Options as they are written: `HEADER=column`, a day, the path of a table of codes.
  public init(map pairs: [String], asOf day: String? = nil, codes path: String? = nil) throws(IntakeProblem) {
    for pair in pairs {
      guard let mark = pair.lastIndex(of: "="), mark > pair.startIndex else {
        throw .usage("map \"\(pair)\": write HEADER=column")
      }
      map[String(pair[..<mark])] = String(pair[pair.index(after: mark)...])
    }
    if let day {
      do { asOf = try CalendarDate(reading: day) } catch {
        throw .usage("as-of: '\(day)' \(error.explanation)")
      }
    }
    if let path { use(try CodeTable(path: path)) }
  }

  /// Looks codes up in `table`.
  public mutating func use(_ table: CodeTable) { codes = table }
}

/// Why an export cannot be read at all.
public struct IntakeProblem: Error, Hashable, Sendable {
  /// What happened and what to do, in one line.
  public let message: String
  /// 64 usage, 65 unusable data, 66 no input, 74 input or output.
  public let exitCode: Int32

  /// A problem in words.
  package init(_ message: String, exitCode: Int32 = 65) {
    self.message = message
    self.exitCode = exitCode
  }

  /// A call that makes no sense.
  public static func usage(_ message: String) -> Self { Self(message, exitCode: 64) }

  /// What went wrong with a file.
  package init(_ error: TabularError) { self.init(error.description, exitCode: error.exitCode) }
}

/// What was read.
public struct IntakeSummary: Hashable, Sendable {
  /// A header and the column that it was taken for.
  public struct Taken: Hashable, Sendable {
    /// The header, as it is written.
    public let header: String
    /// The column of a clinic's table, or one that only an export has.
    public let column: String
  }

  /// Medicines by outcome.
  public internal(set) var counts: [SigReading.Outcome: Int] = [:]
  /// What each header was taken for.
  public internal(set) var taken: [Taken] = []
  /// Headers that are not read.
  public internal(set) var unread: [String] = []

  /// Medicines in all.
  public var total: Int { counts.values.reduce(0, +) }
}

/// Reads what hospitals export, one medicine after another, in the order of the source.
public struct IntakeRun: Sendable {
  let words: IntakeWords
  let options: IntakeOptions

  /// A run by `options`.
  public init(_ options: IntakeOptions = IntakeOptions()) { self.init(options, .embedded) }

  init(_ options: IntakeOptions, _ words: IntakeWords) {
    self.options = options
    self.words = words
  }

  /// Reads the file at `path` (`-` for standard input), and hands every medicine to `each`.
  public func read(path: String, each: (IntakeMedicine) -> Void) throws(IntakeProblem) -> IntakeSummary {
    let name = path == "-" ? "standard input" : path
    let spooled = try filing { () throws(TabularError) in try SpooledInput(path) }
    let (file, origin) = (spooled.path, spooled.origin)
    if try beginsAsJSON(file) {
      var reader = FHIRReader(self, name)
      return try reader.read(
        try filing { () throws(TabularError) in try TextLines(path: file, origin: origin) },
        try filing { () throws(TabularError) in try TextLines(path: file, origin: origin) }, each)
    }
    return try readTable(
      try filing { () throws(TabularError) in try CSVReader(path: file, origin: origin) }, name, each)
  }

  /// Reads what is in memory, under `name` in errors.
  public func read(bytes: [UInt8], name: String = "export", each: (IntakeMedicine) -> Void)
    throws(IntakeProblem)
    -> IntakeSummary
  {
    if isJSON(bytes) {
      var reader = FHIRReader(self, name)
      return try reader.read(
        TextLines(bytes: bytes, origin: name), TextLines(bytes: bytes, origin: name), each)
    }
    return try readTable(
      try filing { () throws(TabularError) in try CSVReader(bytes: bytes, path: name) }, name, each)
  }

  /// Whether the file at `path` begins as JSON does.
  func beginsAsJSON(_ path: String) throws(IntakeProblem) -> Bool {
    var first: [UInt8] = []
    var lines = try filing { () throws(TabularError) in try TextLines(path: path, origin: path) }
    while try filing({ () throws(TabularError) in try lines.next(into: &first) }) {
      if !isBlank(first) { return isJSON(first) }
    }
    return false
  }

  /// Whether a text begins as JSON does.
  func isJSON(_ text: [UInt8]) -> Bool {
    let first = text.first { $0 > 32 && ![0xef, 0xbb, 0xbf].contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  private func isBlank(_ line: [UInt8]) -> Bool { line.allSatisfy { $0 <= 32 } }
}

/// What went wrong with a file, as a problem of the intake.
private func filing<Value: ~Copyable>(_ body: () throws(TabularError) -> Value) throws(IntakeProblem) -> Value
{
  do { return try body() } catch { throw IntakeProblem(error) }
}
