import ThecalConversion
import ThecalFormulary
import ThecalQuantities
import ThecalTabular

extension JSONWriter {
  /// A published number with its source.
  mutating func append(_ figure: Cited<ExactNumber>, part: Conversion.Part? = nil) {
    beginObject()
    if let part {
      key("acts_on")
      string(part.rawValue)
    }
    key("value")
    number(verbatim: figure.value.plainText)
    key("unit")
    string(figure.unit ?? "")
    key("source")
    string(figure.source)
    key("locator")
    string(figure.citation.locator)
    key("verified")
    bool(figure.verified)
    endObject()
  }
}
