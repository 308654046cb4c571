import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// One line of a file, read as far as it can be.
struct MedicineLine {
  let line: Int
  /// The row of the batch on which it stands.
  let row: Int
  /// The drug's id, or what stands in the cell.
  var drug = ""
  var route = AdministrationRoute.oral
  var amount: Amount?
  var target = ""
  var targetRoute = AdministrationRoute.intrathecal
  var problems: [Finding] = []
}

/// Reads the cells that describe one medicine; remembers words it has met.
struct LineReader {
  let formulary: Formulary
  let layout: InputLayout
  let numbers: NumberReader
  private var drugs = InternTable<DrugName>()
  private var routes = InternTable<AdministrationRoute?>()
  private var units = InternTable<WrittenUnit>()
  private var frequencies = InternTable<Swift.Result<Frequency, Frequency.Problem>>()

  init(_ formulary: Formulary, _ layout: InputLayout, _ format: NumberFormat) {
    self.formulary = formulary
    self.layout = layout
    numbers = NumberReader(format)
  }

  /// Reads `row`; what is wrong with it stands in its problems.
  mutating func read(_ batch: borrowing RowBatch, row: Int) -> MedicineLine {
    var line = MedicineLine(line: batch.line(row: row), row: row)
    let problems = batch.problems(row: row)
    line.problems += problems.findings(line.line)
    let count = batch.fieldCount(row: row)
    if count != layout.count && !extraFieldsAreBlank(batch, row, count) {
      line.problems.append(
        .row(
          .fieldCount, .badText, line.line, [.number(ExactNumber(count)), .number(ExactNumber(layout.count))])
      )
      return line
    }
    let drug = readDrug(batch, row, &line)
    readRoute(batch, row, &line)
    readAmount(batch, row, drug, &line)
    readTarget(batch, row, drug, &line)
    return line
  }

  private func extraFieldsAreBlank(_ batch: borrowing RowBatch, _ row: Int, _ count: Int) -> Bool {
    count > layout.count && (layout.count..<count).allSatisfy { batch.range(row: row, column: $0).isEmpty }
  }

  private mutating func readDrug(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) -> Drug?
  {
    let range = batch.range(row: row, column: layout.position(of: .drug))
    if range.isEmpty {
      line.problems.append(.cell(.blank, .missingField, line.line, .drug))
      return nil
    }
    let formulary = formulary
    switch drugs.value(for: batch.bytes.span.extracting(range), make: { DrugName($0, in: formulary) }) {
    case .known(let drug):
      line.drug = drug.id
      return drug
    case .forbidden(let name): line.drug = name
    case .combination(let name, let drug):
      line.problems.append(
        .cell(.combination, .unknownDrug, line.line, .drug, [.text(name), .drug(drug)]))
    case .unknown(let name, let near):
      line.problems.append(
        near.isEmpty
          ? .cell(.unknownName, .unknownDrug, line.line, .drug, [.text(name)])
          : .cell(
            .unknownNameNear, .unknownDrug, line.line, .drug,
            [.text(name), .either(near.map { .text($0) })]))
    }
    return nil
  }

  private mutating func readRoute(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) {
    let range = batch.range(row: row, column: layout.position(of: .route))
    if range.isEmpty { return }
    if let route = routes.value(
      for: batch.bytes.span.extracting(range), make: { AdministrationRoute(rawValue: $0.lowercased()) })
    {
      line.route = route
    } else {
      let known = AdministrationRoute.allCases.map { Evidence.text($0.rawValue) }
      line.problems.append(
        .cell(
          .badRoute, .badValue, line.line, .route,
          [.text(string(batch.bytes.span.extracting(range))), .list(known)]))
    }
  }

  private mutating func readAmount(
    _ batch: borrowing RowBatch, _ row: Int, _ drug: Drug?, _ line: inout MedicineLine
  ) {
    let number = readDose(batch, row, &line)
    let range = batch.range(row: row, column: layout.position(of: .unit))
    if range.isEmpty {
      return line.problems.append(.cell(.blankUnit, .missingField, line.line, .unit))
    }
    let unit = units.value(for: batch.bytes.span.extracting(range), make: WrittenUnit.init)
    let frequency = readFrequency(batch, row)
    if line.route == .transdermal {
      line.amount = patch(number, unit, frequency, &line)
      return
    }
    switch unit {
    case .other(let isVolume):
      line.problems.append(
        .cell(
          isVolume ? .volumeUnit : .badUnit, .badUnit, line.line, .unit,
          [.text(string(batch.bytes.span.extracting(range)))]))
    case .rate(let unit):
      if case .success(let frequency) = frequency, frequency.timesPerDay != 1 {
        line.problems.append(
          .cell(.frequencyBesideRate, .badFrequency, line.line, .frequency))
      } else if let number {
        line.amount = .rate(DoseRate(number, unit))
      }
    case .mass(let unit):
      switch frequency {
      case .success(let frequency): line.amount = number.map { .doses(Mass($0, unit), frequency) }
      case .failure(.empty):
        line.problems.append(
          .cell(.blankFrequency, .missingField, line.line, .frequency))
      case .failure(let problem): line.problems.append(badFrequency(batch, row, problem, line.line))
      }
    }
  }

