public import ThecalFormulary
public import ThecalQuantities

/// The words of one medicine: drug, route, dose, unit, frequency.
public struct MedicineWords: Hashable, Sendable {
  /// The drug by any of its names.
  public var drug: String
  /// How it is taken; empty where not stated.
  public var route: String
  /// The number of the dose.
  public var dose: String
  /// Its unit.
  public var unit: String
  /// How often; empty where not stated.
  public var frequency: String

  /// Words in their places.
  public init(drug: String, route: String = "", dose: String, unit: String, frequency: String = "") {
    (self.drug, self.route, self.dose, self.unit, self.frequency) = (drug, route, dose, unit, frequency)
  }

  /// Takes a line such as `oxycodone oral 20 mg q6h` apart; nil where no dose with a unit stands in it.
  public init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
    guard
      let number = words.firstIndex(where: { $0.first.map { $0.isNumber || ".-+".contains($0) } ?? false }),
      number > 0, number + 1 < words.count
    else { return nil }
    var name = Array(words[..<number])
    var route = ""
    if name.count > 1, let last = name.last, AdministrationRoute(reading: last) != nil {
      route = name.removeLast()
    }
    self.init(
      drug: name.joined(separator: " "), route: route, dose: words[number], unit: words[number + 1],
      frequency: words[(number + 2)...].joined(separator: " "))
  }

  /// The words of `field`.
  subscript(field: MedicineField) -> String {
    switch field {
    case .drug: drug
    case .route: route
    case .dose: dose
    case .unit: unit
    case .frequency: frequency
    }
  }
}

/// The parts of a medicine, under the names of the columns in which they stand.
public enum MedicineField: String, CaseIterable, Sendable {
  case drug, route, dose, unit, frequency
}

/// What the words of one medicine mean, each by itself; whoever reads many lines remembers that of each word.
public struct MedicineParts: Sendable {
  /// The drug.
  public var drug: DrugName
  /// The route.
  public var route: WrittenRoute
  /// The number of the dose, or why it is none.
  public var dose: Swift.Result<ExactNumber, NumberProblem>
  /// The unit.
  public var unit: WrittenUnit
  /// How often.
  public var frequency: Frequency.Written

  /// Parts that have been read.
  public init(
    drug: DrugName, route: WrittenRoute, dose: Swift.Result<ExactNumber, NumberProblem>, unit: WrittenUnit,
    frequency: Frequency.Written
  ) {
    (self.drug, self.route, self.dose, self.unit, self.frequency) = (drug, route, dose, unit, frequency)
  }

  /// What `words` mean, with names of `formulary` and numbers in `format`.
  public init(_ words: MedicineWords, in formulary: Formulary, format: NumberFormat = NumberFormat()) {
    drug = DrugName(words.drug, in: formulary)
    route = WrittenRoute(words.route)
    do throws(NumberProblem) { dose = .success(try NumberReader(format).read(words.dose)) } catch {
      dose = .failure(error)
    }
    unit = WrittenUnit(words.unit)
    frequency = Frequency.Written(words.frequency, format: format)
  }
}

/// What is written about a route.
public enum WrittenRoute: Hashable, Sendable {
  /// Nothing.
  case blank
  /// A route.
  case known(AdministrationRoute)
  /// Something else.
  case unknown

  /// Reads `text`.
  public init(_ text: String) {
    self = text.isEmpty ? .blank : AdministrationRoute(reading: text).map { .known($0) } ?? .unknown
  }
}

/// What is written about a unit.
public enum WrittenUnit: Hashable, Sendable {
  /// Nothing.
  case blank
  /// An amount each time.
  case mass(Mass.Unit)
  /// An amount per time.
  case rate(DoseRate.Unit)
  /// Something else.
  case other(isVolume: Bool)

  /// Reads `text`.
  public init(_ text: String) {
    if text.isEmpty {
      self = .blank
    } else if let unit = Mass.unit(named: text) {
      self = .mass(unit)
    } else if let unit = DoseRate.unit(named: text) {
      self = .rate(unit)
    } else {
      self = .other(isVolume: Volume.unit(named: text) != nil)
    }
  }
}
