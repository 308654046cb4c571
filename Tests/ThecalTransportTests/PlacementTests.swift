import Glibc
import Testing
import ThecalFormulary
import ThecalQuantities
import ThecalSolvers
import _ThecalTestSupport

@testable import ThecalTransport

private let grid = CanalGrid(SpinalAnatomy(), cells: 400)

@Suite struct `What is given at a place` {
  /// Far from both ends a Gaussian keeps its mean and its variance, to which cells of width h add h²/12.
  @Test(arguments: [0.5, 1, 3])
  func `is spread around it by its own width`(sigma: Double) {
    let step = grid.length(172) / 400
    for center in [30.0, 33.3] {
      var shares = Array(repeating: 0.0, count: 401)
      grid.gaussian(center: center, sigma: sigma, height: 172, into: &shares)
      let places = (0..<400).map { (Double($0) + 0.5) * step }
      let mean = zip(shares.dropFirst(), places).reduce(0) { $0 + $1.0 * $1.1 }
      let variance = zip(shares.dropFirst(), places).reduce(0) {
        $0 + $1.0 * ($1.1 - mean) * ($1.1 - mean)
      }
      #expect(abs(mean - center) < 1e-3 && shares[0] == 0)
      #expect(abs(variance / (sigma * sigma + step * step / 12) - 1) < 1e-6)
    }
  }

  /// 1 mL in a canal of A cm² is 1 / A cm long: half of it to each side is added to the width.
  @Test func `is wider with its volume`() throws {
    let parameters = try #require(CanalParameters(drug: "morphine"))
    let model = CanalModel(grid, parameters)
    func width(_ volume: Double) -> Double {
      let step = grid.length(parameters.height) / 400
      let shares = model.bolus(at: 33, volume: volume).dropFirst()
      let mean = shares.enumerated().reduce(0) { $0 + $1.element * (Double($1.offset) + 0.5) * step }
      let variance = shares.enumerated().reduce(0) { sum, share in
        let away = (Double(share.offset) + 0.5) * step - mean
        return sum + share.element * away * away
      }
      return (variance - step * step / 12).squareRoot()
    }
    let area = grid.area(at: 33, parameters)
    #expect(abs(width(0) - parameters.bolusSigma) < 0.01)
    #expect(abs(width(2) - (parameters.bolusSigma + 1 / area)) < 0.02)
  }

  @Test func `is read between the centers of two cells, and at the ends from the nearest`() {
    let step = grid.length(172) / 400
    let between = grid.interpolation(at: 10.25 * step, height: 172)
    #expect(between.node == 10 && abs(between.share - 0.75) < 1e-9)
    #expect(grid.interpolation(at: 0, height: 172) == (1, 0))
    #expect(grid.interpolation(at: 0.5 * step, height: 172).share == 0)
    let end = grid.interpolation(at: grid.length(172), height: 172)
    #expect(end.node == 399 && end.share == 1)
    // A taller person's cells are longer: the same distance is fewer of them.
    #expect(grid.interpolation(at: 10.25 * step, height: 344).node == 5)
  }
}

@Suite struct `The anatomy` {
  let anatomy = SpinalAnatomy()

