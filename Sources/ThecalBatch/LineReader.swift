import ThecalConversion
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
  var notices: [Notice] = []
}

/// Reads the cells that describe one medicine; remembers words it has met.
struct LineReader {
  let formulary: Formulary
  let layout: InputLayout
  let numbers: NumberReader
  private var drugs = InternTable<DrugName>()
  private var routes = InternTable<AdministrationRoute?>()
  private var units = InternTable<DoseUnit>()
  private var frequencies = InternTable<Result<Frequency, Frequency.Problem>>()

  init(_ formulary: Formulary, _ layout: InputLayout, _ format: NumberFormat) {
    self.formulary = formulary
    self.layout = layout
    numbers = NumberReader(format)
  }

  /// Reads `row`; what is wrong with it stands in its notices.
  mutating func read(_ batch: borrowing RowBatch, row: Int) -> MedicineLine {
    var line = MedicineLine(line: batch.line(row: row), row: row)
    let problems = batch.problems(row: row)
    if !problems.isEmpty { line.notices.append(.unreadable(line.line, problems.messages)) }
    let count = batch.fieldCount(row: row)
    if count != layout.count && !extraFieldsAreBlank(batch, row, count) {
      line.notices.append(.fieldCount(line.line, has: count, wants: layout.count))
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
      line.notices.append(.missing(line.line, .drug))
      return nil
    }
    let formulary = formulary
    switch drugs.value(for: batch.bytes.span.extracting(range), make: { DrugName($0, in: formulary) }) {
    case .known(let drug):
      line.drug = drug.id
      return drug
    case .forbidden(let name): line.drug = name
    case .combination(let name, let drug):
      line.notices.append(
        .field(.unknownDrug, line.line, .drug, "'\(name)' is a combination; enter its \(drug) alone"))
    case .unknown(let name, let hint):
      line.notices.append(
        .field(
          .unknownDrug, line.line, .drug,
          "'\(name)' is not known\(hint.isEmpty ? "; enter the generic name" : "." + hint)"))
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
      let known = AdministrationRoute.allCases.map(\.rawValue).joined(separator: ", ")
      line.notices.append(
        .field(
          .badValue, line.line, .route,
          "'\(string(batch.bytes.span.extracting(range)))' is no route; write \(known)"))
    }
  }

  private mutating func readAmount(
    _ batch: borrowing RowBatch, _ row: Int, _ drug: Drug?, _ line: inout MedicineLine
  ) {
    let number = readDose(batch, row, &line)
    let range = batch.range(row: row, column: layout.position(of: .unit))
    if range.isEmpty {
      return line.notices.append(.missing(line.line, .unit, "is blank: a dose without a unit is none"))
    }
    let unit = units.value(for: batch.bytes.span.extracting(range), make: DoseUnit.init)
    let frequency = readFrequency(batch, row)
    if line.route == .transdermal {
      line.amount = patch(number, unit, frequency, &line)
      return
    }
    switch unit {
    case .other(let hint):
      line.notices.append(
        .field(
          .badUnit, line.line, .unit,
          "'\(string(batch.bytes.span.extracting(range)))' is no unit of a dose; \(hint)"))
    case .rate(let unit):
      if case .success(let frequency) = frequency, frequency.timesPerDay != 1 {
        line.notices.append(
          .field(.badFrequency, line.line, .frequency, "the unit is per time already; leave frequency blank"))
      } else if let number {
        line.amount = .rate(DoseRate(number, unit))
      }
    case .mass(let unit):
      switch frequency {
      case .success(let frequency): line.amount = number.map { .doses(Mass($0, unit), frequency) }
      case .failure(.empty):
        line.notices.append(
          .missing(
            line.line, .frequency,
            "is blank and the unit is not per time; write q6h, bid, tid, qid, daily, weekly or a number per day"
          ))
      case .failure(let problem): line.notices.append(badFrequency(batch, row, problem, line.line))
      }
    }
  }

  /// A patch counts in mcg/h; how often it is changed never multiplies.
  private func patch(
    _ number: ExactNumber?, _ unit: DoseUnit, _ frequency: Result<Frequency, Frequency.Problem>,
    _ line: inout MedicineLine
  ) -> Amount? {
    if case .failure(let problem) = frequency, problem != .empty {
      line.notices.append(
        .field(.badFrequency, line.line, .frequency, "the change interval of a patch \(problem.explanation)"))
    }
    guard case .rate(let unit) = unit, unit.symbol == DoseRate.Unit.microgramsPerHour.symbol else {
      line.notices.append(
        .field(.patchUnit, line.line, .unit, "a patch is entered in mcg/h, the strength printed on it"))
      return nil
    }
    return number.map { .rate(DoseRate($0, unit)) }
  }

  private func readDose(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) -> ExactNumber? {
    let range = batch.range(row: row, column: layout.position(of: .dose))
    do {
      let number = try numbers.read(batch.bytes.span.extracting(range))
      if number > .zero { return number }
      line.notices.append(
        .field(
          .badNumber, line.line, .dose, "a dose of zero is none; delete the line if the medicine was stopped")
      )
    } catch {
      line.notices.append(error.notice(line.line, .dose, string(batch.bytes.span.extracting(range))))
    }
    return nil
  }

  private mutating func readFrequency(_ batch: borrowing RowBatch, _ row: Int) -> Result<
    Frequency, Frequency.Problem
  > {
    let range = batch.range(row: row, column: layout.position(of: .frequency))
    return frequencies.value(for: batch.bytes.span.extracting(range)) { text in
      do throws(Frequency.Problem) { return .success(try Frequency(reading: text)) } catch {
        return .failure(error)
      }
    }
  }

  private func badFrequency(
    _ batch: borrowing RowBatch, _ row: Int, _ problem: Frequency.Problem, _ line: Int
  ) -> Notice {
    let text = batch.string(row: row, column: layout.position(of: .frequency))
    return .field(.badFrequency, line, .frequency, "'\(text)' \(problem.explanation)")
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
        line.notices.append(.field(.unknownDrug, line.line, .targetDrug, "'\(name)' is not known"))
      }
    }
    let route = batch.range(row: row, column: layout.position(of: .targetRoute))
    if route.isEmpty { return }
    switch routes.value(
      for: batch.bytes.span.extracting(route), make: { AdministrationRoute(rawValue: $0.lowercased()) })
    {
    case .intrathecal: line.targetRoute = .intrathecal
    case .oral: line.targetRoute = .oral
    default: line.notices.append(.field(.badValue, line.line, .targetRoute, "write intrathecal or oral"))
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
  func notice(_ line: Int, _ column: InputColumn, _ text: String) -> Notice {
    switch self {
    case .empty: .missing(line, column)
    case .ambiguous: .field(.ambiguousNumber, line, column, "'\(text)' \(explanation)")
    case .malformed, .outOfRange: .field(.badNumber, line, column, "'\(text)' \(explanation)")
    }
  }
}
