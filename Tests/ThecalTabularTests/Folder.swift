import Glibc

/// An empty folder that is removed at the end of a test.
final class Folder {
  let path: String
  private var isDisk = false

  init() {
    var template = Array("/tmp/thecal-tabular-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return "" }
      return String(cString: made)
    }
    precondition(!path.isEmpty)
  }

  /// Puts a disk of `kibibytes` in place of the folder until the end of the test; false where the system
  /// does not let this process do so.
  func becomeDisk(kibibytes: Int) -> Bool {
    isDisk = mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k") == 0
    return isDisk
  }

  deinit {
    // Lazily: a process that another test has started may have inherited a file that is open here.
    if isDisk { umount2(path, Int32(MNT_DETACH)) }
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }

  /// What is in the folder, hidden files too.
  var names: [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }
}

/// The bytes of the file at `path`, or nil.
func contents(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var bytes: [UInt8] = []
  var chunk = [UInt8](repeating: 0, count: 65_536)
  while true {
    let got = read(descriptor, &chunk, chunk.count)
    if got <= 0 { return bytes }
    bytes.append(contentsOf: chunk[..<got])
  }
}

/// The text of the file at `path`, or nil.
func text(_ path: String) -> String? { contents(path).map { String(decoding: $0, as: UTF8.self) } }

/// Writes `text` to a plain file at `path`.
func create(_ path: String, _ text: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  precondition(descriptor >= 0)
  _ = text.withCString { write(descriptor, $0, strlen($0)) }
  close(descriptor)
}