  @Test func `finds vertebrae and dermatomes in any case, and nothing else`() throws {
    #expect(anatomy.midpoint(of: "t12") == anatomy.midpoint(of: "T12"))
    #expect(anatomy.middle(ofSegment: "l2") == anatomy.middle(ofSegment: "L2"))
    #expect(anatomy.midpoint(of: "T13") == nil && anatomy.middle(ofSegment: "X1") == nil)
    let names = ["C1", "C7", "T1", "T12", "L1", "L5", "S1"]
    let places = try names.map { try #require(anatomy.midpoint(of: $0)) }
    #expect(zip(places, places.dropFirst()).allSatisfy(<) && places[0] > 0)
    // A midpoint lies half way between the ends of its vertebra.
    for (index, middle) in anatomy.midpoints.enumerated() {
      #expect(abs(middle - (anatomy.borders[index] + anatomy.borders[index + 1]) / 2) < 1e-12)
    }
  }

  @Test(arguments: [(86.0, 0.5), (172, 1), (206.4, 1.2)])
  func `stretches with the height, and its cross-sections do not`(height: Double, factor: Double) throws {
    #expect(abs(grid.stretch(height) - factor) < 1e-12)
    #expect(abs(grid.length(height) - factor * anatomy.length) < 1e-9)
    var parameters = try #require(CanalParameters(drug: "morphine"))
    let usual = grid.area(at: 0.4 * grid.length(parameters.height), parameters)
    let volume = CanalModel(grid, parameters).network.volume.dropFirst().reduce(0, +)
    parameters.height = height
    #expect(abs(grid.area(at: 0.4 * grid.length(height), parameters) - usual) < 1e-9)
    let stretched = CanalModel(grid, parameters).network.volume.dropFirst().reduce(0, +)
    #expect(abs(stretched / volume - factor / grid.stretch(172)) < 1e-9)
  }

  /// The cervical factor holds above C7, the lumbosacral below T12, and half of each in the middle between.
  @Test func `takes one factor above C7, the other below T12, and passes from one to the other`() throws {
    var parameters = try #require(CanalParameters(drug: "morphine"))
    let (low, high) = (try #require(anatomy.midpoint(of: "C7")), try #require(anatomy.midpoint(of: "T12")))
    let places = [low / 2, (low + high) / 2, (high + anatomy.length) / 2]
    let usual = places.map { grid.area(at: $0, parameters) }
    (parameters.areaCervical, parameters.areaLumbosacral) = (2, 4)
    let factors = zip(places, usual).map { grid.area(at: $0, parameters) / $1 }
    for (factor, wanted) in zip(factors, [2.0, 3, 4]) { #expect(abs(factor / wanted - 1) < 0.01) }
  }
}

@Suite struct `A parameter` {
  @Test func `has a default within its range, and one in the middle of it where people differ`() throws {
    for parameter in TransportParameter.allCases where parameter != .loss {
      let value = try #require(parameter.standard())
      #expect(parameter.range.contains(value), "\(parameter)")
      #expect(try #require(CanalParameters(drug: "morphine"))[parameter] == value, "\(parameter)")
    }
  }

  /// A variation of 40 % is a σ of √ln(1 + 0.4²); a normal one ends five standard deviations from its mean.
  @Test func `differs between people as the data say`() throws {
    for parameter in TransportParameter.allCases {
      guard let median = parameter.standard() ?? CanalParameters(drug: "morphine")?.loss,
        let spread = parameter.spread(around: median, drug: "morphine", in: .embedded)
      else { continue }
      switch spread {
      case .lognormal(let middle, let sigma):
        #expect(middle == median && sigma > 0 && sigma < log(10), "\(parameter)")
      case .normal(let mean, let sd, let range):
        #expect(
          abs((range.upperBound - mean) / sd - 5) < 1e-9 && abs((mean - range.lowerBound) / sd - 5) < 1e-9)
        #expect(range.lowerBound > 0, "\(parameter)")
      case .uniform(let low, let high):
        #expect(low < high && parameter.range.contains(low) && parameter.range.contains(high), "\(parameter)")
      }
      #expect(parameter.spreadSource(drug: "morphine", in: .embedded)?.isEmpty == false, "\(parameter)")
      if let (other, correlation) = parameter.partner(drug: "morphine", in: .embedded) {
        #expect(other != parameter && abs(correlation) < 1)
      }
    }
  }

  @Test(arguments: [(1.0, 1.0, 1.0), (2, 1, 2), (1, 2, 4), (0.5, 3, 4.5)])
  func `of pulsation counts beats, and the square of the stroke`(rate: Double, stroke: Double, factor: Double)
    throws
  {
    var parameters = try #require(CanalParameters(drug: "morphine"))
    parameters.heartRate *= rate
    parameters.strokeVolume *= stroke
    #expect(abs(parameters.pulsation - factor) < 1e-12)
  }
}

@Suite struct `Rows` {
  private func input(every: String, until: String) throws -> TransportInput {
    TransportInput(
      drug: "morphine", tip: .tip, schedule: DeliverySchedule(rates: []), every: try Time(reading: every),
      until: try Time(reading: until), sites: [.tip])
  }

  @Test(arguments: [
    ("1 h", "1 h", 2), ("7 min", "1 h", 9), ("20 min", "1 h", 4), ("0.1 h", "1 h", 11), ("59 min", "1 h", 2),
    ("1 day", "364 day", 365),
  ])
  func `stand at whole steps, the end with them where it is one`(every: String, until: String, count: Int)
    throws
  {
    let times = try input(every: every, until: until).times
    #expect(times.count == count && times.first == .zero)
    let end = try Time(reading: until)
    #expect(times.last.map { $0 <= end } == true)
  }

  @Test func `of a third of an hour meet the hour exactly`() throws {
    #expect(try input(every: "20 min", until: "1 h").times[3] == Time(1, .hours))
  }
}

@Suite struct `What nobody has` {
  @Test func `lies at the nearest end of the grid, however far away`() {
    for far in [1e30, .greatestFiniteMagnitude, .infinity] {
      #expect(grid.cell(far) == 399 && grid.cell(-far) == 0)
    }
    #expect(grid.cell(.nan) == 0 && grid.cell(-0.5) == 0 && grid.cell(12.9) == 12)
    #expect(grid.interpolation(at: 1e30, height: 172) == (399, 1))
    #expect(grid.interpolation(at: -1e30, height: 172) == (1, 0))
  }

  /// The canal is 65.95 cm long.
  @Test(arguments: [-1e30, -1e-9, 66, 1e30])
  func `is no place for a catheter`(distance: Double) {
    let input = TransportInput(
      drug: "morphine", tip: .distance(Length(distance, .centimeters)),
      schedule: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(1, .milligramsPerDay))]),
      every: Time(1, .hours), until: Time(2, .hours), sites: [.tip])
    #expect(throws: InputProblem.self) { try Simulation(input) }
  }

  @Test(arguments: [-3, 0, 1, 100_001, .max]) func `is no number of cells`(cells: Int) {
    var input = TransportInput(
      drug: "morphine", tip: .level("T10"),
      schedule: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(1, .milligramsPerDay))]),
      every: Time(1, .hours), until: Time(2, .hours), sites: [.tip])
    input.cells = cells
    #expect(throws: InputProblem.self) { try Simulation(input) }
  }

  /// A bolus of more than the canal holds is spread over all of it.
  @Test func `fills the canal evenly`() {
    var shares = Array(repeating: 0.0, count: 401)
    for sigma in [1e3, 1e15, 1e30] {
      grid.gaussian(center: 30, sigma: sigma, height: 172, into: &shares)
      #expect(shares.allSatisfy { $0.isFinite && $0 >= 0 })
    }
  }

  @Test func `is computed for itself where somebody else in the batch has tissue`() throws {
    func made(_ cord: TransportParameters.Tissue?) throws -> Simulation {
      var parameters = TransportParameters()
      parameters.cord = cord
      return try Simulation(
        TransportInput(
          drug: "morphine", tip: .level("T10"),
          schedule: DeliverySchedule(rates: [.init(start: .zero, rate: DoseRate(1, .milligramsPerDay))]),
          parameters: parameters, cells: 40, every: Time(6, .hours), until: Time(12, .hours), sites: [.tip]))
    }
    let plain = try made(nil)
    let other = try made(
      .init(
        permeability: Diffusivity(ExactNumber(1, over: 1_000), .squareCentimetersPerSecond), partition: 2,
        loss: RateConstant(0, .perHour)))
    var batch = SimulationBatch(plain)
    try batch.run([plain.parameters, other.parameters].span)
    let alone = try other.run().concentrations_ng_per_mL[0]
    for t in alone.indices {
      #expect(abs(batch.concentration(site: 0, time: t, set: 1) - alone[t]) <= 1e-6 * alone[alone.count - 1])
    }
  }
}
