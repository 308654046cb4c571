public import ThecalFormulary
import ThecalQuantities

extension PumpDevice {
  /// The pump of everyone who names none.
  public static let usual = "synchromed_2"

  /// The pump that an id, a name, a model number or an alias names; nil where none is known.
  ///
  /// A model number leaves the figures of that model alone: the pump `8637-20` holds 20 mL.
  public init?(named name: String, in formulary: Formulary = .embedded) {
    guard let device = formulary.device(named: name) else { return nil }
    self.init(device)
    let key = name.filter { !$0.isWhitespace }.lowercased()
    guard let model = device.models.first(where: { $0.filter { !$0.isWhitespace }.lowercased() == key })
    else { return }
    let ownReservoirs = PumpDevice.figures(device.reservoir, of: model)
    if !ownReservoirs.isEmpty { reservoirs = ownReservoirs.compactMap { $0.figure(.high) } }
    let ownFlows = PumpDevice.figures(device.flowFixed ?? [], of: model)
    if !ownFlows.isEmpty { fixedFlows = ownFlows.compactMap { $0.figure(.high) } }
  }

  /// The figures that were said of one model.
  private static func figures(_ ranges: [CitedRange], of model: String) -> [CitedRange] {
    ranges.filter {
      $0.population?.split(separator: ",").contains { $0.drop(while: \.isWhitespace) == model } ?? false
    }
  }

  /// What `device` means for the arithmetic; where a figure is a range, its safe end.
  public init(_ device: Device) {
    self.init(id: device.id, name: device.name)
    reservoirs = device.reservoir.compactMap { $0.figure(.high) }
    minimumFlow = device.flowMin?.figure(.high)
    maximumFlow = device.flowMax?.figure(.low)
    maximumBolusFlow = device.bolusRateMax?.figure(.low)
    fixedFlows = device.flowFixed?.compactMap { $0.figure(.high) } ?? []
    fastest = device.accuracyUpper?.figure(.high)
    slowest = device.accuracyLower?.figure(.high)
    residual = device.residual?.figure(.high)
    tubing = device.tubingVolume?.figure(.high)
    alarm = device.alarmVolume?.figure(.high)
    alarmMeasures = device.lowReservoirAlarm?.kind == "measured"
    alarmSource = device.lowReservoirAlarm?.citation
    stroke = device.strokeVolume?.figure(.low)
    stepsPerDay = device.flexStepsMax.map { Cited($0.low, $0.citation) }
    shortestLife = device.lifeTypical?.compactMap { $0.figure(.low) }.min { $0.value < $1.value }
    longestLife = device.life?.figure(.low)
    replacementWindow = device.eriDays?.figure(.low)
    planningMonths = device.planAhead.flatMap { $0.unit == "month" ? $0.high.ceiling : nil }
    scanNotes = device.mri
    stallNotes = device.cautions.filter { $0.kind == "stall" }
    labeledDrugs = device.approvedDrugs.map(\.drug)
    controllerDrugs = device.patientController?.drugsAllowed ?? []
    controllerText = device.patientController?.text
  }
}

extension CitedRange {
  /// Which end of a range is meant.
  enum End { case low, high }

  /// One end as a figure of the pump arithmetic; nil where the unit is of another dimension.
  func figure<D: Dimension>(_ end: End) -> Cited<Quantity<D>>? {
    let value: Quantity<D>? = end == .low ? lowQuantity() : highQuantity()
    return value.map { Cited($0, unit: unit, population: population, citation) }
  }
}
