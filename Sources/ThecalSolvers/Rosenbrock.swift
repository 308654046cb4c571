/// The coefficients of RODAS, an L-stable, stiffly accurate Rosenbrock method of order 4 with six stages and an
/// embedded solution of order 3, in the form that needs no product with the Jacobian.
///
/// `(1/(γh) − J) kᵢ = f(y + Σ aᵢⱼ kⱼ) + Σ cᵢⱼ/h kⱼ`, `y₁ = y + Σ mᵢ kᵢ`, error estimate k₆.
///
/// - Source: `hairer1996`, section VI.4, method RODAS; the digits as in the authors' code.
enum Rosenbrock {
  static let gamma = 0.25
  /// aᵢⱼ by rows, for the second to the sixth stage; the new value adds one more k₆ to the last row.
  static let a: [[Double]] = [
    [],
    [1.544],
    [0.946_678_528_081_582_6, 0.255_701_169_898_328_4],
    [3.314_825_187_068_521, 2.896_124_015_972_201, 0.998_641_913_997_781_7],
    [1.221_224_509_226_641, 6.019_134_481_288_629, 12.537_083_329_320_87, -0.687_886_036_105_895_0],
    [1.221_224_509_226_641, 6.019_134_481_288_629, 12.537_083_329_320_87, -0.687_886_036_105_895_0, 1],
  ]
  /// cᵢⱼ by rows.
  static let c: [[Double]] = [
    [],
    [-5.6688],
    [-2.430_093_356_833_875, -0.206_359_915_709_191_5],
    [-0.107_352_905_815_137_5, -9.594_562_251_023_355, -20.470_286_148_096_16],
    [7.496_443_313_967_647, -10.246_804_314_643_52, -33.999_903_528_199_05, 11.708_908_932_061_60],
    [
      8.083_246_795_921_522, -7.981_132_988_064_893, -31.521_594_328_743_71, 16.319_305_431_231_36,
      -6.058_818_238_834_054,
    ],
  ]
  static let stages = 6
}
