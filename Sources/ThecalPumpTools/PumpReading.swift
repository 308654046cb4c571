import ArgumentParser
package import Thecal

// From flags to quantities. Every refusal is a usage error (exit 64) that names what is accepted.

extension Quantity {
  /// A quantity above zero.
  @Sendable package static func positive(_ text: String) throws -> Self {
    let quantity = try nonnegative(text)
    guard quantity > .zero else {
      throw ValidationError("'\(text)' must be above zero, such as '\(D.example)'")
    }
    return quantity
  }

  /// A quantity that is not below zero.
  @Sendable package static func nonnegative(_ text: String) throws -> Self {
    let quantity: Self
    do { quantity = try Self(reading: text) } catch { throw ValidationError(error.explanation) }
    guard quantity >= .zero else { throw ValidationError("'\(text)' must not be below zero") }
    let least = Self(ExactNumber(1, over: 1_000_000), D.units[0])
    let most = Self(1_000_000, D.units[0])
    guard quantity == .zero || (quantity >= least && quantity <= most) else {
      throw ValidationError("'\(text)' is far from any \(D.name) that a pump meets, such as '\(D.example)'")
    }
    return quantity
  }
}

/// A civil day.
@Sendable package func civilDay(_ text: String) throws -> CalendarDate {
  do { return try CalendarDate(reading: text) } catch {
    throw ValidationError("'\(text)' \(error.explanation)")
  }
}

/// A span of time, or a plain number of days.
@Sendable package func daysOrTime(_ text: String) throws -> Time {
  if let number = try? NumberReader().read(text), number > .zero, number <= 1_000_000 {
    return Time(number, .days)
  }
  return try Time.positive(text)
}

/// A quantity together with the unit of mass that it was written in.
struct Written<D: ThecalQuantities.Dimension> {
  let value: Quantity<D>
  let unit: DoseUnit

  /// Reads `text`; a gram is spoken of in milligrams.
  @Sendable init(_ text: String) throws {
    value = try Quantity.positive(text)
    let tail = text.drop { !$0.isLetter && $0 != "µ" && $0 != "μ" }
    let symbol = Quantity<D>.unit(named: String(tail))?.symbol ?? ""
    unit = DoseUnit(before: symbol)
  }
}

/// A name and the quantities after it: `morphine 10 mg/mL from 25 mg/mL in 20 mL`.
struct NamedQuantities {
  let name: String
  /// The quantities by the word before them; the first has none.
  let parts: [String: String]

  init(_ text: String, words: [String] = []) throws {
    let tokens = text.split(whereSeparator: \.isWhitespace).map(String.init)
    let nameTokens = tokens.prefix { $0.first?.isNumber != true && !words.contains($0) }
    guard !nameTokens.isEmpty, nameTokens.count < tokens.count else {
      throw ValidationError("'\(text)' is not a name and a quantity, such as 'morphine 10 mg/mL'")
    }
    name = nameTokens.joined(separator: " ")
    var parts: [String: [String]] = [:]
    var word = ""
    for token in tokens.dropFirst(nameTokens.count) {
      if words.contains(token) { word = token } else { parts[word, default: []].append(token) }
    }
    self.parts = parts.mapValues { $0.joined(separator: " ") }
  }
}

/// A drug of a mixture: `morphine 10 mg/mL`.
@Sendable func mixturePart(_ text: String) throws -> Admixture.Part {
  let named = try NamedQuantities(text)
  let strength = try Written<ConcentrationDimension>(named.parts[""] ?? "")
  return Admixture.Part(PumpDrug(named: named.name), strength.value, unit: strength.unit)
}

/// A drug and a daily dose: `morphine 4 mg/day`.
@Sendable func wantedDose(_ text: String) throws -> Admixture.Design.WantedDose {
  let named = try NamedQuantities(text)
  let dose = try Written<DoseRateDimension>(named.parts[""] ?? "")
  return Admixture.Design.WantedDose(PumpDrug(named: named.name), dose.value, unit: dose.unit)
}

/// A drug and its stock: `morphine 10 mg/mL from 25 mg/mL in 20 mL`.
@Sendable func stockIngredient(_ text: String) throws -> CompoundingSheet.Ingredient {
  let named = try NamedQuantities(text, words: ["from", "in"])
  let strength = try Written<ConcentrationDimension>(named.parts[""] ?? "")
  guard let from = named.parts["from"] else {
    throw ValidationError("'\(text)' names no stock; write 'morphine 10 mg/mL from 25 mg/mL'")
  }
  let stock = try Concentration.positive(from)
  let drug = PumpDrug(named: named.name)
  let vial = try named.parts["in"].map(Volume.positive)
  return CompoundingSheet.Ingredient(
    Admixture.Part(drug, strength.value, unit: strength.unit), from: stock, vial: vial ?? drug.vial(of: stock)
  )
}
