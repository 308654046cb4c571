import ThecalDosing
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

/// One line of a file, read as far as it can be.
struct MedicineLine {
  let line: Int
  /// The row of the batch on which it stands.
  let row: Int
  /// The drug's id; empty where it is not known.
  var drug = ""
  /// How it is taken; nil where that cannot be told.
  var route: AdministrationRoute?
  var amount: Amount?
  var target = ""
  var targetRoute = AdministrationRoute.intrathecal
  /// What makes the line unreadable, or no regimen.
  var problems: [Finding] = []
  /// What a person must confirm.
  var notes: [Finding] = []
  /// A medicine that is not converted, and what it says about the patient.
  var skipped: SkippedMedicine?

  /// The medicine without its line; nil where it cannot be used.
  var medicine: Medicine? {
    guard let route, let amount else { return nil }
    return Medicine(drug: drug, route: route, amount: amount)
  }
}

/// Reads the cells that describe one medicine; remembers words it has met. What the words mean together is
/// `MedicineReading`'s to say.
struct LineReader {
  let formulary: Formulary
  let layout: InputLayout
  private let format: NumberFormat
  private let numbers: NumberReader
  private var drugs = InternTable<DrugName>()
  var products = ProductCells()
  private var routes = InternTable<WrittenRoute>()
  private var units = InternTable<WrittenUnit>()
  private var frequencies = InternTable<Frequency.Written>()

  init(_ formulary: Formulary, _ layout: InputLayout, _ format: NumberFormat) {
    self.formulary = formulary
    self.layout = layout
    self.format = format
    numbers = NumberReader(format)
  }

  /// Reads `row`; what is wrong with it stands in its problems.
  mutating func read(_ batch: borrowing RowBatch, row: Int) -> MedicineLine {
    var line = MedicineLine(line: batch.line(row: row), row: row)
    let problems = batch.problems(row: row)
    if !problems.isEmpty { line.problems += problems.findings(line.line) }
    let count = batch.fieldCount(row: row)
    if count != layout.count && !extraFieldsAreBlank(batch, row, count) {
      line.problems.append(
        .row(
          .fieldCount, .badText, line.line, [.number(ExactNumber(count)), .number(ExactNumber(layout.count))])
      )
      return line
    }
    if readIntake(batch, row, &line) { return line }
    let name = name(batch, row, .drug)
    readMedicine(name, batch, row, &line)
    readTarget(name, batch, row, &line)
    return line
  }

  private func extraFieldsAreBlank(_ batch: borrowing RowBatch, _ row: Int, _ count: Int) -> Bool {
    count > layout.count && (layout.count..<count).allSatisfy { batch.range(row: row, column: $0).isEmpty }
  }

  func cell(_ batch: borrowing RowBatch, _ row: Int, _ column: InputColumn) -> Range<Int> {
    batch.range(row: row, column: layout.position(of: column))
  }

  private mutating func name(_ batch: borrowing RowBatch, _ row: Int, _ column: InputColumn) -> DrugName {
    let formulary = formulary
    let name = drugs.value(for: batch.bytes.span.extracting(cell(batch, row, column))) {
      DrugName($0, in: formulary)
    }
    switch name {
    case .blank, .known, .forbidden: return name
    // A name that differs from a known one in a letter or two is asked for, not read as it.
    case .unknown(_, let near) where !near.isEmpty: return name
    case .combination, .unknown:
      return products.name(batch.bytes.span.extracting(cell(batch, row, column)), in: formulary) ?? name
    }
  }

  private mutating func readMedicine(
    _ name: DrugName, _ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine
  ) {
    let format = format
    let bytes = batch.bytes.span
    let parts = MedicineParts(
      drug: name,
      route: routes.value(for: bytes.extracting(cell(batch, row, .route)), make: WrittenRoute.init),
      dose: dose(batch, row),
      unit: units.value(for: bytes.extracting(cell(batch, row, .unit)), make: WrittenUnit.init),
      frequency: frequencies.value(for: bytes.extracting(cell(batch, row, .frequency))) {
        Frequency.Written($0, format: format)
      })
    let layout = layout
    let reading = MedicineReading(parts, line: line.line) { field in
      batch.string(row: row, column: layout.position(of: field.column))
    }
    line.drug = reading.drug ?? ""
    line.route = reading.route
    line.amount = reading.amount
    if !reading.problems.isEmpty { line.problems += reading.problems }
    if !reading.notes.isEmpty { line.notes += reading.notes }
    checkProductRoute(name, batch, row, &line)
  }

