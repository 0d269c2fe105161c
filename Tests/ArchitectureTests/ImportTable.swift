/// What a target may import.
struct AllowedImports {
  let house: Set<String>
  /// Modules of the system and of packages.
  let others: Set<String>

  init(house: [String], others: [String] = []) {
    self.house = Set(house)
    self.others = Set(others)
  }
}

/// The house's import table: the arrows between the targets all point down.
enum ImportTable {
  private static let vocabulary = [
    "Quantities", "Diagnostics", "Stochastics", "Recovery", "Resilience", "CloudCost", "ServiceModel",
  ]
  private static let engines = vocabulary + ["ServiceGraph", "Reliability", "Simulation"]
  private static let money = engines + ["Billing", "Economics", "Planning", "IncidentHistory"]
  private static let libraries = money + ["ModelFormat", "Importers", "Reports", "Charts"]
  private static let platform = ["Glibc", "Musl", "Darwin"]
  private static let numerics = platform + ["FoundationEssentials"]
  private static let files = platform + ["Foundation", "FoundationEssentials"]

  /// The allowed imports of each target.
  static let rows: [String: AllowedImports] = [
    "Quantities": AllowedImports(house: [], others: ["FoundationEssentials", "Foundation"]),
    "Charts": AllowedImports(house: ["Quantities"], others: platform),
    "Diagnostics": AllowedImports(house: ["Quantities"], others: numerics),
    "StructuredText": AllowedImports(house: ["Quantities", "Diagnostics"], others: ["Foundation"]),
    "Stochastics": AllowedImports(house: ["Quantities", "Diagnostics"], others: numerics),
    "Recovery": AllowedImports(house: ["Quantities", "Stochastics"]),
    "Resilience": AllowedImports(house: ["Quantities", "Stochastics"]),
    "ServiceModel": AllowedImports(
      house: ["Quantities", "Diagnostics", "Stochastics", "Recovery", "Resilience", "CloudCost"],
      others: ["FoundationEssentials"]
    ),
    "ModelFormat": AllowedImports(house: vocabulary, others: files + ["Yams"]),
    "Importers": AllowedImports(
      house: vocabulary + ["ServiceGraph", "StructuredText"], others: files + ["FoundationXML"]),
    "IncidentHistory": AllowedImports(
      house: vocabulary + ["StructuredText"], others: files + ["FoundationXML", "GRDB", "GRDBSQLite"]),
    "ServiceGraph": AllowedImports(house: vocabulary, others: numerics),
    "Reliability": AllowedImports(
      house: vocabulary + ["ServiceGraph"], others: numerics + ["OpenBLAS", "Synchronization"]),
    "Simulation": AllowedImports(
      house: vocabulary + ["ServiceGraph"], others: numerics + ["Dispatch", "Synchronization", "DrawKernels"]
    ),
    "CloudCost": AllowedImports(
      house: ["Quantities", "Diagnostics", "StructuredText"], others: ["Foundation", "FoundationEssentials"]),
    "Billing": AllowedImports(house: vocabulary, others: ["Foundation", "FoundationEssentials"]),
    "Economics": AllowedImports(house: engines + ["Billing"], others: numerics),
    "Planning": AllowedImports(
      house: engines + ["Billing", "Economics", "StructuredText"], others: numerics),
    "Reports": AllowedImports(house: money + ["Charts"], others: ["Foundation", "FoundationEssentials"]),
    "RelModelKit": AllowedImports(house: libraries),
    "relmodel": AllowedImports(
      house: libraries, others: files + ["ArgumentParser", "Dispatch", "Synchronization"]
    ),
    "OpenBLAS": AllowedImports(house: []),
    "DrawKernels": AllowedImports(house: []),
  ]
}
