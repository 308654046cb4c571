// The door: what users of the package may see. Algebra, solvers and tables of bytes stay inside.
@_exported public import ThecalBatch
@_exported public import ThecalConversion
@_exported public import ThecalDosing
@_exported public import ThecalEstimation
@_exported public import ThecalFormulary
@_exported public import ThecalIntake
@_exported public import ThecalKinetics
@_exported public import ThecalPlan
@_exported public import ThecalPump
@_exported public import ThecalQuantities
@_exported public import ThecalReports
@_exported public import ThecalResponse
@_exported public import ThecalScenario
@_exported public import ThecalStudy
@_exported public import ThecalSweep
@_exported public import ThecalTitration
@_exported public import ThecalTransport

/// The version of the engine, by semantic versioning; the data has a version of its own.
public let thecalVersion = "0.1.0"

/// What Thecal is for, in the words that every page and every help text carries.
public let thecalIntendedUse = """
  For clinicians, pharmacists and researchers who check the basis of every number. Not a cleared medical \
  device; not for use by patients; never a substitute for the prescriber's judgment and an independent \
  double check.
  """
