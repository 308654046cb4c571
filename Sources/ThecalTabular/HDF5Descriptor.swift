import CThecalNetCDF
import Glibc

/// The descriptor under which HDF5 has a file open.
///
/// HDF5 gives it a lock that processes started meanwhile keep alive, and leaves it open in them. Nothing is lost without
/// the lock: a file that is being written has a name that nobody knows, and one that has its name is not written any
/// more. So the lock is let go at once, and no other program gets the descriptor. Nothing of the process is changed for
/// that: no variable of the environment, and no handler at exit.
struct HDF5Descriptor: Sendable {
  /// Nil where it could not be told.
  let number: Int32?

  init(number: Int32?) { self.number = number }

  /// The descriptor of `file` that is not among those of `before`.
  init(openedSince before: Set<Int32>, file: String) {
    number = Self.numbers(of: file).subtracting(before).first
    guard let number else { return }
    flock(number, LOCK_UN)
    let flags = fcntl(number, F_GETFD)
    if flags >= 0 { _ = fcntl(number, F_SETFD, flags | FD_CLOEXEC) }
  }

  /// The open descriptors of the file at `path`.
  static func numbers(of path: String) -> Set<Int32> {
    var wanted = stat()
    guard stat(path, &wanted) == 0, let folder = opendir("/proc/self/fd") else { return [] }
    defer { closedir(folder) }
    var found: Set<Int32> = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      var status = stat()
      guard let number = Int32(name), fstat(number, &status) == 0, status.st_dev == wanted.st_dev,
        status.st_ino == wanted.st_ino
      else { continue }
      found.insert(number)
    }
    return found
  }

  /// Gives HDF5 memory in place of the file, with what it may read back from there. A file that could not be written is
  /// never let go of: HDF5 tries again when the process ends, and crashes where it fails again, so that a full disk would
  /// end with a signal.
  func detach() {
    guard let number else { return }
    let memory = memfd_create("thecal", UInt32(THECAL_MFD_CLOEXEC))
    guard memory >= 0 else { return }
    copyStart(to: memory)
    dup2(memory, number)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    _ = close(memory)
  }

  /// Bytes that are copied at most: indices stand at the beginning, and data are not read back.
  private static let copiedBytes = 1 << 26

  private func copyStart(to memory: Int32) {
    guard let number else { return }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    var offset = 0
    while offset < Self.copiedBytes {
      let got = pread(number, &chunk, chunk.count, offset)
      guard got > 0, pwrite(memory, chunk, got, offset) == got else { return }
      offset += got
    }
  }
}
