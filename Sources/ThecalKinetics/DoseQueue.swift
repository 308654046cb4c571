/// What is still to come, earliest first; of what comes at the same time, what was announced first.
struct DoseQueue {
  /// Something to come.
  struct Item {
    enum Act {
      case dose(PlannedDose)
      case stop(node: Int, rate: Double)
    }

    let time: Double
    let act: Act
    /// For a series: its first time, interval, which one this is, and how many follow.
    var origin = 0.0
    var interval = 0.0
    var number = 0
    var repeats = 0

    /// The next of the series, at a time that is not a sum of sums.
    var next: Item {
      var item = Item(time: origin + Double(number + 1) * interval, act: act)
      item.origin = origin
      item.interval = interval
      item.number = number + 1
      item.repeats = repeats - 1
      return item
    }
  }

  /// Latest first.
  private var items: [Item] = []

  /// Puts `item` behind those of its time.
  mutating func insert(_ item: Item) {
    var (low, high) = (0, items.count)
    while low < high {
      let middle = (low + high) / 2
      if items[middle].time > item.time { low = middle + 1 } else { high = middle }
    }
    items.insert(item, at: low)
  }

  /// Takes the first, if it comes no later than `time`.
  mutating func removeFirst(until time: Double) -> Item? {
    guard let first = items.last, first.time <= time else { return nil }
    return items.removeLast()
  }

  /// Forgets everything.
  mutating func removeAll() { items.removeAll(keepingCapacity: true) }
}
