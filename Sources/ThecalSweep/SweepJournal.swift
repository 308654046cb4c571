import Glibc

/// The blocks that are finished, in a hidden file beside the output: what a killed sweep goes on from.
///
/// NetCDF files cannot be appended to after a kill at any moment, so every block is also written here, raw and
/// with a checksum; a resumed sweep reads them back, up to the first that is not whole, and computes the rest.
/// The file goes when the output is complete.
struct SweepJournal: ~Copyable {
  /// Where it is.
  let path: String
  private let descriptor: Int32
  private let stride: Int

  /// The journal of the sweep `title`, which names everything that its numbers depend on. With `isResuming` the
  /// blocks of an earlier run are handed to `replay`, in order; what another sweep has left is an error, or with
  /// `isDiscarding` thrown away.
  init(
    beside output: String, title: String, stride: Int, isResuming: Bool, isDiscarding: Bool = false,
    replay: (SweepBlock) throws(SweepProblem) -> Void
  ) throws(SweepProblem) {
    path = SweepJournal.path(beside: output)
    self.stride = stride
    let flags = O_RDWR | O_CREAT | O_CLOEXEC | (isResuming ? 0 : O_TRUNC)
    descriptor = open(path, flags, 0o600)
    guard descriptor >= 0 else {
      throw SweepProblem(
        message: "\(output): cannot be created: \(String(cString: strerror(errno)))", exitCode: 73)
    }
    let header = Array("\(title)\n".utf8)
    let isOld = isResuming && lseek(descriptor, 0, SEEK_END) > 0
    lseek(descriptor, 0, SEEK_SET)
    if isOld {
      let isSame = try read(header.count) == header
      if !isSame, isDiscarding {
        guard ftruncate(descriptor, 0) == 0, lseek(descriptor, 0, SEEK_SET) == 0 else { throw failure() }
        try write(header)
        return
      }
      guard isSame else {
        throw SweepProblem(
          message: "\(path): this is the journal of another sweep; remove it, or leave out --resume",
          exitCode: 65)
      }
      var end = lseek(descriptor, 0, SEEK_CUR)
      while let block = try nextBlock() {
        try replay(block)
        end = lseek(descriptor, 0, SEEK_CUR)
      }
      guard ftruncate(descriptor, end) == 0, lseek(descriptor, end, SEEK_SET) == end else { throw failure() }
    } else {
      try write(header)
    }
  }

  /// Where the journal of a sweep to `output` is.
  static func path(beside output: String) -> String {
    let slash = output.lastIndex(of: "/").map { output.index(after: $0) } ?? output.startIndex
    return "\(output[..<slash]).\(output[slash...]).sweep"
  }

  deinit { close(descriptor) }

  /// Keeps a block. A kill in the middle of it leaves a block that is not whole, which counts as none.
  func append(_ block: SweepBlock) throws(SweepProblem) {
    let failures = Array(block.failures.joined(separator: "\u{1F}").utf8)
    let head = [UInt64(block.range.lowerBound), UInt64(block.range.count), UInt64(failures.count)]
    var sum = Self.start
    for word in head { sum = Self.mix(sum, word) }
    for value in block.values { sum = Self.mix(sum, value.bitPattern) }
    for byte in failures { sum = Self.mix(sum, UInt64(byte)) }
    try write(head)
    try write(block.values)
    try write(failures)
    try write([sum])
  }

  /// Removes the journal, once the output is complete.
  consuming func remove() { unlink(path) }

  private func nextBlock() throws(SweepProblem) -> SweepBlock? {
    let head: [UInt64] = try read(3)
    guard head.count == 3, head[0] < 1 << 48, head[1] > 0, head[1] <= UInt64(SweepBlock.size),
      head[2] < 1 << 20
    else { return nil }
    let values: [Double] = try read(Int(head[1]) * stride)
    let failures: [UInt8] = try read(Int(head[2]))
    let stored: [UInt64] = try read(1)
    guard values.count == Int(head[1]) * stride, failures.count == Int(head[2]), stored.count == 1 else {
      return nil
    }
    var sum = Self.start
    for word in head { sum = Self.mix(sum, word) }
    for value in values { sum = Self.mix(sum, value.bitPattern) }
    for byte in failures { sum = Self.mix(sum, UInt64(byte)) }
    guard sum == stored[0] else { return nil }
    let reasons = String(decoding: failures, as: UTF8.self)
      .split(separator: "\u{1F}", omittingEmptySubsequences: false).map(String.init)
    guard reasons.count == Int(head[1]) else { return nil }
    let first = Int(head[0])
    return SweepBlock(first..<(first + Int(head[1])), stride: stride, values: values, failures: reasons)
  }

  private static let start: UInt64 = 0x9e37_79b9_7f4a_7c15

  /// One step of a checksum over words: a multiplication by an odd number and a fold.
  private static func mix(_ sum: UInt64, _ word: UInt64) -> UInt64 {
    let product = (sum ^ word) &* 0xff51_afd7_ed55_8ccd
    return product ^ (product >> 32)
  }

  private func write<Element: BitwiseCopyable>(_ elements: [Element]) throws(SweepProblem) {
    let isWhole = elements.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let part = UnsafeRawBufferPointer(rebasing: rest)
        let count = Glibc.write(descriptor, part.baseAddress, part.count)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return false }
        rest = rest.dropFirst(count)
      }
      return true
    }
    guard isWhole else { throw failure() }
  }

  /// Up to `count` elements; fewer at the end of the file.
  private func read<Element: BitwiseCopyable & ExpressibleByIntegerLiteral>(
    _ count: Int
  ) throws(SweepProblem) -> [Element] {
    var elements = [Element](repeating: 0, count: count)
    var done = 0
    let whole = count * MemoryLayout<Element>.stride
    let isSound = elements.withUnsafeMutableBytes { bytes in
      while done < whole {
        let got = Glibc.read(descriptor, bytes.baseAddress?.advanced(by: done), whole - done)
        if got < 0 && errno == EINTR { continue }
        guard got >= 0 else { return false }
        if got == 0 { break }
        done += got
      }
      return true
    }
    guard isSound else { throw failure() }
    return Array(elements.prefix(done / MemoryLayout<Element>.stride))
  }

  private func failure() -> SweepProblem {
    SweepProblem(message: "\(path): \(String(cString: strerror(errno)))", exitCode: 74)
  }
}
