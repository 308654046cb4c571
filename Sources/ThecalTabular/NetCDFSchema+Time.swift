extension NetCDFSchema.Variable {
  /// The coordinate of elapsed time in hours. By the conventions it would need a date that nobody knows; xarray reads
  /// this form as a `timedelta`.
  package static func hours(over dimension: String = "time") -> Self {
    .init(
      dimension, over: [dimension], units: "hours",
      attributes: [
        .init("long_name", .text("time since the start of the programme")),
        .init("dtype", .text("timedelta64[ns]")),
      ])
  }
}
