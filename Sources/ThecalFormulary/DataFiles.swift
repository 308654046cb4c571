import CThecalData
import CThecalNettle
import FoundationEssentials

/// The data files as bytes, by their path below `Data/`.
struct DataFiles: Sendable {
  private let bytes: [String: [UInt8]]

  /// A file that no part of the program reads.
  struct UnknownFile: Error { let path: String }

  init(_ bytes: [String: [UInt8]]) { self.bytes = bytes }

  /// The files that were compiled into the program.
  static var embedded: DataFiles {
    var files: [String: [UInt8]] = [:]
    for index in 0..<thecal_data_file_count() {
      let file = thecal_data_file_at(index)
      files[String(cString: file.name)] = Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
    }
    return DataFiles(files)
  }

  /// The paths, in order.
  var paths: [String] { bytes.keys.sorted() }

  /// The paths in a folder, in order.
  func paths(in folder: String) -> [String] { paths.filter { $0.hasPrefix(folder + "/") } }

  /// The content of a file; nil where there is none.
  subscript(path: String) -> [UInt8]? { bytes[path] }

  /// The content of a file as `type`.
  func decode<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(bytes[path] ?? []))
  }

  /// The content of a file that the program cannot do without.
  func require<Value: Decodable>(_ path: String, as type: Value.Type = Value.self) -> Value {
    do { return try decode(path) } catch { preconditionFailure("Data/\(path): \(error)") }
  }

  /// The SHA-256 of a file in hexadecimal digits; nil where there is no such file.
  func digest(_ path: String) -> String? { bytes[path].map(sha256) }
}

/// SHA-256 of `bytes` in hexadecimal digits.
private func sha256(_ bytes: [UInt8]) -> String {
  var context = sha256_ctx()
  nettle_sha256_init(&context)
  nettle_sha256_update(&context, bytes.count, bytes)
  var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_SIZE))
  nettle_sha256_digest(&context, digest.count, &digest)
  return digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
}
