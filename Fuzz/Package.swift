// swift-tools-version: 6.2
import PackageDescription

let house: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// A library of the house, compiled here so that it carries the fuzzer's instruments and shows what is `package`.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/relmodel/\(name)", exclude: ["README.md"],
    swiftSettings: house)
}

let vocabulary: [Target.Dependency] = [
  "Quantities", "Diagnostics", "Stochastics", "Recovery", "Resilience", "CloudCost",
]

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    library("Quantities"),
    library("Diagnostics", ["Quantities"]),
    library("StructuredText", ["Diagnostics", "Quantities"]),
    library("CloudCost", ["Diagnostics", "Quantities", "StructuredText"]),
    library("Stochastics"),
    library("Recovery", ["Quantities", "Stochastics"]),
    library("Resilience", ["Quantities", "Stochastics"]),
    library("ServiceModel", vocabulary),
    library("ModelFormat", vocabulary + ["ServiceModel", .product(name: "Yams", package: "Yams")]),
    library("ServiceGraph", vocabulary + ["ServiceModel"]),
    library("Importers", ["CloudCost", "Diagnostics", "Quantities", "ServiceGraph", "StructuredText"]),
    .systemLibrary(name: "OpenBLAS", path: "Sources/relmodel/OpenBLAS"),
    library("Reliability", vocabulary + ["ServiceModel", "ServiceGraph", "OpenBLAS"]),
    .target(
      name: "DrawKernels", path: "Sources/relmodel/DrawKernels",
      exclude: ["README.md", "kernels.inc", "cycles.inc"]),
    library("Simulation", vocabulary + ["ServiceModel", "ServiceGraph", "DrawKernels"]),
    .executableTarget(
      name: "ModelReaderFuzz",
      dependencies: vocabulary + [
        "ServiceModel", "ModelFormat", "Importers", "ServiceGraph", "Reliability", "Simulation",
      ],
      path: ".", exclude: ["Sources", "Corpus", "run", "yaml.dict"],
      sources: ["ModelReaderFuzz.swift", "WholePathFuzz.swift", "FaultTreeFuzz.swift"],
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
