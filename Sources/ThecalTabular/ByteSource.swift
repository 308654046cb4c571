import Glibc

/// The bytes of a file, of standard input or of memory, a chunk at a time.
///
/// What has been read and not yet consumed stands at `start`, `count` bytes long. Whoever needs more of
/// it in one piece calls `fill` without consuming.
struct ByteSource: ~Copyable {
  let path: String
  private let descriptor: Int32
  private let memory: [UInt8]
  private var memoryOffset = 0
  private let chunk: Int
  private var buffer: UnsafeMutablePointer<UInt8>
  private var capacity: Int
  private var lower = 0
  private var upper = 0
  private var nextReturn = -1  // index of the first CR from `lower` on, or `upper`; stale below `lower`

  /// Whether nothing follows what is here.
  private(set) var isAtEnd = false

  /// The file at `path`, or standard input for `-`; errors call it `origin`.
  init(path: String, origin: String, chunk: Int) throws(TabularError) {
    let descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .reading(origin, errno) }
    self.init(path: origin, descriptor: descriptor, memory: [], chunk: chunk)
  }

  /// The bytes of `memory`, under the name `path`.
  init(memory: [UInt8], path: String, chunk: Int) {
    self.init(path: path, descriptor: -1, memory: memory, chunk: chunk)
  }

  private init(path: String, descriptor: Int32, memory: [UInt8], chunk: Int) {
    precondition(chunk > 0)
    self.path = path
    self.descriptor = descriptor
    self.memory = memory
    self.chunk = chunk
    capacity = chunk
    buffer = .allocate(capacity: chunk)
  }

  deinit {
    buffer.deallocate()
    if descriptor > STDIN_FILENO { _ = close(descriptor) }
  }

  /// Number of bytes here.
  var count: Int { upper - lower }

  /// The first byte here; it stays in place until the next `fill`.
  var start: UnsafePointer<UInt8> { UnsafePointer(buffer + lower) }

  /// The byte at `offset` from `start`.
  subscript(offset: Int) -> UInt8 { buffer[lower + offset] }

  /// Whether the bytes here begin with `prefix`.
  func begins(with prefix: [UInt8]) -> Bool {
    count >= prefix.count && memcmp(buffer + lower, prefix, prefix.count) == 0
  }

  /// Drops `bytes` bytes from the front.
  mutating func consume(_ bytes: Int) {
    lower += bytes
  }

  /// Reads one more chunk behind what is here; false at the end of the input.
  mutating func fill() throws(TabularError) -> Bool {
    if isAtEnd { return false }
    makeRoom()
    let got = try readChunk()
    if got == 0 {
      isAtEnd = true
      return false
    }
    upper += got
    return true
  }

  /// Moves what is here to the front, and makes the buffer longer if a chunk does not fit behind it.
  private mutating func makeRoom() {
    if lower > 0 {
      memmove(buffer, buffer + lower, count)
      upper -= lower
      lower = 0
    }
    nextReturn = -1
    guard upper + chunk > capacity else { return }
    let longer = max(upper + chunk, 2 * capacity)
    let replacement = UnsafeMutablePointer<UInt8>.allocate(capacity: longer)
    memcpy(replacement, buffer, upper)
    buffer.deallocate()
    (buffer, capacity) = (replacement, longer)
  }

  private mutating func readChunk() throws(TabularError) -> Int {
    if descriptor < 0 {
      let got = min(chunk, memory.count - memoryOffset)
      memory.withUnsafeBufferPointer { bytes in
        if let base = bytes.baseAddress { _ = memcpy(buffer + upper, base + memoryOffset, got) }
      }
      memoryOffset += got
      return got
    }
    while true {
      let got = read(descriptor, buffer + upper, chunk)
      if got >= 0 { return got }
      if errno != EINTR { throw .reading(path, errno) }
    }
  }

  /// The bytes up to and with the next line break (LF, CR or both), or all that are here.
  mutating func nextSegment() -> Segment {
    if nextReturn < lower { findReturn() }
    let limit = min(nextReturn, upper)
    if let lineFeed = memchr(buffer + lower, 10, limit - lower) {
      return Segment(count: lineFeed - UnsafeMutableRawPointer(buffer + lower) + 1, lineBreak: .lineFeed)
    }
    guard limit < upper else { return Segment(count: count, lineBreak: .none) }
    let length = limit - lower + 1
    let paired = limit + 1 < upper && buffer[limit + 1] == 10
    nextReturn = -1
    return Segment(count: paired ? length + 1 : length, lineBreak: paired ? .lineFeed : .carriageReturn)
  }

  /// Looks up the next CR, once per CR and not once per line: most files have none.
  private mutating func findReturn() {
    let found = memchr(buffer + lower, 13, count)
    nextReturn = found.map { $0 - UnsafeMutableRawPointer(buffer) } ?? upper
  }
}

/// A stretch of the input with at most one line break, at its end.
struct Segment {
  /// What a segment ends with.
  enum LineBreak { case none, lineFeed, carriageReturn }

  let count: Int
  let lineBreak: LineBreak
}
