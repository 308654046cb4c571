public import ThecalDosing
public import ThecalPump
public import ThecalQuantities
public import ThecalTitration

/// What a plan from regimen to refill is made from.
public struct PatientPlanRequest: Sendable {
  /// What goes into the reservoir, when, and by which path it reaches the patient.
  public struct Filling: Sendable {
    /// The pump.
    public let device: PumpDevice
    /// The volume that is filled in.
    public let volume: Volume
    /// The strength wanted.
    public let concentration: Concentration
    /// The unit in which the drug is spoken of.
    public let unit: DoseUnit
    /// The strength of the stock.
    public let stock: Concentration
    /// The day of the filling.
    public let date: CalendarDate
    /// What a vial of the stock holds; nil for what is sold, where that is known.
    public var vial: Volume?
    /// Made beyond the filling, for the refill set and for a sample.
    public var overfill = Volume.zero, sample = Volume.zero
    /// The volume at which the alarm is set; nil for the device's own.
    public var alarm: Volume?
    /// The longest interval that the clinic allows.
    public var longestInterval: Time?
    /// From the reservoir to the tip; nil where it is not stated.
    public var path: FluidPath?

    /// A filling of `volume` at `concentration` from `stock`.
    ///
    /// - Precondition: volume, concentration and stock are above zero.
    public init(
      _ device: PumpDevice, volume: Volume, concentration: Concentration, unit: DoseUnit,
      stock: Concentration,
      date: CalendarDate
    ) {
      precondition(volume > .zero && concentration > .zero && stock > .zero)
      (self.device, self.volume, self.date) = (device, volume, date)
      (self.concentration, self.unit, self.stock) = (concentration, unit, stock)
    }
  }

  /// Whose plan it is, as the clinic writes it.
  public let patientID: String
  /// The patient, the drug, the target, and the trial if one is planned.
  public let titration: TitrationRequest
  /// The axis of time; its programme is that of the titration.
  public let timeline: TimelineRequest
  /// What may be taken beside, at most this often, when pain breaks through.
  public let breakthrough: [Medicine]
  /// The filling.
  public let filling: Filling

  /// A request.
  public init(
    patientID: String, titration: TitrationRequest, timeline: TimelineRequest, breakthrough: [Medicine],
    filling: Filling
  ) {
    (self.patientID, self.titration, self.timeline) = (patientID, titration, timeline)
    (self.breakthrough, self.filling) = (breakthrough, filling)
  }
}
