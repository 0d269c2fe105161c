import Reliability
import ServiceGraph
import Testing

/// Dynamic fault trees with the answers that Storm and its authors give.
@Suite struct DynamicTreePublishedTests {
  struct Row: Sendable, CustomTestStringConvertible {
    let name: String
    let probability: Double?
    let mean: MeanTimeToFailure?
    let time: Double
    let digits: Double
    let source: String
    let text: String

    init(
      _ name: String, probability: Double?, mean: MeanTimeToFailure?, time: Double = 1, digits: Double = 1e-9,
      source: String, _ text: String
    ) {
      (self.name, self.probability, self.mean, self.time) = (name, probability, mean, time)
      (self.digits, self.source, self.text) = (digits, source, text)
    }

    var testDescription: String { name }
  }

  @Test(arguments: trees) func `The published answer`(row: Row) throws {
    let solution = try DynamicTrees.solve(DynamicTreeText.tree(row.text), at: [row.time])
    if let probability = row.probability {
      #expect(abs(solution.probabilities[0] - probability) <= row.digits * probability)
    }
    switch (solution.meanTimeToFailure, row.mean) {
    case (.finite(let found), .finite(let expected)): #expect(abs(found - expected) <= row.digits * expected)
    case (.infinite(let found), .infinite(let expected)): #expect(abs(found - expected) <= 1e-12)
    case (_, nil): break
    default: Issue.record("\(solution.meanTimeToFailure) instead of \(String(describing: row.mean))")
    }
  }

  private static let given = "The reference answers of the thirteen trees handed out with this work"
  private static let storm = "Storm, src/test/storm-dft/api/DftModelCheckerTest.cpp"

