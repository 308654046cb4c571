import ThecalQuantities

/// Reads the items of directions from left to right.
///
/// A text is `read` only where every word of it is known and says nothing that makes the amount uncertain.
struct SigParser {
  let items: [SigItem]
  var place = 0
  var parts: [SigDraft] = [SigDraft()]
  var reasons: Set<SigReading.Reason> = []
  var notes: Set<SigReading.Note> = []
  var route: MedicineRoute?
  var maximum: SigReading.Maximum?
  var unclear: [Range<Int>] = []
  var isSkipped = false
  var isSequence = false
  var drugs: Set<Int> = []
  /// Inside a reason, numbers and unknown words say nothing about the dose.
  var isReason = false
  /// Whether something stands between the last part and here that adds a further dose.
  var isJoined = false
  /// The place behind the frequency that was read last.
  var endOfFrequency = -1
  /// Doses that the text splits a daily amount into.
  var isDivided = false

  init(_ items: [SigItem]) {
    self.items = items
    while place < items.count { step() }
  }

  var draft: SigDraft {
    get { parts[parts.count - 1] }
    set { parts[parts.count - 1] = newValue }
  }

  func word(_ offset: Int) -> SigWord? {
    guard items.indices.contains(place + offset), case .word(let word) = items[place + offset] else {
      return nil
    }
    return word
  }

  func mark(_ offset: Int) -> UInt8? {
    guard items.indices.contains(place + offset), case .mark(let mark) = items[place + offset] else {
      return nil
    }
    return mark
  }

  func quantity(_ offset: Int) -> SigQuantity? {
    guard place + offset < items.count, case .quantity(let quantity) = items[place + offset] else {
      return nil
    }
    return quantity
  }

  /// Reads one item; a second frequency of a dose must follow the first at once, as in "q12h daily": with anything in
  /// between, as in "daily-bid", it may be another choice.
  mutating func step() {
    let (start, count) = (place, parts.count)
    let (times, isDaily) = (draft.times, draft.isDaily)
    readItem()
    if count != parts.count || (draft.times == times && draft.isDaily == isDaily) { return }
    if (times != nil || isDaily) && start != endOfFrequency { reasons.insert(.contradiction) }
    endOfFrequency = place
  }

  private mutating func readItem() {
    switch items[place] {
    case .quantity where isSupply: place += 1
    case .quantity(let quantity): take(quantity)
    case .scheme(let sum):
      begin()
      draft.setAmount(sum, sum)
      draft.addTimes(1, 1)
      isReason = false
      place += 1
    case .clock:
      draft.clocks += 1
      place += 1
    case .word(let word): take(word)
    case .mark(let mark):
      take(mark: mark)
      place += 1
    case .unknown(let range):
      if !isReason { unclear.append(range) }
      place += 1
    }
  }

  /// Whether the number here is that of a supply: "#60" behind directions that have their amount.
  private var isSupply: Bool {
    place > 0 && mark(-1) == UInt8(ascii: "#") && draft.amount != nil && draft.hasTimes
  }

  mutating func take(mark: UInt8) {
    switch mark {
    case UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "&"), UInt8(ascii: "+"):
      isJoined = true
      if mark != UInt8(ascii: ",") { isReason = false }
    case UInt8(ascii: "."), UInt8(ascii: ":"): isReason = false
    case UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "-"), UInt8(ascii: "/"), UInt8(ascii: "*"),
      UInt8(ascii: "\""), UInt8(ascii: "="),
      UInt8(ascii: "["), UInt8(ascii: "]"), UInt8(ascii: "#"), UInt8(ascii: "!"), UInt8(ascii: "_"):
      break
    case UInt8(ascii: "@"): break
    default: if !isReason { reasons.insert(.unclearWords) }
    }
  }

  /// Opens a further part where the one here has its amount already.
  mutating func begin() {
    guard draft.amount != nil || draft.mass != nil else { return }
    if !isJoined && !(draft.hasTimes && draft.isByPartsOfDay) { reasons.insert(.contradiction) }
    if !draft.hasTimes && !isSequence { draft.isOpen = true }
    parts.append(SigDraft())
    isJoined = false
  }
}
