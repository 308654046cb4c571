import Testing

@testable import ThecalQuantities

@Test func `edit distance counts changes and swaps`() {
  #expect(editDistance("hieght", "height") == 1 && editDistance("", "abc") == 3)
  #expect(editDistance("kitten", "sitting") == 3)
}
