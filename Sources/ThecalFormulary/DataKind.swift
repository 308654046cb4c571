import ThecalQuantities

/// What the folder of a file says about its content.
enum DataKind: String {
  case drugs
  case oralEquivalents = "tables/oral-equivalents"
  case ratios = "tables/ratios"
  case products, devices, incidence, anatomy, transport, kinetics, protocols, rules, response, stability
  case tables

  init?(path: String) {
    let folders = path.split(separator: "/").dropLast().joined(separator: "/")
    self.init(rawValue: folders)
  }

  /// Reads the file as what it should be.
  func decode(_ path: String, _ files: DataFiles) throws {
    switch self {
    case .drugs: _ = try files.decode(path, as: Drug.self)
    case .oralEquivalents: _ = try files.decode(path, as: OralEquivalentTable.self)
    case .anatomy where path.hasSuffix("segments.json"):
      _ = try files.decode(path, as: Formulary.SegmentTable.self)
    case .anatomy: _ = try files.decode(path, as: Formulary.LevelTable.self)
    case .protocols where path == CandidateChecklist.path:
      _ = try files.decode(path, as: CandidateChecklist.self)
    case .protocols where path == DiaryRules.path: _ = try files.decode(path, as: DiaryRules.self)
    case .protocols where path == TrialRules.path: _ = try files.decode(path, as: TrialRules.self)
    case .protocols: _ = try files.decode(path, as: TitrationRules.self)
    case .rules, .response: try RuleFiles.decode(path, files)
    case .stability where DeviceFiles.stabilityPaths.contains(path):
      _ = try files.decode(path, as: StabilityList.self)
    // Densities of solutions, which nothing is computed with.
    case .stability where path == "stability/baricity.json": break
    case .stability: try RuleFiles.decode(path, files)
    case .tables: _ = try files.decode(path, as: IntrathecalRatios.self)
    case .products: try ProductVocabulary.decode(path, files)
    case .transport: _ = try files.decode(path, as: Formulary.TransportData.self)
    case .kinetics where path == CSFUptakeList.path: _ = try files.decode(path, as: CSFUptakeList.self)
    case .kinetics: _ = try files.decode(path, as: Formulary.SystemicModel.self)
    case .ratios: _ = try files.decode(path, as: RatioTable.self)
    case .devices where path == DeviceFiles.catheterPath: _ = try files.decode(path, as: CatheterList.self)
    case .devices: _ = try files.decode(path, as: Device.self)
    case .incidence where path == IncidenceFiles.eventRatePath:
      _ = try files.decode(path, as: RowList<Device.EventRate>.self)
    case .incidence: _ = try files.decode(path, as: RowList<IncidenceCount>.self)
    }
  }
}

/// Units that are no dimension of their own in `ThecalQuantities`.
private let countingUnits: Set<String> = ["1", "%", "%/day", "1/day", "1/year", "month", "mm", "g/mL"]

/// Whether `unit` is one that the package can read, or a plain number or percentage.
func isKnownUnit(_ unit: String) -> Bool {
  countingUnits.contains(unit) || Mass.unit(named: unit) != nil || DoseRate.unit(named: unit) != nil
    || Concentration.unit(named: unit) != nil || Volume.unit(named: unit) != nil
    || Time.unit(named: unit) != nil
    || Flow.unit(named: unit) != nil || Length.unit(named: unit) != nil
    || VolumePerLength.unit(named: unit) != nil || MassPerBodyWeight.unit(named: unit) != nil
    || RateConstant.unit(named: unit) != nil || Diffusivity.unit(named: unit) != nil
}
