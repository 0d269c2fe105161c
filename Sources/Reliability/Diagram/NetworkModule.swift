/// A part of a network that shares no variable with the rest, solved by itself.
package struct NetworkModule: Sendable {
  /// What a variable of a module's diagram stands for.
  package enum Meaning: Sendable, Hashable {
    /// A variable of the network.
    case variable(Int)
    /// Another module, by its number; a smaller one than the module's own.
    case module(Int)
  }

  /// The function, over the module's own variables.
  package let diagram: FlatDiagram
  /// What each of the diagram's variables stands for, from the top of the order.
  package let meaning: [Meaning]

  /// A function and what its variables stand for.
  package init(diagram: FlatDiagram, meaning: [Meaning]) {
    self.diagram = diagram
    self.meaning = meaning
  }
}

extension NetworkModule {
  /// The opposite function.
  var opposite: NetworkModule { NetworkModule(diagram: diagram.opposite, meaning: meaning) }

  /// The same among modules that come after `offset` others.
  func renumbered(by offset: Int) -> NetworkModule {
    if offset == 0 { return self }
    return NetworkModule(
      diagram: diagram,
      meaning: meaning.map { if case .module(let number) = $0 { .module(number + offset) } else { $0 } })
  }
}
