import ThecalScenario

extension ScenarioError {
  /// Whether it names `key` and `line`, and `words` stand in what it says.
  func says(_ words: String, at key: String, line: Int) -> Bool {
    self.key == key && self.line == line && message.contains(words)
  }
}
