/// Which service of an export is which component of a model.
package struct ComponentRules: Sendable {
  /// The services that are one component, or one mode of it.
  package struct Rule: Sendable {
    package let component: String
    package let mode: String?
    /// Other names of it.
    package var names: [String] = []
    /// Patterns of its names.
    package var patterns: [NamePattern] = []
    /// Patterns one of which the title must fit; none for any title.
    package var titles: [NamePattern] = []

    func takes(title: String?) -> Bool {
      titles.isEmpty || titles.contains { $0.matches(title ?? "") }
    }
  }

  /// The rules in the order written.
  package var rules: [Rule] = []
  /// Names that map to themselves, such as the components of a model.
  package var components: [String] = []

  package init() {}

  /// Whether there is anything to match.
  package var isEmpty: Bool { rules.isEmpty && components.isEmpty }

  /// The component of a service: by its exact name, else by another name, else by the first pattern that fits.
  ///
  /// Case does not matter. Rules that ask for a title come before those that do not.
  package func match(service: String, title: String?) -> (component: String, mode: String?)? {
    let wanted = service.lowercased()
    let open = rules.filter { $0.takes(title: title) }
    let ranked = open.filter { !$0.titles.isEmpty } + open.filter { $0.titles.isEmpty }
    let kinds: [(Rule) -> Bool] = [
      { $0.component.lowercased() == wanted },
      { $0.names.contains { $0.lowercased() == wanted } },
      { $0.patterns.contains { $0.matches(service) } },
    ]
    for fits in kinds {
      if let rule = ranked.first(where: fits) { return (rule.component, rule.mode) }
    }
    return components.first { $0.lowercased() == wanted }.map { ($0, nil) }
  }
}
