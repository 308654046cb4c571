import Glibc
import ThecalDosing
import ThecalTabular

/// Reads FHIR: a bundle, one resource, or a file with a resource on each line, which streams by.
struct FHIRReader {
  private let run: IntakeRun
  private let name: String
  private var index = FHIRIndex()
  private var medicines: MedicineReader
  private var summary = IntakeSummary()
  private var watch = OrderWatch()

  init(_ run: IntakeRun, _ name: String) {
    self.run = run
    self.name = name
    medicines = MedicineReader(run.words, asOf: run.options.asOf, codes: run.options.codes)
  }

  /// Reads the text twice: once for what others refer to, once for the medicines.
  mutating func read(
    _ first: consuming TextLines, _ second: consuming TextLines, _ each: (IntakeMedicine) -> Void
  ) throws(IntakeProblem) -> IntakeSummary {
    var line: [UInt8] = []
    var text: [UInt8] = []
    var (isByLine, isDecided) = (false, false)
    while try next(&first, &line) {
      if !isDecided, !isBlank(line) {
        isDecided = true
        isByLine = (try? JSONTree(reading: line)) != nil
      }
      if isByLine { if mayBeReferredTo(line) { keep(try document(line, first.line)) } } else { text += line }
    }
    if !isByLine {
      let whole = try document(text, 1)
      keep(whole)
      deliver(whole, text, 1, each)
      return summary
    }
    while try next(&second, &line) {
      if !isBlank(line) { deliver(try document(line, second.line), line, second.line, each) }
    }
    return summary
  }

  private func next(_ lines: inout TextLines, _ line: inout [UInt8]) throws(IntakeProblem) -> Bool {
    do { return try lines.next(into: &line) } catch { throw IntakeProblem(error) }
  }

  private func isBlank(_ line: [UInt8]) -> Bool { line.allSatisfy { $0 <= 32 } }

  private func document(_ text: [UInt8], _ line: Int) throws(IntakeProblem) -> JSONTree {
    do { return try JSONTree(reading: text) } catch {
      throw IntakeProblem(
        "\(name): line \(line + error.line - 1), column \(error.column): this is no JSON any more")
    }
  }

  /// Whether a line holds a Medication or a Patient; most lines need not be read for that.
  private func mayBeReferredTo(_ line: [UInt8]) -> Bool {
    Self.holds(line, "\"Medication\"") || run.options.asOf != nil && Self.holds(line, "\"Patient\"")
  }

  /// Whether `word` stands anywhere in a line.
  private static func holds(_ line: [UInt8], _ word: StaticString) -> Bool {
    let length = word.utf8CodeUnitCount
    return line.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress, bytes.count >= length else { return false }
      return (0...bytes.count - length).contains { place in
        bytes[place] == word.utf8Start[0] && memcmp(start + place, word.utf8Start, length) == 0
      }
    }
  }

  /// Keeps what others refer to.
  private mutating func keep(_ document: JSONTree) {
    for (resource, url) in resources(document) { index.add(resource, fullURL: url) }
  }

  /// The resources of a document: itself, or the entries of a bundle, with their addresses.
  private func resources(_ document: JSONTree) -> [(JSONTree, String?)] {
    if case .array(let list) = document { return list.map { ($0, nil) } }
    guard document["resourceType"]?.string == "Bundle" else { return [(document, nil)] }
    return (document["entry"]?.elements ?? []).compactMap { entry in
      entry["resource"].map { ($0, entry["fullUrl"]?.string) }
    }
  }

  private mutating func deliver(
    _ document: JSONTree, _ text: [UInt8], _ line: Int, _ each: (IntakeMedicine) -> Void
  ) {
    var source = FHIRSource(index, run.words.sigs, asOf: run.options.asOf)
    for (resource, _) in resources(document) {
      guard let type = resource["resourceType"]?.string, FHIRSource.medicineTypes.contains(type),
        let bytes = resource.bytes
      else { continue }
      let before = text[..<bytes.lowerBound].reduce(0) { $1 == 10 ? $0 + 1 : $0 }
      let cells = source.source(resource, line: line + before, text: Self.squeezed(text[bytes]))
      var medicine = medicines.read(cells)
      watch.check(&medicine)
      summary.counts[medicine.outcome, default: 0] += 1
      each(medicine)
    }
  }

  /// The text of a resource on one line: line breaks and indentation, which stand outside strings, become a blank.
  private static func squeezed(_ bytes: ArraySlice<UInt8>) -> String {
    var text: [UInt8] = []
    var isBreak = false
    for byte in bytes {
      if byte == 10 || byte == 13 { isBreak = true; continue }
      if isBreak && (byte == 32 || byte == 9) { continue }
      if isBreak { text.append(32) }
      isBreak = false
      text.append(byte)
    }
    return String(decoding: text, as: UTF8.self)
  }
}
