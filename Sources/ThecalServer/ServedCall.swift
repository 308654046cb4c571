/// A command that other programs may call over HTTP, by the JSON of its long flags.
///
/// The command line is where a call is defined: its flags, their words and what they do come from there, so that a form on
/// the page, the description for programs and `--help` cannot differ.
public struct ServedCall: Sendable {
  /// One long flag.
  public struct Flag: Sendable {
    /// Its name, without hyphens before it: `new-dose`.
    public var name: String
    /// What it is, in a sentence.
    public var help: String
    /// Whether it takes no value.
    public var isSwitch = false
    /// Whether it may be given more than once: a list in JSON.
    public var isRepeated = false
    /// Whether the call needs it.
    public var isRequired = false
    /// The values that it may have; empty where any text may be read.
    public var choices: [String] = []
    /// What holds where it is not given.
    public var usual: String?

    /// A flag that takes a value once.
    public init(_ name: String, help: String) {
      self.name = name
      self.help = help
    }
  }

  /// Where it is called: `pump/refill` below `/v1/`.
  public let path: String
  /// What it answers, in a sentence.
  public let title: String
  /// More about it; empty for most.
  public let discussion: String
  /// Its flags, in their order.
  public let flags: [Flag]
  /// The forms that an answer may have, the usual one first.
  public let types: [String]
  /// Reads the flags, `--name=value` each, and computes.
  ///
  /// It throws `ServedFailure` for what a person can put right.
  public let answer: @Sendable ([String]) throws -> ServedAnswer

  /// A call at `path` that gives `types`.
  public init(
    _ path: String, title: String, discussion: String, flags: [Flag], types: [String],
    answer: @escaping @Sendable ([String]) throws -> ServedAnswer
  ) {
    self.path = path
    self.title = title
    self.discussion = discussion
    self.flags = flags
    self.types = types
    self.answer = answer
  }
}

/// An answer, in each form that it may have, made when asked for.
public struct ServedAnswer: Sendable {
  let forms: [String: @Sendable () throws -> [UInt8]]

  /// An answer whose text in each of the media types is made by `forms`.
  public init(_ forms: [String: @Sendable () throws -> [UInt8]]) { self.forms = forms }
}

/// A call that could not be answered: what happened, and the exit code that the command line ends with for it.
public struct ServedFailure: Error, Sendable {
  let message: String
  let exitCode: Int32

  /// A failure with an exit code of the command line.
  public init(message: String, exitCode: Int32) {
    self.message = message
    self.exitCode = exitCode
  }
}

/// The media types that are read or given.
public enum ServedType {
  /// One JSON object.
  public static let json = "application/json"
  /// A JSON object a line.
  public static let lines = "application/x-ndjson"
  /// A table.
  public static let csv = "text/csv"
  /// A table with tabulators.
  public static let tsv = "text/tab-separated-values"
  /// FHIR R4.
  public static let fhir = "application/fhir+json"
  /// A scenario or a plan.
  public static let yaml = "application/yaml"
  /// A page.
  public static let page = "text/html"
  /// Words.
  public static let text = "text/plain"
  /// A picture.
  public static let picture = "image/svg+xml"
  /// A calendar.
  public static let calendar = "text/calendar"
  /// A workbook.
  public static let workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
}
