import Glibc

/// Where an output ends up.
enum Destination {
  /// A name that a temporary file can take over, and the file that has it now.
  case file(target: String, status: stat?)
  /// Something that is written to as it comes.
  case stream(descriptor: Int32)

  /// What `path` leads to.
  init(path: String) throws(TabularError) {
    var status = stat()
    if path == "-" {
      self = .stream(descriptor: STDOUT_FILENO)
    } else if stat(path, &status) != 0 {
      guard errno == ENOENT, !path.isEmpty, !path.hasSuffix("/") else {
        throw .cannotCreate(path: path, code: path.isEmpty ? ENOENT : errno == ENOENT ? EISDIR : errno)
      }
      self = .file(target: try linkTarget(path), status: nil)
    } else if status.st_mode & S_IFMT == S_IFREG {
      guard access(path, W_OK) == 0 else { throw .cannotCreate(path: path, code: errno) }
      self = .file(target: try linkTarget(path), status: status)
    } else {
      let descriptor = open(path, O_WRONLY | O_CLOEXEC)  // a directory fails here, with EISDIR
      guard descriptor >= 0 else { throw .cannotCreate(path: path, code: errno) }
      self = .stream(descriptor: descriptor)
    }
  }

  /// The descriptor of a stream.
  var descriptor: Int32 {
    switch self {
    case .file: -1
    case .stream(let descriptor): descriptor
    }
  }
}

/// The path behind the symbolic links that `path` may be, whether or not there is a file.
func linkTarget(_ path: String) throws(TabularError) -> String {
  var current = path
  for _ in 0..<40 {
    let capacity = Int(PATH_MAX)
    let target: String? = withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 1) { buffer in
      let characters = buffer.bindMemory(to: CChar.self)
      guard let start = characters.baseAddress else { return nil }
      let length = readlink(current, start, capacity)
      return length < 0 ? nil : String(decoding: buffer[..<length], as: UTF8.self)
    }
    guard let link = target else { return current }
    current = link.hasPrefix("/") ? link : folder(of: current) + link
  }
  throw .cannotCreate(path: path, code: ELOOP)
}

/// The part of `path` before the name, with its slash; empty for a name alone.
func folder(of path: String) -> String {
  guard let slash = path.lastIndex(of: "/") else { return "" }
  return String(path[...slash])
}
