import Glibc

/// The three descriptors that a program is started with.
package enum StandardOutput {
  /// Closes standard output once all of it is written.
  package static func close() throws(TabularError) {
    guard Glibc.close(STDOUT_FILENO) == 0 || errno == EBADF else { throw .writing("-", errno) }
  }

  /// Puts something in the place of each descriptor that is closed, on which every read and write fails: else the
  /// next file that is opened would take its number, and receive what is printed.
  package static func occupy() {
    for (number, flags) in [(STDIN_FILENO, O_WRONLY), (STDOUT_FILENO, O_RDONLY), (STDERR_FILENO, O_RDONLY)]
    where fcntl(number, F_GETFD) < 0 {
      let descriptor = open("/dev/null", flags)
      if descriptor >= 0 && descriptor != number {
        dup2(descriptor, number)
        _ = Glibc.close(descriptor)
      }
    }
  }
}
