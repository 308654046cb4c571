// swift-tools-version: 6.2
import PackageDescription

// The architecture, as a table. A module may import what stands on its line and nothing else; all of
// it is defined above, so there is no cycle. `ArchitectureTests` reads this table and every `import`.

/// One room of the house: what happens there, and who may enter.
struct Module {
  let name: String
  let purpose: String
  let imports: [String]
}

let systemLibraries: [(name: String, purpose: String, package: String)] = [
  ("CThecalLapack", "the LAPACKE and CBLAS routines that are called", "liblapacke-dev libopenblas-dev"),
  ("CThecalNetCDF", "NetCDF-4 files", "libnetcdf-dev"),
  ("CThecalCSV", "the CSV tokenizer", "libcsv-dev"),
  ("CThecalXLSX", "workbooks", "libxlsxwriter-dev"),
  ("CThecalNettle", "SHA-256", "nettle-dev"),
]

let cModules = [
  Module(name: "CThecalData", purpose: "the data files as bytes in the binary", imports: [])
]

let modules = [
  Module(
    name: "ThecalQuantities",
    purpose: "numbers with dimension, units, doses by route, reading and ISMP writing",
    imports: []),
  Module(
    name: "ThecalTabular",
    purpose: "rows in and out: CSV, JSON Lines, workbook, NetCDF; atomic output",
    imports: ["CThecalCSV", "CThecalXLSX", "CThecalNetCDF", "CThecalNettle"]),
  Module(
    name: "ThecalFormulary",
    purpose: "what the literature says, each value cited: drugs, tables, devices, counts",
    imports: ["CThecalData", "CThecalNettle", "ThecalQuantities"]),
  Module(
    name: "ThecalDosing",
    purpose:
      "the clinical rules, once: class, start, ceiling, limit, step, plausibility, slips; findings with evidence",
    imports: ["ThecalFormulary", "ThecalQuantities"]),
  Module(
    name: "ThecalPump",
    purpose: "reservoir, catheter, programmes, dates, bridges, mixtures; the delivered rate over time",
    imports: ["ThecalDosing", "ThecalFormulary", "ThecalQuantities"]),
  Module(
    name: "ThecalConversion",
    purpose: "the only place where an oral milligram becomes an intrathecal microgram",
    imports: ["ThecalDosing", "ThecalFormulary", "ThecalQuantities"]),
  Module(
    name: "ThecalIntake",
    purpose: "the words of hospitals as typed medicines: product names, sigs, codes, FHIR",
    imports: ["CThecalJSON", "ThecalDosing", "ThecalTabular", "ThecalFormulary", "ThecalQuantities", "GRDB"]),
  Module(
    name: "ThecalSampling",
    purpose: "counter-based random numbers, distributions, designs",
    imports: []),
  Module(
    name: "ThecalLinearAlgebra",
    purpose: "matrices, factorizations, decompositions in Double",
    imports: ["CThecalLapack"]),
  Module(
    name: "ThecalOptimization",
    purpose: "least squares, quadratic programmes and lowest points, with what certifies them",
    imports: ["ThecalLinearAlgebra"]),
  Module(
    name: "ThecalStatistics",
    purpose: "logistic fits, beta and Student intervals, autocorrelated means; knows no medicine",
    imports: ["ThecalLinearAlgebra"]),
  Module(
    name: "ThecalSolvers",
    purpose: "time propagation and steady states of linear networks; knows no medicine",
    imports: ["ThecalLinearAlgebra", "CThecalKernels"]),
  Module(
    name: "ThecalKinetics",
    purpose: "systemic models, dosing events, populations",
    imports: ["ThecalSolvers", "ThecalSampling", "ThecalFormulary", "ThecalQuantities"]),
  Module(
    name: "ThecalTransport",
    purpose: "drug along the CSF space, and what leaves it into plasma",
    imports: ["ThecalKinetics", "ThecalSolvers", "ThecalFormulary", "ThecalQuantities"]),
  Module(
    name: "ThecalResponse",
    purpose: "effect site, tolerance, incidence, over- and underdose risk",
    imports: [
      "ThecalDosing",
      "ThecalTransport", "ThecalStatistics", "ThecalSampling", "ThecalFormulary", "ThecalQuantities",
    ]),
  Module(
    name: "ThecalTitration",
    purpose: "which dose next, given response, risk and limits",
    imports: [
      "ThecalResponse", "ThecalConversion", "ThecalDosing", "ThecalSampling",
      "ThecalTransport", "ThecalPump", "ThecalOptimization", "ThecalStatistics", "ThecalLinearAlgebra",
      "ThecalFormulary", "ThecalQuantities",
    ]),
  Module(
    name: "ThecalEstimation",
    purpose: "a prepared model, its gradient, and parameters from measured levels",
    imports: [
      "ThecalTransport", "ThecalOptimization", "ThecalSampling", "ThecalFormulary", "ThecalQuantities",
    ]),
  Module(
    name: "ThecalWork",
    purpose: "one ordered, bounded pipeline: many items, several threads, results in order",
    imports: []),
  Module(
    name: "ThecalPlan",
    purpose: "one patient from regimen to refill: the other rooms' answers side by side, on one axis of time",
    imports: [
      "ThecalTitration", "ThecalConversion", "ThecalPump", "ThecalResponse", "ThecalTransport",
      "ThecalKinetics", "ThecalDosing", "ThecalSampling",
      "ThecalFormulary",
      "ThecalQuantities",
    ]),
  Module(
    name: "ThecalScenario",
    purpose: "the YAML that users write, as the models' inputs; every error with file, line, key",
    imports: [
      "ThecalPlan", "ThecalEstimation", "ThecalTitration", "ThecalTransport", "ThecalKinetics",
      "ThecalPump", "ThecalConversion", "ThecalDosing", "ThecalSampling", "ThecalTabular",
      "ThecalFormulary", "ThecalQuantities", "Yams",
    ]),
  Module(
    name: "ThecalBatch",
    purpose: "one result per patient, in order; a bad row spoils its row",
    imports: [
      "ThecalIntake",
      "ThecalWork",
      "ThecalResponse", "ThecalConversion", "ThecalDosing", "ThecalPump", "ThecalTabular", "ThecalFormulary",
      "ThecalQuantities",
    ]),
  Module(
    name: "ThecalSweep",
    purpose: "many parameter sets, in parallel, in a fixed order, resumable",
    imports: [
      "ThecalWork",
      "ThecalResponse", "ThecalTransport", "ThecalSampling", "ThecalScenario", "ThecalTabular",
      "ThecalFormulary", "ThecalQuantities",
    ]),
  Module(
    name: "ThecalStudy",
    purpose:
      "what a user asks in one file, read and computed: simulation, fit, titration, diary, plan; results as values",
    imports: [
      "ThecalBatch", "ThecalSweep", "ThecalScenario", "ThecalPlan", "ThecalEstimation", "ThecalTitration",
      "ThecalResponse", "ThecalTransport", "ThecalKinetics", "ThecalDosing", "ThecalTabular",
      "ThecalFormulary",
      "ThecalQuantities",
    ]),
  Module(
    name: "ThecalReports",
    purpose:
      "results as text, JSON, pages, plots; the only room that writes sentences; runs no model, reads no file",
    imports: [
      "ThecalStudy", "ThecalBatch", "ThecalSweep", "ThecalTitration", "ThecalResponse", "ThecalConversion",
      "ThecalPump",
      "ThecalDosing",
      "ThecalKinetics", "ThecalPlan", "ThecalTransport", "ThecalEstimation",
      "ThecalOptimization",
      "ThecalScenario",
      "ThecalIntake", "ThecalTabular", "ThecalFormulary", "ThecalQuantities", "Mustache",
    ]),
  Module(
    name: "Thecal",
    purpose: "the door: re-exports what users may see",
    imports: [
      "ThecalIntake", "ThecalReports", "ThecalStudy", "ThecalSweep", "ThecalBatch", "ThecalTitration",
      "ThecalTransport",
      "ThecalScenario", "ThecalResponse",
      "ThecalConversion", "ThecalDosing", "ThecalEstimation", "ThecalKinetics", "ThecalPlan", "ThecalPump",
      "ThecalFormulary", "ThecalQuantities",
    ]),
]

