/// The name of an instance of a resource: `module.data["eu"].aws_db_instance.replica[0]`.
package struct ResourceAddress: Sendable, Hashable, Comparable {
  /// One module on the way: its name, and which instance of it.
  package struct Module: Sendable, Hashable {
    /// The name of the call.
    package let name: String
    /// The key in brackets as written, `nil` without one: `0`, `"eu"`.
    package let key: String?
  }

  /// As Terraform writes it.
  package let text: String
  /// The modules from the outside in; none for the root.
  package let modules: [Module]
  /// `aws_db_instance`.
  package let type: String
  /// `replica`.
  package let name: String
  /// The key in brackets as written; `nil` for a resource without `count` and `for_each`.
  package let key: String?

  /// An address from the parts that a plan states.
  ///
  /// - Parameter module: `module.data["eu"].module.inner`; empty for the root.
  package init(text: String, module: String, type: String, name: String, key: String?) {
    self.text = text
    modules = Self.modules(in: module)
    self.type = type
    self.name = name
    self.key = key
  }

  /// The names of the modules, without instances: where the configuration declares it.
  package var modulePath: [String] { modules.map(\.name) }

  /// The resource that it is an instance of, as text: `module.data["eu"].aws_db_instance.replica`.
  package var resource: String {
    guard let key, text.hasSuffix("[\(key)]") else { return text }
    return String(text.dropLast(key.count + 2))
  }

  /// By text, numbers in brackets by value.
  package static func < (left: ResourceAddress, right: ResourceAddress) -> Bool {
    if left.resource == right.resource, let a = left.key.flatMap({ Int($0) }),
      let b = right.key.flatMap({ Int($0) }), a != b
    {
      return a < b
    }
    return left.text < right.text
  }

  /// Splits at the dots that are outside of brackets, as keys may hold dots.
  private static func modules(in text: String) -> [Module] {
    var steps: [String] = [""]
    var isQuoted = false
    var isEscaped = false
    for character in text {
      if character == "\"", !isEscaped { isQuoted.toggle() }
      isEscaped = character == "\\" && !isEscaped
      if character == ".", !isQuoted { steps.append("") } else { steps[steps.count - 1].append(character) }
    }
    return steps.filter { $0 != "module" && !$0.isEmpty }.map { step in
      guard let bracket = step.firstIndex(of: "["), step.hasSuffix("]") else {
        return Module(name: step, key: nil)
      }
      let key = step[step.index(after: bracket)...].dropLast()
      return Module(name: String(step[..<bracket]), key: String(key))
    }
  }
}
