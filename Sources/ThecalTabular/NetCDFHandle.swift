import CThecalNetCDF
import Glibc

/// An open NetCDF file; closed when no longer needed.
final class NetCDFHandle {
  let id: Int32
  private let path: String
  private var isClosed = false

  /// Creates the file at `temporaryPath`; errors name `path`.
  init(creating temporaryPath: String, path: String) throws(TabularError) {
    var id: Int32 = -1
    _ = leavesOutLocks
    silenceHDF5()
    errno = 0
    let status = nc_create(temporaryPath, NC_NETCDF4 | NC_CLOBBER, &id)
    if status != NC_NOERR { throw failure(status, path: path, action: "creating the file") }
    self.id = id
    self.path = path
  }

  /// Opens the file at `path` for reading.
  init(opening path: String) throws(TabularError) {
    guard access(path, R_OK) == 0 else { throw .reading(path, errno) }
    var id: Int32 = -1
    _ = leavesOutLocks
    silenceHDF5()
    errno = 0
    let status = nc_open(path, NC_NOWRITE, &id)
    if status != NC_NOERR { throw failure(status, path: path, action: "opening the file") }
    self.id = id
    self.path = path
  }

  deinit {
    guard !isClosed else { return }
    silenceHDF5()
    if nc_close(id) != NC_NOERR { _ = leavesOutHDF5AtExit }
  }

  /// Writes what is still in memory.
  func close() throws(TabularError) {
    isClosed = true
    do throws(TabularError) {
      try perform("closing the file") { nc_close(id) }
    } catch {
      _ = leavesOutHDF5AtExit
      throw error
    }
  }

  /// Calls the library, and throws what its status says about doing `action`.
  func perform(
    _ action: @autoclosure () -> String, _ call: () -> Int32
  ) throws(TabularError) {
    silenceHDF5()
    errno = 0
    let status = call()
    if status != NC_NOERR { throw failure(status, path: path, action: action()) }
  }

  /// The error that `what` the file holds is larger than the memory that is given to it.
  func tooLarge(_ what: String) -> TabularError {
    .library(path: path, action: "reading \(what)", message: "it claims more numbers than are read at once")
  }

  /// The error that `what` the file holds is none of the things that a schema describes.
  func unknown(_ what: String) -> TabularError {
    .library(path: path, action: "reading \(what)", message: "not of a kind that this program writes")
  }
}

/// What `status` says about doing `action`.
private func failure(_ status: Int32, path: String, action: String) -> TabularError {
  // HDF5 knows only that it failed; the system has left the reason.
  if [ENOSPC, EFBIG, EDQUOT, EIO].contains(errno) { return .writing(path, errno) }
  let message = nc_strerror(status).map { String(cString: $0) } ?? "error \(status)"
  return .library(path: path, action: action, message: message)
}

/// Keeps HDF5 from printing what it tells its caller anyway. netCDF-C does this too, but only for the
/// thread that comes first, and looks for optional attributes in a way that then fills the screen.
private func silenceHDF5() { _ = setErrorPrinter?(0, nil, nil) }

/// `H5Eset_auto2`, of the HDF5 that netCDF-C brings along; its name differs between systems, so that it
/// cannot be linked by it.
private let setErrorPrinter = dlsym(nil, "H5Eset_auto2").map {
  unsafeBitCast(
    $0, to: (@convention(c) (Int64, UnsafeRawPointer?, UnsafeRawPointer?) -> Int32).self)
}

/// Once asked for, the process ends without HDF5's own clean-up. HDF5 does not let go of a file that it
/// could not write, tries again when the process ends, and crashes: a full disk would end with a signal
/// instead of the exit code that says so.
private let leavesOutHDF5AtExit: Bool = {
  on_exit(
    { status, _ in
      fflush(nil)
      _exit(status)
    }, nil) == 0
}()

/// Once asked for, HDF5 does not lock files. Its locks do not exist on some network disks, and outlive a
/// file in every program that was started while it was open. Nothing is lost: a file that is being written
/// has a name that nobody knows, and a file that has its name is not written any more. HDF5 looks at this
/// once, before its first file; whoever has set the variable is obeyed.
private let leavesOutLocks: Bool = setenv("HDF5_USE_FILE_LOCKING", "FALSE", 0) == 0
