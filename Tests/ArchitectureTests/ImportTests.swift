import Testing

@Suite("Imports")
struct ImportTests {
  private let tree = SourceTree.here

  @Test("every target imports what the table allows", arguments: SourceTree.here.targets)
  func targetKeepsTheTable(_ target: String) {
    guard let allowed = ImportTable.rows[target] else {
      return report([
        Violation(
          "Tests/ArchitectureTests/ImportTable.swift", "the table has no row for \(target)",
          fix: "add the row, with what the target may import"
        )
      ])
    }
    report(
      tree.swiftFiles(below: "Sources/\(target)").flatMap { file in
        importViolations(in: file, of: target, allowed: allowed)
      }
    )
  }

  @Test("the two engines do not know each other, and each package has one home")
  func tableKeepsTheNevers() throws {
    let reliability = try #require(ImportTable.rows["Reliability"])
    let simulation = try #require(ImportTable.rows["Simulation"])
    #expect(!reliability.house.contains("Simulation"))
    #expect(!simulation.house.contains("Reliability"))
    for (package, home) in [
      ("Yams", "ModelFormat"), ("GRDB", "IncidentHistory"), ("ArgumentParser", "relmodel"),
    ] {
      #expect(ImportTable.rows.filter { $0.value.others.contains(package) }.map(\.key) == [home])
    }
  }

  @Test("an import that is not in the table is found")
  func forbiddenImportIsFound() {
    let text = "import Quantities\n@preconcurrency internal import struct Yams.Node\n"
    let found = importViolations(
      in: SourceFile(path: "Sources/Stochastics/A.swift", text: text), of: "Stochastics",
      allowed: AllowedImports(house: ["Quantities"])
    )
    #expect(found.map(\.line) == [2])
    #expect(
      found.first?.description.hasPrefix("Sources/Stochastics/A.swift:2: Stochastics imports Yams.") == true)
  }

  @Test("ServiceModel has no Codable: a file format is not its business")
  func serviceModelHasNoCodable() {
    let names: Set = ["Codable", "Encodable", "Decodable", "CodingKey", "Encoder", "Decoder"]
    report(
      tree.swiftFiles(below: "Sources/ServiceModel").flatMap { file in
        SwiftCode(file.text).tokens.filter { names.contains($0.text) }.map { token in
          Violation(
            file.path, line: token.line, "ServiceModel uses \(token.text)",
            fix: "read and write files in ModelFormat, through ModelDraft"
          )
        }
      }
    )
  }

  private func importViolations(
    in file: SourceFile, of target: String, allowed: AllowedImports
  ) -> [Violation] {
    let modules = allowed.house.union(allowed.others)
    let list = modules.isEmpty ? "nothing" : modules.sorted().joined(separator: ", ")
    let fix = "move the code to a target above, or pass a value in; \(target) may import \(list)"
    return SwiftCode(file.text).imports.filter { !modules.contains($0.module) }.map { found in
      Violation(file.path, line: found.line, "\(target) imports \(found.module)", fix: fix)
    }
  }
}
