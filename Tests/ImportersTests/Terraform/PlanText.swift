import Diagnostics
import Importers
import StructuredText

/// The JSON of a plan, put together from parts as Terraform prints them.
struct PlanText {
  var resources: [String] = []
  var configuration =
    #"{"provider_config":{"aws":{"name":"aws","expressions":{"region":{"constant_value":"us-east-1"}}}},"root_module":{}}"#
  var variables = "{}"
  var head = #""format_version":"1.2","terraform_version":"1.11.4","#

  /// One element of `resource_changes`.
  ///
  /// - Parameter address: with modules and key, as Terraform writes it.
  static func change(
    _ address: String, _ after: String, unknown: String = "{}", sensitive: String = "{}",
    actions: String = #"["create"]"#, before: String = "null"
  ) -> String {
    let parts = Self.parts(of: address)
    let index = parts.key.map { #","index":\#($0)"# } ?? ""
    let module = parts.module.isEmpty ? "" : #","module_address":\#(quoted(parts.module))"#
    return
      #"{"address":\#(quoted(address))\#(module),"mode":"managed","type":"\#(parts.type)","name":"\#(parts.name)"\#(index),"provider_name":"registry.terraform.io/hashicorp/aws","change":{"actions":\#(actions),"before":\#(before),"after":\#(after),"after_unknown":\#(unknown),"before_sensitive":false,"after_sensitive":\#(sensitive)}}"#
  }

  /// The document.
  var text: String {
    #"{\#(head)"variables":\#(variables),"planned_values":{"root_module":{}},"resource_changes":[\#(resources.joined(separator: ","))],"configuration":\#(configuration)}"#
  }

  /// The import of it.
  func imported(region: String? = nil) throws -> TerraformImport {
    TerraformImport(try Self.plan(text), region: region)
  }

  /// The plan in a text.
  static func plan(_ text: String) throws -> TerraformPlan { try plan(Array(text.utf8)) }

  /// The plan in bytes.
  static func plan(_ bytes: [UInt8]) throws -> TerraformPlan {
    try TerraformPlanReader(name: "plan.json") { () throws(Findings) in
      var rest: [UInt8]? = bytes
      return ByteCursor(name: "plan.json") {
        defer { rest = nil }
        return rest ?? []
      }
    }.plan()
  }

  /// Text as JSON.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }

  private static func parts(of address: String) -> (module: String, type: String, name: String, key: String?)
  {
    var rest = address
    var key: String?
    if rest.hasSuffix("]"), let bracket = rest.lastIndex(of: "[") {
      key = String(rest[rest.index(after: bracket)...].dropLast())
      rest = String(rest[..<bracket])
    }
    let steps = rest.split(separator: ".").map(String.init)
    return (
      steps.dropLast(2).joined(separator: "."), steps.dropLast().last ?? "", steps.last ?? "", key
    )
  }
}
