import CThecalServerPage
import Mustache
import Thecal

/// The files of the page, as they were when the program was compiled.
enum PageFiles {
  /// The page at `/` and what it loads.
  static var endpoints: [Endpoint] {
    (0..<thecal_page_file_count()).map { index in
      let file = thecal_page_file_at(index)
      let name = String(cString: file.name)
      let bytes = Array(UnsafeBufferPointer(start: file.bytes, count: file.length))
      let isPage = name == "page.html"
      let type = types[name.drop { $0 != "." }.description] ?? ServedType.text
      var endpoint = Endpoint(
        method: "GET", path: isPage ? "/" : "/\(name)",
        title: isPage ? "The page for a browser" : "A file of the page"
      ) { _ in Outgoing(type, isPage ? try page(bytes) : bytes) }
      endpoint.gives = [type]
      endpoint.isOpen = true
      return endpoint
    }
  }

  /// The page with the versions and the words that every page carries.
  private static func page(_ template: [UInt8]) throws -> [UInt8] {
    let content = [
      "engine": "thecal \(thecalVersion)", "data": Formulary.embedded.version, "use": thecalIntendedUse,
    ]
    return Array(try MustacheTemplate(string: String(decoding: template, as: UTF8.self)).render(content).utf8)
  }

  private static let types = [
    ".html": ServedType.page, ".css": "text/css", ".js": "text/javascript", ".svg": ServedType.picture,
    ".yaml": ServedType.yaml,
  ]
}
