import Glibc

/// A file that is gone unless it is published: it has no name, or an unpredictable one.
final class TemporaryFile {
  /// Where it can be opened; inside the process alone where it has no name.
  let path: String
  private(set) var descriptor: Int32
  /// Its place among the files to remove when the process is interrupted; nil where there is nothing to remove.
  private let place: Int?
  private let isNamed: Bool
  private var isPublished = false

  private init(path: String, descriptor: Int32, place: Int?, isNamed: Bool) {
    self.path = path
    self.descriptor = descriptor
    self.place = place
    self.isNamed = isNamed
  }

  /// A new file in the folder of `target`, with the owner and the permissions of `status`, or those of `mode` that
  /// the process gives to new files. Errors name `path`.
  ///
  /// - Parameter isNamed: Whether another library must be able to write it by its name.
  static func create(
    beside target: String, like status: stat? = nil, mode: mode_t = 0o644, isNamed: Bool = true, path: String
  ) throws(TabularError) -> TemporaryFile {
    let made =
      if !isNamed, let file = nameless(in: folder(of: target), mode) { file } else {
        try named(beside: target, mode, path: path)
      }
    if let status {
      _ = fchown(made.descriptor, status.st_uid, status.st_gid)  // only root can, and only root needs to
      fchmod(made.descriptor, status.st_mode & 0o777)
    }
    return made
  }

  /// `O_TMPFILE`, which Swift does not see. Source: Linux, include/uapi/asm-generic/fcntl.h.
  private static let hasNoName = 0o20_000_000 | O_DIRECTORY

  /// A file without a name, which no signal can leave behind; nil where the file system has none.
  private static func nameless(in folder: String, _ mode: mode_t) -> TemporaryFile? {
    let descriptor = open(folder.isEmpty ? "." : folder, TemporaryFile.hasNoName | O_RDWR | O_CLOEXEC, mode)
    guard descriptor >= 0 else { return nil }
    let path = "/proc/self/fd/\(descriptor)"
    guard access(path, F_OK) == 0 else {  // without /proc it could never be given a name
      _ = close(descriptor)
      return nil
    }
    return TemporaryFile(path: path, descriptor: descriptor, place: nil, isNamed: false)
  }

  private static func named(
    beside target: String, _ mode: mode_t, path: String
  ) throws(TabularError) -> TemporaryFile {
    let name = try unpredictableName(beside: target, path: path)
    let place = temporaryFiles.register(name)
    let descriptor = open(name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode)
    let code = errno
    guard descriptor >= 0 else {
      if let place { temporaryFiles.release(place) }
      throw .cannotCreate(path: path, code: code)
    }
    return TemporaryFile(path: name, descriptor: descriptor, place: place, isNamed: true)
  }

  private static func unpredictableName(beside target: String, path: String) throws(TabularError) -> String {
    var random: UInt64 = 0
    guard getentropy(&random, MemoryLayout.size(ofValue: random)) == 0 else {
      throw .cannotCreate(path: path, code: errno)
    }
    return folder(of: target) + ".thecal-" + String(random, radix: 16) + ".tmp"
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
    if isNamed && !isPublished { unlink(path) }
    if let place { temporaryFiles.release(place) }
  }

  /// Gives the file the name `target`, once all of it is on the disk.
  func publish(as target: String, path: String) throws(TabularError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .writing(path, errno) }
    if isNamed {
      try closeChecked(path)
      guard rename(self.path, target) == 0 else { throw .cannotCreate(path: path, code: errno) }
      isPublished = true
    } else {
      try publishNameless(as: target, path: path)
    }
    let name = folder(of: target)
    let directory = open(name.isEmpty ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)  // the new name outlives a power failure; not every file system can promise that
    _ = close(directory)
  }

  /// A link cannot replace a file, a new name can: the file gets a name for the moment between the two.
  private func publishNameless(as target: String, path: String) throws(TabularError) {
    let name = try TemporaryFile.unpredictableName(beside: target, path: path)
    let moment = temporaryFiles.register(name)
    defer { if let moment { temporaryFiles.release(moment) } }
    guard linkat(AT_FDCWD, self.path, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0 else {
      throw .cannotCreate(path: path, code: errno)
    }
    do throws(TabularError) {
      try closeChecked(path)
      guard rename(name, target) == 0 else { throw .cannotCreate(path: path, code: errno) }
    } catch {
      unlink(name)
      throw error
    }
  }

  private func closeChecked(_ path: String) throws(TabularError) {
    let closing = close(descriptor)
    descriptor = -1
    guard closing == 0 else { throw .writing(path, errno) }
  }

  /// Copies the file to `stream`.
  func copy(to stream: Int32, path: String) throws(TabularError) {
    let source = open(self.path, O_RDONLY | O_CLOEXEC)
    guard source >= 0 else { throw .writing(path, errno) }
    defer { _ = close(source) }
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let got = chunk.withUnsafeMutableBytes { read(source, $0.baseAddress, $0.count) }
      if got == 0 { return }
      guard got > 0 else { throw .writing(path, errno) }
      let code = chunk.withUnsafeBytes { writeAll(UnsafeRawBufferPointer(rebasing: $0[..<got]), to: stream) }
      guard code == 0 else { throw .writing(path, code) }
    }
  }
}

/// Where the system wants temporary files.
var temporaryFolder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }
