public import CThecal

/// The names of the files that a text refers to. The header says the rest.
@c @implementation
public func thecal_files(
  _ yaml: UnsafePointer<CChar>!, _ length: Int, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.files(text(yaml, length, "text")) }
}

/// Computes part of a sweep into a file. The header says the rest.
@c @implementation
public func thecal_sweep(
  _ spec: UnsafePointer<CChar>!, _ length: Int, _ files: UnsafePointer<thecal_file>!, _ count: Int,
  _ output: UnsafePointer<CChar>!, _ shard: Int32, _ shards: Int32, _ threads: Int32, _ resume: Int32,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  thecal_sweep_watched(
    spec, length, files, count, output, shard, shards, threads, resume, nil, nil, result)
}

/// The same, watched. The header says the rest.
@c @implementation
public func thecal_sweep_watched(
  _ spec: UnsafePointer<CChar>!, _ length: Int, _ files: UnsafePointer<thecal_file>!, _ count: Int,
  _ output: UnsafePointer<CChar>!, _ shard: Int32, _ shards: Int32, _ threads: Int32, _ resume: Int32,
  _ progress: thecal_progress!, _ context: UnsafeMutableRawPointer!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.sweep(
      text(spec, length, "spec"), namedTexts(files, count), to: word(output, "output"),
      shard: (Int(shard), Int(shards)), threads: Int(threads), resumes: resume != 0,
      watcher: progress.map { Watcher(tell: $0, context: context) })
  }
}

/// Joins the shards of a sweep. The header says the rest.
@c @implementation
public func thecal_merge(
  _ parts: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int, _ output: UnsafePointer<CChar>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.merge(words(parts, count, "parts"), to: word(output, "output")) }
}

/// Which parameter of a sweep weighs how much. The header says the rest.
@c @implementation
public func thecal_sensitivity(
  _ path: UnsafePointer<CChar>!, _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) { try Calls.sensitivity(word(path, "path")) }
}
