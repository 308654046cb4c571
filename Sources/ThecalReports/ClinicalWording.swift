public import ThecalBatch
public import ThecalDosing
public import ThecalResponse
import ThecalQuantities

/// The words of a batch's findings, in plain English.
public struct ClinicalWording: ResultWording {
  /// The one wording.
  public init() {}

  /// Appends the sentence of `finding` in UTF-8.
  public func write(_ finding: Finding, to bytes: inout [UInt8]) { finding.write(to: &bytes) }

  /// What made a start as low as it is.
  public func text(_ basis: StartBasis) -> String { basis.text }

  /// What a step computes, and its arithmetic with the numbers in place.
  public func text(_ step: DerivationStep) -> (quantity: String, arithmetic: String) { step.words }

  /// How likely an effect is, in whom, and who counted it.
  public func text(_ entry: RiskAssessment.Entry) -> String { entry.cell }
}

extension BatchRun {
  /// A run by `options` with the words of this module, for the engine named `engine`.
  public init(_ options: BatchOptions, engine: String) {
    self.init(options, engine: engine, wording: ClinicalWording())
  }
}

extension StartBasis {
  /// `ratio 300 of leaflet_300 x 0.5 cross-tolerance`.
  public var text: String {
    reductions.reduce(origin.text) { text, reduction in
      switch reduction {
      case .crossTolerance(let factor): "\(text) x \(factor.plainText) cross-tolerance"
      case .risk(let factor): "\(text) x \(factor.plainText) risk"
      }
    }
  }
}

extension StartBasis.Origin {
  fileprivate var text: String {
    switch self {
    case .ratio(let ratio, let table, let potency):
      "ratio \(ratio.plainText) of \(table)"
        + (potency.map { " / \($0.plainText) (morphine to hydromorphone)" } ?? "")
    case .ceiling(let ceiling, let value): "\(ceiling.text) \(value.plainText)"
    case .screening(let factor): "screening bolus x \(factor.plainText)"
    }
  }
}

extension StartCeiling {
  fileprivate var text: String {
    switch self {
    case .label: "label maximum for the class"
    case .consensus(let basis, true): "\(basis) maximum".replacing("_", with: " ")
    case .consensus(let basis, false): "unverified \(basis) ceiling".replacing("_", with: " ")
    case .firstDay: "first-day cap without tolerance"
    }
  }
}
