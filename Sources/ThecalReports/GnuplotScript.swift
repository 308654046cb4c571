import Glibc
import ThecalTabular

/// Commands for gnuplot.
///
/// What is written in the source is code. What is put into it is a number, another script, or text on paper, which
/// goes through `quoted` alone: a plain text does not compile, so none can become a command.
struct GnuplotScript: ExpressibleByStringInterpolation, Sendable {
  /// The commands.
  private(set) var text: String

  init(stringLiteral value: StaticString) { text = value.description }

  init(stringInterpolation: Interpolation) { text = stringInterpolation.text }

  /// Collects the pieces of a script.
  struct Interpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(2 * literalCapacity) }

    mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }

    mutating func appendInterpolation(_ number: Double) { text += GnuplotScript.digits(number) }

    mutating func appendInterpolation(_ color: GnuplotColor) { text += "'#\(color.code)'" }

    mutating func appendInterpolation(_ script: GnuplotScript) { text += script.text }

    mutating func appendInterpolation(_ scripts: [GnuplotScript], separator: StaticString = "\n") {
      text += scripts.map(\.text).joined(separator: separator.description)
    }

    /// Text for the picture, with its quotes.
    mutating func appendInterpolation(quoted text: String) { self.text += GnuplotScript.quoted(text) }
  }

  /// Rows of data for a `plot '-'`, with the line that ends them.
  static func data(_ rows: [[Double]]) -> GnuplotScript { data(blocks: [rows]) }

  /// Blocks of rows with a blank line between them, with the line that ends them.
  static func data(blocks: [[[Double]]]) -> GnuplotScript {
    let texts = blocks.map { $0.map { $0.map(digits).joined(separator: " ") }.joined(separator: "\n") }
    var script: GnuplotScript = ""
    script.text = texts.joined(separator: "\n\n") + "\ne"
    return script
  }

  /// Six digits are more than a picture shows; what is no finite number is left out of it.
  private static func digits(_ value: Double) -> String {
    guard value.isFinite else { return "NaN" }
    var writer = ByteWriter()
    let scale = value == 0 ? 1 : pow(10, 5 - floor(log10(abs(value))))
    writer.append(scale.isFinite ? (value * scale).rounded() / scale : 0)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// Letters a picture of a title holds.
  private static let mostCharacters = 120

  /// The marks that may stand in a title beside letters and digits. None of them means anything to gnuplot, neither
  /// inside single quotes nor in the text that it lays out; underscores become blanks because there they do.
  private static let marks: Set<Character> = [
    " ", ".", ",", ":", ";", "(", ")", "[", "]", "/", "%", "+", "-", "*", "=", "<", ">", "?", "!", "·", "°",
    "–", "²",
    "³", "⁻", "¹",
  ]

  /// `text` in single quotes, without anything but letters, digits and harmless marks.
  private static func quoted(_ text: String) -> String {
    let kept = text.prefix(mostCharacters).map { $0 == "_" ? " " : $0 }.filter {
      marks.contains($0) || $0.unicodeScalars.count == 1 && ($0.isLetter || $0.isNumber)
    }
    return "'" + String(kept) + "'"
  }
}

/// A color that can be told from the others with any color vision: those of Okabe and Ito without yellow, which is too
/// light on white. Source: `okabe2008`.
enum GnuplotColor: Int, CaseIterable {
  case blue, vermilion, green, purple, sky, orange, black

  /// The color of line `index`, counted from zero; they come again after the last.
  init(_ index: Int) { self = Self.allCases[index % Self.allCases.count] }

  /// Red, green and blue in hexadecimal.
  fileprivate var code: String {
    switch self {
    case .blue: "0072B2"
    case .vermilion: "D55E00"
    case .green: "009E73"
    case .purple: "CC79A7"
    case .sky: "56B4E9"
    case .orange: "E69F00"
    case .black: "000000"
    }
  }
}
