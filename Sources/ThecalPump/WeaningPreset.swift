public import ThecalQuantities

/// A published way to lower a dose. Tapers in print do not agree; each stands with its source.
public struct WeaningPreset: Sendable {
  /// The id, `baclofen_label_jp`.
  public let id: String
  /// Whom it is for and what it says.
  public let text: String
  /// The drugs it may be used for; empty for any.
  public let drugs: [String]
  /// The share that a step takes.
  public let step: PumpFigure<RatioDimension>
  /// The time from one step to the next.
  public let interval: Time

  /// Every preset. None lowers baclofen or clonidine by more than 20 % in a day.
  public static let all = [
    WeaningPreset(
      id: "baclofen_label_jp", text: "label: at most 20 % of the dose in force every 2 days", drugs: ["baclofen"],
      step: PumpFigure(Ratio(20, .percent), source: "gabalon_label_jp", isVerified: true),
      interval: Time(2, .days)),
    WeaningPreset(
      id: "baclofen_label_us", text: "label, maintenance: 10 to 20 % at a time; here 10 % a week",
      drugs: ["baclofen"],
      step: PumpFigure(Ratio(10, .percent), source: "lioresal_label_2022", isVerified: true),
      interval: Time(1, .weeks)),
    WeaningPreset(
      id: "clonidine_daily", text: "this project's ceiling: 20 % of the dose in force a day", drugs: ["clonidine"],
      step: PumpFigure(Ratio(20, .percent), source: "thecal_policy", isVerified: false),
      interval: Time(1, .days)),
    WeaningPreset(
      id: "opioid_weekly", text: "10 % a week, after shorter use (oral practice)",
      drugs: ["morphine", "hydromorphone", "fentanyl", "sufentanil"],
      step: PumpFigure(Ratio(10, .percent), source: "cdc2022", isVerified: false), interval: Time(1, .weeks)),
    WeaningPreset(
      id: "opioid_monthly", text: "10 % every 4 weeks, after a year or more (oral practice)",
      drugs: ["morphine", "hydromorphone", "fentanyl", "sufentanil"],
      step: PumpFigure(Ratio(10, .percent), source: "cdc2022", isVerified: false), interval: Time(4, .weeks)),
  ]

  /// The preset called `id`, where it may be used for `drug`.
  public static func named(_ id: String, for drug: String) -> WeaningPreset? {
    all.first { $0.id == id && ($0.drugs.isEmpty || $0.drugs.contains(drug)) }
  }
}
