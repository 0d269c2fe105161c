internal import OpenBLAS

/// A part of a full matrix that is stored row after row.
struct MatrixPart {
  /// The first number.
  let start: UnsafeMutablePointer<Double>
  /// How many numbers a row of the whole matrix has.
  let rowLength: Int
  /// How many rows the part has.
  let rows: Int
  /// How many columns the part has.
  let columns: Int

  /// Adds the product of two other parts, on one thread: several are slower on matrices of this size.
  func add(_ left: MatrixPart, times right: MatrixPart) {
    openblas_set_num_threads(1)
    cblas_dgemm(
      Int32(BLAS_ROW_MAJOR), Int32(BLAS_NO_TRANSPOSE), Int32(BLAS_NO_TRANSPOSE), Int32(rows), Int32(columns),
      Int32(left.columns), 1, left.start, Int32(left.rowLength), right.start, Int32(right.rowLength), 1,
      start,
      Int32(rowLength))
  }
}
