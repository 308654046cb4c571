import Testing

@testable import ThecalTabular

@Suite struct `Writing JSON` {
  private func text(_ build: (inout JSONWriter) -> Void) -> String {
    var json = JSONWriter()
    build(&json)
    return String(decoding: json.output.bytes, as: UTF8.self)
  }

  @Test func `objects and arrays nest with their commas`() {
    let line = text { json in
      json.beginObject()
      json.key("status")
      json.string("ok")
      json.key("estimate")
      json.number(0.4)
      json.key("codes")
      json.beginArray()
      json.string("A")
      json.beginObject()
      json.endObject()
      json.beginArray()
      json.endArray()
      json.null()
      json.endArray()
      json.key("rows")
      json.number(2)
      json.key("start")
      json.number(verbatim: "0.0666")
      json.key("stale")
      json.bool(false)
      json.endObject()
      json.endLine()
      json.beginArray()
      json.endArray()
      json.endLine()
    }
    let object =
      #"{"status":"ok","estimate":0.4,"codes":["A",{},[],null],"rows":2,"start":0.0666,"stale":false}"#
    #expect(line == object + "\n[]\n")
  }

  @Test func `control characters, quotes and backslashes are escaped`() {
    let escaped = text { $0.string("a\"b\\c\n\r\t\u{1}\u{1F}/é\u{1F9EA}") }
    #expect(escaped == #""a\"b\\c\n\r\t\u0001\u001f/é"# + "\u{1F9EA}\"")
  }

  @Test func `bytes that are not UTF-8 are repaired`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0x62]
    #expect(text { $0.string(bytes.span) } == "\"a\u{FFFD}b\"")
  }

  @Test func `what JSON cannot say is null`() {
    #expect(text { $0.number(.infinity) } == "null" && text { $0.number(.nan) } == "null")
  }
}