/// The door for other languages: a C header, and the Swift that the compiler holds against it.
let interfaces = [
  Module(
    name: "ThecalPumpTools",
    purpose: "tools around a pump and the question of risks by their long flags, for every front end",
    imports: ["Thecal", "ArgumentParser"]),
  Module(
    name: "ThecalCInterface",
    purpose: "thecal.h in Swift: handles, statuses, arrays of the caller",
    imports: ["Thecal", "ThecalPumpTools", "CThecal"]),
]

/// The pharmacist's page and the interface for other programs on this machine.
let servers = [
  Module(
    name: "ThecalServer",
    purpose: "HTTP and the page: parse, call one function, format",
    imports: [
      "Thecal", "ThecalTabular", "ThecalQuantities", "CThecalServerPage", "Hummingbird", "HummingbirdCore",
      "HTTPTypes", "NIOCore", "ServiceLifecycle", "UnixSignals", "Metrics", "Logging", "GRDB", "Mustache",
    ])
]

let executables = [
  Module(
    name: "ThecalCommand",
    purpose: "the command line: parse, call one function, format",
    imports: ["Thecal", "ThecalPumpTools", "ThecalServer", "ArgumentParser"])
]

/// What stands in `Data/` beside the C file: `#embed` reads it, SwiftPM need not.
let dataFolders = [
  "drugs", "products", "tables", "rules", "devices", "stability", "incidence", "anatomy", "transport",
  "kinetics",
  "protocols",
  "response",
  "schema", "examples", "test-vectors", "embed/make_manifest.py", "manifest.json", "references.json",
  "references.bib",
  "README.md",
]

