import Glibc

/// Writes `text` to a plain file at `path`.
func create(_ path: String, _ text: String) {
  let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
  precondition(descriptor >= 0)
  _ = text.withCString { write(descriptor, $0, strlen($0)) }
  close(descriptor)
}
