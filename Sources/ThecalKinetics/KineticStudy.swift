/// A model given to the subjects of an event table: to one typical person each, or to many drawn around that one.
public struct KineticStudy: Sendable {
  /// The typical person.
  public let typical: KineticParameters
  private let population: KineticPopulation?
  /// People per subject.
  public let samples: Int
  /// What the drug is turned into, for models with one compartment.
  public var metabolites: [Metabolite] = []

  /// One typical person per subject.
  public init(typical: KineticParameters) {
    self.typical = typical
    population = nil
    samples = 1
  }

  /// `samples` people of `population` per subject.
  ///
  /// - Precondition: `samples` is at least 1.
  public init(_ population: KineticPopulation, samples: Int) {
    precondition(samples >= 1)
    typical = population.typical
    self.population = population
    self.samples = samples
  }

  /// Whether people are drawn.
  public var isRandom: Bool { population != nil }

  /// Computes every person of one subject and hands each over: their number from 1, their parameters, the batch that
  /// holds them, and their place in it.
  ///
  /// - Throws: `DosingError` where a record cannot be followed; what `body` throws passes through.
  /// - Complexity: memory for eight people, whatever their number.
  public func run(
    subject: String, _ records: [DosingRecord],
    _ body: (_ number: Int, _ person: KineticParameters, _ batch: borrowing KineticsBatch, _ place: Int)
      throws ->
      Void
  ) throws {
    guard let population else {
      var batch = KineticsBatch(try plan(records, for: typical))
      batch.run([typical].span)
      return try body(1, typical, batch, 0)
    }
    let key = SubjectKey(subject)
    if population.needsOwnPlans {
      for number in 1...samples {
        let person = population.person(UInt64(number), of: key)
        var batch = KineticsBatch(try plan(records, for: person))
        batch.run([person].span)
        try body(number, person, batch, 0)
      }
      return
    }
    var batch = KineticsBatch(try plan(records, for: typical))
    for first in stride(from: 1, through: samples, by: KineticsBatch.width) {
      let numbers = first...min(first + KineticsBatch.width - 1, samples)
      let people = numbers.map { population.person(UInt64($0), of: key) }
      batch.run(people.span)
      for number in numbers { try body(number, people[number - first], batch, number - first) }
    }
  }

  private func plan(_ records: [DosingRecord], for person: KineticParameters) throws(DosingError)
    -> DosingPlan
  {
    try DosingPlan(records, model: person.model, bioavailability: person[.F], lag_h: person[.ALAG])
  }
}
