import ThecalDosing
import ThecalTabular

extension IntakeRun {
  /// Reads a table: one medicine on each row.
  func readTable(
    _ reader: consuming CSVReader, _ name: String, _ each: (IntakeMedicine) -> Void
  ) throws(IntakeProblem) -> IntakeSummary {
    let layout = try layout(of: reader.header, name)
    var medicines = MedicineReader(words, asOf: options.asOf, codes: options.codes)
    var summary = IntakeSummary()
    var watch = OrderWatch()
    summary.taken = layout.taken.map {
      .init(header: $0.header, column: $0.column == "name" ? "drug" : $0.column)
    }
    summary.unread = layout.unread
    var batch = RowBatch()
    let width = reader.header.count
    let columns = ClinicColumns.facts.filter { name in layout.facts.contains { $0.name == name } }
    while try next(&reader, &batch) {
      for row in 0..<batch.count where !batch.isBlank(row: row) {
        var medicine = medicines.read(source(batch, row, layout))
        medicine.factColumns = columns
        if batch.fieldCount(row: row) > width || !batch.problems(row: row).subtracting(.invalidUTF8).isEmpty {
          medicine.spoil()
        }
        watch.check(&medicine)
        summary.counts[medicine.outcome, default: 0] += 1
        each(medicine)
      }
    }
    return summary
  }

  private func next(_ reader: inout CSVReader, _ batch: inout RowBatch) throws(IntakeProblem) -> Bool {
    do { return try reader.nextBatch(into: &batch, maxRows: 1_024) } catch { throw IntakeProblem(error) }
  }

  private func layout(of header: [String], _ name: String) throws(IntakeProblem) -> ExportLayout {
    do throws(ExportLayout.Problem) { return try ExportLayout(header, words.headers, map: options.map) } catch
    {
      switch error {
      case .missing(let column):
        throw IntakeProblem(
          "\(name): no column of the header is known as \(column); say which one it is: --map \"HEADER=\(column)\". The header has \(header.filter { !$0.isEmpty }.joined(separator: ", "))"
        )
      case .unknownColumn(let column):
        throw IntakeProblem("--map: there is no column '\(column)'", exitCode: 64)
      case .noSuchHeader(let header):
        throw IntakeProblem("\(name): --map names '\(header)', which the header does not have", exitCode: 64)
      }
    }
  }

  /// Takes what stands in further columns of a field: other names, more directions.
  private func add(_ more: [String], _ field: MedicineSource.Field, _ source: inout MedicineSource) {
    for cell in more where cell != source[field] {
      if source[field].isEmpty {
        source[field] = cell
      } else if field == .name {
        source.otherNames.append(cell)
      } else {
        source[field] += "; " + cell
      }
    }
  }

  private func source(_ batch: borrowing RowBatch, _ row: Int, _ layout: ExportLayout) -> MedicineSource {
    var source = MedicineSource()
    source.line = batch.line(row: row) + options.linesBefore
    for (field, columns) in layout.fields {
      source[field] = batch.string(row: row, column: columns[0])
      if columns.count > 1 {
        add(
          columns.dropFirst().map { batch.string(row: row, column: $0) }.filter { !$0.isEmpty }, field,
          &source)
      }
    }
    for (name, column) in layout.facts {
      let cell = batch.string(row: row, column: column)
      if !cell.isEmpty { source.facts[name] = cell }
    }
    for column in layout.textColumns {
      let cell = batch.string(row: row, column: column)
      if cell.isEmpty { continue }
      if !source.text.isEmpty { source.text += " | " }
      source.text += cell
    }
    return source
  }
}

extension IntakeMedicine {
  /// Makes a medicine of a broken row one that is asked for: its cells may have moved.
  fileprivate mutating func spoil() {
    outcome = .ask
    (dose, unit, frequency) = (nil, "", "")
    findings.removeAll { $0.isAbout(IntakeTopic.readFromText) }
    findings.append(Finding(IntakeTopic.brokenRow, .badText, .error))
  }
}
