/// The columns of an event table, and its lines as records.
///
/// Names are read in any case and order: ID and TIME must be there; AMT, RATE, II, ADDL, SS, EVID, CMT, F, ALAG, R
/// and D may be; every other column passes through. A cell that is empty or a dot holds nothing, which is 0 where a
/// number belongs, as NM-TRAN has it.
public struct EventTable: Sendable {
  /// The columns that the rules know.
  enum Column: String, CaseIterable {
    case id = "ID"
    case time = "TIME"
    case amount = "AMT"
    case rate = "RATE"
    case interval = "II"
    case additional = "ADDL"
    case steadyState = "SS"
    case event = "EVID"
    case compartment = "CMT"
    case bioavailability = "F"
    case lag = "ALAG"
    case modelledRate = "R"
    case modelledDuration = "D"
  }

  /// The places of columns that pass through, and their names as written.
  public let passing: [(place: Int, name: String)]
  private let places: [Column: Int]

  /// The table under `header`, which stands on `line`.
  public init(header: [String], line: Int = 1) throws(DosingError) {
    var places: [Column: Int] = [:]
    var passing: [(Int, String)] = []
    for (place, name) in header.enumerated() {
      guard let column = Column(rawValue: name.uppercased()) else {
        passing.append((place, name))
        continue
      }
      guard places.updateValue(place, forKey: column) == nil else {
        throw DosingError(line: line, .doubleColumn(column.rawValue))
      }
    }
    for column in [Column.id, .time] where places[column] == nil {
      throw DosingError(line: line, .missingColumn(column.rawValue))
    }
    self.places = places
    self.passing = passing
  }

  /// Whose line it is: the text of ID.
  public func subject(_ cells: [String], line: Int) throws(DosingError) -> String {
    guard let id = text(.id, cells) else { throw DosingError(line: line, .emptyCell(column: "ID")) }
    return id
  }

  /// The record that the cells of a line describe.
  public func record(_ cells: [String], line: Int) throws(DosingError) -> DosingRecord {
    guard let time = try number(.time, cells, line) else {
      throw DosingError(line: line, .emptyCell(column: "TIME"))
    }
    let amount = try number(.amount, cells, line) ?? 0
    let rate = try number(.rate, cells, line) ?? 0
    let steady = try whole(.steadyState, cells, line, admitted: "0, 1 or 2") ?? 0
    let code = try whole(.event, cells, line, admitted: "0 to 4")
    // Without EVID a line that gives something is a dose, and any other a reading.
    let event = DosingRecord.Event(
      rawValue: code ?? (places[.event] == nil && (amount != 0 || steady != 0) ? 1 : 0))
    guard let event else { throw outOfRange(.event, cells, line, "0 to 4") }
    guard let steadyState = DosingRecord.SteadyState(rawValue: steady) else {
      throw outOfRange(.steadyState, cells, line, "0, 1 or 2")
    }
    var record = DosingRecord(line: line, time_h: time, event: event)
    record.amount_mg = amount
    record.steadyState = steadyState
    record.interval_h = try number(.interval, cells, line) ?? 0
    record.additional = try whole(.additional, cells, line, admitted: "a whole number, not negative") ?? 0
    record.delivery = try delivery(rate, isDose: record.isDose, cells, line)
    guard record.isDose else { return record }
    let compartment = try whole(.compartment, cells, line, admitted: "the number of a compartment") ?? 0
    record.compartment = compartment == 0 ? 1 : compartment
    record.bioavailability = try number(.bioavailability, cells, line)
    record.lag_h = try number(.lag, cells, line)
    return record
  }

  private func delivery(
    _ rate: Double, isDose: Bool, _ cells: [String], _ line: Int
  ) throws(DosingError) -> DosingRecord.Delivery {
    switch rate {
    case 0: return .atOnce
    case _ where rate > 0 || !isDose: return .rate(rate)
    case -1: return .rate(try modelled(.modelledRate, cells, line))
    case -2: return .over(try modelled(.modelledDuration, cells, line))
    default: throw outOfRange(.rate, cells, line, "0, positive, -1 or -2")
    }
  }

  /// The number in column R or D, which RATE asks for.
  private func modelled(_ column: Column, _ cells: [String], _ line: Int) throws(DosingError) -> Double {
    guard let value = try number(column, cells, line) else {
      throw DosingError(line: line, .noModelledInput(column: column.rawValue))
    }
    guard value > 0 else { throw outOfRange(column, cells, line, "positive") }
    return value
  }

  private func text(_ column: Column, _ cells: [String]) -> String? {
    guard let place = places[column], place < cells.count, !cells[place].isEmpty, cells[place] != "." else {
      return nil
    }
    return cells[place]
  }

  private func number(_ column: Column, _ cells: [String], _ line: Int) throws(DosingError) -> Double? {
    guard let text = text(column, cells) else { return nil }
    // `Double` alone would also read hexadecimal digits, "inf" and "nan".
    let isDecimal = text.utf8.allSatisfy {
      UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 || "+-.eE".utf8.contains($0)
    }
    guard isDecimal, let value = Double(text), value.isFinite else {
      throw DosingError(line: line, .notANumber(column: column.rawValue, text: text))
    }
    return value
  }

  private func whole(
    _ column: Column, _ cells: [String], _ line: Int, admitted: String
  ) throws(DosingError) -> Int? {
    guard let value = try number(column, cells, line) else { return nil }
    guard let whole = Int(exactly: value) else { throw outOfRange(column, cells, line, admitted) }
    return whole
  }

  private func outOfRange(
    _ column: Column, _ cells: [String], _ line: Int, _ admitted: String
  ) -> DosingError {
    DosingError(
      line: line, .outOfRange(column: column.rawValue, text: text(column, cells) ?? "", admitted: admitted))
  }
}
