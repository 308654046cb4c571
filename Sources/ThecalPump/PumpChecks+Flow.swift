import ThecalDosing
import ThecalFormulary
import ThecalQuantities

extension PumpChecks {
  /// Checks that `device` can run at `flow`; a stop is legal and says so elsewhere.
  @discardableResult
  mutating func checkFlow(_ flow: Flow, on device: PumpDevice, as name: String = "Flow") -> Bool {
    if !device.fixedFlows.isEmpty { return checkFixedFlow(flow, on: device, as: name) }
    addStrokes(flow, on: device, as: name)
    let least = checkLeast(flow, on: device, as: name)
    let most = checkMost(flow, on: device, as: name)
    return least && most
  }

  /// Says what a pump that gives whole strokes makes of a flow.
  private mutating func addStrokes(_ flow: Flow, on device: PumpDevice, as name: String) {
    guard let stroke = device.stroke else { return }
    let size = use(stroke, as: "stroke volume")
    let wanted = (flow * Time(1, .days)) / size
    let whole = wanted.rounded(toPlaces: 0)
    if whole != wanted {
      let given = (whole * size) / Time(1, .days)
      add(
        .strokeRounding, .strokeRounding, .note,
        [.text(name), .flow(flow), .number(wanted), .number(whole), .flow(given)])
    }
  }

  private mutating func checkLeast(_ flow: Flow, on device: PumpDevice, as name: String) -> Bool {
    guard let limit = device.minimumFlow else { return unknownLimit("minimum", device) }
    let near = flow < limit.value || PumpChecks.unreadMargin * limit.value > flow
    _ = use(limit, as: "minimum flow", near ? .decides : .informs)
    return check(
      flow >= limit.value, passed: (.flowAboveMinimum, .flowRange),
      failed: (.flowBelowMinimum, .flowOutOfRange),
      [.text(name), .flow(flow), .flow(limit.value), .text(device.name)])
  }

  private mutating func checkMost(_ flow: Flow, on device: PumpDevice, as name: String) -> Bool {
    guard let limit = device.maximumFlow else { return unknownLimit("maximum", device) }
    let near = flow > limit.value || PumpChecks.unreadMargin * flow > limit.value
    _ = use(limit, as: "maximum flow", near ? .decides : .informs)
    return check(
      flow <= limit.value, passed: (.flowBelowMaximum, .flowRange),
      failed: (.flowAboveMaximum, .flowOutOfRange),
      [.text(name), .flow(flow), .flow(limit.value), .text(device.name)])
  }

  private mutating func unknownLimit(_ side: String, _ device: PumpDevice) -> Bool {
    add(.flowLimitUnknown, .deviceLimitUnknown, .review, [.text(side), .text(device.name)])
    return true
  }

  /// Checks a flow against those that a pump without a setting is made with.
  private mutating func checkFixedFlow(_ flow: Flow, on device: PumpDevice, as name: String) -> Bool {
    let flows = device.fixedFlows.map { use($0, as: "factory flows") }
    return check(
      flows.contains(flow), passed: (.factoryFlow, .flowRange), failed: (.otherFlow, .flowOutOfRange),
      [.text(name), .flow(flow), .text(device.name), .list(flows.map(Evidence.flow))])
  }

  /// Looks for a slip in a flow that someone wrote: one that empties `filling` within a week, where a 24th of it would not.
  mutating func checkSlip(
    ofFlow flow: Flow, emptying filling: Volume, _ rules: PumpRules = Formulary.embedded.pumpRules
  ) {
    guard flow > .zero, let range = rules.size(.daysOfFilling), let shortest: Time = range.lowQuantity()
    else { return }
    let lasts = filling / flow
    let perDay = flow / 24
    guard lasts < shortest, filling / perDay >= shortest else { return }
    add(
      .slipOfFlow, .typoSuspected, .blocked,
      [
        .flow(flow), .time(lasts),
        .either([
          .slip(
            .perHourForPerDay, perDay.exactValue(in: .millilitersPerDay), Flow.Unit.millilitersPerDay.symbol)
        ]),
      ], citing: [range.citation])
  }

  /// The strength with which `dose` would run, where the flow that it needs cannot be.
  func concentrationAdvice(_ dose: DoseRate, _ flow: Flow, unit: DoseUnit, on device: PumpDevice) -> Finding?
  {
    if !device.fixedFlows.isEmpty {
      let flows = device.fixedFlows.map(\.value)
      return PumpChecks.instead(
        .strengthsForFactoryFlows,
        [.list(flows.map { .strength(dose / $0, unit) }), .list(flows.map(Evidence.flow))])
    }
    if let least = device.minimumFlow?.value, flow < least {
      let strongest = (dose / least).roundedDown(toSignificantDigits: 3, in: unit.concentration)
      return PumpChecks.instead(.strongestThatRuns, [.strength(strongest, unit)])
    }
    if let most = device.maximumFlow?.value, flow > most {
      let weakest = (dose / most).exactValue(in: unit.concentration).roundedUp(toSignificantDigits: 3)
      return PumpChecks.instead(
        .weakestThatRuns, [.strength(Concentration(weakest, unit.concentration), unit)])
    }
    return nil
  }
}
