public import ThecalQuantities

/// A pump: what its documents say about reservoir, flow, accuracy, life and dangers.
///
/// A figure that no document gave is nil; one that was recalled says so in its citation and can be overridden.
public struct Device: Hashable, Sendable, Decodable, Identifiable {
  /// How the drug is moved.
  public enum Drive: String, Hashable, Sendable, Decodable {
    /// A roller on a tube.
    case peristaltic
    /// Valves around a fixed volume, in strokes.
    case stroke
    /// A propellant and a restrictor; the flow is fixed at the factory.
    case constantFlow = "constant_flow"
    /// A propellant and a valve.
    case gasValve = "gas_valve"
    /// Worn outside the body.
    case external
  }

  /// A drug on the label of a pump.
  public struct ApprovedDrug: Hashable, Sendable, Decodable {
    /// The drug.
    public let drug: String
    /// The product named.
    public let product: String
    /// The lowest and highest concentration allowed, in `concentrationUnit`.
    public let concentrationLow, concentrationHigh: ExactNumber?
    /// The unit of the two.
    public let concentrationUnit: String?
  }

  /// The controller in the hand of the patient.
  public struct PatientController: Hashable, Sendable, Decodable {
    /// The drugs it may be used with.
    public let drugsAllowed: [String]
    /// What its label says.
    public let text: String
  }

  /// The id, `synchromed_2`.
  public let id: String
  /// The name of the product.
  public let name: String
  /// Who makes it.
  public let maker: String
  /// Model numbers.
  public let models: [String]
  /// Other names that are read, in lower case.
  public let aliases: [String]
  /// How the drug is moved.
  public let drive: Drive
  /// Whether the flow can be set.
  public let programmable: Bool
  /// Whether it is sold.
  public let market: Statement
  /// Volumes of the reservoir, one per size.
  public let reservoir: [CitedRange]
  /// The volume that cannot be delivered; where it is a range, the upper end is the safe edge.
  public let residual: CitedRange?
  /// The lowest flow that can be set, apart from stopped.
  public let flowMin: CitedRange?
  /// The highest flow that can be set.
  public let flowMax: CitedRange?
  /// The flows made, for a pump without a setting.
  public let flowFixed: [CitedRange]?
  /// The flow of the minimum-rate mode, which is not zero.
  public let minimumRateMode: CitedRange?
  /// How much more than programmed may be delivered, in percent.
  public let accuracyUpper: CitedRange?
  /// How much less than programmed may be delivered, in percent.
  public let accuracyLower: CitedRange?
  /// Deviations that were measured, in percent.
  public let accuracyMeasured: [CitedRange]?
  /// The volume of one stroke.
  public let strokeVolume: CitedRange?
  /// The volume at which the alarm sounds unless it is set otherwise.
  public let alarmVolume: CitedRange?
  /// Whether the alarm measures the volume or computes it; `kind` of the statement in the data file.
  public let lowReservoirAlarm: Statement?
  /// When the pump stops, or is worn out.
  public let life: CitedRange?
  /// How long pumps usually last.
  public let lifeTypical: [CitedRange]?
  /// From the replacement alarm to the stop.
  public let eriDays: CitedRange?
  /// How far ahead a replacement is planned.
  public let planAhead: CitedRange?
  /// The tubing between reservoir and port.
  public let tubingVolume: CitedRange?
  /// The volume of the catheter access port.
  public let portVolume: CitedRange?
  /// The volume between port and connector.
  public let portPathVolume: CitedRange?
  /// The most changes of rate in a day.
  public let flexStepsMax: CitedRange?
  /// The fastest bolus.
  public let bolusRateMax: CitedRange?
  /// The number of punctures that the septum stands.
  public let septumPunctures: CitedRange?
  /// The greatest depth under the skin.
  public let implantDepthMax: CitedRange?
  /// The rise of flow with body temperature, in percent per degree Celsius.
  public let temperaturePercentPerC: CitedRange?
  /// What a filling needs beyond the reservoir.
  public let overfill: CitedRange?
  /// The infusion modes, such as `flex` or `patient_bolus`.
  public let modes: [String]
  /// What the sounds mean.
  public let alarms: [Statement]?
  /// What happens in a magnet.
  public let mri: [Statement]
  /// Dangers of the access port.
  public let accessPort: [Statement]
  /// What altitude does.
  public let altitude: Statement?
  /// The drugs on the label.
  public let approvedDrugs: [ApprovedDrug]
  /// Further warnings.
  public let cautions: [Statement]
  /// The patient's controller; nil where there is none.
  public let patientController: PatientController?
}
