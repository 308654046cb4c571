import ThecalQuantities

extension PumpAnswer {
  /// An answer from a calculation's figures and its closed ledger.
  init(
    _ title: String, inputs: [(String, String?)], formulas: [String], fields: [Field],
    settlement: PumpSettlement
  ) {
    self.title = title
    self.inputs = inputs.compactMap { label, text in text.map { Input(label: label, text: $0) } }
    self.formulas = formulas
    self.fields = fields
    findings = settlement.findings
    sources = settlement.sources
    alternative = settlement.alternative
  }
}

extension PumpAnswer.Field {
  /// A number with its unit.
  static func number(
    _ key: String, _ label: String, _ value: ExactNumber?, _ unit: String = "", explains: Bool = false
  ) -> Self {
    Self(
      key: key, label: label, value: value.map(PumpAnswer.Value.number) ?? .none, unit: unit,
      explains: explains)
  }

  /// A text.
  static func text(_ key: String, _ label: String, _ value: String?, explains: Bool = false) -> Self {
    Self(
      key: key, label: label, value: value.map(PumpAnswer.Value.text) ?? .none, unit: "", explains: explains)
  }

  /// Several values.
  static func list(_ key: String, _ label: String, _ values: [PumpAnswer.Value], explains: Bool = false)
    -> Self
  {
    Self(key: key, label: label, value: .list(values), unit: "", explains: explains)
  }
}

extension PumpAnswer.Value {
  /// A record with its parts in this order.
  static func parts(_ parts: (String, PumpAnswer.Value)...) -> PumpAnswer.Value {
    .record(parts.map { PumpAnswer.Part($0.0, $0.1) })
  }

  /// A number, or nothing.
  static func maybe(_ number: ExactNumber?) -> PumpAnswer.Value {
    number.map(PumpAnswer.Value.number) ?? .none
  }
}
