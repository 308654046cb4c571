import Glibc

/// An output that is complete or absent.
///
/// What is written goes to a temporary file beside the destination; `commit` gives it the destination's
/// name in one step. An output that goes out of scope without that leaves nothing behind, nor does a process that
/// is killed: the temporary file has no name. Where the file system knows no files without a name, or another
/// library writes the file by its name, an `InterruptGuard` removes it on every signal but SIGKILL.
///
/// An existing file keeps its permissions and, if it is reached by a link, its place. A destination that
/// cannot be renamed to (`-` for standard output, a pipe, a device) is written to as it comes.
package struct AtomicFile: ~Copyable {
  /// The path as it was given.
  package let path: String
  private let destination: Destination
  private let temporary: TemporaryFile?

  /// An output at `path`, or standard output for `-`, which must not be the same file as any of `inputs`.
  package init(path: String, inputs: [String] = []) throws(TabularError) {
    try self.init(path: path, inputs: inputs, isStaged: false)
  }

  /// With `isStaged`, there is a temporary file that another library can write by its name, also if the
  /// destination is a stream; `commit` then copies it there.
  init(path: String, inputs: [String], isStaged: Bool) throws(TabularError) {
    try OutputCheck.refuseOverlap(outputs: [path], inputs: inputs)
    let destination = try Destination(path: path)
    let temporary: TemporaryFile?
    switch destination {
    case .file(let target, let status):
      temporary = try TemporaryFile.create(beside: target, like: status, isNamed: isStaged, path: path)
    case .stream where isStaged:
      temporary = try TemporaryFile.create(beside: temporaryFolder + "/-", mode: 0o600, path: path)
    case .stream: temporary = nil
    }
    self.path = path
    self.destination = destination
    self.temporary = temporary
  }

  deinit {
    if case .stream(let descriptor) = destination, descriptor > STDERR_FILENO { _ = close(descriptor) }
  }

  /// Where another library may write what `commit` will publish.
  var temporaryPath: String { temporary?.path ?? path }

  /// Writes all of `bytes`.
  package func write(_ bytes: Span<UInt8>) throws(TabularError) {
    let descriptor = temporary?.descriptor ?? destination.descriptor
    let code = bytes.withUnsafeBytes { writeAll($0, to: descriptor) }
    guard code == 0 else { throw .writing(path, code) }
  }

  /// Writes what `output` has collected, and empties it.
  package func write(_ output: inout ByteWriter) throws(TabularError) {
    try write(output.bytes.span)
    output.removeAll()
  }

  /// Publishes what was written: after this the destination holds all of it, also after a power failure.
  package consuming func commit() throws(TabularError) {
    guard let temporary else { return }
    switch destination {
    case .file(let target, _): try temporary.publish(as: target, path: path)
    case .stream(let descriptor): try temporary.copy(to: descriptor, path: path)
    }
  }
}

/// Writes all of `bytes` to `descriptor`; the system's error code, or 0.
func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int32 {
  var rest = bytes[...]
  while !rest.isEmpty {
    let part = UnsafeRawBufferPointer(rebasing: rest)
    let written = Glibc.write(descriptor, part.baseAddress, part.count)
    if written >= 0 {
      rest = rest.dropFirst(written)
    } else if errno == EAGAIN {  // a terminal or pipe that another program has made non-blocking
      var wait = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
      poll(&wait, 1, -1)
    } else if errno != EINTR {
      return errno
    }
  }
  return 0
}
