import ThecalQuantities
@testable import ThecalCommand
@testable import ThecalServer

/// What the server answers, without a socket: the bytes that go over one are held elsewhere against those of the commands.
enum ServedTable {
  static let endpoints = Endpoints.all(
    ServeCommand.calls,
    ServerSettings(engine: "e", versions: "v", today: { CalendarDate(dayNumber: 20_454) }, now: { "" })
  ) { "" }
}

/// A cell of the table as a request.
struct HazardRequest {
  let path: String
  var type = ServedType.json
  var query: [(name: String, value: String)] = []
  let body: String
}

extension HazardCall {
  /// The same call over HTTP; nil for those that the server does not answer, and for what is no body of one.
  var request: HazardRequest? {
    let file = command.files(for: hazard).first?.1 ?? ""
    switch command {
    case .batch: return HazardRequest(path: "/v1/convert", type: ServedType.csv, body: file)
    case .list:
      return HazardRequest(
        path: "/v1/pump/list", type: ServedType.csv, query: [("as-of", "2026-01-10")], body: file)
    case .titrate, .trial: return HazardRequest(path: "/v1/titrate", type: ServedType.yaml, body: file)
    case .simulate: return HazardRequest(path: "/v1/simulate", type: ServedType.yaml, body: file)
    case .patient: return HazardRequest(path: "/v1/plan", type: ServedType.yaml, body: file)
    case .sweep, .timeline, .fit: return nil
    case .inline: return HazardRequest(path: "/v1/convert", body: flags(after: 1))
    case .riskContinuous, .riskSingle: return HazardRequest(path: "/v1/risk", body: flags(after: 1))
    default:
      let tool = arguments.split(separator: " ")[1]
      return HazardRequest(path: "/v1/pump/\(tool)", body: flags(after: 2))
    }
  }

  /// The long flags behind the first `count` words as JSON: no call of the table gives a flag twice.
  private func flags(after count: Int) -> String {
    // A word in quotes holds blanks, and no quote: every other piece between quotes is such a word.
    var words: [String] = []
    for (index, piece) in arguments.split(separator: "'", omittingEmptySubsequences: false).enumerated() {
      words += index % 2 == 1 ? [String(piece)] : piece.split(separator: " ").map(String.init)
    }
    words = words.dropFirst(count).filter { $0 != "--json" && $0 != "--quiet" }
    let members = stride(from: 0, to: words.count - 1, by: 2).map { index in
      "\"\(words[index].dropFirst(2))\":\"\(words[index + 1])\""
    }
    return "{\(members.joined(separator: ","))}"
  }
}
