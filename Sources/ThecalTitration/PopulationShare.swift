import ThecalSampling

/// A share of a virtual population, with Wilson's 95 % interval for its size. The interval tells what another draw
/// of as many people could have given; it says nothing about errors of the model.
package struct PopulationShare: Hashable, Sendable {
  /// People of whom it holds.
  package let count: Int
  /// All people.
  package let total: Int
  /// The share.
  package let value: Double
  /// The lower end.
  package let low: Double
  /// The upper end.
  package let high: Double

  private init(count: Int, total: Int, value: Double, low: Double, high: Double) {
    (self.count, self.total, self.value, self.low, self.high) = (count, total, value, low, high)
  }

  /// The same share with ends that move by these factors too, such as what is known of the people drawn.
  package func moved(by low: Double, _ high: Double) -> PopulationShare {
    PopulationShare(
      count: count, total: total, value: value, low: max(0, min(value, self.low * low)),
      high: min(1, max(value, self.high * high)))
  }

  /// `count` of `total`; of nobody, anything is possible.
  package init(_ count: Int, of total: Int) {
    precondition(count >= 0 && count <= total)
    self.count = count
    self.total = total
    guard total > 0 else {
      (value, low, high) = (0, 0, 1)
      return
    }
    let (n, p) = (Double(total), Double(count) / Double(total))
    let z = normalQuantile(0.975)  // both tails of 5 %
    let weight = z * z / n
    let middle = (p + weight / 2) / (1 + weight)
    let reach = (p * (1 - p) / n * z * z + weight * weight / 4).squareRoot() / (1 + weight)
    value = p
    low = max(0, min(p, middle - reach))
    high = min(1, max(p, middle + reach))
  }
}
