import ThecalQuantities
public import ThecalTitration
public import ThecalTransport

extension Timeline {
  /// The timeline of `request`, whose pump follows the doses of `plan`: the rate changes on the days on which the dose does.
  ///
  /// - Throws: `InputProblem` where drug or places are unknown.
  public init(_ request: TimelineRequest, following plan: TitrationPlan) throws(InputProblem) {
    var request = request
    request.problems += plan.findings.all
    var rates: [DeliverySchedule.Rate] = []
    for day in plan.days where day.dose != rates.last?.rate {
      rates.append(.init(start: Time(ExactNumber(day.day - 1), .days), rate: day.dose))
    }
    if !rates.isEmpty { request.input.schedule = DeliverySchedule(rates: rates) }
    try self.init(request)
  }
}