  private func dose(_ batch: borrowing RowBatch, _ row: Int) -> Swift.Result<ExactNumber, NumberProblem> {
    do throws(NumberProblem) {
      return .success(try numbers.read(batch.bytes.span.extracting(cell(batch, row, .dose))))
    } catch {
      return .failure(error)
    }
  }

  /// The drug of the pump: what is asked for, or morphine for opioids and the drug itself for all others.
  private mutating func readTarget(
    _ name: DrugName, _ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine
  ) {
    if cell(batch, row, .targetDrug).isEmpty {
      line.target = if case .known(let drug, _) = name, drug.kind == .opioid { "morphine" } else { line.drug }
    } else {
      let target = self.name(batch, row, .targetDrug)
      line.target = target.id ?? ""
      if target.id == nil {
        let text = batch.string(row: row, column: layout.position(of: .targetDrug))
        line.problems.append(.cell(.unknownName, .unknownDrug, line.line, .targetDrug, [.text(text)]))
      }
    }
    switch routes.value(
      for: batch.bytes.span.extracting(cell(batch, row, .targetRoute)), make: WrittenRoute.init)
    {
    case .blank, .known(.intrathecal): break
    case .known(.oral): line.targetRoute = .oral
    case .known, .unknown:
      line.problems.append(
        .cell(.notOneOf, .badValue, line.line, .targetRoute, [.list([.text("intrathecal"), .text("oral")])]))
    }
  }

  /// Appends the medicine for the `drugs` column: by its own names what could be read, as it was written what could not.
  func appendWords(_ line: MedicineLine, _ batch: borrowing RowBatch, to words: inout [UInt8]) {
    func append(_ text: Span<UInt8>) {
      if text.isEmpty { return }
      if !words.isEmpty && words.last != UInt8(ascii: " ") { words.append(UInt8(ascii: " ")) }
      text.withUnsafeBufferPointer { words.append(contentsOf: $0) }
    }
    func append(_ column: InputColumn) { append(batch.bytes.span.extracting(cell(batch, line.row, column))) }
    if line.drug.isEmpty { append(.drug) } else { append(line.drug.utf8.span) }
    // Where no route is written one is supposed, but not for a drug that nobody knows.
    if let route = line.route, !line.drug.isEmpty || !cell(batch, line.row, .route).isEmpty {
      append(route.rawValue.utf8.span)
    } else {
      append(.route)
    }
    for column in [InputColumn.dose, .unit, .frequency] { append(column) }
  }
}

extension MedicineField {
  /// The column of a file in which it stands.
  fileprivate var column: InputColumn {
    switch self {
    case .drug: .drug
    case .route: .route
    case .dose: .dose
    case .unit: .unit
    case .frequency: .frequency
    }
  }
}

extension NumberProblem {
  /// The finding that a cell with this problem gives.
  func finding(_ line: Int, _ column: InputColumn, _ text: String) -> Finding {
    if case .empty = self { return .cell(.blank, .missingField, line, column) }
    return .cell(.badNumber, code, line, column, [.text(text), .text(explanation)])
  }
}

extension RowProblems {
  /// What is wrong with the bytes of a row.
  func findings(_ line: Int) -> [Finding] {
    let topics: [(RowProblems, ReadingTopic)] = [
      (.invalidUTF8, .notUTF8), (.unclosedQuote, .unclosedQuote), (.strayQuote, .strayQuote),
      (.tooLong, .tooLong), (.nulByte, .nulByte),
    ]
    return topics.filter { contains($0.0) }.map { .row($0.1, .badText, line) }
  }
}
