import Glibc

/// A file under an unpredictable name that is removed unless it is published.
final class TemporaryFile {
  let path: String
  private(set) var descriptor: Int32
  private let place: Int?
  private var isPublished = false

  private init(path: String, descriptor: Int32, place: Int?) {
    self.path = path
    self.descriptor = descriptor
    self.place = place
  }

  /// A new file in the folder of `target`, with the owner and the permissions of `status`, or those that
  /// the process gives to new files. Errors name `path`.
  static func create(
    beside target: String, like status: stat?, path: String
  ) throws(TabularError) -> TemporaryFile {
    var random: UInt64 = 0
    guard getentropy(&random, MemoryLayout.size(ofValue: random)) == 0 else {
      throw .cannotCreate(path: path, code: errno)
    }
    let name = folder(of: target) + ".thecal-" + String(random, radix: 16) + ".tmp"
    let place = temporaryFiles.register(name)
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
    let code = errno
    guard descriptor >= 0 else {
      if let place { temporaryFiles.release(place) }
      throw .cannotCreate(path: path, code: code)
    }
    if let status {
      _ = fchown(descriptor, status.st_uid, status.st_gid)  // only root can, and only root needs to
      fchmod(descriptor, status.st_mode & 0o777)
    }
    return TemporaryFile(path: name, descriptor: descriptor, place: place)
  }

  deinit {
    if descriptor >= 0 { _ = close(descriptor) }
    if !isPublished { unlink(path) }
    if let place { temporaryFiles.release(place) }
  }

  /// Gives the file the name `target`, once all of it is on the disk.
  func publish(as target: String, path: String) throws(TabularError) {
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .writing(path, errno) }
    let closing = close(descriptor)
    descriptor = -1
    guard closing == 0 else { throw .writing(path, errno) }
    guard rename(self.path, target) == 0 else { throw .cannotCreate(path: path, code: errno) }
    isPublished = true
    let name = folder(of: target)
    let directory = open(name.isEmpty ? "." : name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard directory >= 0 else { return }
    fsync(directory)  // the new name outlives a power failure; not every file system can promise that
    _ = close(directory)
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
