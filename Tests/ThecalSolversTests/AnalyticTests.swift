import Glibc
import Testing

@testable import ThecalSolvers

// Closed forms of advection, dispersion and loss on uniform lines. The numbers were computed to 30 digits from
// the formulas; sources: `vangenuchten1982` (1–3), `danckwerts1953` and `wehner1956` (reactor), `crank1975`.

/// (x, t) and the values for u = 1, D = 0.1: first-type inlet; the same with k = 0.5; third-type inlet.
private let inletTable: [(x: Double, t: Double, held: Double, decaying: Double, flux: Double)] = [
  (0.5, 0.25, 0.1908617552, 0.1735633060, 0.1070357597),
  (0.5, 0.5, 0.6161631472, 0.5279978604, 0.4837716419),
  (1, 0.5, 0.0800667526, 0.0648683096, 0.0480702767),
  (1, 1, 0.5852888592, 0.4122390144, 0.4930580737),
  (2, 1, 0.0174533721, 0.0111122016, 0.0109523881),
]
private let places = inletTable.map { (x: $0.x, t: $0.t) }

/// The closed forms themselves, to the digits of the table.
@Test func `closed forms reproduce their table`() {
  for row in inletTable {
    let (x, t, d) = (row.x, row.t, 0.1)
    func held(_ k: Double) -> Double {
      let v = (1 + 4 * k * d).squareRoot()
      let root = 2 * (d * t).squareRoot()
      return
        (exp((1 - v) * x / (2 * d)) * erfc((x - v * t) / root)
        + exp((1 + v) * x / (2 * d)) * erfc((x + v * t) / root)) / 2
    }
    let (a, b) = ((x - t) / (2 * (d * t).squareRoot()), (x + t) / (2 * (d * t).squareRoot()))
    let flux =
      erfc(a) / 2 + (t / (.pi * d)).squareRoot() * exp(-a * a)
      - (1 + x / d + t / d) * exp(x / d) * erfc(b) / 2
    #expect(abs(held(0) / row.held - 1) < 1e-6 && abs(held(0.5) / row.decaying - 1) < 1e-6)
    #expect(abs(flux / row.flux - 1) < 1e-6)
  }
}

