public import ThecalFormulary
import ThecalQuantities

extension PumpDevice {
  /// The pump of everyone who names none.
  public static let usual = "synchromed_2"

  /// The pump that an id, a name, a model number or an alias names; nil where none is known.
  public init?(named name: String, in formulary: Formulary = .embedded) {
    guard let device = formulary.device(named: name) else { return nil }
    self.init(device)
  }

  /// What `device` means for the arithmetic; where a figure is a range, its safe end.
  public init(_ device: Device) {
    self.init(id: device.id, name: device.name)
    reservoirs = device.reservoir.compactMap { $0.figure(.high) }
    minimumFlow = device.flowMin?.figure(.high)
    maximumFlow = device.flowMax?.figure(.low)
    if device.bolusRateMax?.lowQuantity(FlowDimension.self) != nil {
      maximumBolusFlow = device.bolusRateMax?.figure(.low)
    }
    fixedFlows = device.flowFixed?.compactMap { $0.figure(.high) } ?? []
    fastest = device.accuracyUpper?.figure(.high)
    slowest = device.accuracyLower?.figure(.high)
    residual = device.residual?.figure(.high)
    tubing = device.tubingVolume?.figure(.high)
    alarm = device.alarmVolume?.figure(.high)
    alarmMeasures = device.lowReservoirAlarm?.kind == "measured"
    alarmSource = device.lowReservoirAlarm?.citation.source
    stroke = device.strokeVolume?.figure(.low)
    stepsPerDay = device.flexStepsMax.map {
      PumpFigure(Ratio($0.low, .one), source: $0.citation.source, isVerified: $0.citation.verified)
    }
    shortestLife = device.lifeTypical?.compactMap { $0.figure(.low) }.min { $0.value < $1.value }
    longestLife = device.life?.figure(.low)
    replacementWindow = device.eriDays?.figure(.low)
    planningMonths = device.planAhead.flatMap { $0.unit == "month" ? $0.high.ceiling : nil }
    if let controller = device.patientController {
      controllerDrugs = controller.drugsAllowed
      controllerText = controller.text
    }
    scanNotes = device.mri.map { Note(text: $0.text, source: $0.citation.source) }
  }
}

extension CitedRange {
  /// Which end of a range is meant.
  enum End { case low, high }

  /// One end as a figure of the pump arithmetic; nil where the unit is of another dimension.
  func figure<D: Dimension>(_ end: End) -> PumpFigure<D>? {
    let value: Quantity<D>? = end == .low ? lowQuantity() : highQuantity()
    return value.map { PumpFigure($0, source: citation.source, isVerified: citation.verified) }
  }
}
