import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension PumpChecks {
  /// Checks that `fill` fits the largest reservoir of `device`, and looks for the slip where it does not.
  mutating func checkReservoir(_ fill: Volume, on device: PumpDevice, as words: String = "filling") {
    guard let largest = device.largestReservoir else { return }
    if fill > largest.value { _ = use(largest, as: "reservoir") }
    let fits = check(
      fill <= largest.value, passed: (.fillingFits, .reservoir),
      failed: (.fillingTooLarge, .reservoirTooSmall),
      [.volume(fill), .text(device.name), .volume(largest.value)], severity: .blocked)
    guard !fits, let smallest = device.reservoirs.map(\.value).min() else { return }
    // A tenth is meant where it is a filling of some pump; a thousandth may be any volume that a reservoir holds.
    let slips = PumpChecks.slips(of: fill, in: .milliliters) { slip, meant in
      meant <= largest.value && (slip == .unitOfSize ? 100 * meant >= largest.value : 2 * meant >= smallest)
    }
    if !slips.isEmpty {
      add(.slipOfSize, .typoSuspected, .blocked, [.text(words), .volume(fill), .either(slips)])
    }
  }

  /// Checks a volume that stays in a reservoir or in which an alarm is set, where `volume` was stated.
  mutating func checkKept(
    residual: Volume?, alarm: Volume?, _ rules: PumpRules = Formulary.embedded.pumpRules
  ) {
    if let residual { checkSize(residual, .residual, as: "residual volume", in: .milliliters, rules) }
    if let alarm { checkSize(alarm, .alarm, as: "alarm volume", in: .milliliters, rules) }
  }

  /// Checks a volume, length or bore against what anybody can mean by it.
  mutating func checkSize<D: Dimension>(
    _ value: Quantity<D>, _ name: PumpRules.Size.Name, as words: String, in unit: Quantity<D>.Unit,
    _ rules: PumpRules
  ) {
    guard let range = rules.size(name), let low: Quantity<D> = range.lowQuantity(),
      let high: Quantity<D> = range.highQuantity(), value < low || value > high, value > .zero
    else { return }
    let slips = PumpChecks.slips(of: value, in: unit) { $1 >= low && $1 <= high }
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

  /// The slips that explain a size: a unit a thousand times too large or too small, a digit; for a length a hundred times too.
  private static func slips<D>(
    of value: Quantity<D>, in unit: Quantity<D>.Unit, where isMeant: (Slip, Quantity<D>) -> Bool
  ) -> [Evidence] {
    let hundredfold: [(Slip, Quantity<D>)] =
      D.self == VolumeDimension.self ? [] : [(.unitOfSize, value / 100), (.unitOfSize, 100 * value)]
    let candidates: [(Slip, Quantity<D>)] =
      [(.unitOfSize, value / 1_000), (.unitOfSize, 1_000 * value)] + hundredfold
      + [(.tenfold, value / 10), (.tenth, 10 * value)]
    return candidates.filter { isMeant($0.0, $0.1) }.prefix(2).map {
      .slip($0.0, $0.1.exactValue(in: unit), unit.symbol)
    }
  }
}
