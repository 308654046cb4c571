public import ThecalFormulary
public import ThecalQuantities

/// One medicine as far as it could be read: nothing is guessed.
public struct MedicineReading: Sendable {
  /// The drug's id, or the name of one that must never be intrathecal; nil where neither is known.
  public private(set) var drug: String?
  /// How it is taken; nil where that cannot be told.
  public private(set) var route: AdministrationRoute?
  /// How much of it; nil where that cannot be told.
  public private(set) var amount: Amount?
  /// Everything that is unreadable, or no regimen: no dose may come of it.
  public private(set) var problems: [Finding] = []
  /// What a person must confirm.
  public private(set) var notes: [Finding] = []
  private let line: Int

  /// The medicine; nil where anything about it cannot be used.
  public var medicine: Medicine? {
    guard problems.isEmpty, let drug, let route, let amount else { return nil }
    return Medicine(drug: drug, route: route, amount: amount, line: line)
  }

  /// What `words` say.
  public init(
    _ words: MedicineWords, in formulary: Formulary, format: NumberFormat = NumberFormat(), line: Int = 0
  ) {
    self.init(MedicineParts(words, in: formulary, format: format), line: line) { words[$0] }
  }

  /// What `parts` say together; `text` gives the words of a part, for findings.
  public init(_ parts: MedicineParts, line: Int, text: (MedicineField) -> String) {
    self.line = line
    drug = parts.drug.id
    readName(parts.drug)
    readRoute(parts, text)
    let number = readDose(parts.dose, text)
    if case .transdermal? = route {
      amount = patch(number, parts, text)
    } else {
      amount = readAmount(number, parts, text)
    }
  }

  private mutating func find(
    _ topic: ReadingTopic, _ code: Code, _ field: MedicineField, _ evidence: [Evidence] = [],
    severity: Severity = .error
  ) {
    problems.append(Finding(topic, code, severity, evidence, at: Place(line: line, field: field.rawValue)))
  }

  private mutating func readName(_ name: DrugName) {
    switch name {
    case .known, .forbidden: break
    case .blank: find(.blank, .missingField, .drug)
    case .combination(let text, let drug):
      find(.combination, .unknownDrug, .drug, [.text(text), .drug(drug)])
    case .unknown(let text, let near):
      if near.isEmpty {
        find(.unknownName, .unknownDrug, .drug, [.text(text)])
      } else {
        find(.unknownNameNear, .unknownDrug, .drug, [.text(text), .either(near.map { .text($0) })])
      }
    }
  }

  /// A blank route means by mouth for a drug and a product that has an oral form, and nothing for any other.
  private mutating func readRoute(_ parts: MedicineParts, _ text: (MedicineField) -> String) {
    let routes = parts.drug.routes
    func named(_ routes: [AdministrationRoute]) -> Evidence { .either(routes.map { .text($0.rawValue) }) }
    switch parts.route {
    case .unknown:
      find(
        .badRoute, .badValue, .route,
        [.text(text(.route)), .list(AdministrationRoute.allCases.map { .text($0.rawValue) })])
    case .blank:
      if routes.contains(.oral) {
        route = .oral
      } else {
        find(.noOralForm, .missingField, .route, [.text(text(.drug)), named(routes)])
      }
    case .known(let known):
      route = known
      if case .known(_, let brand?) = parts.drug, let own = brand.routes, !own.contains(known) {
        find(.wrongRoute, .badValue, .route, [.text(text(.drug)), .text(known.rawValue), named(own)])
      }
    }
  }

  private mutating func readDose(
    _ dose: Swift.Result<ExactNumber, NumberProblem>, _ text: (MedicineField) -> String
  ) -> ExactNumber? {
    switch dose {
    case .success(let number):
      if number > .zero { return number }
      find(.zeroDose, .badNumber, .dose)
    case .failure(.empty): find(.blank, .missingField, .dose)
    case .failure(.ratio): find(.twoStrengths, .badNumber, .dose, [.text(text(.dose))])
    case .failure(.range): find(.doseRange, .badNumber, .dose, [.text(text(.dose))])
    case .failure(let problem):
      find(.badNumber, problem.code, .dose, [.text(text(.dose)), .text(problem.explanation)])
    }
    return nil
  }

  private mutating func readAmount(
    _ number: ExactNumber?, _ parts: MedicineParts, _ text: (MedicineField) -> String
  ) -> Amount? {
    switch parts.unit {
    case .blank: find(.blankUnit, .missingField, .unit)
    case .other(let isVolume):
      find(isVolume ? .volumeUnit : .badUnit, .badUnit, .unit, [.text(text(.unit))])
    case .rate(let unit):
      if parts.frequency.agrees(with: unit) { return number.map { .rate(DoseRate($0, unit)) } }
      find(.frequencyBesideRate, .badFrequency, .frequency, [.text(text(.frequency))])
    case .mass(let unit):
      guard let frequency = readFrequency(parts.frequency, text) else { return nil }
      return number.map { .doses(Mass($0, unit), frequency) }
    }
    return nil
  }

