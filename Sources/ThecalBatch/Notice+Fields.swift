import ThecalConversion

// The words of every finding about the bytes of a file stand here.

extension Notice {
  /// A cell that cannot be read.
  static func field(_ code: ConversionCode, _ line: Int, _ column: InputColumn, _ what: String) -> Notice {
    Notice(.error, code, "\(column.name): \(what).", line: line)
  }

  static func missing(_ line: Int, _ column: InputColumn, _ what: String = "is blank") -> Notice {
    field(.missingField, line, column, what)
  }

  static func fieldCount(_ line: Int, has: Int, wants: Int) -> Notice {
    Notice(
      .error, .badText,
      "it has \(has) fields, the header has \(wants). A comma inside a number or a name must stand in quotes.",
      line: line
    )
  }

  static func unreadable(_ line: Int, _ reasons: [String]) -> Notice {
    Notice(.error, .badText, "\(reasons.joined(separator: "; ")).", line: line)
  }

  static func notConsecutive(_ line: Int) -> Notice {
    Notice(
      .error, .notConsecutive,
      "patient_id: the lines of this patient do not stand together; sort the file by patient_id.", line: line
    )
  }

  static func duplicate(_ line: Int, of first: Int) -> Notice {
    Notice(
      .error, .duplicateRow,
      "the same medicine stands on line \(first); delete one, or add both up on one line.", line: line)
  }

  static func severalTargets() -> Notice {
    Notice(
      .review, .severalTargets,
      "Several opioids are asked for as drugs of one pump: each start covers a part of the medicines only. Name one target_drug on every line."
    )
  }

  static func conflicting(_ line: Int, _ column: InputColumn) -> Notice {
    field(.conflictingValues, line, column, "says something else than an earlier line of this patient")
  }
}
