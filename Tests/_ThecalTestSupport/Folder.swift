import Glibc

/// An empty folder that is removed, with what is in it, at the end of a test.
public final class Folder {
  /// Where it is.
  public let path: String
  private var isDisk = false

  /// A new folder.
  public init() {
    var template = Array("/tmp/thecal-test-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress, let made = mkdtemp(start) else { return "" }
      return String(cString: made)
    }
    precondition(!path.isEmpty)
  }

  /// Whether the system lets this process mount a disk, which few but root may: where it does not, a test of
  /// a full disk is reported as skipped.
  public static let canBecomeDisk: Bool = {
    let folder = Folder()
    folder.isDisk = mount("tmpfs", folder.path, "tmpfs", 0, "size=64k") == 0
    return folder.isDisk
  }()

  /// Puts a disk of `kibibytes` in place of the folder until the end of the test.
  public func becomeDisk(kibibytes: Int) {
    isDisk = mount("tmpfs", path, "tmpfs", 0, "size=\(kibibytes)k") == 0
    precondition(isDisk, "\(path): error \(errno)")
  }

  deinit {
    // Lazily: a process that another test has started may have inherited a file that is open here.
    if isDisk { umount2(path, Int32(MNT_DETACH)) }
    for name in names { _ = unlink(path + "/" + name) }
    rmdir(path)
  }

  /// Where a file called `name` is or would be.
  public func file(_ name: String) -> String { path + "/" + name }

  /// Writes a file and says where it is.
  @discardableResult
  public func write(_ name: String, _ bytes: [UInt8]) -> String {
    let descriptor = open(file(name), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    precondition(descriptor >= 0, "\(name): \(errno)")
    var rest = bytes[...]
    while !rest.isEmpty {
      let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      precondition(written > 0, "\(name): \(errno)")
      rest = rest.dropFirst(written)
    }
    close(descriptor)
    return file(name)
  }

  /// Writes a file and says where it is.
  @discardableResult
  public func write(_ name: String, _ text: String) -> String { write(name, Array(text.utf8)) }

  /// What is in the folder, hidden files too.
  public var names: [String] {
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
public func contents(_ path: String) -> [UInt8]? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
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
public func text(_ path: String) -> String? { contents(path).map { String(decoding: $0, as: UTF8.self) } }
