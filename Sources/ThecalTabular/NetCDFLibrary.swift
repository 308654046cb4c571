import CThecalNetCDF
import Glibc
import Synchronization

/// The way into netCDF-C and HDF5, which are not made for threads: one call at a time, whichever file it is for.
enum NetCDFLibrary {
  /// How a call went.
  struct Outcome: Sendable {
    /// What the library said.
    let status: Int32
    /// What the system said last; HDF5 knows only that it failed.
    let code: Int32

    /// Whether the disk took no more.
    var isFullDisk: Bool { status != NC_NOERR && [ENOSPC, EFBIG, EDQUOT, EIO].contains(code) }

    /// The error that this is for doing `action` with the file at `path`; nil where there is none.
    func error(path: String, action: String) -> TabularError? {
      if status == NC_NOERR { return nil }
      if isFullDisk { return .writing(path, code) }
      var message = nc_strerror(status).map { String(cString: $0) } ?? "error \(status)"
      if [ENOLCK, EAGAIN].contains(code) {
        message += "; if this disk has no file locks, set HDF5_USE_FILE_LOCKING=FALSE in the environment"
      }
      return .library(path: path, action: action, message: message)
    }
  }

  private static let lock = Mutex<Void>(())

  /// Makes one call while nobody else makes one. The library prints nothing meanwhile, and does afterwards what it did
  /// before: it may be somebody else's too.
  static func call(_ body: () -> Int32) -> Outcome {
    lock.withLock { _ in
      let printer = ErrorPrinter.silenced()
      defer { printer?.restore() }
      errno = 0
      let status = body()
      return Outcome(status: status, code: errno)
    }
  }
}

/// What HDF5 does with an error before it tells its caller: netCDF-C keeps it from printing, but only for the thread
/// that comes first, and looks for optional attributes in a way that then fills the screen.
private struct ErrorPrinter {
  private typealias Get =
    @convention(c) (
      Int64, UnsafeMutablePointer<UnsafeRawPointer?>, UnsafeMutablePointer<UnsafeMutableRawPointer?>
    ) -> Int32
  private typealias Set = @convention(c) (Int64, UnsafeRawPointer?, UnsafeMutableRawPointer?) -> Int32

  // Of the HDF5 that netCDF-C brings along; its name differs between systems, so that it cannot be linked by it.
  private static let get = symbol("H5Eget_auto2").map { unsafeBitCast($0, to: Get.self) }
  private static let set = symbol("H5Eset_auto2").map { unsafeBitCast($0, to: Set.self) }

  private static func symbol(_ name: String) -> UnsafeMutableRawPointer? {
    // Where the libraries are loaded when first called, they must be there to be looked into.
    _ = nc_inq_libvers()
    return dlsym(nil, name)
  }

  private var function: UnsafeRawPointer?
  private var data: UnsafeMutableRawPointer?

  /// Silences HDF5, and remembers what was there.
  static func silenced() -> ErrorPrinter? {
    var printer = ErrorPrinter()
    guard let get, let set, get(0, &printer.function, &printer.data) >= 0, printer.function != nil else {
      return nil
    }
    _ = set(0, nil, nil)
    return printer
  }

  func restore() { _ = Self.set?(0, function, data) }
}
