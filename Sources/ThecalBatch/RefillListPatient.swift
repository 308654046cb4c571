import ThecalDosing
import ThecalFormulary
import ThecalPump
import ThecalQuantities

/// One patient of a refill list: its lines read, and the plan that they make.
struct RefillListPatient {
  private typealias Column = RefillListColumns.Column
  private let lines: [RefillListLine]
  private let asOf: CalendarDate
  private var problems: [Finding] = []

  init(_ lines: [RefillListLine], _ asOf: CalendarDate) {
    (self.lines, self.asOf) = (lines, asOf)
    problems = lines.flatMap(\.problems)
  }

  /// The row, with what was found about the patient's place in the list.
  func row(_ findings: [Finding]) -> RefillList.Row {
    var reader = self
    reader.problems += findings
    let request = reader.request()
    if reader.problems.contains(where: { $0.severity == .error }) || request == nil {
      return .init(
        patient: lines[0].patient, line: lines[0].number, plan: nil, findings: Findings(reader.problems))
    }
    let plan = request.map { RefillPlan($0) }
    if let day = plan?.refillBy, day < asOf {
      reader.problems.append(
        Finding(
          ReadingTopic.refillPassed, .refillOverdue, nil, [.date(day)], at: Place(line: lines[0].number)))
    }
    var all = Findings(reader.problems)
    all.add(plan?.outcome.findings.all.filter { $0.severity > .passed } ?? [])
    return .init(patient: lines[0].patient, line: lines[0].number, plan: plan, findings: all)
  }

  private mutating func request() -> RefillPlan.Request? {
    if lines[0].patient.isEmpty {
      problems.append(.cell(.blank, .missingField, lines[0].number, "patient_id"))
    }
    let parts = lines.compactMap { part($0) }
    let fill: Volume? = shared(.fill)
    let date = fillDate()
    let device = device()
    guard parts.count == lines.count, let first = parts.first, let fill, let date, let device else {
      return nil
    }
    let flow = first.dose / first.part.concentration
    for (part, line) in zip(parts.dropFirst(), lines.dropFirst())
    where part.dose / part.part.concentration != flow {
      problems.append(.cell(.conflicting, .conflictingValues, line.number, Column.dose.rawValue))
    }
    var request = RefillPlan.Request(
      device: device, fill: fill, concentration: first.part.concentration, dose: first.dose, date: date)
    request.unit = first.part.unit
    request.drug = first.part.drug
    request.others = parts.dropFirst().map(\.part)
    readOptions(&request)
    return request
  }

  private mutating func readOptions(_ request: inout RefillPlan.Request) {
    request.alarm = shared(.alarm)
    if let bolus: Mass = shared(.bolus) { request.bolus = bolus }
    if let text = text(.bolusesPerDay) {
      if let count = try? NumberReader().read(text), count >= .zero, count <= 1_440 {
        request.bolusesPerDay = count
      } else {
        problems.append(
          .cell(
            .badNumber, .badNumber, lines[0].number, "boluses_per_day",
            [.text(text), .text("is no number of boluses")]))
      }
    }
    let stability = days(.stability)
    if let stability, request.others.isEmpty { request.drug?.keep(for: stability) }
    request.longestInterval = [days(.maxInterval), request.others.isEmpty ? nil : stability].compactMap { $0 }
      .min()
    switch text(.filling)?.lowercased() {
    case nil: break
    case "first": request.isFirstFilling = true
    case "later": request.isFirstFilling = false
    default:
      problems.append(.cell(.notOneOf, .badValue, lines[0].number, "filling", [.text("first or later")]))
    }
  }

  /// The drug of a line, its strength and its daily dose.
  private mutating func part(_ line: RefillListLine) -> (part: Admixture.Part, dose: DoseRate)? {
    guard let name = line.cells[.drug] else {
      problems.append(.cell(.blank, .missingField, line.number, Column.drug.rawValue))
      return nil
    }
    let strength: Concentration? = quantity(.concentration, line)
    let dose: DoseRate? = quantity(.dose, line)
    guard let strength, let dose else { return nil }
    let drug = PumpDrug(named: name)
    return (Admixture.Part(drug, strength, unit: drug.unit), dose)
  }

  /// A cell that must hold a quantity above zero.
  private mutating func quantity<D>(_ column: Column, _ line: RefillListLine) -> Quantity<D>? {
    guard let text = line.cells[column] else {
      problems.append(.cell(.blank, .missingField, line.number, column.rawValue))
      return nil
    }
    return read(text, column, line)
  }

  private mutating func read<D>(_ text: String, _ column: Column, _ line: RefillListLine) -> Quantity<D>? {
    do {
      let value = try Quantity<D>(reading: text)
      if value > .zero { return value }
      problems.append(.cell(.notAboveZero, .badValue, line.number, column.rawValue))
    } catch {
      problems.append(
        .cell(.badQuantity, .badNumber, line.number, column.rawValue, [.text(error.explanation)]))
    }
    return nil
  }

  /// What the first line that fills a column of the pump says; a line that says something else is a conflict.
  private mutating func text(_ column: Column) -> String? {
    guard let first = lines.first(where: { $0.cells[column] != nil }), let text = first.cells[column] else {
      return nil
    }
    for line in lines where line.cells[column].map({ $0 != text }) ?? false {
      problems.append(.cell(.conflicting, .conflictingValues, line.number, column.rawValue))
    }
    return text
  }

  /// A quantity of the pump; nil, with a problem where a list cannot do without it, where no line has it.
  private mutating func shared<D>(_ column: Column) -> Quantity<D>? {
    guard let text = text(column) else {
      if column.isNeeded { problems.append(.cell(.blank, .missingField, lines[0].number, column.rawValue)) }
      return nil
    }
    return read(text, column, lines[0])
  }

  /// A time, or a plain number of days.
  private mutating func days(_ column: Column) -> Time? {
    guard let text = text(column) else { return nil }
    if let number = try? NumberReader().read(text), number > .zero, number <= 1_000_000 {
      return Time(number, .days)
    }
    return read(text, column, lines[0])
  }

  private mutating func fillDate() -> CalendarDate? {
    guard let text = text(.fillDate) else {
      problems.append(.cell(.blank, .missingField, lines[0].number, Column.fillDate.rawValue))
      return nil
    }
    do {
      let date = try CalendarDate(reading: text)
      // A year mistyped would put a pump that runs dry at the end of the list.
      if date > asOf {
        problems.append(
          .cell(
            .dayToCome, .badDate, lines[0].number, Column.fillDate.rawValue, [.date(date), .date(asOf)]))
      }
      return date
    } catch {
      problems.append(
        .cell(
          .badDate, .badDate, lines[0].number, Column.fillDate.rawValue,
          [.text(text), .text(error.explanation)]))
      return nil
    }
  }

  private mutating func device() -> PumpDevice? {
    let name = text(.device) ?? PumpDevice.usual
    guard var device = PumpDevice(named: name) else {
      problems.append(
        .cell(
          .unknownPump, .badValue, lines[0].number, Column.device.rawValue,
          [.text(name), .list(Formulary.embedded.devices.map { .text($0.id) })]))
      return nil
    }
    if let residual: Volume = shared(.residual) { device.residual = Cited(stated: residual) }
    if let accuracy: Ratio = shared(.accuracy) {
      (device.fastest, device.slowest) = (Cited(stated: accuracy), Cited(stated: accuracy))
    }
    return device
  }
}