  static let trees: [Row] = [
    Row(
      "and", probability: 0.15481812174617549, mean: .finite(3),
      source: given,
      """
      A and B C; B lambda=0.5 dorm=0.3; C lambda=0.5 dorm=0.3
      """),
    Row(
      "voting", probability: 0.45118836390597344, mean: .finite(5.0 / 3),
      source: given,
      """
      A 1of3 B C D; B lambda=0.1 dorm=0; C lambda=0.2 dorm=0; D lambda=0.3 dorm=0
      """),
    Row(
      "pand", probability: 0.0543444360229715, mean: .infinite(probabilityEver: 0.5),
      source: given,
      """
      A pand B C; B lambda=0.4 dorm=0.3; C lambda=0.4 dorm=0.3
      """),
    Row(
      "por", probability: 0.2753355179413892, mean: .infinite(probabilityEver: 0.5),
      source: given,
      """
      A por B C D; B lambda=0.4 dorm=0.0; C lambda=0.2 dorm=0.0; D lambda=0.2 dorm=0.0
      """),
    Row(
      "fdep", probability: 0.7768698398515701, mean: .finite(2.0 / 3),
      source: given,
      """
      System or Power Machine; Power fdep B_Power P B; Machine or P B; B_Power lambda=0.5 dorm=0
      P lambda=0.5 dorm=0; B lambda=0.5 dorm=0.5
      """),
    Row(
      "fdep5", probability: 0.15481812174617546, mean: .finite(3),
      source: given,
      """
      A and B C D E; F fdep B C D; B lambda=0.5 dorm=0; C lambda=0.5 dorm=0; D lambda=0.5 dorm=0
      E lambda=0.5 dorm=0
      """),
    Row(
      "pdep", probability: 0.20176909050526473, mean: .finite(8.0 / 3),
      source: given,
      """
      SF or A B PDEP; A pand S MA; B and MA MB; PDEP pdep=0.2 MA S; S lambda=0.5 dorm=0
      MA lambda=0.5 dorm=0; MB lambda=0.5 dorm=0
      """),
    Row(
      "spare", probability: 0.11185306378197533, mean: .finite(46.0 / 13),
      source: given,
      """
      A wsp I M; I lambda=0.5 dorm=0.3; M lambda=0.5 dorm=0.3
      """),
    Row(
      "spare2", probability: 0.29050274687929706, mean: .finite(43.0 / 23),
      source: given,
      """
      A or B C; B wsp I J; C wsp M J; I lambda=0.5 dorm=0.3; J lambda=0.5 dorm=0.3
      M lambda=0.5 dorm=0.3
      """),
    Row(
      "seq", probability: 0.09020401043104986, mean: .finite(4),
      source: given,
      """
      A and B C; X seq B C; B lambda=0.5 dorm=0.3; C lambda=0.5 dorm=0.3
      """),
    Row(
      "mutex", probability: 0.8646647167633871, mean: .finite(0.5),
      source: given,
      """
      T or A B; B and B1 B2; M seq C B; A lambda=2 dorm=1; B1 lambda=4 dorm=1; B2 lambda=5 dorm=1
      C lambda=0 dorm=1
      """),
    Row(
      "hecs_2_2", probability: 0.0002199758094252729, mean: .finite(3382.9519448004685),
      source: given,
      """
      System or System_1 System_2; System_1 or PSF_1 MSF_1 BSF_1 IF_1; PSF_1 and P_11 P_12
      P_11 wsp A_11 A_1S; P_12 wsp A_12 A_1S; MSF_1 3of5 M_1_1 M_1_2 M_1_3 M_1_4 M_1_5
      BSF_1 and BUS_11 BUS_12; IF_1 or HW_1 SW_1; System_2 or PSF_2 MSF_2 BSF_2 IF_2
      PSF_2 and P_21 P_22; P_21 wsp A_21 A_2S; P_22 wsp A_22 A_2S
      MSF_2 3of5 M_2_1 M_2_2 M_2_3 M_2_4 M_2_5; BSF_2 and BUS_21 BUS_22; IF_2 or HW_2 SW_2
      A_11 lambda=1.0e-4 dorm=0; A_12 lambda=1.0e-4 dorm=0; A_1S lambda=1.0e-4 dorm=0
      M_1_1 lambda=6.0e-5 dorm=0; M_1_2 lambda=6.0e-5 dorm=0; M_1_3 lambda=6.0e-5 dorm=0
      M_1_4 lambda=6.0e-5 dorm=0; M_1_5 lambda=6.0e-5 dorm=0; BUS_11 lambda=1.0e-6 dorm=0
      BUS_12 lambda=1.0e-6 dorm=0; HW_1 lambda=5.0e-5 dorm=0; SW_1 lambda=6.0e-5 dorm=0
      A_21 lambda=1.0e-4 dorm=0; A_22 lambda=1.0e-4 dorm=0; A_2S lambda=1.0e-4 dorm=0
      M_2_1 lambda=6.0e-5 dorm=0; M_2_2 lambda=6.0e-5 dorm=0; M_2_3 lambda=6.0e-5 dorm=0
      M_2_4 lambda=6.0e-5 dorm=0; M_2_5 lambda=6.0e-5 dorm=0; BUS_21 lambda=1.0e-6 dorm=0
      BUS_22 lambda=1.0e-6 dorm=0; HW_2 lambda=5.0e-5 dorm=0; SW_2 lambda=6.0e-5 dorm=0
      """),
    Row(
      "mcs", probability: 0.9984947969304064, mean: .finite(0.28074294353971463),
      source: given,
      """
      n12 or n1 n103 n7; n103 wsp n106 n14; n7 and n18 n26; n26 or n28 n19 n23; n19 wsp n16 n13
      n23 wsp n0 n17; n18 or n15 n9 n3; n3 wsp n2 n17; n9 wsp n8 n27; n16 lambda=8.0 dorm=0.0
      n0 lambda=0.003 dorm=0.0; n13 lambda=8.0 dorm=0.5; n2 lambda=0.003 dorm=0.0
      n17 lambda=0.003 dorm=0.5; n15 lambda=0.05 dorm=0.0; n106 lambda=1.2 dorm=0.0
      n14 lambda=0.6 dorm=0.0; n1 lambda=2.0e-4 dorm=0.0; n27 lambda=8.0 dorm=0.5
      n8 lambda=8.0 dorm=0.0; n28 lambda=0.05 dorm=0.0
      """),
    Row(
      "fdep2", probability: nil, mean: .finite(2),
      source: storm,
      """
      A and B C; F fdep B C; B lambda=0.5 dorm=0; C lambda=0.5 dorm=0
      """),
    Row(
      "fdep3", probability: nil, mean: .finite(2.5),
      source: storm,
      """
      A and B C F; F fdep B C; B lambda=0.4 dorm=0; C lambda=0.8 dorm=0
      """),
    Row(
      "fdep4", probability: nil, mean: .finite(1),
      source: storm,
      """
      A or F B; F fdep E C D; B wsp C D; C lambda=1 dorm=0; D lambda=1 dorm=0.5; E lambda=0.5 dorm=0
      """),
    Row(
      "pdep2", probability: nil, mean: .finite(38.0 / 15),
      source: storm,
      """
      SF or A B PDEP; A pand S MA; B and MA MB; PDEP pdep=0.2 MA S MB; S lambda=0.5 dorm=0
      MA lambda=0.5 dorm=0; MB lambda=0.5 dorm=0
      """),
    Row(
      "pdep3", probability: nil, mean: .finite(67.0 / 24),
      source: storm,
      """
      A and B C F; F pdep=0.3 B C; B lambda=0.4 dorm=0; C lambda=0.8 dorm=0
      """),
    Row(
      "pdep4", probability: nil, mean: .infinite(probabilityEver: 0.2),
      source: storm,
      """
      SF pand S A B; PDEP pdep=0.2 S A B; S lambda=0.5 dorm=0; A lambda=0.5 dorm=0
      B lambda=0.5 dorm=0
      """),
    Row(
      "spare3", probability: nil, mean: .finite(14.0 / 11),
      source: storm,
      """
      A or B C D; B wsp I M; C wsp J M; D wsp K M; I lambda=0.5 dorm=0.3; J lambda=0.5 dorm=0.3
      K lambda=0.5 dorm=0.3; M lambda=0.5 dorm=0.3
      """),
    Row(
      "spare4", probability: nil, mean: .finite(18836.0 / 3887),
      source: storm,
      """
      A and B C; B wsp I J K; C wsp M J; I lambda=0.5 dorm=0.3; J lambda=0.5 dorm=0.3
      K lambda=0.5 dorm=0.3; M lambda=0.5 dorm=0.3
      """),
    Row(
      "spare5", probability: nil, mean: .finite(8.0 / 3),
      source: storm,
      """
      A wsp I B; B or C J; C or K L; I lambda=0.5 dorm=0; J lambda=0.5 dorm=0; K lambda=0.5 dorm=0
      L lambda=0.5 dorm=0
      """),
    Row(
      "spare6", probability: nil, mean: .finite(1.4),
      source: storm,
      """
      A or I B; B wsp J M; I lambda=0.5 dorm=0.5; J lambda=0.5 dorm=0.5; M lambda=0.5 dorm=0.5
      """),
    Row(
      "spare7", probability: nil, mean: .finite(551.0 / 150),
      source: storm,
      """
      A wsp K J I; I lambda=0.5 dorm=0.5; J lambda=1 dorm=0.5; K lambda=0.5 dorm=0.5
      """),
    Row(
      "spare8", probability: nil, mean: .finite(249.0 / 52),
      source: storm,
      """
      A wsp I B; B wsp J K; I lambda=0.5 dorm=0.3; J lambda=0.5 dorm=0.3; K lambda=0.5 dorm=0.3
      """),
    Row(
      "spare_dc", probability: nil, mean: .finite(78311.0 / 182_700),
      source: storm,
      """
      T and E S2; E or D S1; S1 wsp A C; S2 wsp B C; A lambda=2 dorm=1; B lambda=3 dorm=1
      C lambda=5 dorm=0.5; D lambda=7 dorm=1
      """),
    Row(
      "mutex2", probability: 0, mean: .infinite(probabilityEver: 0),
      source: storm,
      """
      T or B; B and B1 B2; M seq C B; B1 lambda=4 dorm=1; B2 lambda=5 dorm=1; C lambda=0 dorm=1
      """),
    Row(
      "mutex3", probability: 0, mean: .infinite(probabilityEver: 0),
      source: storm,
      """
      T and A B C; M mutex B C; A lambda=2 dorm=1; B lambda=4 dorm=1; C lambda=5 dorm=1
      """),
    Row(
      "seq6", probability: nil, mean: .finite(30_000),
      source: storm,
      """
      T wsp A C; seq seq OR C; OR or F; FDEP fdep A F; A lambda=1e-4 dorm=1; C lambda=5e-5 dorm=0
      F lambda=0 dorm=0
      """),
    Row(
      "symmetry6", probability: 0.3421934224, mean: .finite(2_804_183.0 / 2_042_040),
      digits: 1e-9,
      source: storm,
      """
      A or B C; B and J K L; J or J1 J2; K or K1 K2; L or L1 L2; C or M N; M and M1 M2 M3 M4
      N and N1 N2 N3 N4; J1 lambda=0.5 dorm=0; J2 lambda=0.5 dorm=0; K1 lambda=0.5 dorm=0
      K2 lambda=0.5 dorm=0; L1 lambda=0.5 dorm=0; L2 lambda=0.5 dorm=0; M1 lambda=0.5 dorm=0
      M2 lambda=0.5 dorm=0; M3 lambda=1 dorm=0; M4 lambda=1 dorm=0; N1 lambda=0.5 dorm=0
      N2 lambda=0.5 dorm=0; N3 lambda=1 dorm=0; N4 lambda=1 dorm=0
      """),
    Row(
      "voting3", probability: nil, mean: .finite(2685.0 / 1547),
      source: storm,
      """
      A 2of3 B C D; B lambda=0.3 dorm=0; C lambda=0.4 dorm=0; D lambda=1 dorm=0
      """),
    Row(
      "hecs_3_2_2_np", probability: 0.0410018417, mean: .finite(417.9436693),
      time: 100, digits: 1e-8,
      source: storm,
      """
      n58 2of3 n1 n48 n60; n60 or n233 n308 n263 n57; n308 wsp n310 n45; n48 or n235 n287 n271 n64
      n287 wsp n289 n66; n64 3of5 n248 n254 n252 n255 n246; n254 or n59 n6; n255 or n24 n70
      n246 or n22 n62; n62 and n6 n70; n263 wsp n261 n306 n5; n271 wsp n269 n302 n34
      n57 3of5 n250 n253 n260 n249 n257; n249 or n8 n0; n257 or n15 n40; n40 and n0 n23
      n250 or n61 n23; n260 or n46 n0; n248 or n9 n6; n1 or n234 n296 n267 n68; n267 wsp n265 n294 n3
      n296 wsp n298 n69; n68 3of5 n247 n251 n256 n259 n258; n251 or n47 n53; n247 or n49 n53
      n258 or n20 n4; n4 and n67 n53; n256 or n10 n67; n253 or n36 n23; n259 or n78 n67
      n252 or n33 n70; n233 lambda=0.0010999999999999998 dorm=0.0; n45 lambda=1.0e-5 dorm=0.0
      n310 lambda=2.0e-5 dorm=0.0; n235 lambda=0.0010999999999999998 dorm=0.0
      n24 lambda=6.0e-4 dorm=0.0; n22 lambda=6.0e-4 dorm=0.0; n5 lambda=0.001 dorm=0.0
      n306 lambda=0.002 dorm=0.0; n261 lambda=0.002 dorm=0.0; n34 lambda=0.001 dorm=0.0
      n302 lambda=0.002 dorm=0.0; n8 lambda=6.0e-4 dorm=0.0; n15 lambda=6.0e-4 dorm=0.0
      n61 lambda=6.0e-4 dorm=0.0; n269 lambda=0.002 dorm=0.0; n59 lambda=6.0e-4 dorm=0.0
      n289 lambda=2.0e-5 dorm=0.0; n46 lambda=6.0e-4 dorm=0.0; n0 lambda=5.0e-4 dorm=0.0
      n6 lambda=5.0e-4 dorm=0.0; n9 lambda=6.0e-4 dorm=0.0; n234 lambda=0.0010999999999999998 dorm=0.0
      n3 lambda=0.001 dorm=0.0; n265 lambda=0.002 dorm=0.0; n298 lambda=2.0e-5 dorm=0.0
      n47 lambda=6.0e-4 dorm=0.0; n49 lambda=6.0e-4 dorm=0.0; n53 lambda=5.0e-4 dorm=0.0
      n10 lambda=6.0e-4 dorm=0.0; n23 lambda=5.0e-4 dorm=0.0; n36 lambda=6.0e-4 dorm=0.0
      n78 lambda=6.0e-4 dorm=0.0; n67 lambda=5.0e-4 dorm=0.0; n66 lambda=1.0e-5 dorm=0.0
      n20 lambda=6.0e-4 dorm=0.0; n69 lambda=1.0e-5 dorm=0.0; n70 lambda=5.0e-4 dorm=0.0
      n33 lambda=6.0e-4 dorm=0.0; n294 lambda=0.002 dorm=0.0
      """),
    Row(
      "cas", probability: 0.6579, mean: nil,
      digits: 1e-5,
      source: "Boudali, Crouzen, Stoelinga, DSN 2007, cardiac assist system",
      """
      System or CPUfdep CPUunit Motorunit Pumpunit; CPUfdep fdep trigger P B; trigger or CS SS
      CPUunit wsp P B; Motorunit or MP Motors; MP pand MS MA; Motors csp MA MB
      Pumpunit and PumpA PumpB; PumpA csp PA PS; PumpB csp PB PS; CS lambda=0.2 dorm=0
      SS lambda=0.2 dorm=0; P lambda=0.5 dorm=0; B lambda=0.5 dorm=0.5; MS lambda=0.01 dorm=0
      MA lambda=1 dorm=0; MB lambda=1 dorm=0; PA lambda=1 dorm=0; PB lambda=1 dorm=0
      PS lambda=1 dorm=0
      """),
    Row(
      "cps", probability: 0.00135668, mean: .infinite(probabilityEver: 1.0 / 3),
      digits: 1e-6,
      source: "Boudali, Crouzen, Stoelinga, DSN 2007, cascaded PAND system; ever: A before D and C before D",
      """
      System pand A B; A and AA AB AC AD; B pand C D; C and CA CB CC CD; D and DA DB DC DD
      AA lambda=1 dorm=0; AB lambda=1 dorm=0; AC lambda=1 dorm=0; AD lambda=1 dorm=0
      CA lambda=1 dorm=0; CB lambda=1 dorm=0; CC lambda=1 dorm=0; CD lambda=1 dorm=0
      DA lambda=1 dorm=0; DB lambda=1 dorm=0; DC lambda=1 dorm=0; DD lambda=1 dorm=0
      """),
  ]
}
