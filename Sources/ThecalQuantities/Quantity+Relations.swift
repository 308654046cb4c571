// How the dimensions hang together, a line each: what is not here does not compile.

/// Dissolving `mass` in `volume`; the divisor is not zero.
public func / (mass: Mass, volume: Volume) -> Concentration {
  Concentration(exact: mass.exact / volume.exact)
}

/// The volume that holds `mass` at `concentration`; the divisor is not zero.
public func / (mass: Mass, concentration: Concentration) -> Volume {
  Volume(exact: mass.exact / concentration.exact)
}

/// What `volume` of a solution holds.
public func * (concentration: Concentration, volume: Volume) -> Mass {
  Mass(exact: concentration.exact * volume.exact)
}

/// Giving `mass` evenly over `time`; the divisor is not zero.
public func / (mass: Mass, time: Time) -> DoseRate { DoseRate(exact: mass.exact / time.exact) }

/// What `rate` gives in `time`.
public func * (rate: DoseRate, time: Time) -> Mass { Mass(exact: rate.exact * time.exact) }

/// How long `mass` lasts at `rate`; the divisor is not zero.
public func / (mass: Mass, rate: DoseRate) -> Time { Time(exact: mass.exact / rate.exact) }

/// What a flow of a solution gives.
public func * (concentration: Concentration, flow: Flow) -> DoseRate {
  DoseRate(exact: concentration.exact * flow.exact)
}

/// The flow that gives `rate` at `concentration`; the divisor is not zero.
public func / (rate: DoseRate, concentration: Concentration) -> Flow {
  Flow(exact: rate.exact / concentration.exact)
}

/// The concentration that gives `rate` at `flow`; the divisor is not zero.
public func / (rate: DoseRate, flow: Flow) -> Concentration { Concentration(exact: rate.exact / flow.exact) }

/// Moving `volume` evenly over `time`; the divisor is not zero.
public func / (volume: Volume, time: Time) -> Flow { Flow(exact: volume.exact / time.exact) }

/// What `flow` moves in `time`.
public func * (flow: Flow, time: Time) -> Volume { Volume(exact: flow.exact * time.exact) }

/// How long `volume` lasts at `flow`; the divisor is not zero.
public func / (volume: Volume, flow: Flow) -> Time { Time(exact: volume.exact / flow.exact) }

/// What a length of catheter holds.
public func * (bore: VolumePerLength, length: Length) -> Volume { Volume(exact: bore.exact * length.exact) }

/// A dose for a person of `weight`.
public func * (dose: MassPerBodyWeight, weight: BodyWeight) -> Mass { Mass(exact: dose.exact * weight.exact) }
