import CThecalNetCDF
import Glibc

/// An open NetCDF file; closed when no longer needed. May be used from any thread.
final class NetCDFHandle {
  let id: Int32
  private let path: String
  private let isWritten: Bool
  private let descriptor: HDF5Descriptor
  private var isClosed = false

  /// Creates the file at `temporaryPath`; errors name `path`.
  convenience init(creating temporaryPath: String, path: String) throws(TabularError) {
    try self.init(temporaryPath, path, isWritten: true, "creating the file") {
      nc_create($0, NC_NETCDF4 | NC_CLOBBER, $1)
    }
  }

  /// Opens the file at `path` for reading.
  convenience init(opening path: String) throws(TabularError) {
    guard access(path, R_OK) == 0 else { throw .reading(path, errno) }
    try self.init(path, path, isWritten: false, "opening the file") { nc_open($0, NC_NOWRITE, $1) }
  }

  private init(
    _ file: String, _ path: String, isWritten: Bool, _ action: String,
    _ open: (String, UnsafeMutablePointer<Int32>) -> Int32
  ) throws(TabularError) {
    var id: Int32 = -1
    var descriptor = HDF5Descriptor(number: nil)
    let outcome = NetCDFLibrary.call {
      let before = HDF5Descriptor.numbers(of: file)
      let status = open(file, &id)
      if status == NC_NOERR { descriptor = HDF5Descriptor(openedSince: before, file: file) }
      return status
    }
    if let error = outcome.error(path: path, action: action) { throw error }
    self.id = id
    self.path = path
    self.isWritten = isWritten
    self.descriptor = descriptor
  }

  deinit {
    guard !isClosed else { return }
    if isWritten { descriptor.detach() }  // nobody will see what was written
    _ = NetCDFLibrary.call { nc_close(id) }
  }

  /// Writes what is still in memory.
  func close() throws(TabularError) {
    // A file that could not be closed is half gone, and HDF5 stumbles over it when the process ends: what may fail
    // comes before that.
    if isWritten { try perform("closing the file") { nc_sync(id) } }
    isClosed = true
    let outcome = NetCDFLibrary.call { nc_close(id) }
    if let error = outcome.error(path: path, action: "closing the file") { throw error }
  }

  /// Calls the library, and throws what its status says about doing `action`.
  func perform(
    _ action: @autoclosure () -> String, _ call: () -> Int32
  ) throws(TabularError) {
    let outcome = NetCDFLibrary.call(call)
    if outcome.status == NC_NOERR { return }
    if isWritten && outcome.isFullDisk { descriptor.detach() }
    if let error = outcome.error(path: path, action: action()) { throw error }
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
