import Glibc
import Synchronization

/// Leaves no half-written file behind when the process is told to stop.
package enum InterruptGuard {
  /// From now on every signal that would end the process removes the temporary file of every open `AtomicFile`
  /// first, and ends the process at once with 128 + signal: 130 for SIGINT. Signals that the parent had ignored, as
  /// `nohup` does, stay ignored. SIGKILL cannot be caught; what it may leave has no name, or is a file of the
  /// libraries that write workbooks and NetCDF.
  ///
  /// Writing to a closed pipe or past a limit on file size becomes an error of the write instead of a
  /// signal, a crash leaves no image of the memory, which holds patients, and HDF5 asks for no locks, which some
  /// network disks do not have; whoever has set its variable is obeyed. Call it once, from the main function; it
  /// changes what belongs to the whole process.
  package static func install() {
    setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0)
    _ = temporaryFiles  // made here, so that no handler is the first to need it
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
    for number in ending {
      var action = sigaction()
      sigaction(number, nil, &action)
      guard !isIgnoring(action) else { continue }
      action = sigaction()
      action.__sigaction_handler.sa_handler = removeTemporaryFilesAndExit
      sigaction(number, &action, nil)
    }
    signal(SIGPIPE, SIG_IGN)
    signal(SIGXFSZ, SIG_IGN)
  }

  /// The signals whose default is to end the process, but for those that are errors here and SIGKILL.
  private static let ending = [
    SIGHUP, SIGINT, SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGUSR1, SIGSEGV, SIGUSR2, SIGALRM,
    SIGTERM,
    SIGSTKFLT, SIGXCPU, SIGVTALRM, SIGPROF, SIGPOLL, SIGPWR, SIGSYS,
  ]

  private static func isIgnoring(_ action: sigaction) -> Bool {
    unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}

/// Runs as a signal handler: nothing here allocates, locks or waits.
private func removeTemporaryFilesAndExit(_ number: Int32) {
  temporaryFiles.removeAll()
  _exit(128 + number)
}

/// The temporary files of this process.
let temporaryFiles = TemporaryFileRegistry()

/// Paths of files to remove when the process is interrupted, kept where a signal handler can read them:
/// in memory that is never freed, with the state of each place in one bit.
final class TemporaryFileRegistry: Sendable {
  private static let places = 64
  private static let placeBytes = Int(PATH_MAX)
  /// Written only by whoever has claimed the place, read only while its bit in `active` is set.
  private nonisolated(unsafe) let paths = UnsafeMutablePointer<CChar>.allocate(
    capacity: places * placeBytes)
  private let claimed = Atomic<UInt64>(0)
  private let active = Atomic<UInt64>(0)

  /// Registers `path`, before the file is made; nil when 64 files are registered already, and then an
  /// interrupted process leaves this one behind.
  func register(_ path: String) -> Int? {
    guard path.utf8.count < Self.placeBytes, let place = claimPlace() else { return nil }
    let start = paths + place * Self.placeBytes
    _ = path.withCString { strcpy(start, $0) }
    active.bitwiseOr(1 << UInt64(place), ordering: .releasing)
    return place
  }

  /// Forgets the file at `place`: it has its final name, or is gone.
  func release(_ place: Int) {
    active.bitwiseAnd(~(1 << UInt64(place)), ordering: .sequentiallyConsistent)
    claimed.bitwiseAnd(~(1 << UInt64(place)), ordering: .sequentiallyConsistent)
  }

  /// Removes every registered file.
  func removeAll() {
    let places = active.load(ordering: .acquiring)
    for place in 0..<Self.places where places & (1 << UInt64(place)) != 0 {
      unlink(paths + place * Self.placeBytes)
    }
  }

  private func claimPlace() -> Int? {
    while true {
      let taken = claimed.load(ordering: .relaxed)
      let place = (~taken).trailingZeroBitCount
      guard place < Self.places else { return nil }
      let (isMine, _) = claimed.compareExchange(
        expected: taken, desired: taken | 1 << UInt64(place), ordering: .acquiringAndReleasing)
      if isMine { return place }
    }
  }
}
