import ModelFormat
import ServiceGraph
import ServiceModel

/// Reads models from text.
enum ModelText {
  /// The model whose body, everything after its name, is `body`.
  static func model(_ body: String) throws -> Model {
    let text = "relmodel: 1\nname: test\n" + body
    return try ModelReader(files: .inMemory(["test.relmodel.yaml": text])).reading(at: "test.relmodel.yaml")
      .model
  }

  /// The model compiled.
  static func graph(_ body: String) throws -> CompiledGraph { try CompiledGraph(model(body)) }
}
