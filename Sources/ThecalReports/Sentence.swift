import ThecalBatch
import ThecalConversion
public import ThecalDosing
import ThecalIntake
import ThecalPlan
import ThecalPump
import ThecalResponse
import ThecalScenario
import ThecalTitration

/// A sentence with places for evidence, as it is written beside its topic: `{0} is above the limit of {1}.`
struct Sentence: Hashable, Sendable {
  /// A piece of the sentence.
  private enum Piece: Hashable {
    case words(String)
    case place(Int)
  }

  private let pieces: [Piece]
  /// How many pieces of evidence it names.
  let places: Int

  /// Whether it begins with words of its own.
  var beginsWithWords: Bool { if case .words? = pieces.first { true } else { false } }

  /// The sentence written as `template`.
  init(_ template: String) {
    var pieces: [Piece] = []
    var words = ""
    var rest = template[...]
    var most = 0
    while let open = rest.firstIndex(of: "{") {
      let after = rest.index(after: open)
      guard let close = rest[after...].firstIndex(of: "}"), let place = Int(rest[after..<close]) else {
        break
      }
      words += rest[..<open]
      if !words.isEmpty { pieces.append(.words(words)) }
      words = ""
      pieces.append(.place(place))
      most = max(most, place + 1)
      rest = rest[rest.index(after: close)...]
    }
    words += rest
    if !words.isEmpty { pieces.append(.words(words)) }
    self.pieces = pieces
    places = most
  }

  /// Appends the sentence with `evidence` in its places; numbers have `digits` significant digits.
  func write(_ evidence: [Evidence], digits: Int, to bytes: inout [UInt8]) {
    for piece in pieces {
      switch piece {
      case .words(let words): bytes.append(contentsOf: words.utf8)
      case .place(let place):
        if place < evidence.count { EvidenceText.write(evidence[place], digits: digits, to: &bytes) }
      }
    }
  }
}

/// Every sentence of the engine, by the topic it belongs to.
struct SentenceBook: Sendable {
  /// By room, then by the topic's number.
  private let rooms: [[Sentence]]

  /// The one book.
  static let standard = SentenceBook()

  private init() {
    var rooms = Array(repeating: [Sentence](), count: Room.allCases.count)
    func add<T: FindingTopic>(_: T.Type, _ sentence: (T) -> String) {
      rooms[Int(T.room.rawValue)] = T.allCases.map { Sentence(sentence($0)) }
    }
    add(DosingTopic.self) { $0.sentence }
    add(ConversionTopic.self) { $0.sentence }
    add(ReadingTopic.self) { $0.sentence }
    add(IntakeTopic.self) { $0.sentence }
    add(TitrationTopic.self) { $0.sentence }
    add(ScenarioTopic.self) { $0.sentence }
    add(PumpTopic.self) { $0.sentence }
    add(PlanTopic.self) { $0.sentence }
    add(RiskTopic.self) { $0.sentence }
    self.rooms = rooms
  }

  /// The sentence of `topic`; nil where its room has none.
  subscript(_ topic: Topic) -> Sentence? {
    let room = rooms[Int(topic.room.rawValue)]
    return Int(topic.number) < room.count ? room[Int(topic.number)] : nil
  }
}

extension Finding {
  /// Appends the finding as a person reads it: the place, then the sentence.
  func write(to bytes: inout [UInt8]) {
    if let line = place?.line {
      bytes.append(contentsOf: "line \(line), ".utf8)
    }
    if let field = place?.field { bytes.append(contentsOf: "\(field): ".utf8) }
    let begin = bytes.count
    guard let sentence = SentenceBook.standard[topic] else { return }
    sentence.write(evidence, digits: 4, to: &bytes)
    // After "dose: " the sentence goes on; a name that stands first keeps its capitals.
    if place?.field != nil, sentence.beginsWithWords, bytes.count > begin, (65...90).contains(bytes[begin]) {
      bytes[begin] += 32
    }
  }

  /// The finding as a person reads it.
  public var text: String {
    var bytes: [UInt8] = []
    write(to: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension DerivationStep {
  /// What is computed, and the arithmetic with its numbers in place.
  public var words: (quantity: String, arithmetic: String) {
    var bytes: [UInt8] = []
    SentenceBook.standard[topic]?.write(evidence, digits: 6, to: &bytes)
    let text = String(decoding: bytes, as: UTF8.self)
    let parts = text.split(separator: ": ", maxSplits: 1)
    return parts.count == 2 ? (String(parts[0]), String(parts[1])) : ("", text)
  }
}
