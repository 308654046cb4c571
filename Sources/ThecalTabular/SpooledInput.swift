import Glibc

/// An input that can be read twice: the file itself, or a copy without a name of what only streams by, which nobody
/// but this process can open and nothing leaves behind.
package struct SpooledInput: ~Copyable {
  /// The path to read from.
  package let path: String
  /// The path as it was given.
  package let origin: String
  private let copy: TemporaryFile?

  /// The regular file at `path`, or a copy of standard input (`-`), a pipe or a device.
  package init(_ path: String) throws(TabularError) {
    origin = path
    var status = stat()
    let isStandard = path == "-"
    if (isStandard ? fstat(STDIN_FILENO, &status) : stat(path, &status)) != 0 { throw .reading(path, errno) }
    let type = status.st_mode & S_IFMT
    if type == S_IFDIR { throw .unreadable(path: path, code: EISDIR) }
    if type == S_IFREG && !isStandard {
      (self.path, copy) = (path, nil)
      return
    }
    let temporary = try TemporaryFile.create(
      beside: temporaryFolder + "/-", mode: 0o600, isNamed: false, path: temporaryFolder)
    try SpooledInput.drain(path, into: temporary)
    (self.path, copy) = (temporary.path, temporary)
  }

  private static func drain(_ path: String, into temporary: TemporaryFile) throws(TabularError) {
    let source = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw .reading(path, errno) }
    defer { if source > STDIN_FILENO { _ = close(source) } }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let got = chunk.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
      if got == 0 { return }
      if got < 0 && errno == EINTR { continue }
      guard got > 0 else { throw .reading(path, errno) }
      let code = chunk.withUnsafeBytes {
        writeAll(UnsafeRawBufferPointer(rebasing: $0[..<got]), to: temporary.descriptor)
      }
      guard code == 0 else { throw .writing(temporary.path, code) }
    }
  }
}
