internal import Diagnostics
internal import StructuredText

/// Reads the `configuration` of a plan, module by module, keeping only how things refer to each other.
struct ConfigurationReader {
  /// The deepest nesting of modules that is read.
  static let deepest = 60

  private(set) var configuration = TerraformConfiguration()
  private let keeps: (String) -> Bool

  /// - Parameter keeps: whether anybody asks for the references of resources of a type.
  init(keeps: @escaping (String) -> Bool) { self.keeps = keeps }

  /// Reads the value of `configuration`.
  mutating func read(_ reader: inout JSONReader) throws(Findings) {
    try reader.members { (key, reader) throws(Findings) in
      switch key {
      case "provider_config": try readProviders(&reader)
      case "root_module": try readModule(&reader, path: [])
      default: try reader.skipValue()
      }
    }
  }

  private mutating func readProviders(_ reader: inout JSONReader) throws(Findings) {
    for member in try reader.record().members {
      let module = member.value["module_address"]?.text ?? ""
      configuration.providers[member.key] = .init(
        module: module.split(separator: ".").map(String.init).filter { $0 != "module" },
        region: Self.expression(member.value.value(at: "expressions")?["region"]))
    }
  }

  private mutating func readModule(_ reader: inout JSONReader, path: [String]) throws(Findings) {
    guard path.count < Self.deepest else {
      throw reader.fault("plan-too-deep", "modules are nested deeper than \(Self.deepest)")
    }
    configuration.modules[path] = configuration.modules[path] ?? .init()
    try reader.members { (key, reader) throws(Findings) in
      switch key {
      case "resources":
        try reader.elements { (reader) throws(Findings) in try readResource(&reader, path: path) }
      case "module_calls":
        try reader.members { (name, reader) throws(Findings) in
          try readCall(&reader, name: name, path: path)
        }
      case "outputs":
        for output in try reader.record().members {
          configuration.modules[path]?.outputs[output.key] = Self.expression(output.value["expression"])
        }
      case "variables": readVariables(try reader.record(), path: path)
      default: try reader.skipValue()
      }
    }
  }

  private mutating func readVariables(_ variables: LocatedJSON, path: [String]) {
    for variable in variables.members {
      if variable.value["sensitive"]?.isTrue == true {
        configuration.modules[path]?.sensitiveVariables.insert(variable.key)
      } else if let value = variable.value["default"] {
        configuration.modules[path]?.defaults[variable.key] = PlanValue(value, unknown: nil, sensitive: nil)
      }
    }
  }

  private mutating func readResource(_ reader: inout JSONReader, path: [String]) throws(Findings) {
    let record = try reader.record()
    guard let type = record["type"]?.text, let name = record["name"]?.text, keeps(type),
      record["mode"]?.text != "data"
    else { return }
    var resource = TerraformConfiguration.Resource(provider: record["provider_config_key"]?.text ?? "")
    for member in record["expressions"]?.members ?? [] {
      resource.expressions[member.key] = Self.expression(member.value)
    }
    configuration.modules[path]?.resources["\(type).\(name)"] = resource
  }

  private mutating func readCall(
    _ reader: inout JSONReader, name: String, path: [String]
  ) throws(Findings) {
    try reader.members { (key, reader) throws(Findings) in
      switch key {
      case "expressions":
        var inputs: [String: TerraformConfiguration.Expression] = [:]
        for member in try reader.record().members { inputs[member.key] = Self.expression(member.value) }
        configuration.modules[path]?.calls[name] = inputs
      case "module": try readModule(&reader, path: path + [name])
      default: try reader.skipValue()
      }
    }
  }

  /// What an expression, or everything within a block, refers to.
  private static func expression(_ json: LocatedJSON?) -> TerraformConfiguration.Expression {
    guard let json else { return .init() }
    var expression = TerraformConfiguration.Expression(constant: json["constant_value"]?.text)
    collect(json, into: &expression.references)
    return expression
  }

  private static func collect(_ json: LocatedJSON, into references: inout [String]) {
    for element in json.elements { collect(element, into: &references) }
    for member in json.members {
      if member.key == "references", !member.value.elements.isEmpty {
        references += member.value.elements.compactMap(\.text)
      } else if member.key != "constant_value" {
        collect(member.value, into: &references)
      }
    }
  }
}
