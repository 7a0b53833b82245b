//! Total functions on probabilities: every input, NaN included, gives a finite result.

/// `value` brought into [0, 1]; NaN becomes 0, and -0 becomes 0.
pub(crate) fn unit(value: f64) -> f64 {
    if value.is_nan() {
        return 0.0;
    }
    // Adding zero turns -0 into 0, so equal values have equal bits.
    value.clamp(0.0, 1.0) + 0.0
}

/// `ln(p / (1 - p))`; the caller has brought `p` into the open interval (0, 1).
pub(crate) fn logit(p: f64) -> f64 {
    libm::log(p) - libm::log1p(-p)
}

/// `1 / (1 + e^-x)` without overflow.
pub(crate) fn sigmoid(x: f64) -> f64 {
    if x >= 0.0 {
        1.0 / (1.0 + libm::exp(-x))
    } else {
        let scaled = libm::exp(x);
        scaled / (1.0 + scaled)
    }
}

/// The sum of `values`, added in ascending order: the same bits for every order they arrive in.
pub(crate) fn ordered_sum(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.iter().sum()
}
