import ThecalConversion
import ThecalDosing
import ThecalFormulary
import ThecalTabular

extension JSONWriter {
  /// Appends what a result rests on: sources, figures that nobody has read, and the calculation step by step.
  mutating func appendBasis(of conversion: Conversion, _ wording: any ResultWording) {
    appendSources(of: conversion)
    appendUnverified(of: conversion)
    appendDerivation(of: conversion, wording)
  }

  private mutating func appendSources(of conversion: Conversion) {
    key("sources")
    beginArray()
    for source in conversion.sources { string(source) }
    endArray()
  }

  private mutating func appendUnverified(of conversion: Conversion) {
    key("unverified")
    beginArray()
    for acted in conversion.unverified { append(acted.figure, part: acted.part) }
    endArray()
  }

  private mutating func appendDerivation(of conversion: Conversion, _ wording: any ResultWording) {
    key("derivation")
    beginArray()
    for step in conversion.derivation {
      beginObject()
      key("quantity")
      let words = wording.text(step)
      string(words.quantity)
      key("arithmetic")
      string(words.arithmetic)
      key("figures")
      beginArray()
      for figure in step.figures { append(figure) }
      endArray()
      endObject()
    }
    endArray()
  }
}
