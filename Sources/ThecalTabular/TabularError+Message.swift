import Glibc

extension TabularError: CustomStringConvertible {
  /// What happened and what to do about it, in one line.
  package var description: String {
    switch self {
    case .notFound(let path): "\(input(path)): no such file"
    case .unreadable(let path, let code): "\(input(path)) cannot be read: \(systemMessage(code))"
    case .utf16(let path): "\(input(path)) is UTF-16: save it as \"CSV UTF-8 (comma delimited)\""
    case .workbookAsText(let path): "\(input(path)) is a workbook: save the sheet as \"CSV UTF-8\""
    case .binary(let path, let line): "\(input(path)):\(line): a NUL byte: this is not a text file"
    case .notText(let path): "\(input(path)) is no text: save it in UTF-8"
    case .tooLong(let path, let limit):
      "\(input(path)) is longer than \(limit >> 20) MiB, and no file of this kind"
    case .noHeader(let path): "\(input(path)) is empty: its first line must name the columns"
    case .badHeader(let path, let line, let problems):
      "\(input(path)):\(line): the header \(problems.messages.joined(separator: "; "))"
    case .cannotCreate(let path, let code): "\(output(path)) cannot be created: \(systemMessage(code))"
    case .outputIsInput(let path):
      "\(output(path)) is the input, which is never modified: choose another output"
    case .outputIsOutput(let path, let other):
      "\(output(path)) and \(output(other)) are one file: give each output a name of its own"
    case .inputOutput(let path, let code): "\(output(path)): \(systemMessage(code))"
    case .closedReader: "the reader of the output has closed it"
    case .tooManyRows(let path, let limit):
      "\(output(path)) holds at most \(limit) rows: write CSV instead"
    case .library(let path, let action, let message): "\(output(path)): \(action): \(message)"
    }
  }

  /// The exit code that says the same, as `sysexits.h` numbers them: 65 unusable data, 66 no input, 73
  /// no output, 74 input or output failed; 0 for a closed reader, who has seen what they wanted.
  package var exitCode: Int32 {
    switch self {
    case .unreadable(_, EIO): 74
    case .notFound, .unreadable: 66
    case .utf16, .workbookAsText, .binary, .notText, .tooLong, .noHeader, .badHeader, .tooManyRows: 65
    case .cannotCreate, .outputIsInput, .outputIsOutput: 73
    case .inputOutput, .library: 74
    case .closedReader: 0
    }
  }

  /// The same where a file was only read: what a library cannot read is a file of another kind.
  package var exitCodeOfReading: Int32 { if case .library = self { 65 } else { exitCode } }

  /// What could not be read, from the system's `code`: nothing there, or there and not readable.
  static func reading(_ path: String, _ code: Int32) -> TabularError {
    switch code {
    case ENOENT, ENOTDIR: .notFound(path: path)
    default: .unreadable(path: path, code: code)
    }
  }

  /// The system has no memory left to read `path` with.
  static func outOfMemory(_ path: String) -> TabularError { .inputOutput(path: path, code: ENOMEM) }

  /// What could not be written, from the system's `code`.
  static func writing(_ path: String, _ code: Int32) -> TabularError {
    code == EPIPE ? .closedReader : .inputOutput(path: path, code: code)
  }
}

/// The path of an input as people know it: a copy of what streams by has a name that only this process knows.
private func input(_ path: String) -> String {
  path == "-" || path.hasPrefix("/proc/self/fd/") ? "standard input" : path
}

/// The path of an output as people know it.
private func output(_ path: String) -> String { path == "-" ? "standard output" : path }

/// The system's own words for `code`.
private func systemMessage(_ code: Int32) -> String {
  var buffer = [CChar](repeating: 0, count: 256)
  guard strerror_r(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
  return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
}
