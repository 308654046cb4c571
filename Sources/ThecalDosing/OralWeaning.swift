public import ThecalFormulary
public import ThecalQuantities

/// How a medicine beside a pump is taken back: by a share of its first amount, at even intervals, as a source says.
public struct OralWeaning: Hashable, Sendable {
  /// The share of the first amount by which each step lowers it, above 0 and at most 1.
  public let share: Cited<ExactNumber>
  /// The time from one step to the next.
  public let interval: Time
}

extension DosingRules {
  /// How `medicine` is taken back beside a pump; nil where no source says so for it.
  ///
  /// An opioid goes by how long it has been taken; where that is not stated, by the slowest schedule on record.
  public func oralWeaning(of medicine: Medicine, for patient: Patient) -> OralWeaning? {
    let isOpioid = drugs[medicine.drug]?.isOpioid ?? false
    let known: [StoppingRules.Preset] =
      isOpioid
      ? formulary.stopping.presets.filter { preset in
        preset.drugs.allSatisfy { drugs[$0]?.isOpioid ?? false }
          && patient.opioidDays.map { $0 >= preset.daysTaken ?? .zero } ?? true
      } : formulary.oralWeaning.schedules.filter { $0.drugs.contains(medicine.drug) }
    let slowest = known.min { $0.percentPerStep / $0.everyDays < $1.percentPerStep / $1.everyDays }
    return slowest.map { preset in
      OralWeaning(
        share: Cited(
          preset.percentPerStep / 100, unit: "1", population: preset.population, preset.citation),
        interval: Time(preset.everyDays, .days))
    }
  }

  /// What to watch for while `medicines` are taken back, each sentence once.
  public func weaningWatch(of medicines: [Medicine]) -> [Statement] {
    var watch: [Statement] = []
    for medicine in medicines {
      let own =
        drugs[medicine.drug]?.isOpioid ?? false
        ? formulary.oralWeaning.watch.filter { $0.kind == Drug.Kind.opioid.rawValue }
        : [formulary.drug(named: medicine.drug)?.intrathecal?.withdrawal].compactMap(\.self)
      for statement in own where !watch.contains(statement) { watch.append(statement) }
    }
    return watch
  }

  /// What panels and series say about medicines beside a pump of `drug`.
  public func weaningAdvice(beside drug: DrugUse) -> [Statement] {
    formulary.oralWeaning.rules.filter { statement in
      statement.drugs?.contains { $0 == drug.id || (drug.isOpioid && drugs[$0]?.isOpioid ?? false) } ?? true
    }
  }
}

/// What to do when too much or nothing of a drug arrives.
public struct EmergencyRules: Hashable, Sendable {
  /// Signs and treatment of too much.
  public let overdose: [Statement]
  /// Signs of a sudden lack, and how delivery is taken up again.
  public let withdrawal: [Statement]
  /// When a sudden lack is felt and how it goes; nil where nothing is on record.
  public let course: StoppingRules.Withdrawal?
}

extension DosingRules {
  /// What to do when too much or nothing of `drug` arrives; an empty list is one of which no source is on record.
  public func emergency(of drug: DrugUse) -> EmergencyRules {
    let restarts = formulary.pumpRules.restarts.filter {
      $0.drugs.contains(drug.id) && $0.afterHours > .zero
    }
    let first = restarts.min { $0.afterHours < $1.afterHours }
    let signs = formulary.drug(named: drug.id)?.intrathecal?.withdrawal
    return EmergencyRules(
      overdose: drug.intrathecal?.monitoring.filter { $0.kind == "overdose" } ?? [],
      withdrawal: [signs].compactMap(\.self) + (first?.words ?? []),
      course: formulary.stopping.withdrawal(from: drug.id))
  }
}
