@preconcurrency import Glibc
import Planning

/// HiGHS as a shared library, found while the program runs, through its C interface (highs_c_api.h, 1.5 and later).
struct HighsLibrary: ProgrammeSolver {
  /// The names under which the loader knows it.
  static let names = ["libhighs.so.1", "libhighs.so"]

  let name: String
  private let functions: Functions

  /// A library; `nil` where there is none of this name.
  init?(path: String) throws {
    guard let library = dlopen(path, RTLD_NOW | RTLD_LOCAL) else { return nil }
    guard let functions = Functions(library) else {
      throw OutputFailure(message: "\(path): a library without the C interface of HiGHS")
    }
    guard functions.bytesOfInteger(nil) == 4 else {
      throw OutputFailure(message: "\(path): HiGHS built for indices of 64 bits; one of 32 bits is needed")
    }
    self.functions = functions
    name = "HiGHS " + (functions.version().map { String(cString: $0) } ?? "")
  }

  func answer(to programme: IntegerProgramme, seconds: Double) throws -> ProgrammeAnswer {
    guard let highs = functions.create() else { throw OutputFailure(message: "\(name): out of memory") }
    defer { functions.destroy(highs) }
    guard functions.setFlag(highs, "output_flag", 0) >= 0,
      functions.setNumber(highs, "time_limit", seconds) >= 0,
      functions.setNumber(highs, "mip_rel_gap", 0) >= 0, pass(programme, to: highs) >= 0,
      functions.run(highs) >= 0
    else { throw OutputFailure(message: "\(name) took the programme for wrong") }
    return answer(highs, columns: programme.columns.count, rows: programme.rows.count)
  }

  /// Column after column, everything whole (kHighsMatrixFormatColwise, kHighsVarTypeInteger).
  private func pass(_ programme: IntegerProgramme, to highs: UnsafeMutableRawPointer) -> Int32 {
    let columns = programme.columns
    var starts: [Int32] = []
    var (indices, values): ([Int32], [Double]) = ([], [])
    for column in columns {
      starts.append(Int32(indices.count))
      indices += column.entries.map { Int32($0.row) }
      values += column.entries.map { Double($0.value) }
    }
    let low = programme.rows.map { $0.relation == .atMost ? -Double.infinity : Double($0.limit) }
    let high = programme.rows.map { $0.relation == .atLeast ? Double.infinity : Double($0.limit) }
    return functions.pass(
      highs, Int32(columns.count), Int32(low.count), Int32(values.count), 1, programme.isForMost ? -1 : 1, 0,
      columns.map { Double($0.worth) }, columns.map { _ in 0 }, columns.map { Double($0.atMost) }, low, high,
      starts,
      indices, values, columns.map { _ in 1 })
  }

  private func answer(_ highs: UnsafeMutableRawPointer, columns: Int, rows: Int) -> ProgrammeAnswer {
    let status = functions.status(highs)
    var (solution, bound): (Int32, Double) = (0, 0)
    let hasBound = functions.number(highs, "mip_dual_bound", &bound) == 0 && bound.isFinite
    var values: [Int]?
    // kHighsSolutionStatusFeasible
    if functions.integer(highs, "primal_solution_status", &solution) == 0, solution == 2 {
      var (x, rest) = ([Double](repeating: 0, count: columns), [Double](repeating: 0, count: columns))
      var (sums, duals) = ([Double](repeating: 0, count: rows), [Double](repeating: 0, count: rows))
      _ = functions.solution(highs, &x, &rest, &sums, &duals)
      values = x.allSatisfy { $0.isFinite && abs($0) < 1e15 } ? x.map { Int($0.rounded()) } : nil
    }
    // kHighsModelStatusInfeasible
    return ProgrammeAnswer(values: values, bound: hasBound ? bound : nil, isImpossible: status == 8)
  }
}

/// The functions in use.
private struct Functions {
  typealias Highs = UnsafeMutableRawPointer
  typealias Numbers = UnsafePointer<Double>
  typealias Indices = UnsafePointer<Int32>
  typealias Results = UnsafeMutablePointer<Double>

  let create: @convention(c) () -> Highs?
  let destroy: @convention(c) (Highs) -> Void
  let version: @convention(c) () -> UnsafePointer<CChar>?
  let bytesOfInteger: @convention(c) (Highs?) -> Int32
  let setFlag: @convention(c) (Highs, UnsafePointer<CChar>, Int32) -> Int32
  let setNumber: @convention(c) (Highs, UnsafePointer<CChar>, Double) -> Int32
  let pass:
    @convention(c) (
      Highs, Int32, Int32, Int32, Int32, Int32, Double, Numbers, Numbers, Numbers, Numbers, Numbers, Indices,
      Indices,
      Numbers, Indices
    ) -> Int32
  let run: @convention(c) (Highs) -> Int32
  let status: @convention(c) (Highs) -> Int32
  let number: @convention(c) (Highs, UnsafePointer<CChar>, Results) -> Int32
  let integer: @convention(c) (Highs, UnsafePointer<CChar>, UnsafeMutablePointer<Int32>) -> Int32
  let solution: @convention(c) (Highs, Results, Results, Results, Results) -> Int32

  /// The functions of a library; `nil` where one is missing.
  init?(_ library: UnsafeMutableRawPointer) {
    let names = [
      "create", "destroy", "version", "getSizeofHighsInt", "setBoolOptionValue", "setDoubleOptionValue",
      "passMip",
      "run", "getModelStatus", "getDoubleInfoValue", "getIntInfoValue", "getSolution",
    ]
    let found = names.compactMap { dlsym(library, "Highs_\($0)") }
    guard found.count == names.count else { return nil }
    func cast<T>(_ index: Int, _ type: T.Type) -> T { unsafeBitCast(found[index], to: type) }
    create = cast(0, (@convention(c) () -> Highs?).self)
    destroy = cast(1, (@convention(c) (Highs) -> Void).self)
    version = cast(2, (@convention(c) () -> UnsafePointer<CChar>?).self)
    bytesOfInteger = cast(3, (@convention(c) (Highs?) -> Int32).self)
    setFlag = cast(4, (@convention(c) (Highs, UnsafePointer<CChar>, Int32) -> Int32).self)
    setNumber = cast(5, (@convention(c) (Highs, UnsafePointer<CChar>, Double) -> Int32).self)
    pass = cast(
      6,
      (@convention(c) (
        Highs, Int32, Int32, Int32, Int32, Int32, Double, Numbers, Numbers, Numbers, Numbers, Numbers,
        Indices, Indices,
        Numbers, Indices
      ) -> Int32).self)
    run = cast(7, (@convention(c) (Highs) -> Int32).self)
    status = cast(8, (@convention(c) (Highs) -> Int32).self)
    number = cast(9, (@convention(c) (Highs, UnsafePointer<CChar>, Results) -> Int32).self)
    integer = cast(
      10, (@convention(c) (Highs, UnsafePointer<CChar>, UnsafeMutablePointer<Int32>) -> Int32).self)
    solution = cast(11, (@convention(c) (Highs, Results, Results, Results, Results) -> Int32).self)
  }
}
