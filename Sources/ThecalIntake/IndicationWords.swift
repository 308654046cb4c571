import ThecalDosing
import ThecalFormulary

/// Words of free-text indications: only what is plain is mapped.
struct IndicationWords: Sendable {
  private enum Meaning: Sendable {
    case is_(Indication)
    case spasticity
    case negation
  }

  private let lexicon: Lexicon<Meaning>

  init(_ formulary: Formulary) {
    lexicon = Lexicon(
      formulary.productVocabulary.indications.flatMap { entry -> [(phrase: String, meaning: Meaning)] in
        let meaning: Meaning? =
          switch entry.means {
          case "spasticity": .spasticity
          case "negation": .negation
          default: Indication(rawValue: entry.means).map(Meaning.is_)
          }
        return meaning.map { meaning in entry.words.map { ($0, meaning) } } ?? []
      })
  }

  /// The indication that `text` plainly states; nil where it names none, several, or denies one.
  func read(_ text: String, _ scratch: inout TokenizedText) -> Indication? {
    var text = text
    text.withUTF8 { scratch.read($0.span) { lexicon.word($0, $1, $2) } }
    var found: Set<Indication> = []
    var place = 0
    while place < scratch.tokens.count {
      guard scratch.tokens[place].kind == .word,
        let (meaning, count) = lexicon.longest(scratch.tokens, at: place)
      else {
        place += 1
        continue
      }
      switch meaning {
      case .is_(let indication): found.insert(indication)
      case .spasticity: break
      case .negation: return nil
      }
      place += count
    }
    // Pain of a cancer is cancer pain, wherever it is felt.
    if found.contains(.cancer) { found.remove(.noncancer) }
    if found.contains(where: \.isSpasticity) { found.remove(.noncancer) }
    return found.count == 1 ? found.first : nil
  }
}
