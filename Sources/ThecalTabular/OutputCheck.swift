import Glibc

/// What a command reads and what it is about to write, held against each other before anything is written.
package enum OutputCheck {
  /// Throws where one of `outputs` is a file of `inputs`, or two of them are one file: by path, by a link of either
  /// kind, or by the descriptor that standard input or output (`-`) stands for. Equal inputs are no harm.
  ///
  /// A terminal and the null device may stand on both sides: nothing is lost there.
  package static func refuseOverlap(outputs: [String], inputs: [String]) throws(TabularError) {
    let read = inputs.compactMap { FileIdentity(input: $0) }
    var written: [(identity: FileIdentity, path: String)] = []
    for path in outputs {
      guard let identity = FileIdentity(output: path) else { continue }
      if read.contains(identity) { throw .outputIsInput(path: path) }
      if let other = written.first(where: { $0.identity == identity }) {
        throw .outputIsOutput(path: path, other: other.path)
      }
      written.append((identity, path))
    }
  }
}

/// What makes a file the same file, whatever name it is called by.
enum FileIdentity: Hashable {
  /// A file that exists, by device and number.
  case existing(device: dev_t, number: ino_t)
  /// A block or character device, by its own number.
  case device(dev_t)
  /// A file that does not exist yet: the folder that will hold it, and its name there.
  case planned(device: dev_t, number: ino_t, name: String)

  /// The file that is read as `path`; nil where there is none, or where reading it takes nothing away.
  init?(input path: String) {
    var status = stat()
    guard (path == "-" ? fstat(STDIN_FILENO, &status) : stat(path, &status)) == 0 else { return nil }
    self.init(status)
  }

  /// The file that writing to `path` replaces or makes; nil where nothing can be lost there, or nothing be made.
  init?(output path: String) {
    var status = stat()
    if (path == "-" ? fstat(STDOUT_FILENO, &status) : stat(path, &status)) == 0 {
      self.init(status)
      return
    }
    guard let target = try? linkTarget(path) else { return nil }
    let place = folder(of: target)
    guard stat(place.isEmpty ? "." : place, &status) == 0 else { return nil }
    self = .planned(device: status.st_dev, number: status.st_ino, name: String(target.dropFirst(place.count)))
  }

  private init?(_ status: stat) {
    switch status.st_mode & S_IFMT {
    case S_IFCHR where status.st_rdev == FileIdentity.nullDevice || FileIdentity.isTerminal(status.st_rdev):
      return nil
    case S_IFCHR, S_IFBLK: self = .device(status.st_rdev)
    default: self = .existing(device: status.st_dev, number: status.st_ino)
    }
  }

  private static let nullDevice: dev_t = {
    var status = stat()
    return stat("/dev/null", &status) == 0 ? status.st_rdev : 0
  }()

  /// Whether a character device is a terminal: major numbers 4, 5 and 136 to 143.
  ///
  /// Source: Linux, Documentation/admin-guide/devices.txt.
  private static func isTerminal(_ device: dev_t) -> Bool {
    let major = (device >> 8) & 0xFFF
    return major == 4 || major == 5 || (136...143).contains(major)
  }
}
