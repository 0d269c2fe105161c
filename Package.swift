// swift-tools-version: 6.2
import PackageDescription

/// With RELMODEL_STRICT=1, as in CI, a warning of ours is an error; dependencies keep theirs.
let strict: [SwiftSetting] =
  Context.environment["RELMODEL_STRICT"] == "1" ? [.treatAllWarnings(as: .error)] : []
let house: [SwiftSetting] =
  strict + [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
  ]

/// A library target of the house; what it may import is the list given here.
func library(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, exclude: ["README.md"], swiftSettings: house)
}

func tests(_ name: String, _ dependencies: [Target.Dependency], exclude: [String] = []) -> Target {
  .testTarget(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: house)
}

let vocabulary: [Target.Dependency] = [
  "Quantities", "Diagnostics", "Stochastics", "Recovery", "Resilience", "CloudCost",
]

let package = Package(
  name: "relmodel",
  products: [
    .executable(name: "relmodel", targets: ["relmodel"]),
    .library(name: "RelModelKit", targets: ["RelModelKit"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    library("Quantities"),
    library("Charts", ["Quantities"]),
    library("Diagnostics"),
    library("StructuredText", ["Diagnostics", "Quantities"]),
    library("CloudCost", ["Diagnostics", "Quantities", "StructuredText"]),
    library("Stochastics"),
    library("Recovery", ["Quantities", "Stochastics"]),
    library("Resilience", ["Quantities", "Stochastics"]),
    library("ServiceModel", vocabulary),
    library("Billing", vocabulary + ["ServiceModel"]),
    library("ModelFormat", vocabulary + ["ServiceModel", .product(name: "Yams", package: "Yams")]),
    library(
      "IncidentHistory",
      [
        "Diagnostics", "Quantities", "Stochastics", "StructuredText",
        .product(name: "GRDB", package: "GRDB.swift"), .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    library("ServiceGraph", vocabulary + ["ServiceModel"]),
    library("Importers", ["CloudCost", "Diagnostics", "Quantities", "ServiceGraph", "StructuredText"]),
    // No pkg-config name: Debian's alternatives put the library where the linker looks, and the module map says it.
    .systemLibrary(name: "OpenBLAS"),
    library("Reliability", vocabulary + ["ServiceModel", "ServiceGraph", "OpenBLAS"]),
    .target(name: "DrawKernels", exclude: ["README.md", "kernels.inc", "cycles.inc"]),
    library("Simulation", vocabulary + ["ServiceModel", "ServiceGraph", "DrawKernels"]),
    library("Economics", ["Quantities", "Stochastics", "Simulation"]),
    library(
      "Planning",
      ["Diagnostics", "Quantities", "Resilience", "ServiceModel", "Stochastics", "StructuredText"]),
    library(
      "Reports",
      vocabulary + [
        "ServiceModel", "Billing", "Economics", "ServiceGraph", "Reliability", "Simulation", "Planning",
        "IncidentHistory", "Charts",
      ]),
    library(
      "RelModelKit",
      vocabulary + [
        "Charts",
        "ServiceModel", "ModelFormat", "Importers", "IncidentHistory", "Billing", "Economics",
        "ServiceGraph", "Reliability", "Simulation", "Planning", "Reports",
      ]),
    .executableTarget(
      name: "relmodel",
      dependencies: vocabulary + [
        "ServiceModel", "ModelFormat", "Importers", "IncidentHistory", "Billing", "Economics", "ServiceGraph",
        "Reliability",
        "Simulation", "Planning", "Reports", "Charts",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["README.md"], swiftSettings: house),

    tests("VocabularyTests", vocabulary + ["ServiceModel"]),
    tests("StochasticsTests", ["Stochastics", "DrawKernels"]),
    tests(
      "CloudCostTests", ["CloudCost", "Diagnostics", "Quantities", "StructuredText"], exclude: ["Fixtures"]),
    tests("BillingTests", vocabulary + ["Billing", "ServiceModel", "ModelFormat"]),
    tests("EconomicsTests", ["Economics", "Quantities", "Stochastics", "Simulation"]),
    tests(
      "PlanningTests",
      [
        "Planning", "Diagnostics", "ModelFormat", "Quantities", "Resilience", "ServiceModel", "Stochastics",
        "StructuredText",
      ]),
    tests("RecoveryTests", ["Recovery", "Quantities", "Stochastics"]),
    tests("ResilienceTests", ["Resilience", "Quantities", "Stochastics"]),
    tests(
      "EngineTests",
      vocabulary + [
        "ServiceModel", "ModelFormat", "ServiceGraph", "Reliability", "Simulation", "Economics", "Planning",
        "Reports", "Charts",
      ]),
    tests("ModelFormatTests", vocabulary + ["ModelFormat", "ServiceModel"]),
    tests(
      "ImportersTests",
      [
        "CloudCost", "Diagnostics", "Importers", "ModelFormat", "Quantities", "ServiceGraph", "ServiceModel",
        "StructuredText",
      ]),
    tests(
      "IncidentHistoryTests",
      [
        "IncidentHistory", "Diagnostics", "Quantities", "Stochastics", "StructuredText", "Reports",
        "ModelFormat", "ServiceModel",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]),
    tests(
      "PublishedResultsTests",
      vocabulary + ["ServiceModel", "ModelFormat", "ServiceGraph", "Reliability", "Simulation"]),
    tests("ChartsTests", ["Charts", "Quantities"]),
    tests("ArchitectureTests", []),
    tests("TranscriptTests", ["relmodel"], exclude: ["Goldens", "Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)
