import CThecalLapack

/// Makes the BLAS of this process compute on the calling thread alone.
///
/// The systems of this package are small: handing a product of 400 × 400 to a second thread costs more than
/// it saves, and sums that depend on the number of threads would break "same inputs, same bits". Sweeps
/// spread parameter sets over threads instead.
public func useOneThreadForBLAS() {
  _ = threadsSetOnce
}

/// A lazily initialized global runs once, whatever the number of threads that ask.
private let threadsSetOnce: Void = openblas_set_num_threads(1)
