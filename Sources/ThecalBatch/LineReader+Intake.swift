import ThecalDosing
import ThecalFormulary
import ThecalIntake
import ThecalTabular

/// A medicine that is neither an opioid nor a drug of a pump, and what it says about the patient.
struct SkippedMedicine {
  let name: String
  var isDepressant = false
  var isAnticoagulant = false
  let line: Int

  /// The finding that names it.
  var finding: Finding {
    Finding(ReadingTopic.skippedMedicine, .skipped, .note, [.text(name)], at: Place(line: line))
  }
}

/// Whole names of products in the cells of drugs; remembers those it has met.
struct ProductCells {
  private var known = InternTable<Product>()
  private var reader: ProductReader?

  /// The product that a cell names.
  mutating func product(_ cell: borrowing Span<UInt8>) -> Product {
    if let found = known.find(cell) { return found }
    var reader = reader ?? ProductReader(.embedded)
    let product = reader.read(cell)
    self.reader = reader
    known.remember(cell, product)
    return product
  }

  /// The opioid or pump drug of a product, whatever else is in it; nil where the name does not settle it.
  mutating func name(_ cell: borrowing Span<UInt8>, in formulary: Formulary) -> DrugName? {
    let product = product(cell)
    // The dose stands in its own cells: a strength that the name leaves open takes nothing away.
    guard product.doubts.isSubset(of: [.noStrength, .severalStrengths, .patchUnit]),
      let drug = product.drug.flatMap(formulary.drug(named:))
    else { return nil }
    return .known(drug, nil)
  }
}

extension LineReader {
  /// What the columns of an intake say, and whether the medicine is one that is not converted; true where that is all.
  mutating func readIntake(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) -> Bool {
    let outcome = batch.string(row: row, column: layout.position(of: .intake))
    switch outcome {
    case "": break
    case "read":
      line.notes.append(Finding(IntakeTopic.readFromText, .readFromText, .review, at: Place(line: line.line)))
    case "skip":
      skip(batch, row, &line)
      return true
    case "ask":
      let code = Code(
        name: batch.string(row: row, column: layout.position(of: .intakeCode)).split(separator: ";").first
          .map(String.init) ?? "")
      let reason = batch.string(row: row, column: layout.position(of: .intakeReason))
      line.problems.append(
        .row(
          .askedFor, code.flatMap { $0.severity == .error ? $0 : nil } ?? .badValue, line.line,
          [.text(reason)]))
      return true
    default:
      line.problems.append(
        .cell(.notOneOf, .badValue, line.line, .intake, [.list(["read", "ask", "skip"].map { .text($0) })]))
      return true
    }
    let range = cell(batch, row, .drug)
    if range.isEmpty
      || formulary.drug(named: batch.string(row: row, column: layout.position(of: .drug))) != nil
    {
      return false
    }
    guard products.product(batch.bytes.span.extracting(range)).isBeside else { return false }
    skip(batch, row, &line)
    return true
  }

  private mutating func skip(_ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine) {
    let range = cell(batch, row, .drug)
    let product = products.product(batch.bytes.span.extracting(range))
    line.skipped = SkippedMedicine(
      name: batch.string(row: row, column: layout.position(of: .drug)), isDepressant: product.isDepressant,
      isAnticoagulant: product.isAnticoagulant, line: line.line)
  }

  /// How the product of a line gives its drug away, by the whole name that it is written with; nil where that does not say.
  mutating func form(_ line: MedicineLine, _ batch: borrowing RowBatch) -> Release? {
    products.product(batch.bytes.span.extracting(cell(batch, line.row, .drug))).release
  }

  /// A whole name that says another way than by mouth does not go by mouth because the cell of the route is blank.
  mutating func checkProductRoute(
    _ name: DrugName, _ batch: borrowing RowBatch, _ row: Int, _ line: inout MedicineLine
  ) {
    guard case .known(_, nil) = name, line.route == .oral, cell(batch, row, .route).isEmpty else { return }
    let range = cell(batch, row, .drug)
    let text = batch.string(row: row, column: layout.position(of: .drug))
    if formulary.drug(named: text) != nil { return }
    guard let route = products.product(batch.bytes.span.extracting(range)).route, route != .oral else {
      return
    }
    line.problems.append(
      .cell(.noOralForm, .missingField, line.line, .route, [.text(text), .text(route.rawValue)]))
  }
}
