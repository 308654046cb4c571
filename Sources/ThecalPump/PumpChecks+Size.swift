import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension PumpChecks {
  /// Checks that `fill` fits the largest reservoir of `device`, and looks for the slip where it does not.
  mutating func checkReservoir(_ fill: Volume, on device: PumpDevice) {
    guard let largest = device.largestReservoir else { return }
    if fill > largest.value { _ = use(largest, as: "reservoir") }
    let fits = check(
      fill <= largest.value, passed: (.fillingFits, .reservoir),
      failed: (.fillingTooLarge, .reservoirTooSmall),
      [.volume(fill), .text(device.name), .volume(largest.value)], severity: .blocked)
    guard !fits else { return }
    let slips = PumpChecks.slips(of: fill) { meant in device.reservoirs.contains { $0.value == meant } }
    if !slips.isEmpty {
      add(.slipOfSize, .typoSuspected, .blocked, [.text("filling"), .volume(fill), .either(slips)])
    }
  }

  /// Checks a volume, length or bore against what anybody can mean by it.
  mutating func checkSize<D: Dimension>(
    _ value: Quantity<D>, _ name: PumpRules.Size.Name, as words: String, in unit: Quantity<D>.Unit,
    _ rules: PumpRules
  ) {
    guard let range = rules.size(name), let low: Quantity<D> = range.lowQuantity(),
      let high: Quantity<D> = range.highQuantity(), value < low || value > high, value > .zero
    else { return }
    let slips = PumpChecks.slips(of: value, in: unit) { $0 >= low && $0 <= high }
    let shown = Evidence.amount(value.exactValue(in: unit), unit.symbol)
    if !slips.isEmpty {
      add(
        .slipOfSize, .typoSuspected, .blocked, [.text(words), shown, .either(slips)], citing: [range.citation]
      )
    } else if value > high {
      add(
        .impossibleSize, .impossiblePump, .blocked,
        [.text(words), shown, .amount(high.exactValue(in: unit), unit.symbol)], citing: [range.citation])
    }
  }

  private static func slips(of volume: Volume, where isMeant: (Volume) -> Bool) -> [Evidence] {
    slips(of: volume, in: .milliliters, where: isMeant)
  }

  /// The slips that explain a size: a unit a thousand or a hundred times too large or too small, a digit.
  private static func slips<D>(
    of value: Quantity<D>, in unit: Quantity<D>.Unit, where isMeant: (Quantity<D>) -> Bool
  ) -> [Evidence] {
    let candidates: [(Slip, Quantity<D>)] = [
      (.unitOfSize, value / 1_000), (.unitOfSize, value / 100), (.unitOfSize, 1_000 * value),
      (.unitOfSize, 100 * value), (.tenfold, value / 10), (.tenth, 10 * value),
    ]
    return candidates.filter { isMeant($0.1) }.prefix(2).map {
      .slip($0.0, $0.1.exactValue(in: unit), unit.symbol)
    }
  }
}
