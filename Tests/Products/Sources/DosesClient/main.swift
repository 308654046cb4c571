import Glibc
import ThecalConversion
import ThecalDosing
import ThecalPump
import ThecalQuantities

// A patient's regimen as values, the first dose from it, and when a pump that gives that dose is filled again.

let oxycodone = Medicine(
  drug: "oxycodone", route: .oral,
  amount: .doses(Mass(20, .milligrams), Frequency(timesPerDay: 4)))
var request = ConversionRequest(medicines: [oxycodone], target: "morphine")
request.patient.opioidDays = 30
let result = try Converter().convert(request)
print("start", result.start?.value(in: .milligramsPerDay) ?? .nan, result.status.rawValue)

guard let device = PumpDevice(named: PumpDevice.usual), let start = result.start else {
  print("the data lacks the usual pump, or the dose is refused")
  exit(1)
}
let plan = RefillPlan(
  RefillPlan.Request(
    device: device, fill: Volume(20, .milliliters), concentration: Concentration(1, .milligramsPerMilliliter),
    dose: start, date: try CalendarDate(reading: "2026-01-01")))
print("flow", plan.flow.value(in: .millilitersPerDay), plan.refillBy?.text ?? "refused")
