/// The examples that users get, in `Data/examples`.
public enum ShippedExample {
  private static let root = "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/")

  /// Where the example called `name` is.
  public static func path(_ name: String) -> String { "\(root)/Data/examples/\(name)" }

  /// What stands in it.
  public static func contents(_ name: String) -> String { text(path(name)) ?? "" }
}
