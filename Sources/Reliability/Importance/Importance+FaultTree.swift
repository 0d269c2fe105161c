/// Importance in a Boolean network, such as a fault tree.
extension ImportanceTable {
  /// The table of one root whose diagrams stand: every variable it depends on, and groups.
  ///
  /// - Parameters:
  ///   - name: the top event.
  ///   - probabilities: P(true) of each variable.
  ///   - eventNames: the name of each variable.
  ///   - groups: variables that are judged together, by name; their kind is `component`.
  ///   - cutSets: the minimal cut sets of the root, for Fussell–Vesely.
  /// - Complexity: two passes over the diagrams for all events, and two for each group.
  package init(
    name: String, diagram: NetworkDiagram, root: Int, probabilities: [Double], eventNames: [String],
    groups: [(name: String, variables: [Int])] = [], cutSets: MinimalCutSets? = nil
  ) {
    let analysis = ImportanceAnalysis(
      diagram, root: root, probabilities: probabilities, cutSets: cutSets)
    let events = diagram.support(ofRoot: root).map { analysis.row(ofVariable: $0, name: eventNames[$0]) }
    let grouped = groups.map { group in
      analysis.row(
        of: ImportanceAnalysis.Group(
          name: group.name, kind: .component,
          members: group.variables.map {
            ImportanceAnalysis.Member(variable: $0, without: 0, own: probabilities[$0])
          }))
    }
    self.init(name: name, probability: analysis.top, unsorted: events + grouped)
  }

  init(name: String, probability: Double, unsorted: [Row], remarks: [String] = []) {
    self.name = name
    self.probability = probability
    let rank = Dictionary(uniqueKeysWithValues: Kind.allCases.enumerated().map { ($1, $0) })
    rows = unsorted.sorted {
      let (first, second) = (rank[$0.kind] ?? 0, rank[$1.kind] ?? 0)
      if first != second { return first < second }
      return $0.criticality != $1.criticality ? $0.criticality > $1.criticality : $0.name < $1.name
    }
    conventions =
      [
        "Birnbaum, criticality, RAW, RRW and diagnostic by decision diagram, without an approximation by cut sets; "
          + "a group's RAW has all of its events true, its RRW all false.",
        "Differential importance: Borgonovo and Apostolakis (2001), H1 the same absolute and H2 the same relative "
          + "change of all events.",
        "Fussell–Vesely: Σ P(minimal cut sets with the event) / Σ P(minimal cut sets).",
      ] + remarks
  }
}