/// Modules above the one under test that its tests need: a batch is tested with the words that people read, models with
/// inputs as users write them.
let testedWith = [
  "ThecalKinetics": ["_CThecalODE"], "ThecalBatch": ["ThecalReports"], "ThecalStudy": ["ThecalReports"],
  "ThecalTransport": ["ThecalScenario"],
  "ThecalTitration": ["ThecalScenario"], "ThecalPlan": ["ThecalScenario"],
  "ThecalEstimation": ["ThecalScenario"],
  // What the server calls are the commands: it is tested with those, over sockets.
  "ThecalServer": ["ThecalCommand", "CoreMetrics"],
]

/// What tests may import beside the module under test: folders, processes, seeded numbers, a count of allocations.
let testSupport = ["_ThecalTestSupport", "_CThecalAllocationCounter"]

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// What a module of the table depends on, as SwiftPM spells it.
func dependency(_ name: String) -> Target.Dependency {
  switch name {
  case "ArgumentParser": .product(name: name, package: "swift-argument-parser")
  case "Yams": .product(name: name, package: "Yams")
  case "GRDB": .product(name: name, package: "GRDB.swift")
  case "Mustache": .product(name: name, package: "swift-mustache")
  case "Hummingbird", "HummingbirdCore": .product(name: name, package: "hummingbird")
  case "HTTPTypes": .product(name: name, package: "swift-http-types")
  case "NIOCore": .product(name: name, package: "swift-nio")
  case "ServiceLifecycle", "UnixSignals": .product(name: name, package: "swift-service-lifecycle")
  case "Metrics", "CoreMetrics": .product(name: name, package: "swift-metrics")
  case "Logging": .product(name: name, package: "swift-log")
  default: .target(name: name)
  }
}

