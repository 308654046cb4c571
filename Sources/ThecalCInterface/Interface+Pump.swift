public import CThecal
import Thecal

/// A tool around a pump. The header says the rest.
@c @implementation
public func thecal_pump(
  _ tool: UnsafePointer<CChar>!, _ flags: UnsafePointer<UnsafePointer<CChar>?>!, _ count: Int,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.pump(word(tool, "tool"), count == 0 ? [] : words(flags, count, "flags"))
  }
}

/// A clinic's refills. The header says the rest.
@c @implementation
public func thecal_pump_list(
  _ table: UnsafePointer<CChar>!, _ length: Int, _ format: UnsafePointer<CChar>!,
  _ asOf: UnsafePointer<CChar>!,
  _ result: UnsafeMutablePointer<OpaquePointer?>!
) -> thecal_status {
  answer(result) {
    try Calls.pumpList(
      text(table, length, "table"), format: word(format, "format"), asOf: word(asOf, "as_of"))
  }
}