  /// A patch counts in mcg/h; how often it is changed never multiplies.
  private func patch(
    _ number: ExactNumber?, _ unit: WrittenUnit, _ frequency: Swift.Result<Frequency, Frequency.Problem>,
    _ line: inout MedicineLine
  ) -> Amount? {
    if case .failure(let problem) = frequency, problem != .empty {
      line.problems.append(
        .cell(
          .badPatchInterval, .badFrequency, line.line, .frequency, [.text(problem.explanation)]))
    }
    guard case .rate(let unit) = unit, unit.symbol == DoseRate.Unit.microgramsPerHour.symbol else {
      line.problems.append(
        .cell(.patchUnit, .patchUnit, line.line, .unit))
      return nil
    }
    return number.map { .rate(DoseRate($0, unit)) }
  }

  private func readDose(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) -> ExactNumber? {
    let range = batch.range(row: row, column: layout.position(of: .dose))
    do {
      let number = try numbers.read(batch.bytes.span.extracting(range))
      if number > .zero { return number }
      line.problems.append(
        .cell(.zeroDose, .badNumber, line.line, .dose))
    } catch {
      line.problems.append(error.finding(line.line, .dose, string(batch.bytes.span.extracting(range))))
    }
    return nil
  }

  private mutating func readFrequency(_ batch: borrowing RowBatch, _ row: Int)
    -> Swift.Result<
      Frequency, Frequency.Problem
    >
  {
    let range = batch.range(row: row, column: layout.position(of: .frequency))
    return frequencies.value(for: batch.bytes.span.extracting(range)) { text in
      do throws(Frequency.Problem) { return .success(try Frequency(reading: text)) } catch {
        return .failure(error)
      }
    }
  }

  private func badFrequency(
    _ batch: borrowing RowBatch, _ row: Int, _ problem: Frequency.Problem, _ line: Int
  ) -> Finding {
    let text = batch.string(row: row, column: layout.position(of: .frequency))
    return .cell(.badFrequency, .badFrequency, line, .frequency, [.text(text), .text(problem.explanation)])
  }

  /// The drug of the pump: what is asked for, or morphine for opioids and the drug itself for all others.
  private mutating func readTarget(
    _ batch: borrowing RowBatch, _ row: Int, _ drug: Drug?, _ line: inout MedicineLine
  ) {
    let range = batch.range(row: row, column: layout.position(of: .targetDrug))
    let formulary = formulary
    if range.isEmpty {
      line.target = drug.map { $0.kind == .opioid ? "morphine" : $0.id } ?? line.drug
    } else {
      switch drugs.value(for: batch.bytes.span.extracting(range), make: { DrugName($0, in: formulary) }) {
      case .known(let target): line.target = target.id
      case .forbidden(let name): line.target = name
      case .combination(let name, _), .unknown(let name, _):
        line.problems.append(.cell(.unknownName, .unknownDrug, line.line, .targetDrug, [.text(name)]))
      }
    }
    let route = batch.range(row: row, column: layout.position(of: .targetRoute))
    if route.isEmpty { return }
    switch routes.value(
      for: batch.bytes.span.extracting(route), make: { AdministrationRoute(rawValue: $0.lowercased()) })
    {
    case .intrathecal: line.targetRoute = .intrathecal
    case .oral: line.targetRoute = .oral
    default:
      line.problems.append(
        .cell(.notOneOf, .badValue, line.line, .targetRoute, [.list([.text("intrathecal"), .text("oral")])]))
    }
  }

  /// Appends the medicine as it was written, for the `drugs` column.
  func appendWords(_ line: MedicineLine, _ batch: borrowing RowBatch, to words: inout [UInt8]) {
    if line.drug.isEmpty {
      words.append(contentsOf: batch.bytes[batch.range(row: line.row, column: layout.position(of: .drug))])
    } else {
      words.append(contentsOf: line.drug.utf8)
    }
    words.append(UInt8(ascii: " "))
    words.append(contentsOf: line.route.rawValue.utf8)
    for column in [InputColumn.dose, .unit, .frequency] {
      let range = batch.range(row: line.row, column: layout.position(of: column))
      if range.isEmpty { continue }
      words.append(UInt8(ascii: " "))
      words.append(contentsOf: batch.bytes[range])
    }
  }
}

extension NumberProblem {
  /// The finding that a cell with this problem gives.
  func finding(_ line: Int, _ column: InputColumn, _ text: String) -> Finding {
    let evidence: [Evidence] = [.text(text), .text(explanation)]
    return switch self {
    case .empty: .cell(.blank, .missingField, line, column)
    case .ambiguous: .cell(.badNumber, .ambiguousNumber, line, column, evidence)
    case .malformed, .outOfRange: .cell(.badNumber, .badNumber, line, column, evidence)
    }
  }
}

extension RowProblems {
  /// What is wrong with the bytes of a row.
  func findings(_ line: Int) -> [Finding] {
    let topics: [(RowProblems, ReadingTopic)] = [
      (.invalidUTF8, .notUTF8), (.unclosedQuote, .unclosedQuote), (.strayQuote, .strayQuote),
      (.tooLong, .tooLong),
    ]
    return topics.filter { contains($0.0) }.map { .row($0.1, .badText, line) }
  }
}
