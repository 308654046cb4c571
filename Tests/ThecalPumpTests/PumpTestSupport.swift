import Testing
import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// SplitMix64: a stream that is the same on every machine. Source: Steele, Lea and Flood, OOPSLA 2014.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A decimal with `places` digits after the point between `low` and `high` of the last digit.
  mutating func decimal(_ range: ClosedRange<Int>, over scale: Int) -> ExactNumber {
    ExactNumber(Int.random(in: range, using: &self), over: scale)
  }
}

/// A pump with every figure stated, so that no test hangs on a data file.
func testPump() -> PumpDevice {
  var pump = PumpDevice(id: "test", name: "Test pump")
  pump.reservoirs = [20, 40].map { Cited(stated: Volume($0, .milliliters)) }
  pump.minimumFlow = Cited(stated: Flow(0.048, .millilitersPerDay))
  pump.maximumFlow = Cited(stated: Flow(24, .millilitersPerDay))
  pump.fastest = Cited(stated: Ratio(14.5, .percent))
  pump.slowest = Cited(stated: Ratio(14.5, .percent))
  pump.residual = Cited(stated: Volume(1.4, .milliliters))
  pump.alarm = Cited(stated: Volume(2, .milliliters))
  pump.tubing = Cited(stated: Volume(0.199, .milliliters))
  pump.stepsPerDay = Cited(stated: 13)
  return pump
}

/// The pump that the formulary knows.
func synchroMed() throws -> PumpDevice { try #require(PumpDevice(named: PumpDevice.usual)) }

/// A quantity as a user writes it.
func q<D>(_ text: String) throws -> Quantity<D> { try Quantity<D>(reading: text) }

/// A civil day as a user writes it.
func day(_ text: String) throws -> CalendarDate { try CalendarDate(reading: text) }

/// `value` to `places` digits after the point.
func rounded(_ value: ExactNumber?, _ places: Int) -> ExactNumber? { value?.rounded(toPlaces: places) }

extension PumpOutcome {
  /// Whether a finding is about `topic`.
  func finds(_ topic: PumpTopic) -> Bool { findings.all.contains { $0.isAbout(topic) } }

  /// Whether a finding of the clinical rules is about `topic`.
  func finds(_ topic: DosingTopic) -> Bool { findings.all.contains { $0.isAbout(topic) } }

  /// The evidence of the finding about `topic`.
  func evidence(_ topic: PumpTopic) -> [Evidence]? { findings.all.first { $0.isAbout(topic) }?.evidence }
}
