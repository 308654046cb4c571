/// A run of samples on its way from a kernel to the file.
struct SweepBlock: Sendable {
  /// The samples.
  private(set) var range = 0..<0
  /// Numbers per sample.
  private(set) var stride = 0
  /// Sample after sample: parameters, then outputs; NaN where a sample failed.
  var values: [Double] = []
  /// Per sample why it failed, empty where it did not.
  private(set) var failures: [String] = []

  /// Samples of a block: enough that handing it over costs nothing, few enough to stay in the cache.
  static let size = 64

  mutating func begin(_ range: Range<Int>, stride: Int) {
    self.range = range
    self.stride = stride
    let count = range.count * stride
    if values.count != count {
      values = Array(repeating: .nan, count: count)
    } else {
      for i in values.indices { values[i] = .nan }
    }
    failures = Array(repeating: "", count: range.count)
  }

  init() {}

  /// A block read back.
  init(_ range: Range<Int>, stride: Int, values: [Double], failures: [String]) {
    self.range = range
    self.stride = stride
    self.values = values
    self.failures = failures
  }

  /// Where the numbers of a sample begin.
  func offset(of sample: Int) -> Int { (sample - range.lowerBound) * stride }

  mutating func write(_ point: [Double], sample: Int) {
    let offset = offset(of: sample)
    for k in point.indices { values[offset + k] = point[k] }
  }

  mutating func fail(_ sample: Int, _ reason: String) {
    failures[sample - range.lowerBound] = reason
  }

  /// Takes back the numbers of a sample that failed, but for its first `count`, the parameters.
  mutating func blank(_ sample: Int, after count: Int) {
    let offset = offset(of: sample)
    for k in count..<stride { values[offset + k] = .nan }
  }

  /// The numbers from `offset` on, `count` per sample, sample after sample.
  func slice(_ offset: Int, _ count: Int) -> [Double] {
    if offset == 0 && count == stride { return values }
    var part: [Double] = []
    part.reserveCapacity(range.count * count)
    for sample in 0..<range.count {
      let start = sample * stride + offset
      part.append(contentsOf: values[start..<(start + count)])
    }
    return part
  }
}
