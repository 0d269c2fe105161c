import Planning
import Testing

@Suite("A placement as an integer programme")
struct PlacementMPSTests {
  @Test("Rows for room, pods, anti-affinity and spread; a variable for the fewest pods of a zone")
  func text() {
    var app = PodApp(name: "a")
    app.mostPerNode = 1
    app.spreads = [SpreadRule(topology: .zone, maxSkew: 1)]
    let problem = PlacementProblem(
      apps: [app], groups: [PodGroup(name: "a", app: 0, count: 3, requests: [2, 1])],
      nodes: PlacementFacts.nodes(inZones: [0, 1], room: [4, PlacementNode.unlimited]))
    #expect(
      PlacementProgramme(problem).programme.mps == """
        NAME placement
        OBJSENSE
            MAX
        ROWS
         N pods
         L g1
         L n1_r1
         L n2_r1
         L a1_n1
         L a1_n2
         L s1_1_1_up
         G s1_1_1_lo
         L s1_1_2_up
         G s1_1_2_lo
        COLUMNS
         MARKER 'MARKER' 'INTORG'
         x_1_1 pods 1
         x_1_1 g1 1
         x_1_1 n1_r1 2
         x_1_1 a1_n1 1
         x_1_1 s1_1_1_up 1
         x_1_1 s1_1_1_lo 1
         x_1_2 pods 1
         x_1_2 g1 1
         x_1_2 n2_r1 2
         x_1_2 a1_n2 1
         x_1_2 s1_1_2_up 1
         x_1_2 s1_1_2_lo 1
         m_1_1 s1_1_1_up -1
         m_1_1 s1_1_1_lo -1
         m_1_1 s1_1_2_up -1
         m_1_1 s1_1_2_lo -1
         MARKER 'MARKER' 'INTEND'
        RHS
         RHS g1 3
         RHS n1_r1 4
         RHS n2_r1 4
         RHS a1_n1 1
         RHS a1_n2 1
         RHS s1_1_1_up 1
         RHS s1_1_2_up 1
        BOUNDS
         UP BOUND x_1_1 3
         UP BOUND x_1_2 3
         UP BOUND m_1_1 3
        ENDATA

        """)
  }

  @Test("An answer is a packing where it keeps every rule, and none where it does not")
  func answers() {
    var problem = PlacementProblem(
      apps: [PodApp(name: "a"), PodApp(name: "b")],
      groups: [
        PodGroup(name: "a", app: 0, count: 2, requests: [1, 1]),
        PodGroup(name: "b", app: 1, count: 1, requests: [1, 1]),
      ], nodes: PlacementFacts.nodes(inZones: [0, 1], room: [2, 9]))
    problem.separations = [PodSeparation(1, 0, topology: .node)]
    let programme = PlacementProgramme(problem)
    // a on the first node, b on the second: u says that the first is a's.
    #expect(programme.packing(of: [2, 0, 0, 1, 1, 0])?.counts == [[2, 0], [0, 1]])
    #expect(programme.packing(of: [1, 1, 0, 1, 1, 0]) == nil)
    #expect(programme.packing(of: [1, 1, 0, 1, 1, 1]) == nil)
    #expect(programme.packing(of: [3, 0, 0, 1, 1, 0]) == nil)
  }
}
