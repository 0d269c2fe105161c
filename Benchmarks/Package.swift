// swift-tools-version: 6.2
import PackageDescription

/// Measurements against named baselines. A package of its own, so that a build of relmodel carries none of it.
let package = Package(
  name: "relmodel-benchmarks",
  platforms: [.macOS(.v15)],
  dependencies: [.package(name: "relmodel", path: "..")],
  targets: [
    .target(name: "NextEventBaseline", path: "NextEventBaseline"),
    .target(name: "AllocationBaseline", path: "AllocationBaseline"),
    .executableTarget(
      name: "relmodel-benchmarks",
      dependencies: [
        "NextEventBaseline", "AllocationBaseline", .product(name: "RelModelKit", package: "relmodel"),
      ],
      path: "RelmodelBenchmarks",
      swiftSettings: [
        .enableUpcomingFeature("ExistentialAny"), .enableUpcomingFeature("MemberImportVisibility"),
      ]),
  ],
  swiftLanguageModes: [.v6], cxxLanguageStandard: .cxx17)
