import CFuzzer
import Glibc

// Each reader, against whatever bytes libFuzzer comes up with. A crash, a trap or a hang is a finding; so is an answer that
// breaks what the reader promises. THECAL_READER names the reader.

/// A reader, by its name on the command line.
let readers: [String: @Sendable ([UInt8]) -> Void] = [
  "table": { fuzzTable($0, .utf8) },
  "windows1252": { fuzzTable($0, .windows1252) },
  "text": fuzzText,
  "quantity": { fuzzQuantity(String(decoding: $0, as: UTF8.self)) },
  "export": fuzzExport,
  "product": fuzzProduct,
  "sig": fuzzSig,
  "fhir": fuzzFHIR,
  "simulate": { fuzzYAML($0, .simulate) },
  "sweep": { fuzzYAML($0, .sweep) },
  "titrate": { fuzzYAML($0, .titrate) },
  "timeline": { fuzzYAML($0, .timeline) },
  "plan": { fuzzYAML($0, .plan) },
  "fit": { fuzzYAML($0, .fit) },
  "candidate": { fuzzYAML($0, .candidate) },
]

let name = getenv("THECAL_READER").map { String(cString: $0) } ?? ""
guard let chosen = readers[name] else {
  print("THECAL_READER is one of \(readers.keys.sorted().joined(separator: ", "))")
  exit(name.isEmpty ? 0 : 64)
}
let reader = chosen

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
  LLVMFuzzerRunDriver(&count, &arguments) { data, size in
    reader(Array(UnsafeBufferPointer(start: data, count: size)))
    return 0
  })
