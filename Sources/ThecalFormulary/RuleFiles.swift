/// The files in `rules/`, each decoded at first use.
struct RuleFiles: Sendable {
  let tolerance: Lazy<ToleranceRule>
  let crossTolerance: Lazy<DoseReduction>
  let riskReduction: Lazy<DoseReduction>
  let patientFlags: Lazy<[PatientFlag]>
  let intrathecalRatios: Lazy<IntrathecalRatios>
  let stopping: Lazy<StoppingRules>
  let pump: Lazy<PumpRules>
  let oralWeaning: Lazy<StoppingRules.OralWeaning>
  let titration: Lazy<TitrationRules>
  let effects: Lazy<EffectRecords>
  let fits: Lazy<EffectFits>
  let harms: Lazy<HarmRecords>
  let candidate: Lazy<CandidateChecklist>
  let diary: Lazy<DiaryRules>
  let trials: Lazy<TrialRules>

  init(_ files: DataFiles) {
    tolerance = Lazy { files.require("rules/opioid_tolerance.json") }
    crossTolerance = Lazy { files.require("rules/cross_tolerance.json") }
    riskReduction = Lazy { files.require("rules/risk_reduction.json") }
    patientFlags = Lazy { files.require("rules/patient_flags.json", as: FlagList.self).flags }
    intrathecalRatios = Lazy { files.require("tables/intrathecal-ratios.json") }
    stopping = Lazy { files.require("rules/stopping.json") }
    pump = Lazy { PumpRules(files) }
    harms = Lazy { files.require("response/harms.json") }
    trials = Lazy { files.require(TrialRules.path) }
    diary = Lazy { files.require(DiaryRules.path) }
    effects = Lazy { files.require("response/effects.json") }
    fits = Lazy { files.require(EffectFits.path) }
    titration = Lazy { files.require("protocols/titration.json") }
    candidate = Lazy { files.require(CandidateChecklist.path) }
    oralWeaning = Lazy { files.require("rules/oral_weaning.json") }
  }

  /// Reads a file of rules as what it should be.
  static func decode(_ path: String, _ files: DataFiles) throws {
    switch path {
    case ForbiddenList.path: _ = try files.decode(path, as: ForbiddenList.self)
    case "rules/opioid_tolerance.json": _ = try files.decode(path, as: ToleranceRule.self)
    case "rules/cross_tolerance.json", "rules/risk_reduction.json":
      _ = try files.decode(path, as: DoseReduction.self)
    case "rules/patient_flags.json": _ = try files.decode(path, as: FlagList.self)
    case "rules/stopping.json": _ = try files.decode(path, as: StoppingRules.self)
    case "rules/oral_weaning.json": _ = try files.decode(path, as: StoppingRules.OralWeaning.self)
    case "response/harms.json": _ = try files.decode(path, as: HarmRecords.self)
    case "response/effects.json": _ = try files.decode(path, as: EffectRecords.self)
    case EffectFits.path: _ = try files.decode(path, as: EffectFits.self)
    default: try PumpRules.decode(path, files)
    }
  }
}

private struct FlagList: Decodable { let flags: [PatientFlag] }

extension Formulary {
  /// Who counts as opioid-tolerant.
  public var opioidTolerance: ToleranceRule { rules.tolerance.value }

  /// The reduction for incomplete cross-tolerance.
  public var crossTolerance: DoseReduction { rules.crossTolerance.value }

  /// The reduction for patients at risk.
  public var riskReduction: DoseReduction { rules.riskReduction.value }

  /// Facts about a patient that stop or flag a start.
  public var patientFlags: [PatientFlag] { rules.patientFlags.value }

  /// Ratios between intrathecal drugs, and the changes that are refused.
  public var intrathecalRatios: IntrathecalRatios { rules.intrathecalRatios.value }

  /// What happens when a drug is stopped, lowered or interrupted.
  public var stopping: StoppingRules { rules.stopping.value }

  /// Rules that hold for every pump.
  public var pumpRules: PumpRules { rules.pump.value }

  /// How a drug is tried before a pump.
  package var trialRules: TrialRules { rules.trials.value }

  /// When a pain diary says enough.
  package var diaryRules: DiaryRules { rules.diary.value }

  /// What makes a candidate for a pump.
  package var candidateChecklist: CandidateChecklist { rules.candidate.value }

  /// What happens to oral drugs once a pump has started.
  public var oralWeaning: StoppingRules.OralWeaning { rules.oralWeaning.value }
}
