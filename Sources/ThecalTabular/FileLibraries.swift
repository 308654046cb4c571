import CThecalNetCDF

/// The libraries behind the files, as an installation check names them.
package enum FileLibraries {
  /// The version of the NetCDF library that is linked, such as `4.9.0`.
  package static var netCDFVersion: String {
    let text = nc_inq_libvers().map { String(cString: $0) } ?? ""
    return String(text.prefix { $0 != " " })
  }
}
