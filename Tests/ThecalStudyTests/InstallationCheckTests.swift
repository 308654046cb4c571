import Testing
import ThecalFormulary
import ThecalQuantities

@testable import ThecalStudy

@Suite struct `What an installation is asked` {
  @Test func `is whether its bytes, its algebra and its files are those that were tested`() throws {
    let check = InstallationCheck(today: CalendarDate(dayNumber: 20_454))
    #expect(check.damagedFiles.isEmpty && check.overdueTables.isEmpty && !check.netCDF.isEmpty)
    let level = try #require(check.level)
    #expect(check.isExact && abs(level / InstallationCheck.knownLevel - 1) < 0.005)
    #expect(check.hasFailures == (check.gnuplot == nil))
  }

  @Test func `is a failure for a table that was to be reviewed`() throws {
    let table = try #require(Formulary.embedded.oralEquivalents("cdc_2022"))
    let day = try CalendarDate(reading: table.reviewBy)
    #expect(!InstallationCheck(today: day).overdueTables.contains(table))
    let later = InstallationCheck(today: day + 1)
    #expect(later.overdueTables.contains(table) && later.hasFailures)
  }
}
