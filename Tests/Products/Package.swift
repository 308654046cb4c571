// swift-tools-version: 6.2
import PackageDescription

// What a program is that wants doses and no models: it uses the product `ThecalDoses` alone, and run.sh looks at what it links.

let package = Package(
  name: "thecal-client",
  dependencies: [.package(name: "thecal", path: "../..")],
  targets: [
    .executableTarget(name: "DosesClient", dependencies: [.product(name: "ThecalDoses", package: "thecal")])
  ]
)
