import ThecalDosing
import ThecalFormulary
import ThecalPlan
import ThecalQuantities
public import ThecalStudy
import ThecalTabular
import ThecalTransport

extension TimelineJob {
  /// The frame of the answer, for a whole of which it is a part.
  var answer: Answer {
    Answer(
      text: "", status: timeline.findings.status, codes: timeline.findings.codes.codes,
      message: remarks.joined(separator: " "), sources: sources, fields: [])
  }

  private var sources: [String] { Set(timeline.findings.sources + timeline.levels.sources).sorted() }

  /// What a person should know, line by line.
  public var remarks: [String] {
    (timeline.findings.all.filter { $0.severity > .passed } + timeline.remarks).map(\.text)
      + timeline.levels.remarks.map(\.sentence)
  }

  /// Names and values of the columns, time first.
  private var columns: [(name: String, values: [Double?])] {
    let levels = zip(timeline.levels.siteNames, timeline.levels.concentrations_ng_per_mL).map {
      site, values in
      (
        name: "\(site)_ng_per_mL",
        values: values.isEmpty ? timeline.times_h.map { _ in nil } : values.map(Optional.init)
      )
    }
    let others = timeline.plasma.map {
      (name: "plasma_\($0.drug)_ng_per_mL", values: $0.levels_ng_per_mL.map(Optional.init))
    }
    return [
      (name: "time_h", values: timeline.times_h.map(Optional.init)),
      (name: "oral_mme_mg_per_day", values: timeline.oralMorphine_mg_per_day),
      (name: "intrathecal_mg_per_day", values: timeline.intrathecal_mg_per_day.map(Optional.init)),
    ] + levels + others
  }

  /// Writes a row per time to `output`, complete or not at all.
  public func write(to output: String) throws(SimulationProblem) {
    let columns = columns
    var writer = CSVWriter()
    writer.appendRow(columns.map(\.name))
    for row in timeline.times_h.indices {
      for column in columns {
        if let value = column.values[row] { writer.appendNumber(value) } else { writer.appendEmpty() }
      }
      writer.endRow()
    }
    try writeWhole(writer.output.bytes, to: output, inputs: [path])
  }

  /// The result as one JSON object; a refused one has no levels.
  public var json: String {
    var json = JSONWriter()
    json.beginObject()
    json.key("status")
    json.string(timeline.findings.status.rawValue)
    json.key("codes")
    json.list(timeline.findings.codes.codes.map(\.name)) { $0.string($1) }
    json.key("message")
    json.string(remarks.joined(separator: " "))
    json.key("sources")
    json.list(sources) { $0.string($1) }
    json.key("drug")
    json.string(timeline.drug)
    for column in isBlocked ? [] : columns {
      json.key(column.name)
      json.list(column.values) { writer, value in
        if let value { writer.number(value) } else { writer.null() }
      }
    }
    json.key("medications")
    json.list(isBlocked ? [] : timeline.changes) { writer, change in
      let amount = DailyAmount(of: change.medicine)
      writer.beginObject()
      for (key, text) in [("drug", change.medicine.drug), ("route", change.medicine.route.rawValue)] {
        writer.key(key)
        writer.string(text)
      }
      writer.key("day")
      writer.number(change.day)
      writer.key("daily")
      writer.number(amount.value.double)
      writer.key("unit")
      writer.string(amount.unit)
      writer.endObject()
    }
    json.endObject()
    return String(decoding: json.output.bytes, as: UTF8.self)
  }

  /// Draws the timeline to `path`, complete or not at all; the name ends in `.svg` or `.png`.
  public func plot(to path: String) throws(SimulationProblem) {
    let picture = try TimelinePlot(timeline: timeline, kind: pictureKind(of: path)).picture()
    try writeWhole(picture, to: path, inputs: [self.path])
  }
}