/// On 400 cells within 1e-3 of the inlet, and the error falls with the square of the cell.
@Test(arguments: [0, 1, 2])
func `inlets follow the closed forms with second order`(kind: Int) throws {
  let wanted = inletTable.map { [$0.held, $0.decaying, $0.flux][kind] }
  func error(_ cells: Int) throws -> Double {
    let line = UniformLine(
      cells: cells, length: 6, loss: kind == 1 ? 0.5 : 0, inlet: kind == 2 ? .flux : .held)
    return zip(try line.values(places), wanted).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
  #expect(try error(400) < 1e-3)
  // Every place of the table is the center of a cell of 150 and of 450 cells.
  #expect(abs(log(try error(150) / error(450)) / log(3) - 2) < 0.15)
}

/// Upwind weights on the same line: the order that exponential fitting has at large cell Péclet numbers is one.
@Test func `exponential fitting falls to first order where cells are large for the dispersion`() throws {
  // u Δx / D from 100 to 25: the front is smeared like an upwind scheme's, by u Δx / 2.
  func error(_ cells: Int) throws -> Double {
    let line = UniformLine(cells: cells, length: 6, dispersion: 0.0006, loss: 0.5)
    let steady = try #require(line.system.network.steadyState(source: line.system.inlet))
    let v = (1 + 4 * 0.5 * 0.0006).squareRoot()
    return abs(line.probe(1).value(steady) - exp((1 - v) / (2 * 0.0006)))
  }
  #expect(abs(order(try error(100), try error(200)) - 1) < 0.15)
}

/// M = 250 µg, A = 2 cm², D = 0.04 cm²/s, k = 2.4e-5 /s, no flow: (t s, mg/mL at 0, 10 and 20 cm).
private let lineTable = [
  (900.0, [0.005751393335, 0.002871968549, 0.0003576016459]),
  (3600, [0.00269526078, 0.002265700206, 0.001345883291]),
  (21600, [0.0007143481928, 0.0006939745742, 0.0006362743051]),
]

@Test func `a bolus on a long line spreads as a Gaussian`() throws {
  let line = UniformLine(
    cells: 1_600, length: 400, flow: 0, dispersion: 0.04 * 3_600, loss: 2.4e-5 * 3_600, area: 2,
    inlet: .sealed, isOpen: false)
  for (seconds, values) in lineTable {
    // 199.875 cm is the center of a cell.
    let center = 199.875
    let found = try line.values(
      [0, 10, 20].map { (x: center + $0, t: seconds / 3_600) }, pulseAt: center)
    for (one, other) in zip(found, values) { #expect(abs(250 * one / 1_000 / other - 1) < 1e-3) }
  }
}

/// R = 1 mg/day, A = 1.2 cm², D = 0.04 cm²/s, k = 2.4e-5 /s, u = −1e-4 cm/s: mg/mL at −40, −20, 0, 20 cm.
@Test func `a steady infusion falls off to both sides`() throws {
  let line = UniformLine(
    cells: 4_000, length: 1_000, flow: -0.36, dispersion: 144, loss: 0.0864, area: 1.2, inlet: .sealed,
    isOpen: false)
  let center = 500.125
  let steady = try #require(
    line.system.network.steadyState(source: line.point(center).map { $0 * 1_000 / 24 }))
  let wanted = [0.001937384037, 0.003085994743, 0.004915578621, 0.002935489003]
  for (x, value) in zip([-40.0, -20, 0, 20], wanted) {
    #expect(abs(line.probe(center + x).value(steady) / 1_000 / value - 1) < 1e-3)
  }
}

/// A closed box with a pulse at 0.3: (t, C(0.3), C(0.8)) for L = D = 1.
@Test func `a pulse in a closed box keeps its mass and finds its cosine series`() throws {
  let table = [
    (0.01, 2.82129605, 0.005445715104), (0.05, 1.470171722, 0.3864152741), (0.2, 1.096056379, 0.8678165383),
  ]
  func error(_ cells: Int) throws -> Double {
    let line = UniformLine(
      cells: cells, length: 1, flow: 0, dispersion: 1, inlet: .sealed, isOpen: false)
    return try table.reduce(0) { worst, row in
      let found = try line.values([(0.3, row.0), (0.8, row.0)], pulseAt: 0.3)
      return max(worst, abs(found[0] - row.1), abs(found[1] - row.2))
    }
  }
  // 0.3 is the center of a cell of 5, 15, 45, …
  let (coarse, medium, fine) = (try error(45), try error(135), try error(405))
  #expect(fine < 2e-4)
  #expect(abs(log(coarse / medium) / log(3) - 2) < 0.15)

  let line = UniformLine(cells: 200, length: 1, flow: 0, dispersion: 1, inlet: .sealed, isOpen: false)
  let course = try SpectralPropagator(line.system.network).run(
    Experiment(
      sources: [line.point(0.3)], events: [.init(time: 0, source: 0, amount: 1)], probes: [],
      times: [0, 0.01, 1, 100]))
  for balance in course.balance {
    #expect(abs(balance.firstNode + balance.chain - 1) < 1e-12 && abs(balance.lost) < 1e-12)
  }
}

/// (Pe, Da, outlet) of the reactor with dispersion.
@Test(arguments: [
  (1.0, 1.0, 0.4676558815), (10, 1, 0.3972667733), (10, 5, 0.02387893456), (100, 1, 0.3714684754),
])
func `a reactor with dispersion converts as Wehner and Wilhelm say`(pe: Double, da: Double, outlet: Double)
  throws
{
  let a = (1 + 4 * da / pe).squareRoot()
  let closed =
    4 * a * exp(pe / 2) / ((1 + a) * (1 + a) * exp(a * pe / 2) - (1 - a) * (1 - a) * exp(-a * pe / 2))
  #expect(abs(closed / outlet - 1) < 1e-6)
  func error(_ cells: Int) throws -> Double {
    let line = UniformLine(cells: cells, length: 1, dispersion: 1 / pe, loss: da, inlet: .flux)
    let steady = try #require(line.system.network.steadyState(source: line.system.inlet))
    return abs(steady[cells - 1] - outlet)
  }
  let (coarse, fine) = (try error(200), try error(400))
  #expect(fine < 1e-3 * outlet)
  #expect(abs(order(coarse, fine) - 2) < 0.15)
}

/// One step of RODAS on y' = z y: its error against eᶻ falls with the fifth power of z, and it is L-stable.
@Test func `the rational function of the stepper is of order four and vanishes at infinity`() {
  func step(_ z: Double) -> Double {
    // y' = z y over h = 1: the stages are scalars.
    var stages: [Double] = []
    for i in 0..<Rosenbrock.stages {
      let y = 1 + zip(Rosenbrock.a[i], stages).reduce(0) { $0 + $1.0 * $1.1 }
      let right = z * y + zip(Rosenbrock.c[i], stages).reduce(0) { $0 + $1.0 * $1.1 }
      stages.append(right / (1 / Rosenbrock.gamma - z))
    }
    return 1 + zip(Rosenbrock.a[5], stages).reduce(0) { $0 + $1.0 * $1.1 } + stages[5]
  }
  let (coarse, fine) = (step(-0.2) - exp(-0.2), step(-0.1) - exp(-0.1))
  #expect(abs(order(coarse, fine) - 5) < 0.15)  // the local error is one order higher
  #expect(abs(step(-1e8)) < 1e-6)
  for z in [0.1, 1, 10, 100, 1e4] { #expect(abs(step(-z)) < 1) }
}

/// Two pools that exchange 3 mL/h, of which the second loses 2 mL/h: 1 µg/h put into the first passes through both.
@Test func `two pools in a row settle at the levels that carry the source`() throws {
  let network = LinearNetwork(volume: [5, 7], onward: [3], back: [3], loss: [0, 2])
  let levels = try #require(network.steadyState(source: [1, 0]))
  // 2 · C₂ = 1, and 3 · (C₁ − C₂) = 1.
  #expect(abs(levels[1] - 0.5) < 1e-12 && abs(levels[0] - (0.5 + 1.0 / 3)) < 1e-12)
  let behind = try #require(network.steadyState(source: [0, 1]))
  // Nothing passes the first pool: both stand at ½.
  #expect(abs(behind[0] - 0.5) < 1e-12 && abs(behind[1] - 0.5) < 1e-12)
}