  /// Bare numbers that are hours with a lost `q` and `h`: nobody takes a medicine so often in a day.
  private static let bareHours: Set<ExactNumber> = [8, 12, 24, 48, 72]
  /// Bare numbers that clinics use both ways.
  private static let bareEither: Set<ExactNumber> = [4, 6]

  private mutating func readFrequency(
    _ written: Frequency.Written, _ text: (MedicineField) -> String
  ) -> Frequency? {
    switch written {
    case .regular(let frequency): return frequency
    case .bare(let number) where Self.bareHours.contains(number):
      find(.bareInterval, .typoSuspected, .frequency, [.number(number)], severity: .blocked)
    case .bare(let number) where number <= 24:
      if Self.bareEither.contains(number) {
        notes.append(
          Finding(
            ReadingTopic.ambiguousFrequency, .ambiguousFrequency, .review, [.number(number)],
            at: Place(line: line, field: MedicineField.frequency.rawValue)))
      }
      return Frequency(timesPerDay: number)
    case .blank: find(.blankFrequency, .missingField, .frequency)
    case .unreadable(let problem): findBad(problem, text)
    case .bare, .continuous: findBad(.unknown, text)
    }
    return nil
  }

  private mutating func findBad(_ problem: Frequency.Problem, _ text: (MedicineField) -> String) {
    find(.badFrequency, .badFrequency, .frequency, [.text(text(.frequency)), .text(problem.explanation)])
  }

  /// A patch counts in mcg/h; how often it is changed never multiplies, but must be a regimen.
  private mutating func patch(
    _ number: ExactNumber?, _ parts: MedicineParts, _ text: (MedicineField) -> String
  ) -> Amount? {
    checkChange(parts, text)
    guard case .rate(let unit) = parts.unit, unit.symbol == DoseRate.Unit.microgramsPerHour.symbol else {
      if case .blank = parts.unit {
        find(.blankUnit, .missingField, .unit)
      } else {
        find(.patchUnit, .patchUnit, .unit)
      }
      return nil
    }
    return number.map { .rate(DoseRate($0, unit)) }
  }

  private mutating func checkChange(_ parts: MedicineParts, _ text: (MedicineField) -> String) {
    switch parts.frequency {
    case .blank, .continuous: return
    case .unreadable(let problem):
      find(.badPatchInterval, .badFrequency, .frequency, [.text(problem.explanation)])
    case .bare(let number):
      find(.bareInterval, .typoSuspected, .frequency, [.number(number)], severity: .blocked)
    case .regular(let frequency):
      guard case .known(let drug, let brand) = parts.drug, let change = brand?.change ?? drug.patchChange
      else { return }
      let (usual, possible, interval) = (change.usual, change.possible, frequency.interval)
      func evidence(_ range: ClosedRange<Time>) -> [Evidence] {
        [interval, range.lowerBound, range.upperBound].map { .number($0.exactValue(in: .hours)) }
      }
      if !possible.contains(interval) {
        find(.impossiblePatchInterval, .badFrequency, .frequency, evidence(possible))
      } else if !usual.contains(interval) {
        notes.append(
          Finding(
            ReadingTopic.unusualPatchInterval, .unusualInterval, .review, evidence(usual),
            citing: [change.citation],
            at: Place(line: line, field: MedicineField.frequency.rawValue)))
      }
    }
  }
}

extension Frequency.Written {
  /// Whether a frequency beside a dose per time says what the unit says already, or nothing.
  func agrees(with unit: DoseRate.Unit) -> Bool {
    switch self {
    case .blank, .continuous: true
    case .regular(let frequency): Self.timesPerDay(unit).map { $0 == frequency.timesPerDay } ?? false
    case .bare(let number): number == 1 && Self.timesPerDay(unit) == 1
    case .unreadable: false
    }
  }

  /// How often in a day the time of `unit` passes.
  private static func timesPerDay(_ unit: DoseRate.Unit) -> ExactNumber? {
    if unit.symbol.hasSuffix("/h") { return 24 }
    return unit.symbol.hasSuffix("/day") ? 1 : nil
  }
}

extension NumberProblem {
  /// The code of a number that is none.
  public var code: Code {
    switch self {
    case .empty: .missingField
    case .ambiguous: .ambiguousNumber
    case .malformed, .outOfRange, .range, .ratio: .badNumber
    }
  }
}

extension DosingRules {
  /// The medicine that `words` name, or everything that is unreadable about them; nothing is guessed.
  public func read(_ words: MedicineWords, format: NumberFormat = NumberFormat(), line: Int = 0) -> (
    medicine: Medicine?, problems: [Finding]
  ) {
    let reading = MedicineReading(words, in: formulary, format: format, line: line)
    return (reading.medicine, reading.problems + reading.notes)
  }
}
