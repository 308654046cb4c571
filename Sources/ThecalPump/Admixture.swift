public import ThecalFormulary
public import ThecalQuantities

/// Several drugs in one reservoir: they share the flow, so the primary drug's dose fixes every other.
///
/// `dose_i = dose_primary x concentration_i / concentration_primary`.
public struct Admixture: Sendable {
  /// A drug of the mixture.
  public struct Part: Sendable {
    /// The drug and its limits.
    public let drug: PumpDrug
    /// Its strength in the mixture; above zero.
    public let concentration: Concentration
    /// The unit in which it is spoken of.
    public let unit: DoseUnit

    /// A drug at `concentration`.
    public init(_ drug: PumpDrug, _ concentration: Concentration, unit: DoseUnit) {
      precondition(concentration > .zero)
      self.drug = drug
      self.concentration = concentration
      self.unit = unit
    }
  }

  /// What a flow gives of one drug.
  public struct Share: Sendable {
    /// The drug.
    public let part: Part
    /// What the flow gives in a day.
    public let daily: DoseRate
    /// What one bolus gives.
    public let perBolus: Mass
    /// How it stands against its limits.
    public let status: PumpFinding.Status
  }

  /// The pump.
  public let device: PumpDevice
  /// The drug that is programmed.
  public let primary: Part
  /// Its daily dose.
  public let dose: DoseRate
  /// Its dose in one bolus.
  public let bolus: Mass
  /// The flow that they share.
  public let flow: Flow
  /// Each drug's share, in the order given.
  public let shares: [Share]
  /// How long the mixture was shown to keep in a pump; nil where that is not on record.
  public let stability: Time?
  let settlement: PumpSettlement

  /// The shares of `parts` when `parts[primary]` is programmed at the daily dose, with its boluses.
  public init(
    device: PumpDevice, parts: [Part], primary: Int, doses: (daily: DoseRate, bolus: Mass),
    formulary: Formulary = .embedded
  ) {
    precondition(parts.indices.contains(primary) && doses.daily > .zero && doses.bolus >= .zero)
    self.device = device
    self.primary = parts[primary]
    (dose, bolus) = (doses.daily, doses.bolus)
    flow = dose / parts[primary].concentration
    var ledger = PumpLedger()
    ledger.checkFlow(flow, on: device)
    let (flow, bolusVolume) = (flow, bolus / parts[primary].concentration)
    shares = parts.map { part in
      let daily = part.concentration * flow
      let perBolus = part.concentration * bolusVolume
      let status = ledger.checkLimits(of: part, daily: daily, bolus: perBolus)
      return Share(part: part, daily: daily, perBolus: perBolus, status: status)
    }
    stability = ledger.stability(of: parts, in: formulary)
    let advice = ledger.concentrationAdvice(
      dose: dose, concentration: self.primary.concentration, unit: self.primary.unit, device: device)
    settlement = ledger.settle(alternative: advice)
  }
}

extension PumpLedger {
  /// How near to a limit a dose may come before it is named, as a fraction of the limit.
  static let nearLimit = ExactNumber(9, over: 10)

  /// Checks a drug of a mixture against its daily, bolus and strength limits.
  mutating func checkLimits(
    of part: Admixture.Part, daily: DoseRate? = nil, bolus: Mass = .zero
  ) -> PumpFinding.Status {
    let before = findings.count
    let (drug, unit) = (part.drug, part.unit)
    if drug.isForbidden {
      add("NEVER_INTRATHECAL", .block, "\(drug.tallMan) must never be given intrathecally.")
    }
    if !drug.isKnown {
      add("UNKNOWN_DRUG", .review, "Nothing is on record for '\(drug.id)': no limit was checked.")
    }
    if let daily, let limit = drug.dailyMaximum {
      checkLimit(
        daily / limit.value, of: drug, limit, "daily dose", (unit.text(daily), unit.text(limit.value)))
    } else if daily != nil, drug.isKnown {
      add("LIMIT_UNKNOWN", .review, "No daily limit is on record for \(drug.tallMan).")
    }
    if let limit = drug.concentrationMaximum {
      checkLimit(
        part.concentration / limit.value, of: drug, limit, "concentration",
        (unit.text(part.concentration), unit.text(limit.value)))
    }
    if bolus > .zero, let limit = drug.bolusMaximum {
      checkLimit(bolus / limit.value, of: drug, limit, "bolus", (unit.text(bolus), unit.text(limit.value)))
    }
    return PumpFinding.Status(Array(findings[before...]))
  }

  private mutating func checkLimit<D>(
    _ fraction: ExactNumber, of drug: PumpDrug, _ limit: PumpFigure<D>, _ name: String,
    _ texts: (value: String, limit: String)
  ) {
    _ = use(limit, of: drug, as: name)
    let title = "\(drug.tallMan): \(name) \(texts.value)"
    if fraction > .one {
      add("OVER_LIMIT", .review, "\(title) is above the limit of \(texts.limit).")
    } else if fraction > PumpLedger.nearLimit {
      add("NEAR_LIMIT", .note, "\(title) is close to the limit of \(texts.limit).")
    } else {
      add("LIMIT", .passed, "\(title) is within the limit of \(texts.limit).")
    }
  }
}
