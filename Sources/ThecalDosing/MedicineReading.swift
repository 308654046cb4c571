import ThecalFormulary
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
    if name.count > 1, let last = name.last, AdministrationRoute(rawValue: last.lowercased()) != nil {
      route = name.removeLast()
    }
    self.init(
      drug: name.joined(separator: " "), route: route, dose: words[number], unit: words[number + 1],
      frequency: words[(number + 2)...].joined(separator: " "))
  }
}

extension DosingRules {
  /// The medicine that `words` name, or everything that is unreadable about them; nothing is guessed.
  public func read(_ words: MedicineWords, format: NumberFormat = NumberFormat(), line: Int = 0) -> (
    medicine: Medicine?, problems: [Finding]
  ) {
    var reading = MedicineReading(words, format, line)
    let medicine = reading.read(formulary)
    return (reading.problems.isEmpty ? medicine : nil, reading.problems)
  }
}

/// One medicine as far as it has been read.
private struct MedicineReading {
  private let words: MedicineWords
  private let format: NumberFormat
  private let line: Int
  private(set) var problems: [Finding] = []

  init(_ words: MedicineWords, _ format: NumberFormat, _ line: Int) {
    (self.words, self.format, self.line) = (words, format, line)
  }

  private mutating func find(_ topic: ReadingTopic, _ code: Code, _ field: String, _ evidence: [Evidence] = []) {
    problems.append(Finding(topic, code, .error, evidence, at: Place(line: line, field: field)))
  }

  mutating func read(_ formulary: Formulary) -> Medicine? {
    let drug = drug(formulary)
    let route = route()
    let number = number()
    guard let route, let amount = amount(number, route), let drug else { return nil }
    return Medicine(drug: drug, route: route, amount: amount, line: line)
  }

  private mutating func drug(_ formulary: Formulary) -> String? {
    if let brand = formulary.brand(named: words.drug), brand.combination ?? false {
      find(
        .combination, .unknownDrug, "drug",
        [.text(words.drug), .drug(formulary.drug(named: words.drug)?.id ?? "")])
      return nil
    }
    if let known = formulary.drug(named: words.drug) { return known.id }
    if formulary.neverIntrathecal(named: words.drug) != nil { return words.drug.lowercased() }
    find(.unknownName, .unknownDrug, "drug", [.text(words.drug)])
    return nil
  }

  private mutating func route() -> AdministrationRoute? {
    if words.route.isEmpty { return .oral }
    let route = AdministrationRoute(rawValue: words.route.lowercased())
    if route == nil {
      let known = AdministrationRoute.allCases.map { Evidence.text($0.rawValue) }
      find(.badRoute, .badValue, "route", [.text(words.route), .list(known)])
    }
    return route
  }

  private mutating func number() -> ExactNumber? {
    do throws(NumberProblem) {
      let number = try NumberReader(format).read(words.dose)
      if number > .zero { return number }
      find(.zeroDose, .badNumber, "dose")
    } catch {
      let code: Code = if case .ambiguous = error { .ambiguousNumber } else { .badNumber }
      find(.badNumber, code, "dose", [.text(words.dose), .text(error.explanation)])
    }
    return nil
  }

  private mutating func amount(_ number: ExactNumber?, _ route: AdministrationRoute) -> Amount? {
    if let unit = DoseRate.unit(named: words.unit) {
      if !words.frequency.isEmpty, route != .transdermal {
        find(.frequencyBesideRate, .badFrequency, "frequency")
        return nil
      }
      if route == .transdermal, unit.symbol != DoseRate.Unit.microgramsPerHour.symbol {
        find(.patchUnit, .patchUnit, "unit")
        return nil
      }
      return number.map { .rate(DoseRate($0, unit)) }
    }
    guard let unit = Mass.unit(named: words.unit) else {
      find(Volume.unit(named: words.unit) != nil ? .volumeUnit : .badUnit, .badUnit, "unit", [.text(words.unit)])
      return nil
    }
    if route == .transdermal {
      find(.patchUnit, .patchUnit, "unit")
      return nil
    }
    do throws(Frequency.Problem) {
      let frequency = try Frequency(reading: words.frequency)
      return number.map { .doses(Mass($0, unit), frequency) }
    } catch {
      if case .empty = error {
        find(.blankFrequency, .missingField, "frequency")
      } else {
        find(.badFrequency, .badFrequency, "frequency", [.text(words.frequency), .text(error.explanation)])
      }
      return nil
    }
  }
}
