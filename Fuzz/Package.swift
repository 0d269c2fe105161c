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

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/jpsim/Yams", from: "6.2.2")],
  targets: [
    library("Quantities"),
    library("Diagnostics", ["Quantities"]),
    library("Stochastics"),
    library("ServiceModel", ["Quantities", "Diagnostics", "Stochastics"]),
    library(
      "ModelFormat",
      ["Quantities", "Diagnostics", "Stochastics", "ServiceModel", .product(name: "Yams", package: "Yams")]),
    .executableTarget(
      name: "ModelReaderFuzz", dependencies: ["ModelFormat", "Diagnostics"], path: ".",
      exclude: ["Sources", "Corpus", "run", "yaml.dict"], sources: ["ModelReaderFuzz.swift"],
      swiftSettings: house + [.unsafeFlags(["-parse-as-library"])]),
  ],
  swiftLanguageModes: [.v6]
)
