import Glibc

/// The canal cut into cells of equal length: everything that is the same for all people of one anatomy.
package struct CanalGrid: Sendable {
  package let anatomy: SpinalAnatomy
  /// Number of cells of the canal; the network has one node more, the cranial pool, which comes first.
  package let cells: Int
  /// Cross-section at the faces, cm²: the part that goes with the cervical factor, and with the lumbosacral.
  let cervicalAreas: [Double]
  let lumbosacralAreas: [Double]
  /// Volumes of the cells, mL, likewise.
  let cervicalVolumes: [Double]
  let lumbosacralVolumes: [Double]
  /// Mean cross-section of the cord in each cell, cm².
  let cordAreas: [Double]

  package init(_ anatomy: SpinalAnatomy, cells: Int) {
    precondition(cells >= 2)
    self.anatomy = anatomy
    self.cells = cells
    let step = anatomy.length / Double(cells)
    let area = anatomy.profile
    let low = anatomy.midpoint(of: "C7") ?? 0
    let high = anatomy.midpoint(of: "T12") ?? anatomy.length
    let lumbosacral = Profile(at: [low, high], values: [0, 1])
    let faces = (0...cells).map { Double($0) * step }
    lumbosacralAreas = faces.map { area[$0] * lumbosacral[$0] }
    cervicalAreas = faces.map { area[$0] * (1 - lumbosacral[$0]) }
    let whole = (0..<cells).map { area.integral(from: faces[$0], to: faces[$0 + 1]) }
    let part = (0..<cells).map { area.product(with: lumbosacral, from: faces[$0], to: faces[$0 + 1]) }
    lumbosacralVolumes = part
    cervicalVolumes = zip(whole, part).map { $0 - $1 }
    let cord = Profile(at: anatomy.midpoints, values: anatomy.cordAreas)
    cordAreas = (0..<cells).map { cord.integral(from: faces[$0], to: faces[$0 + 1]) / step }
  }

  /// The cell at `position`, in cells from C1; the first or the last for what lies outside, however far.
  func cell(_ position: Double) -> Int { Int(min(Double(cells - 1), max(0, position))) }

  /// By how much the anatomy is stretched for a height, cm.
  func stretch(_ height: Double) -> Double { height / Self.referenceHeight }

  /// The height of the population of the level table, cm. Source: `deleener2018`.
  static let referenceHeight = 172.0

  /// The length of the canal for a height, cm.
  func length(_ height: Double) -> Double { anatomy.length * stretch(height) }

  /// The cross-section at `x` cm, for the parameters of a person.
  func area(at x: Double, _ parameters: CanalParameters) -> Double {
    let position = x / length(parameters.height) * Double(cells)
    let left = cell(position)
    let share = min(max(position - Double(left), 0), 1)
    func face(_ i: Int) -> Double {
      cervicalAreas[i] * parameters.areaCervical + lumbosacralAreas[i] * parameters.areaLumbosacral
    }
    return face(left) + share * (face(left + 1) - face(left))
  }

  /// The first and the last cell that a Gaussian of standard deviation `sigma` around `center` reaches, all in cm with cells of
  /// `step`: beyond nine standard deviations a share is below 1e-18 of the whole.
  func reach(of center: Double, _ sigma: Double, step: Double) -> (first: Int, last: Int) {
    (cell((center - 9 * sigma) / step), cell((center + 9 * sigma) / step))
  }

  /// Writes a Gaussian of standard deviation `sigma` around `center` (cm), normalised over the canal, as shares
  /// per node of the network.
  func gaussian(center: Double, sigma: Double, height: Double, into shares: inout [Double]) {
    precondition(shares.count == cells + 1)
    let step = length(height) / Double(cells)
    let scale = 1 / (sigma * 2.0.squareRoot())
    func tail(_ i: Int) -> Double { erf((Double(i) * step - center) * scale) }
    let (first, last) = reach(of: center, sigma, step: step)
    for i in shares.indices { shares[i] = 0 }
    let total = tail(last + 1) - tail(first)
    var left = tail(first)
    for i in first...last {
      let right = tail(i + 1)
      shares[i + 1] = (right - left) / total
      left = right
    }
  }

  /// The two nodes between whose centers `x` cm lies, and the share of the second; at the ends the nearest.
  func interpolation(at x: Double, height: Double) -> (node: Int, share: Double) {
    let position = x / length(height) * Double(cells) - 0.5
    let left = min(cell(position), cells - 2)
    return (left + 1, min(max(position - Double(left), 0), 1))
  }
}
