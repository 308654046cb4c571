// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that users of the library never resolve what only measurements need.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

let numerics = Target.Dependency.product(name: "ThecalNumerics", package: "thecal")

let intake = Target.Dependency.product(name: "ThecalIntake", package: "thecal")

let package = Package(
  name: "thecal-benchmarks",
  dependencies: [.package(name: "thecal", path: "..")],
  targets: [
    // Needs libsundials-dev and liblapack-dev.
    .target(
      name: "CTransportPeers", path: "peers/CTransportPeers",
      linkerSettings: [
        "sundials_cvode", "sundials_nvecserial", "sundials_sunmatrixband", "sundials_sunlinsolband",
      ].map { .linkedLibrary($0) }),
    .target(name: "CKineticsPeers", path: "peers/CKineticsPeers"),
    .target(name: "CIntakePeers", path: "peers/CIntakePeers"),
    .target(name: "BenchmarkSupport", path: "Benchmarks/Support", swiftSettings: settings),
    .executableTarget(
      name: "CallBenchmarks",
      dependencies: [.product(name: "ThecalCalls", package: "thecal"), "BenchmarkSupport"],
      path: "Benchmarks/Calls", swiftSettings: settings),
    .executableTarget(
      name: "KineticsBenchmarks", dependencies: [numerics, "CKineticsPeers", "BenchmarkSupport"],
      path: "Benchmarks/Kinetics", swiftSettings: settings),
    .executableTarget(
      name: "IntakeBenchmarks", dependencies: [intake, "CIntakePeers", "BenchmarkSupport"],
      path: "Benchmarks/Intake", swiftSettings: settings),
    .executableTarget(
      name: "TransportBenchmarks", dependencies: [numerics, "CTransportPeers", "BenchmarkSupport"],
      path: "Benchmarks/Transport", swiftSettings: settings),
  ],
  cLanguageStandard: .c2x
)
