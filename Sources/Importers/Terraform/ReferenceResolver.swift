internal import Foundation

/// Follows references of a configuration through the inputs and outputs of modules to resources.
///
/// A plan does not hold `locals`, so what goes through them can not be followed.
struct ReferenceResolver {
  /// A resource's block, and the instance that a reference names, if it names one.
  struct Target: Hashable {
    /// The modules by name.
    let module: [String]
    /// `aws_subnet.private`.
    let resource: String
    /// The key in brackets as written.
    let key: String?
  }

  let configuration: TerraformConfiguration

  /// The blocks that references in a module lead to, in the order in which they are met.
  func targets(of references: [String], in module: [String]) -> [Target] {
    var search = Search(configuration: configuration)
    for reference in references { search.follow(reference, in: module) }
    return search.found
  }

  /// Parts of a reference, with the brackets of each apart: `aws_subnet.private[0].id`.
  static func steps(of reference: String) -> [(name: String, key: String?)] {
    var steps: [(name: String, key: String?)] = []
    var rest = reference[...]
    while !rest.isEmpty {
      let name = rest.prefix { $0 != "." && $0 != "[" }
      rest = rest.dropFirst(name.count)
      var key: String?
      if rest.first == "[" {
        let isText = rest.dropFirst().first == "\""
        let end = isText ? rest.range(of: "\"]")?.upperBound : rest.range(of: "]")?.upperBound
        guard let end else { return steps + [(String(name), nil)] }
        key = String(rest[rest.index(after: rest.startIndex)..<rest.index(before: end)])
        rest = rest[end...]
      }
      if !name.isEmpty { steps.append((String(name), key)) }
      if rest.first == "." { rest = rest.dropFirst() }
    }
    return steps
  }

  private struct Search {
    let configuration: TerraformConfiguration
    var found: [Target] = []
    private var seen: Set<String> = []

    init(configuration: TerraformConfiguration) { self.configuration = configuration }

    mutating func follow(_ reference: String, in module: [String]) {
      guard seen.insert(module.joined(separator: ".") + " " + reference).inserted else { return }
      let steps = ReferenceResolver.steps(of: reference)
      guard let first = steps.first else { return }
      switch first.name {
      case "var": followInput(steps, in: module)
      case "module": followOutput(steps, in: module)
      case "data", "local", "count", "each", "path", "terraform", "self": break
      default: add(steps, in: module)
      }
    }

    private mutating func add(_ steps: [(name: String, key: String?)], in module: [String]) {
      guard steps.count > 1 else { return }
      let resource = "\(steps[0].name).\(steps[1].name)"
      if steps[1].key != nil {
        found.removeAll { $0.module == module && $0.resource == resource && $0.key == nil }
      } else if found.contains(where: { $0.module == module && $0.resource == resource }) {
        return
      }
      found.append(Target(module: module, resource: resource, key: steps[1].key))
    }

    private mutating func followInput(_ steps: [(name: String, key: String?)], in module: [String]) {
      guard steps.count > 1, let call = module.last else { return }
      let caller = Array(module.dropLast())
      let input = configuration.modules[caller]?.calls[call]?[steps[1].name]
      for reference in input?.references ?? [] { follow(reference, in: caller) }
    }

    private mutating func followOutput(_ steps: [(name: String, key: String?)], in module: [String]) {
      guard steps.count > 2 else { return }
      let called = module + [steps[1].name]
      let output = configuration.modules[called]?.outputs[steps[2].name]
      for reference in output?.references ?? [] { follow(reference, in: called) }
    }
  }
}
