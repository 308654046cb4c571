import Glibc

/// A file that another file names.
package enum NamedFile {
  /// Where the file is that `file` names as `name`: a regular file in the folder of `file` or below it, links
  /// followed. A file from
  /// a stranger opens no other door.
  ///
  /// - Returns: Nil where the name leads out of the folder.
  package static func path(_ name: String, beside file: String) -> String? {
    guard !name.isEmpty, !name.hasPrefix("/"), !name.split(separator: "/").contains("..") else { return nil }
    let place = file == "-" ? "" : folder(of: file)
    let path = place + name
    var status = stat()
    // A pipe or a device would be waited for.
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFREG { return nil }
    guard let inside = resolved(place.isEmpty ? "." : place), let found = resolved(path) else { return path }
    return found.hasPrefix(inside == "/" ? "/" : inside + "/") ? path : nil
  }

  /// The path without links; nil where there is nothing.
  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}
