import CThecal
import Thecal

let usage = thecal_status(THECAL_USAGE)
let unusable = thecal_status(THECAL_DATA)

/// A call that failed: what the status and the message will be.
struct CallFailure: Error {
  let status: thecal_status
  let message: String

  init(status: thecal_status, message: String) {
    self.status = status
    self.message = message
  }

  /// A failure with an exit code of the command line.
  init(_ exitCode: Int32, _ message: String) { self.init(status: exitCode, message: message) }
}

/// Hands `make`'s result, or what went wrong, to the caller.
func answer(
  _ out: UnsafeMutablePointer<OpaquePointer?>?, _ make: () throws -> (thecal_status, CallResult)
) -> thecal_status {
  guard let out else { return usage }
  out.pointee = nil
  do {
    let (status, result) = try make()
    out.pointee = Handles.hold(result)
    return status
  } catch let failure as CallFailure {
    out.pointee = Handles.hold(CallResult(message: failure.message))
    return failure.status
  } catch {
    out.pointee = Handles.hold(CallResult(message: "\(error)"))
    return unusable
  }
}

/// Bytes that one text may have.
private let mostBytes = 1 << 30

/// The text that C hands over.
func text(_ pointer: UnsafePointer<CChar>?, _ length: Int, _ name: String) throws -> String {
  guard let pointer else { throw CallFailure(status: usage, message: "\(name) is null") }
  guard length >= 0, length <= mostBytes else {
    throw CallFailure(status: usage, message: "\(name) has a length of \(length)")
  }
  let bytes = UnsafeRawBufferPointer(start: pointer, count: length)
  guard let text = String(validating: bytes, as: UTF8.self) else {
    throw CallFailure(status: unusable, message: "\(name) is no text in UTF-8")
  }
  return text
}

/// A short text that ends in NUL.
func word(_ pointer: UnsafePointer<CChar>?, _ name: String) throws -> String {
  guard let pointer else { throw CallFailure(status: usage, message: "\(name) is null") }
  guard let text = String(validatingCString: pointer) else {
    throw CallFailure(status: unusable, message: "\(name) is no text in UTF-8")
  }
  return text
}

/// Items that a list of C may have.
private let mostItems = 1 << 24

/// Short texts that end in NUL.
func words(
  _ pointers: UnsafePointer<UnsafePointer<CChar>?>?, _ count: Int, _ name: String
) throws -> [String] {
  guard let pointers, (1...mostItems).contains(count) else {
    throw CallFailure(status: usage, message: "\(name) is null or has a length of \(count)")
  }
  return try (0..<count).map { try word(pointers[$0], "\(name)[\($0)]") }
}

/// Files that a text may name.
func namedTexts(_ files: UnsafePointer<thecal_file>?, _ count: Int) throws -> NamedTexts {
  guard (0...mostItems).contains(count), files != nil || count == 0 else {
    throw CallFailure(status: usage, message: "files is null or has a length of \(count)")
  }
  var texts: [String: String] = [:]
  for k in 0..<count {
    guard let file = files?[k] else { continue }
    texts[try word(file.name, "files[\(k)].name")] = try text(file.text, file.length, "files[\(k)].text")
  }
  return NamedTexts(texts)
}
