/// One act on a group of mammillary systems, in the layout of the kernels.
package struct MammillaryAction: BitwiseCopyable, Hashable, Sendable {
  /// What is done; the raw values are those of the kernels.
  package enum Kind: Int32, Sendable {
    /// Time goes on by the step of index `at`.
    case advance
    /// The next reading.
    case read
    /// `value` steps of index `at`, each with a reading after it.
    case coast
    /// `value` into node `at`: 0 is the depot, 1 the central node.
    case give
    /// The feed of node `at` changes by `value` per hour.
    case feed
    /// Nothing is fed any more, to the last bit.
    case rest
    /// Everything is gone, feeds too.
    case clear
    /// The state is set aside, and an empty one taken.
    case aside
    /// The state that was set aside is added.
    case join
    /// From what one cycle has left of nothing to what endless cycles leave; `at` is a step of that length, and
    /// `value` the length.
    case close
    /// What an endless feed of `value` per hour into node `at` holds is added.
    case settle
  }

  private let rawKind: Int32
  private let rawAt: Int32
  /// The size of what is done.
  package let value: Double

  /// An act.
  package init(_ kind: Kind, at: Int = 0, _ value: Double = 0) {
    rawKind = kind.rawValue
    rawAt = Int32(at)
    self.value = value
  }

  /// What is done.
  package var kind: Kind? { Kind(rawValue: rawKind) }

  /// The step or node.
  package var at: Int { Int(rawAt) }
}

/// Acts in a row, and the number of readings that they give.
package struct MammillaryProgram: Sendable {
  let actions: [MammillaryAction]
  /// Readings of a walk through all of it.
  package let readings: Int

  /// The acts in the order in which they are carried out.
  package init(_ actions: [MammillaryAction]) {
    self.actions = actions
    readings = actions.reduce(0) { count, action in
      switch action.kind {
      case .read: count + 1
      case .coast: count + Int(action.value)
      default: count
      }
    }
  }
}
