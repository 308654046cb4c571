import ArgumentParser

/// Refuses a `--plot` whose name is that of no picture; nil, for no plot, passes.
func requirePictureName(_ plot: String?) throws {
  if let plot, !plot.hasSuffix(".svg"), !plot.hasSuffix(".png") {
    throw ValidationError("--plot draws .svg and .png")
  }
}