let package = Package(
  name: "thecal",
  products: [
    .library(name: "Thecal", targets: ["Thecal"]),
    // Doses as values, for programs that need no models and no files: without LAPACK, NetCDF and workbooks.
    .library(
      name: "ThecalDoses",
      targets: ["ThecalConversion", "ThecalPump", "ThecalDosing", "ThecalFormulary", "ThecalQuantities"]),
    // For `Benchmarks/`, which measures the numeric modules and the readers by themselves.
    .library(
      name: "ThecalNumerics",
      targets: [
        "ThecalScenario", "ThecalTransport", "ThecalKinetics", "ThecalSolvers", "ThecalLinearAlgebra",
      ]),
    .library(name: "ThecalIntake", targets: ["ThecalIntake"]),
    // Likewise: a call of `thecal.h` beside the same call in Swift.
    .library(name: "ThecalCalls", targets: ["CThecal", "ThecalCInterface", "ThecalBatch", "ThecalReports"]),
    .executable(name: "thecal", targets: ["ThecalCommand"]),
    .library(name: "ThecalC", type: .dynamic, targets: ["ThecalCInterface"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
    .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
  ],
  targets: systemLibraries.map { .systemLibrary(name: $0.name) }
    + cModules.map {
      .target(
        name: $0.name, path: "Data", exclude: dataFolders, sources: ["embed/thecal_data.c"],
        publicHeadersPath: "embed/include")
    }
    + [
      // The innermost loops of ThecalSolvers, compiled once for each generation of CPU.
      .target(name: "CThecalKernels"),
      // JSON of records and requests: nlohmann's parser, which is a header. Needs nlohmann-json3-dev.
      .target(name: "CThecalJSON"),
      .target(name: "CThecal"),
      // The page as bytes: markup, style, script.
      .target(name: "CThecalServerPage", exclude: ["page"]),
    ]
    + (modules + interfaces + servers).map {
      .target(name: $0.name, dependencies: $0.imports.map(dependency), swiftSettings: settings)
    }
    + executables.map {
      .executableTarget(name: $0.name, dependencies: $0.imports.map(dependency), swiftSettings: settings)
    }
    + [
      .target(name: "_CThecalAllocationCounter", path: "Tests/_CThecalAllocationCounter"),
      // CVODE, against which the kinetics are held. Needs libsundials-dev.
      .target(
        name: "_CThecalODE", path: "Tests/_CThecalODE",
        linkerSettings: [
          "sundials_cvode", "sundials_nvecserial", "sundials_sunmatrixdense", "sundials_sunlinsoldense",
        ]
        .map { .linkedLibrary($0) }),
      .target(name: "_ThecalTestSupport", path: "Tests/_ThecalTestSupport", swiftSettings: settings),
    ]
    + (modules + interfaces + servers + executables).map {
      .testTarget(
        name: "\($0.name)Tests",
        dependencies: ([$0.name] + $0.imports + testSupport + (testedWith[$0.name] ?? [])).map(dependency),
        swiftSettings: settings)
    } + [.testTarget(name: "ArchitectureTests", exclude: ["traps.txt"], swiftSettings: settings)],
  cLanguageStandard: .c2x,
  cxxLanguageStandard: .cxx20
)

// Everything is compiled anew for libFuzzer, which `Tests/Fuzz/run.sh` asks for: its reader of bytes is no part of what is shipped.
if Context.environment["THECAL_FUZZ"] != nil {
  package.targets += [
    .target(name: "CFuzzer", path: "Tests/Fuzz/Sources/CFuzzer"),
    .executableTarget(
      name: "ReaderFuzzer",
      dependencies: [
        "CFuzzer", "ThecalQuantities", "ThecalFormulary", "ThecalTabular", "ThecalIntake", "ThecalScenario",
      ],
      path: "Tests/Fuzz/Sources/ReaderFuzzer"),
  ]
  package.products.append(.executable(name: "ReaderFuzzer", targets: ["ReaderFuzzer"]))
}
