import ThecalDosing
import ThecalFormulary
public import ThecalQuantities

extension PumpChecks {
  /// How far a pump may stray, as fractions.
  struct Accuracy {
    let fast: ExactNumber
    let slow: ExactNumber
    /// The wider side: how far a ratio may lie from one.
    var widest: ExactNumber { max(fast, slow) }
  }

  /// How far `device` may stray; a side that is not on record is taken as wide as the other.
  mutating func accuracy(of device: PumpDevice) -> Accuracy {
    let fast = device.fastest.map { use($0, as: "accuracy, fast side", .informs).fraction }
    let slow = device.slowest.map { use($0, as: "accuracy, slow side", .informs).fraction }
    if fast == nil, slow == nil {
      add(.accuracyUnknown, .deviceLimitUnknown, .review, [.text(device.name)])
    }
    return Accuracy(fast: fast ?? slow ?? .zero, slow: slow ?? fast ?? .zero)
  }

  /// Looks for slips in what was written about a visit, and for what cannot be.
  mutating func checkWritten(
    _ visit: RefillDiscrepancy.Visit, _ residual: Volume, _ device: PumpDevice, _ rules: PumpRules
  ) {
    checkReservoir(visit.previous, on: device)
    checkReservoir(visit.found, on: device, as: "volume found")
    checkReservoir(visit.extra, on: device, as: "volume of boluses and priming")
    checkKept(residual: residual, alarm: nil, rules)
    if visit.found > visit.previous {
      add(.foundAboveFilling, .foundAboveFill, .blocked, [.volume(visit.found), .volume(visit.previous)])
    }
    checkSlip(ofFlow: visit.flow, emptying: visit.previous, rules)
    checkFlow(visit.flow, on: device)
  }

  /// What the volume says: which causes come into question.
  mutating func checkVisit(
    _ visit: RefillDiscrepancy.Visit, _ residual: Volume, _ allowed: ExactNumber,
    _ dry: RefillDiscrepancy.DryTime?,
    _ rules: PumpRules.Discrepancy
  ) -> Set<PumpRules.Discrepancy.Cause.Direction> {
    // What stays in the reservoir whatever happens says nothing about what was delivered.
    let counted = RefillDiscrepancy.Visit(
      previous: visit.previous, flow: visit.flow, elapsed: visit.elapsed,
      found: max(visit.found, min(residual, visit.previous)), extra: visit.extra)
    let (expected, delta) = (counted.expected(residual: residual), counted.delta(residual: residual))
    let (size, most) = (max(delta, .zero - delta), Volume(rules.evaluateAboveML.value, .milliliters))
    cite(rules.evaluateAboveML.citation)
    let isNear = size <= most
    if isNear {
      add(.volumeAsExpected, .volume, .passed, [.volume(most)])
    } else {
      add(
        delta > .zero ? .tooMuchLeft : .tooLittleLeft, .volumeDiscrepancy, .review,
        [.volume(visit.found), .volume(expected), .volume(size)])
    }
    let ratio = counted.ratio(residual: residual) ?? .one
    let shift = ratio - 1
    let isInside = max(shift, -shift) <= allowed
    check(
      isInside, passed: (.ratioWithinAccuracy, .accuracy), failed: (.ratioOutsideAccuracy, .outsideAccuracy),
      [.number(ratio), .number(allowed)], severity: .review)
    if let dry {
      add(
        .ranDry, .ranDry, .review,
        [
          .volume(visit.found), .volume(residual), .number(dry.earliest.nearestDay),
          .number(dry.latest.nearestDay),
        ])
    }
    let isFitting = isNear && isInside
    if isFitting, dry == nil, visit.programmed >= visit.previous - residual, visit.flow > .zero {
      let due = max(.zero, visit.previous - residual - visit.extra) / visit.flow
      add(
        .shouldBeDry, .shouldBeEmpty, .review,
        [.number(due.nearestDay), .volume(visit.found), .volume(residual)])
      return [.dry]
    }
    // Dry before the fast edge of its accuracy: the volume never was what was programmed.
    let isOver = dry?.earliest == .zero || (!isFitting && ratio > .one)
    if isOver { add(.overInfusion, .overInfusion, .review) }
    if dry != nil { return isOver ? [.dry, .over] : [.dry] }
    return isFitting ? [.none] : isOver ? [.over] : [.under]
  }

  /// Says where the visits drift in one direction.
  mutating func checkTrend(
    _ count: Int, _ trend: RefillDiscrepancy.Trend, allowed: ExactNumber, _ rules: PumpRules.Discrepancy
  ) {
    guard count > 1 else {
      return add(
        .oneVisit, .oneVisit, .note, [.text(rules.trendRule.text)], citing: [rules.trendRule.citation])
    }
    let number = Evidence.number(ExactNumber(count))
    if max(trend.high, trend.low) <= 2 * allowed {
      add(.noDrift, .trend, .passed, [number])
    } else {
      add(trend.high > trend.low ? .driftHigh : .driftLow, .trendDrift, .review, [number])
    }
  }
}

extension Quantity where D == TimeDimension {
  /// The nearest whole number of days.
  public var nearestDay: ExactNumber { min(days, 1_000_000).rounded(toPlaces: 0) }
}
