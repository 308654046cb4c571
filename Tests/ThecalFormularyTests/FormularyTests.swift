import Testing

@testable import ThecalFormulary

@Test func `the data are proven`() {
  let errors = Formulary.embedded.check().filter { $0.severity == .error }
  #expect(errors == [])
}
