public import ThecalFormulary
import ThecalQuantities

/// The spinal CSF space as a line from C1 (0) to the end of the sac: where the levels lie and how wide it is.
///
/// The cross-section is linear between the midpoints of the vertebrae and constant beyond the first and the
/// last, scaled so that the whole volume is that of the table. Positions are for the height of the table's
/// population and stretch with the height of the person; areas do not.
///
/// - Source: `valosek2024`, `deleener2018`, `hogan1996`, row by row in `Data/anatomy/levels.json`.
public struct SpinalAnatomy: Sendable {
  /// The names of the vertebrae, from above.
  public let levels: [String]
  /// The ids of the sources.
  public let sources: [String]
  /// Midpoints of the vertebrae, cm.
  let midpoints: [Double]
  /// Upper and lower ends of the vertebrae, cm: one more than the levels.
  let borders: [Double]
  /// Scaled cross-sections at the midpoints, cm².
  let areas: [Double]
  /// Cross-sections of the cord at the midpoints, cm²; 0 below its end.
  let cordAreas: [Double]
  /// Upper and lower ends of the segments of the cord, cm, by name.
  let segments: [String: ClosedRange<Double>]
  /// The names of the segments, from above.
  let segmentNames: [String]

  /// The anatomy that a formulary holds.
  public init(_ formulary: Formulary = .embedded) {
    let rows = formulary.vertebralLevels.rows
    levels = rows.map(\.name)
    let lengths = rows.map(\.length.base)
    borders = lengths.reduce(into: [0.0]) { $0.append($0[$0.count - 1] + $1) }
    let borders = borders
    midpoints = lengths.indices.map { (borders[$0] + borders[$0 + 1]) / 2 }
    let table = rows.map(\.area.base)
    let wanted = zip(lengths, table).reduce(0) { $0 + $1.0 * $1.1 }
    let drawn = Profile(at: midpoints, values: table).integral(from: 0, to: borders[borders.count - 1])
    areas = table.map { $0 * wanted / drawn }
    cordAreas = rows.map { $0.cordArea?.base ?? 0 }
    var top = 0.0
    var segments: [String: ClosedRange<Double>] = [:]
    for segment in formulary.spinalSegments.rows {
      segments[segment.name] = top...(top + segment.length.base)
      top += segment.length.base
    }
    self.segments = segments
    segmentNames = formulary.spinalSegments.rows.map(\.name)
    sources = Set(formulary.vertebralLevels.sources + [formulary.spinalSegments.citation.source]).sorted()
  }

  /// The length of the canal for the height of the table's population, cm.
  var length: Double { borders[borders.count - 1] }

  /// The cross-section along the canal, cm².
  var profile: Profile { Profile(at: midpoints, values: areas) }

  /// The midpoint of the vertebra `level`, cm, before stretching; nil if there is no such level.
  func midpoint(of level: String) -> Double? {
    levels.firstIndex(of: level.uppercased()).map { midpoints[$0] }
  }

  /// The middle of the segment that supplies `dermatome`, cm, before stretching; nil if there is none.
  func middle(ofSegment dermatome: String) -> Double? {
    segments[dermatome.uppercased()].map { ($0.lowerBound + $0.upperBound) / 2 }
  }
}

/// A function that is linear between given points and constant beyond the first and the last.
struct Profile: Sendable {
  let points: [Double]
  let values: [Double]

  init(at points: [Double], values: [Double]) {
    precondition(points.count == values.count && !points.isEmpty)
    self.points = points
    self.values = values
  }

  subscript(x: Double) -> Double {
    guard x > points[0] else { return values[0] }
    guard let next = points.firstIndex(where: { $0 > x }) else { return values[values.count - 1] }
    let share = (x - points[next - 1]) / (points[next] - points[next - 1])
    return values[next - 1] + share * (values[next] - values[next - 1])
  }

  /// The exact integral: the trapezoid rule between all corners.
  func integral(from low: Double, to high: Double) -> Double {
    product(with: Profile(at: [0], values: [1]), from: low, to: high)
  }

  /// The exact integral of the product with another profile: Simpson's rule between all corners of both.
  func product(with other: Profile, from low: Double, to high: Double) -> Double {
    var corners = (points + other.points).filter { $0 > low && $0 < high }.sorted()
    corners.append(high)
    var sum = 0.0
    var left = low
    for right in corners where right > left {
      let middle = (left + right) / 2
      sum +=
        (right - left) / 6
        * (self[left] * other[left] + 4 * self[middle] * other[middle] + self[right] * other[right])
      left = right
    }
    return sum
  }
}
